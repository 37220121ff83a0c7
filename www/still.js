// Shows a figure's still picture in its frame at once, long before its module has arrived. It begins with `gdDrawn`, the
// figures that have one, which `cargo xtask lesson` writes before it.
(() => {
  const asked = new URLSearchParams(location.search);
  const [name = "", other] = asked.getAll("figure").map((text) => text.trim());
  const drawn = /** @type {string[]} */ (Reflect.get(self, "gdDrawn"));
  // The still has the figure's own landscape.
  if (!drawn.includes(name) || other !== undefined || asked.has("loss")) return;
  const holds = (/** @type {string} */ query) => matchMedia(query).matches;
  const theme = asked.get("theme") ?? "";
  const dark = /^(light|dark)$/.test(theme) ? theme === "dark" : holds("(prefers-color-scheme: dark)");
  const kind = holds("(max-width: 36rem)") ? (dark ? "narrow-dark" : "narrow") : dark ? "dark" : "light";
  if (/^(light|dark)$/.test(theme)) document.documentElement.dataset.theme = theme;
  const still = new Image();
  still.alt = "";
  still.fetchPriority = "high";
  still.src = `stills/${name}-${kind}.svg`;
  document.querySelector("main")?.append(still);
})();
