/** Check boxes for what a figure in a page should show: groups, and the things in them. */

import { el } from "../dom.js";
import { say } from "../words/embed.js";

/** A thing that `hide` can leave out: its name, its label, its group, and other names that hide it too.
 * @typedef {{ name: string, label: string, group: string, also: string[] }} Hideable */

/**
 * What a figure declares.
 * @param {{ controls: { id: string, label: string, group?: string, field?: string }[], table?: { caption: string } | null }} declared
 * @returns {Hideable[]}
 */
export const hideables = ({ controls, table }) => [
  ...controls.map(({ id, label, group = "view", field }) => ({ name: id, label, group, also: field ? [field] : [] })),
  { name: "readouts", label: "", group: "readouts", also: [] },
  ...(table ? [{ name: "table", label: "", group: "table", also: [] }] : []),
];

export class Hiding {
  /** @type {{ thing: Hideable, box: HTMLInputElement }[]} */
  #boxes = [];
  /** @type {Map<string, HTMLInputElement>} */
  #groups = new Map();

  /**
   * @param {Hideable[]} things
   * @param {string[]} hidden names
   * @param {() => void} changed
   */
  constructor(things, hidden, changed) {
    this.changed = changed;
    const rows = [...grouped(things)].map(([group, members]) => this.#row(group, members));
    this.node = el("fieldset", { class: "hiding" }, el("legend", {}, say("show")), ...rows);
    this.#check(new Set(hidden));
  }

  /**
   * @param {string} group
   * @param {Hideable[]} members
   */
  #row(group, members) {
    const whole = el("input", { type: "checkbox" });
    this.#groups.set(group, whole);
    const boxes = members.map((thing) => {
      const box = el("input", { type: "checkbox" });
      this.#boxes.push({ thing, box });
      box.addEventListener("change", () => this.#again());
      return el("label", {}, box, thing.label);
    });
    whole.addEventListener("change", () => {
      for (const { thing, box } of this.#boxes) if (thing.group === group) box.checked = whole.checked;
      this.#again();
    });
    const name = say(`group-${group}`);
    const alone = members.length === 1 && !members[0]?.label;
    const rest = alone ? [] : [el("div", { class: "members", role: "group", "aria-label": name }, ...boxes)];
    return el("div", { class: "row" }, el("label", { class: "whole" }, whole, name), ...rest);
  }

  #again() {
    this.#check(new Set(this.hidden));
    this.changed();
  }

  /** The shortest list of names that hides what is not checked. */
  get hidden() {
    /** @type {string[]} */
    const names = [];
    for (const [group] of this.#groups) {
      const members = this.#boxes.filter(({ thing }) => thing.group === group);
      const off = members.filter(({ box }) => !box.checked);
      names.push(...(off.length === members.length ? [group] : off.map(({ thing }) => thing.name)));
    }
    return names;
  }

  /** A name may hide more than the thing that was unchecked. @param {Set<string>} hidden */
  #check(hidden) {
    for (const { thing, box } of this.#boxes) box.checked = ![thing.name, thing.group, ...thing.also].some((name) => hidden.has(name));
    for (const [group, whole] of this.#groups) {
      const members = this.#boxes.filter(({ thing }) => thing.group === group);
      const on = members.filter(({ box }) => box.checked).length;
      whole.checked = on === members.length;
      whole.indeterminate = on > 0 && on < members.length;
    }
  }
}

/** @param {Hideable[]} things */
function grouped(things) {
  /** @type {Map<string, Hideable[]>} */
  const groups = new Map();
  for (const thing of things) groups.set(thing.group, [...(groups.get(thing.group) ?? []), thing]);
  return groups;
}
