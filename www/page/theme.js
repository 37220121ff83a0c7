/** The theme menu; the choice is stored on this device where that is allowed. */

const root = document.documentElement;

/** @param {HTMLSelectElement | null} select */
export function themeChoice(select) {
  if (!select) return;
  select.value = root.dataset.theme ?? "auto";
  pictures();
  select.addEventListener("change", () => {
    if (select.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = select.value;
    pictures();
    try {
      if (select.value === "auto") localStorage.removeItem("gd-theme");
      else localStorage.setItem("gd-theme", select.value);
    } catch {
      // The choice then lasts until the page is closed.
    }
  });
}

/** Still pictures come in both themes; a chosen theme overrides the system preference. */
function pictures() {
  const { theme } = root.dataset;
  for (const source of document.querySelectorAll("source[media]")) {
    if (!(source instanceof HTMLSourceElement)) continue;
    source.dataset.media ??= source.media;
    const holds = theme === "dark" ? "(min-width: 0)" : "(max-width: 0)";
    source.media = source.dataset.media.replace("(prefers-color-scheme: dark)", (asked) => (theme ? holds : asked));
  }
}
