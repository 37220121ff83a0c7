/** Tabs after the ARIA Authoring Practices: one Tab stop, arrow keys between the tabs. */

import { el, put } from "../dom.js";
import { say } from "../words.js";

/**
 * @param {{ name: string, title: string, inside: HTMLElement }[]} all
 * @param {(name: string) => void} turned called when the reader selects another tab
 */
export function tabs(all, turned) {
  const buttons = all.map(({ name, title }) => el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, class: "tab" }, title));
  const panels = all.map(({ name, inside }) => el("div", { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` }, inside));
  const list = el("div", { role: "tablist", class: "tabs", part: "controls", "data-names": "language", "aria-label": say("code-language") }, ...buttons);
  const open = (/** @type {string} */ wanted) => {
    for (const [index, { name }] of all.entries()) {
      const chosen = name === wanted;
      if (buttons[index]) put(buttons[index], "aria-selected", String(chosen));
      if (buttons[index]) put(buttons[index], "tabindex", chosen ? 0 : -1);
      if (panels[index]) panels[index].hidden = !chosen;
    }
  };
  for (const [index, button] of buttons.entries())
    button.addEventListener("click", () => turned(all[index]?.name ?? ""));
  list.addEventListener("keydown", (event) => {
    const now = buttons.findIndex((button) => button.ariaSelected === "true");
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    turned(all[next % all.length]?.name ?? "");
    buttons[next % all.length]?.focus();
  });
  return { node: el("div", { class: "tabbed" }, list, ...panels), open };
}
