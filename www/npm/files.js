/**
 * The files that the scripts need, in the package; it stands in the place of `elements/files.js`. Bundlers follow only
 * addresses that are written out, so what all figures need is written here, and each figure's module provides what it alone
 * needs.
 */

/** By the name that the elements use, relative to their folder. @type {Record<string, URL>} */
const addresses = {
  "../downhill-web_bg.wasm": new URL("../downhill-web_bg.wasm", import.meta.url),
  "../downhill-formulas_bg.wasm": new URL("../downhill-formulas_bg.wasm", import.meta.url),
  "../parts/input.wasm": new URL("../parts/input.wasm", import.meta.url),
  "../parts/hill-shared.wasm": new URL("../parts/hill-shared.wasm", import.meta.url),
  "../parts/bowl-shared.wasm": new URL("../parts/bowl-shared.wasm", import.meta.url),
};

/** @type {Record<string, () => Promise<{ default: string }>>} */
const texts = {
  "figure.css": () => import("../texts/figure.css.js"),
  "embed/dialog.css": () => import("../texts/dialog.css.js"),
  "../style/landscapes.json": () => import("../texts/landscapes.json.js"),
};

/** @type {Record<string, () => Promise<object>>} */
const scripts = {
  "../downhill-web.js": () => import("../downhill-web.js"),
  "../downhill-formulas.js": () => import("../downhill-formulas.js"),
};

/** @type {() => Worker} */
let worker;

/** @type {URL | undefined} */
let folder;

/** @param {Record<string, URL>} more */
export const provide = (more) => void Object.assign(addresses, more);

/** @param {Record<string, () => Promise<{ default: string }>>} more */
export const provideTexts = (more) => void Object.assign(texts, more);

/** @param {() => Worker} start */
export const provideWorker = (start) => void (worker = start);

/** @param {string | URL} address */
export const publishedAt = (address) => void (folder = new URL(address));

/** @param {string} path */
export const published = (path) => (folder ? new URL(path, folder).href : "");

/** @param {string} figure @param {string} query */
export const page = (figure, query) => published(`embed.html?figure=${figure}${query && `&${query}`}`);

/** @param {string} figure */
export const definitions = (figure) => (folder ? published("elements/define.js") : `downhill-lesson/${figure}`);

export const beside = () => new URL(import.meta.url);

/**
 * @template T
 * @param {Record<string, T>} known
 * @param {string} path
 * @returns {T}
 */
function provided(known, path) {
  if (!Object.hasOwn(known, path)) throw new Error(`${path} belongs to a figure that was not imported`);
  return known[path];
}

/** @param {string} path */
export const fetched = async (path) => (await provided(texts, path)()).default;

/** @param {string} path */
export const script = (path) => provided(scripts, path)();

/** @param {string} path */
export async function compiled(path) {
  const cause = "its WebAssembly module";
  const address = provided(addresses, path);
  const answer = await fetch(address).catch((error) => {
    throw new Error(`${error.message}; if the page has a security policy, its connect-src must allow ${address.origin}`, { cause });
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`, { cause });
  const isModule = answer.headers.get("content-type") === "application/wasm";
  return isModule ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
}

export const startsWorkers = () => beside().origin === location.origin && self.origin !== "null";

export const hasPython = () => true;

export const python = () => worker();
