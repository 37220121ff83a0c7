/** Unpacks files that `cargo xtask dist` has packed into one text. */

/**
 * @param {string} packed as `bytesOf` reads it
 * @returns {Promise<Map<string, Uint8Array<ArrayBuffer>>>} by path in the site
 */
export async function unpacked(packed) {
  const opened = new Blob([bytesOf(packed.replace(/\s/g, ""))]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(opened).arrayBuffer());
  // A line of names and lengths, then the files.
  let at = bytes.indexOf(10) + 1;
  const list = /** @type {[name: string, length: number][]} */ (JSON.parse(new TextDecoder().decode(bytes.subarray(0, at))));
  return new Map(list.map(([name, length]) => [name, bytes.subarray(at, (at += length))]));
}

/**
 * Five characters are four bytes; at the end there may be fewer of both. The characters are those from `(` on without `<` and `\`.
 * @param {string} letters
 */
function bytesOf(letters) {
  const bytes = new Uint8Array(Math.floor((4 * letters.length) / 5));
  let to = 0;
  for (let from = 0; from < letters.length; from += 5) {
    let group = 0;
    for (const letter of letters.slice(from, from + 5).padEnd(5, "~")) {
      const code = letter.charCodeAt(0);
      group = 85 * group + code - 40 - Number(code > 60) - Number(code > 92);
    }
    // What would lie beyond the end is ignored.
    for (const shift of [24, 16, 8, 0]) bytes[to++] = group >>> shift;
  }
  return bytes;
}
