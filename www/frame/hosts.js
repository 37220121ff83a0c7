/** The languages in which a framed page tells its host how high it is, and what its reader has answered. */

const tell = (/** @type {unknown} */ message) => parent.postMessage(message, "*");

/** What begins every message of iframe-resizer. */
const RESIZER = "[iFrameSizer]";

/** The name that iframe-resizer has given to this frame. */
let resizer = "";

/** Whether the host resizes frames as those of H5P. */
let hasH5p = false;

/** @param {number} height in CSS pixels */
export function inform(height) {
  tell({ context: "gd", action: "resize", height });
  // Canvas and others that act on messages of LTI tools.
  tell(JSON.stringify({ subject: "lti.frameResize", height }));
  // Open edX.
  tell({ type: "plugin.resize", payload: { width: innerWidth, height } });
  if (hasH5p) tell({ context: "h5p", action: "resize", scrollHeight: height });
  if (resizer) tell(`${RESIZER}${resizer}:${height}:${innerWidth}:init`);
}

/**
 * Tells the host what the reader has answered.
 * @param {string} figure its name
 * @param {{ question: string, correct: boolean }} answer
 */
export function tellAnswer(figure, { question, correct }) {
  if (parent !== window) tell({ context: "gd", action: "answer", figure, question, correct });
}

/**
 * Greets a host that resizes frames of H5P, and answers greetings.
 * @param {() => void} report
 */
export function announce(report) {
  addEventListener("message", ({ source, data }) => {
    if (source !== parent) return;
    const greeting = data?.action === "hello" ? data.context : "";
    if (typeof data === "string" && data.startsWith(RESIZER)) resizer = data.slice(RESIZER.length).split(":", 1)[0] ?? "";
    else if (greeting === "h5p") hasH5p = true;
    else if (greeting !== "gd") return;
    report();
  });
  tell({ context: "h5p", action: "hello" });
}
