/** What is on paper when a page is printed. */

import { el } from "./dom.js";

/**
 * Calls back before a page is printed, and after.
 * @param {Node} node in that page
 * @param {() => () => void} prepare returns what undoes it
 * @returns {() => void} stops
 */
export function whilePrinting({ ownerDocument }, prepare) {
  const window = ownerDocument?.defaultView;
  let undo = () => {};
  const before = () => {
    undo();
    undo = prepare();
  };
  const after = () => {
    undo();
    undo = () => {};
  };
  window?.addEventListener("beforeprint", before);
  window?.addEventListener("afterprint", after);
  return () => {
    after();
    window?.removeEventListener("beforeprint", before);
    window?.removeEventListener("afterprint", after);
  };
}

/**
 * A copy of a canvas, over it: a graphics context keeps its picture for one frame only, and prints blank.
 * @param {HTMLCanvasElement} canvas just painted
 * @returns {() => void} removes it
 */
export function copied(canvas) {
  const copy = el("canvas", { class: canvas.className });
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.style.cssText = canvas.style.cssText;
  copy.getContext("2d")?.drawImage(canvas, 0, 0);
  canvas.after(copy);
  return () => copy.remove();
}
