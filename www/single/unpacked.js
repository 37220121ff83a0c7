/** Unpacks files that `cargo xtask dist` has packed into one text. */

/**
 * @param {string} packed in base64
 * @returns {Promise<Map<string, Uint8Array<ArrayBuffer>>>} by path in the site
 */
export async function unpacked(packed) {
  const compressed = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const opened = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(opened).arrayBuffer());
  // A line of names and lengths, then the files.
  let at = bytes.indexOf(10) + 1;
  const list = /** @type {[name: string, length: number][]} */ (JSON.parse(new TextDecoder().decode(bytes.subarray(0, at))));
  return new Map(list.map(([name, length]) => [name, bytes.subarray(at, (at += length))]));
}
