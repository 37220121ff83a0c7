/** The theme of a notebook, which says it in a way of its own. */

/** @returns {"light" | "dark" | "auto"} */
function themeOfPage() {
  const { body } = document;
  const classes = [...document.documentElement.classList, ...body.classList];
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "true" ? "light" : "dark";
  if (classes.some((name) => /^(dark|dark-theme|vscode-dark|theme-dark)$/.test(name))) return "dark";
  if (classes.some((name) => /^(light|light-theme|vscode-light|theme-light)$/.test(name))) return "light";
  return "auto";
}

/**
 * Calls back with the notebook's theme, now and whenever it changes; returns a function that stops it.
 * @param {(theme: "light" | "dark" | "auto") => void} act
 */
export function followTheme(act) {
  let shown = themeOfPage();
  act(shown);
  const observer = new MutationObserver(() => {
    const now = themeOfPage();
    if (now !== shown) act((shown = now));
  });
  const options = { attributes: true, attributeFilter: ["class", "data-jp-theme-light"] };
  for (const node of [document.documentElement, document.body]) observer.observe(node, options);
  return () => observer.disconnect();
}
