/** Exports of a figure: link, CSV and picture; the dialog that puts it into a page is fetched when it is asked for. */

import { el } from "./dom.js";
import { carried, linkTo } from "./embed/snippets.js";
import { mayNotSave, save } from "./save.js";

/** @import {FigureController} from "./controller.js" */
/** @import {Hideable} from "./embed/hiding.js" */
/** @import {State} from "./lifecycle.js" */

/** What can be exported from: a figure, or an element of text, which has neither CSV nor a picture.
 * @typedef {Pick<FigureController, "host" | "words"> & Partial<Pick<FigureController, "ended" | "picture">> & {
 *   backend: Pick<State, "query" | "toCSV"> & { declaration(): { figure: string, name: string, controls: { id: string, label: string, group?: string }[] } },
 *   view?: { share: HTMLElement, say(text: string): void } | undefined,
 *   things?: Hideable[] }} Source */

/**
 * @param {string} action
 * @param {Source} controller
 */
export async function share(action, controller) {
  // The figure may have left the page during the fetch.
  if (controller.ended) return;
  const { backend } = controller;
  const { figure, controls } = backend.declaration();
  const label = controls.find(({ id }) => id === action)?.label ?? "";
  switch (action) {
    case "link": {
      const { query, isWhole } = carried(backend);
      const address = linkTo(figure, query);
      return address ? show(controller, [[label, address]], isWhole ? "" : controller.words["left-out"]) : embed(controller);
    }
    case "embed":
      return embed(controller);
    case "copy-csv":
      return backend.toCSV && show(controller, [[label, backend.toCSV()]]);
    case "download-csv": {
      if (!backend.toCSV) return;
      const text = backend.toCSV();
      save(new Blob([text], { type: "text/csv" }), `${figure}.csv`);
      if (mayNotSave()) show(controller, [[label, text]], controller.words["not-saved"], false);
      return;
    }
    case "png":
      return controller.picture && save(await controller.picture(), `${figure}.png`);
  }
}

/** @param {Source} controller */
const embed = async (controller) => (await import("./embed/dialog.js")).open(controller);

/**
 * Shows the texts, each with a copy button, and copies the text at once if there is only one. What could not be copied is
 * selected.
 * @param {Source} controller
 * @param {[label: string, text: string][]} texts
 * @param {string} [leftOut] what they lack, or why they are shown
 * @param {boolean} [copies] whether a single text is copied
 */
function show({ view, words }, texts, leftOut = "", copies = true) {
  const box = view?.share;
  if (!box) return;
  const note = el("p", { class: "hint" }, leftOut);
  const copy = async (/** @type {HTMLTextAreaElement} */ area) => {
    const copied = await navigator.clipboard?.writeText(area.value).then(() => true, () => false);
    note.textContent = [copied ? words.copied : words["copy-failed"], leftOut].filter(Boolean).join(" ");
    view.say(note.textContent);
    if (!copied) area.focus();
  };
  const rows = texts.map(([label, text]) => {
    const area = el("textarea", { readonly: true, rows: text.includes("\n") ? 3 : 2, spellcheck: "false" });
    area.value = text;
    area.addEventListener("focus", () => area.select());
    const button = el("button", { type: "button", class: "button" }, words.copy ?? "");
    button.addEventListener("click", () => copy(area));
    return { area, node: el("div", { class: "code" }, el("label", {}, label, area), button) };
  });
  const close = el("button", { type: "button", class: "button" }, words.close ?? "");
  const opener = /** @type {ShadowRoot | Document} */ (box.getRootNode()).activeElement;
  close.addEventListener("click", () => {
    box.hidden = true;
    if (opener instanceof HTMLElement && !box.contains(opener)) opener.focus();
  });
  box.replaceChildren(...rows.map(({ node }) => node), el("div", { class: "group" }, note, close));
  box.hidden = false;
  const only = rows.length === 1 && rows[0];
  if (only && copies) void copy(only.area);
  else if (only) {
    view.say(leftOut);
    only.area.focus();
  }
}

/**
 * All panes as one picture, arranged as on the page, on the figure's background.
 * @param {FigureController} controller
 * @returns {Promise<Blob>}
 */
export function picture(controller) {
  // A WebGL canvas can be read only in the task that drew it.
  controller.painter.all();
  controller.painter.paint();
  const panes = controller.view?.panes ?? [];
  const boxes = panes.map(({ stage }) => stage.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const scale = panes[0] && boxes[0] ? panes[0].staticLayer.width / boxes[0].width : 1;
  const canvas = el("canvas");
  canvas.width = Math.round((Math.max(...boxes.map((box) => box.right)) - left) * scale);
  canvas.height = Math.round((Math.max(...boxes.map((box) => box.bottom)) - top) * scale);
  const context = canvas.getContext("2d");
  if (context) {
    context.fillStyle = getComputedStyle(controller.host).getPropertyValue("--_panel");
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const pane of panes)
      for (const layer of [pane.raster, pane.relief, pane.staticLayer, pane.overlay])
        if (layer?.width && !layer.hidden) {
          const box = layer.getBoundingClientRect();
          context.drawImage(layer, (box.left - left) * scale, (box.top - top) * scale, box.width * scale, box.height * scale);
        }
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is empty.")))),
  );
}
