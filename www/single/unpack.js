// Unpacks the files that this page holds, and runs its script, which is one of them. They are compressed as a whole, and
// written in base64, which every mail system, course system and editor leaves alone: half the size of the files as they are.
(async () => {
  const packed = document.querySelector("script[type='application/gzip']")?.textContent ?? "";
  const compressed = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const opened = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(opened).arrayBuffer());
  // A line of names and lengths, then the files.
  let at = bytes.indexOf(10) + 1;
  const list = /** @type {[name: string, length: number][]} */ (JSON.parse(new TextDecoder().decode(bytes.subarray(0, at))));
  const files = new Map(list.map(([name, length]) => [name, bytes.subarray(at, (at += length))]));
  Object.assign(self, { gdFiles: files });
  // Shown until the figure is alive. It has the figure's own landscape.
  const still = files.get("still.svg");
  if (still && !new URLSearchParams(location.search).has("loss")) {
    const picture = new Image();
    picture.alt = "";
    picture.src = `data:image/svg+xml,${encodeURIComponent(new TextDecoder().decode(still))}`;
    document.querySelector("main")?.append(picture);
  }
  const script = document.createElement("script");
  script.textContent = new TextDecoder().decode(files.get("main.js"));
  document.head.append(script);
})().catch((error) => {
  const line = document.querySelector(".silent");
  if (!line) return;
  line.className = "error";
  line.textContent = `This page could not be unpacked (${error instanceof Error ? error.message : error}). It needs a browser of 2023 or later.`;
});
