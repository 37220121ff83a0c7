/**
 * Runs Python one program at a time, each in a fresh worker. A run ends by itself, when the reader stops it, or on a
 * timeout.
 */

import { python, startsWorkers } from "../files.js";

/** A longer run is treated as an endless loop. */
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

  /** Whether the page may start a worker. */
  static get possible() {
    return typeof Worker !== "undefined" && startsWorkers();
  }

  /**
   * @param {string} source
   * @param {string | null} check a program that inspects the run's variables
   * @param {string} name what a traceback calls the program
   */
  run(source, check, name) {
    this.#end();
    try {
      this.#worker = python();
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
