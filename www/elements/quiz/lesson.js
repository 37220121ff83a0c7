/** Fetches a question of the lesson by name, for pages whose element has no markup of its own. */

import { fetched } from "../files.js";
import { say } from "../words.js";
import { Malformed } from "./markup.js";

/** @type {Promise<Document> | undefined} */
let questions;

/**
 * @param {string} name
 * @returns {Promise<Element>}
 */
export async function asked(name) {
  questions ??= fetching();
  const page = await questions.catch((error) => {
    throw new Malformed(say("quiz-unreachable", { why: String(error.message ?? error) }));
  });
  const all = [...page.querySelectorAll("gd-quiz")];
  const names = all.map(({ id }) => id).join(", ");
  const found = all.find(({ id }) => id === name);
  if (found) return document.importNode(found, true);
  throw new Malformed(name ? say("quiz-unknown", { got: name.slice(0, 40), names }) : say("quiz-which", { names }));
}

/** Fetched from beside the scripts, so never from a third party. */
async function fetching() {
  return new DOMParser().parseFromString(await fetched("../questions.html"), "text/html");
}
