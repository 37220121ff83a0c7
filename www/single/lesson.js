/** Entry point of the lesson in one file: the lesson, or alone the figure that the address asks for. */

import { el } from "../elements/dom.js";
import { ownSheet, style } from "../elements/loader.js";
import { showFigure } from "../frame/figure.js";

/** What `unpack.js` has found in the page. @type {Map<string, Uint8Array<ArrayBuffer>>} */
const files = Reflect.get(self, "gdFiles");

// What the prose links to, and what figures give as their address.
if (new URLSearchParams(location.search).has("figure")) void alone();
else void import("../main.js");

/** Puts the page of one figure in the place of the lesson. */
async function alone() {
  // They stand in the lesson, and nowhere else.
  const questions = [...document.querySelectorAll("main gd-quiz[id]")].map(({ outerHTML }) => outerHTML);
  files.set("questions.html", new TextEncoder().encode(questions.join("")));
  document.title = "A figure from Downhill";
  document.querySelector("style")?.remove();
  const sheets = await Promise.all(["../style/palette.css", "../style/embed.css"].map(style));
  document.adoptedStyleSheets = sheets.map((css) => ownSheet(document.body, css));
  const lesson = el("a", { href: "?" }, "Downhill, a lesson on gradient descent");
  document.body.replaceChildren(el("main", {}, el("h1", {}, document.title)), el("footer", { hidden: true }, "From ", lesson));
  const { figures } = await import("../elements/define.js");
  showFigure(figures);
}
