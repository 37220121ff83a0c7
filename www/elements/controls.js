/** The native controls that a figure may declare: each is built once, then patched. */

import { el, paint, put, write } from "./dom.js";
import { formula } from "./formula.js";
import { range } from "./range.js";
import { entry } from "./typed.js";

/** @import {Action, Choice, Control, Lines, Menu, Toggle} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */
/** @import {Place, Widget} from "./view.js" */

/** Actions that the element carries out itself, in a module fetched on first use. */
const sharing = ["link", "embed", "copy-csv", "download-csv", "png"];
const sharer = () => import("./share.js");

/**
 * @param {Control} declared
 * @param {FigureController} controller
 * @returns {Widget}
 */
export function control(declared, controller) {
  const widget = build(declared, controller);
  widget.update(declared);
  return widget;
}

/**
 * @param {Control} declared
 * @param {FigureController} controller
 * @returns {Widget}
 */
function build(declared, controller) {
  switch (declared.kind) {
    case "range":
      return range(declared, controller);
    case "number":
      return entry(declared, controller, (now) => now.number_text);
    case "text":
      return entry(declared, controller, (now) => now.value);
    case "formula":
      return formula(declared, controller);
    case "lines":
      return lines(declared, controller);
    case "choice":
      return choice(declared, controller);
    case "menu":
      return menu(declared, controller);
    case "toggle":
      return declared.id === "sound" ? sound(declared, controller) : toggle(declared, controller);
    case "runner":
      return toggle(declared, controller);
    case "action":
      return action(declared, controller);
  }
}

/**
 * Few figures have a multi-line field, so its module is fetched with the first one.
 * @param {Lines} now
 * @param {FigureController} controller
 */
function lines(now, controller) {
  const node = el("div", { class: "control lines", "data-field": now.field });
  /** @type {ReturnType<typeof import("./lines.js").lines> | undefined} */
  let field;
  void import("./lines.js").then((module) => {
    field = module.lines(now, controller, node);
    field.update(now);
  });
  return {
    node,
    /** @param {Lines} next */
    update(next) {
      now = next;
      field?.update(next);
    },
    /** @param {string} message @param {Place} [place] */
    wrong: (message, place) => field?.wrong(message, place),
  };
}

/**
 * Radio buttons side by side: every option is visible, and arrow keys move between them.
 * @param {Choice} first
 * @param {FigureController} controller
 */
function choice(first, controller) {
  const legend = el("span", { id: `${first.id}-label`, class: "label" });
  const row = el("span", { class: "segments" });
  const node = el("div", { class: "control choice", role: "radiogroup", "aria-labelledby": legend.id }, legend, row);
  /** @type {Map<string, { input: HTMLInputElement, text: Text }>} */
  const options = new Map();
  for (const { value, label } of first.options) {
    const input = el("input", { type: "radio", name: first.id, value });
    const text = new Text(label);
    input.addEventListener("change", () => controller.ask((backend) => backend.set(first.field, value)));
    row.append(el("label", {}, input, el("span", {}, text)));
    options.set(value, { input, text });
  }
  return {
    node,
    /** @param {Choice} now */
    update(now) {
      write(legend, now.label);
      for (const { value, label } of now.options) {
        const option = options.get(value);
        if (!option) continue;
        option.input.checked = value === now.value;
        if (option.text.data !== label) option.text.data = label;
      }
    },
  };
}

/**
 * A drop-down list, for more options than fit side by side.
 * @param {Menu} first
 * @param {FigureController} controller
 */
function menu(first, controller) {
  const label = el("label", { for: first.id });
  const select = el("select", { id: first.id });
  let shown = "";
  // An action, so that the figure can set whatever goes with the choice.
  select.addEventListener("change", () => controller.ask((backend) => backend.act(`${first.field}=${select.value}`)));
  return {
    node: el("div", { class: "control menu", "data-field": first.field }, label, select),
    /** @param {Menu} now */
    update(now) {
      write(label, now.label);
      // A value of the reader's own is an option as long as it is in force.
      const labels = now.options.map(({ label }) => label).join();
      if (shown !== labels) select.replaceChildren(...now.options.map(({ value, label }) => new Option(label, value)));
      shown = labels;
      select.value = now.value;
    },
  };
}

/**
 * @param {Toggle} first
 * @param {FigureController} controller
 */
function toggle(first, controller) {
  const node = el("button", { type: "button", class: "button toggle", id: first.id });
  node.addEventListener("click", () => controller.ask((backend) => backend.act(first.action)));
  return {
    node,
    /** @param {Toggle} now */
    update(now) {
      write(node, now.label);
      put(node, "aria-pressed", String(now.pressed));
      if ("role" in now) paint(node, now.role);
    },
  };
}

/**
 * Sound is made here and not by the figure, which has no device.
 * @param {Toggle} first
 * @param {FigureController} controller
 */
function sound({ id, label }, controller) {
  const node = el("button", { type: "button", class: "button toggle", id, "aria-pressed": "false" }, label);
  node.addEventListener("click", async () => {
    const { toggleSound } = await import("./sound.js");
    if (!controller.ended) put(node, "aria-pressed", String(toggleSound(controller)));
  });
  return { node, update() {} };
}

/**
 * @param {Action} first
 * @param {FigureController} controller
 */
function action(first, controller) {
  const node = el("button", { type: "button", class: "button", id: first.id, "data-action": first.action });
  let { action } = first;
  // Fetched before the click, because browsers allow clipboard writes only during the click itself.
  if (sharing.includes(action))
    for (const early of ["pointerenter", "focus"]) node.addEventListener(early, sharer, { once: true });
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-disabled")) return;
    if (sharing.includes(action)) await (await sharer()).share(action, controller);
    else controller.ask((backend) => backend.act(action));
  });
  return {
    node,
    /** @param {Action} now */
    update(now) {
      action = now.action;
      write(node, now.label);
      put(node, "data-action", now.action);
      node.classList.toggle("primary", now.primary);
      // A disabled button keeps the focus if it has it.
      put(node, "aria-disabled", now.disabled ? "true" : null);
    },
  };
}
