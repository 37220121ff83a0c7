/** One run of Python at a time, each in a fresh worker. It ends by itself, by the reader, or when its time is up. */

import { beside } from "../loader.js";

/** A run that takes longer is taken for one without an end. */
const LONGEST_MS = 5000;

/** @typedef {{ kind: "started" } | { kind: "output", text: string } | { kind: "cut" } | { kind: "done", variables: object, verdict: string } | { kind: "error", traceback: string, line: number, variables: object } | { kind: "failed", why: string } | { kind: "late" } | { kind: "stopped" }} Told */

export class Runner {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #limit;

  /** @param {(told: Told) => void} tell */
  constructor(tell) {
    this.tell = tell;
  }

  get running() {
    return this.#worker !== undefined;
  }

  /**
   * Whether the page may have workers of this site: only a page of the same origin may.
   */
  static get possible() {
    return typeof Worker !== "undefined" && beside("").origin === location.origin && self.origin !== "null";
  }

  /**
   * @param {string} source
   * @param {string | null} check a program that looks at what the run leaves behind
   * @param {string} name what a traceback calls the program
   */
  run(source, check, name) {
    this.#end();
    try {
      this.#worker = new Worker(beside("code/worker.js"), { type: "module" });
    } catch (error) {
      this.tell({ kind: "failed", why: String(error) });
      return;
    }
    const worker = this.#worker;
    worker.addEventListener("message", ({ data }) => this.#worker === worker && this.#told(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.#told({ kind: "failed", why: event.message || "worker.js" });
    });
    worker.postMessage({ source, check, name });
  }

  stop() {
    if (this.running) this.#told({ kind: "stopped" });
  }

  /** @param {Told} told */
  #told(told) {
    if (told.kind === "started") this.#limit = setTimeout(() => this.#told({ kind: "late" }), LONGEST_MS);
    else if (!["output", "cut"].includes(told.kind)) this.#end();
    this.tell(told);
  }

  #end() {
    clearTimeout(this.#limit);
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
