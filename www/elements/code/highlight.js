/** Syntax highlighting for Python: comments, strings, numbers and keywords. */

import { el } from "../dom.js";

const KEYWORDS =
  "False None True and as assert break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield";

const TOKEN = new RegExp(
  [
    /(?<comment>#.*)/,
    /(?<string>\b[rbfu]{0,2}(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?))/,
    /(?<string2>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/,
    new RegExp(`(?<keyword>\\b(?:${KEYWORDS.replaceAll(" ", "|")})\\b)`),
    /(?<numeral>\b(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\b)/,
    /(?<name>\b[^\W\d]\w*)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gu",
);

/**
 * Splits a line into tokens, each in a span with its kind as class.
 * @param {string} line
 * @returns {(Node | string)[]}
 */
export function highlighted(line) {
  /** @type {(Node | string)[]} */
  const pieces = [];
  let at = 0;
  for (const match of line.matchAll(TOKEN)) {
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? "name";
    if (kind === "name") continue;
    pieces.push(line.slice(at, match.index), el("span", { class: kind.replace("2", "") }, match[0]));
    at = match.index + match[0].length;
  }
  pieces.push(line.slice(at));
  return pieces.filter((piece) => piece !== "");
}
