// Shows a figure's still picture in its frame at once, long before its module has arrived. It begins with `gdDrawn`, the
// figures that have one, which `cargo xtask lesson` writes before it. The module is asked for next, long before the scripts
// that need it have run.
(() => {
  const asked = new URLSearchParams(location.search);
  const [name = "", other] = asked.getAll("figure").map((text) => text.trim());
  const drawn = /** @type {string[]} */ (Reflect.get(self, "gdDrawn"));
  if (!drawn.includes(name) || other !== undefined) return;
  const module = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "anonymous" });
  module.href = "downhill-web_bg.wasm";
  const fetchModule = () => document.head.append(module);
  // The still has the figure's own landscape.
  if (asked.has("loss")) return fetchModule();
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
  // The picture comes first.
  setTimeout(fetchModule);
})();
