/** What leaves a figure: a link, embed code, CSV and a picture. */

import { el } from "./dom.js";

/** @import {Session} from "./session.js" */

const actions = ["link", "embed", "copy-csv", "download-csv", "png"];

/** @param {string} action */
export const carriesOut = (action) => actions.includes(action);

/**
 * @param {string} action
 * @param {Session} session
 */
export async function share(action, session) {
  const { rust } = session;
  const name = rust.declaration().figure;
  switch (action) {
    case "link":
      return show(session, action, [link(name, rust.query())], true);
    case "embed":
      return show(session, action, embed(session, name), false);
    case "copy-csv":
      return show(session, action, [rust.toCSV()], true);
    case "download-csv":
      return save(new Blob([rust.toCSV()], { type: "text/csv" }), `${name}.csv`);
    case "png":
      return save(await picture(session), `${name}.png`);
  }
}

/**
 * @param {string} name
 * @param {string} query
 */
function link(name, query) {
  return new URL(`../embed.html?figure=${name}${query && `&${query}`}`, import.meta.url).href;
}

/**
 * The same figure as an iframe and as a tag.
 * @param {Session} session
 * @param {string} name
 */
function embed({ rust, host }, name) {
  const query = rust.query();
  const { name: title } = rust.declaration();
  const quoted = (/** @type {string} */ text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  const source = quoted(link(name, query));
  const attributes = [...new URLSearchParams(query)].map(([field, value]) => ` ${field}="${quoted(value)}"`).join("");
  const script = new URL("define.js", import.meta.url).href;
  return [
    `<iframe src="${source}" title="${quoted(title)}" width="100%" height="${Math.ceil(host.offsetHeight)}" loading="lazy"></iframe>`,
    `<script type="module" src="${script}"></script>\n<gd-${name}${attributes}></gd-${name}>`,
  ];
}

/**
 * Copies the first text where the browser lets it, and shows all of them so that they can be copied by hand.
 * @param {Session} session
 * @param {string} action
 * @param {string[]} texts
 * @param {boolean} copy
 */
async function show({ view, rust }, action, texts, copy) {
  const { words } = rust.declaration();
  const put = async (/** @type {string} */ text) => {
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    if (copied) view?.say(words.copied ?? "");
    return copied ?? false;
  };
  const box = view?.share;
  if (!box) return;
  const copied = copy && (await put(texts[0] ?? ""));
  const note = el("p", { class: "hint" }, copied ? (words.copied ?? "") : "");
  const fields = texts.map((text) => {
    const area = el("textarea", { readonly: true, rows: 2, "aria-label": words[action] ?? action, spellcheck: "false" });
    area.value = text;
    area.addEventListener("focus", () => area.select());
    const button = el("button", { type: "button", class: "button" }, words.copy ?? "Copy");
    button.addEventListener("click", async () => {
      if (await put(text)) note.textContent = words.copied ?? "";
      else area.focus();
    });
    return el("div", { class: "code" }, area, button);
  });
  box.replaceChildren(...fields, note);
  box.hidden = false;
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * All panes as one picture, each where it stands on the page, on the figure's own ground.
 * @param {Session} session
 * @returns {Promise<Blob>}
 */
export function picture(session) {
  session.paint();
  const panes = session.view?.panes ?? [];
  const boxes = panes.map(({ stage }) => stage.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const scale = panes[0] && boxes[0] ? panes[0].still.width / boxes[0].width : 1;
  const canvas = el("canvas");
  canvas.width = Math.round((Math.max(...boxes.map((box) => box.right)) - left) * scale);
  canvas.height = Math.round((Math.max(...boxes.map((box) => box.bottom)) - top) * scale);
  const context = canvas.getContext("2d");
  if (context) {
    context.fillStyle = getComputedStyle(session.host).getPropertyValue("--_panel");
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const [index, box] of boxes.entries())
      for (const layer of [panes[index]?.still, panes[index]?.moving])
        if (layer)
          context.drawImage(layer, (box.left - left) * scale, (box.top - top) * scale, box.width * scale, box.height * scale);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is empty.")))),
  );
}
