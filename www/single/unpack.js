import { unpacked } from "./unpacked.js";

// Unpacks the files that this page holds, and runs its script, which is one of them. They are compressed as a whole, and
// written in letters and signs that mail systems, course systems and editors leave alone: half the size of the files as they are.

/** @param {Uint8Array} svg */
const address = (svg) => `data:image/svg+xml,${encodeURIComponent(new TextDecoder().decode(svg))}`;

// The still has the figure's own landscape.
const other = new URLSearchParams(location.search).has("loss");
if (other) document.querySelector("main > img")?.remove();

(async () => {
  const packed = document.querySelector("script[type='application/gzip']")?.textContent ?? "";
  const files = await unpacked(packed);
  Object.assign(self, { gdFiles: files });
  // Shown until the figure is alive. It is here where the page has no room for it as it is.
  const still = files.get("still.svg");
  if (still && !other) {
    const picture = new Image();
    picture.alt = "";
    picture.src = address(still);
    document.querySelector("main")?.append(picture);
  }
  for (const picture of document.querySelectorAll("img")) {
    const drawn = files.get(`stills/${picture.dataset.still}`);
    if (drawn) picture.src = address(drawn);
  }
  const script = document.createElement("script");
  script.textContent = new TextDecoder().decode(files.get("main.js"));
  document.head.append(script);
})().catch((error) => {
  const line = document.querySelector(".silent") ?? document.createElement("p");
  line.className = "error notice";
  line.textContent = `This page could not be unpacked (${error instanceof Error ? error.message : error}). It needs a browser of 2023 or later.`;
  document.querySelector("main")?.prepend(line);
});
