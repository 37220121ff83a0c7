// Shows a figure's still picture in its frame at once, long before its module has arrived. It begins with `gdDrawn`, the
// figures that have one, which `cargo xtask lesson` writes before it, and in the published site with `gdParts`, the parts of
// the module that each figure needs. These are asked for next, long before the scripts that need them have run.
(() => {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const asked = new URLSearchParams(location.search);
  const own = document.documentElement.dataset.figure ?? [];
  const [name = "", other] = [own, asked.getAll("figure")].flat().map((text) => text.trim());
  const drawn = /** @type {string[]} */ (Reflect.get(self, "gdDrawn"));
  if (!drawn.includes(name) || other !== undefined) return;
  const parts = /** @type {Record<string, string[]>} */ (Reflect.get(self, "gdParts") ?? {})[name] ?? [];
  // What changes with a release lies beside this script, not beside the page.
  const beside = (/** @type {string} */ file) => new URL(file, src).href;
  const fetchModule = () => {
    for (const file of ["downhill-web_bg.wasm", ...parts.map((part) => `parts/${part}.wasm`)])
      document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: beside(file) }));
  };
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
  still.src = beside(`stills/${name}-${kind}.svg`);
  // Before the scripts that bring it to life.
  document.addEventListener("readystatechange", () => document.querySelector("main")?.append(still), { once: true });
  // The picture comes first.
  setTimeout(fetchModule);
})();
