/** A code cell's parameters: allowed values, current values and problems. */

import { query } from "../address.js";
import { say } from "../words.js";
import { languages, names } from "./programs.js";

/** Allowed values, the default first; an empty list allows any text. @type {Record<string, string[]>} */
const fields = { program: names, language: languages, theme: ["auto", "light", "dark"], lang: [], hide: [], autoplay: ["off", "on"] };

export class Spec {
  program = "descent";
  language = "python";
  theme = "auto";
  lang = "";
  hide = "";
  autoplay = "off";

  /** Error messages by parameter. @type {Map<string, string>} */
  problems = new Map();

  static names = Object.keys(fields);

  /**
   * Takes a value if it is allowed, and records a problem otherwise; null restores the default.
   * @param {string} name
   * @param {string | null} got
   */
  take(name, got) {
    const allowed = fields[name];
    const value = got ?? allowed?.[0] ?? "";
    const own = /** @type {Record<string, any>} */ (/** @type {unknown} */ (this));
    if (allowed?.length === 0 || allowed?.includes(value)) own[name] = value;
    const names = Spec.names.join(", ");
    const problem = !allowed
      ? got !== null && say("code-parameter", { name: name.slice(0, 40), names })
      : own[name] !== value && say("code-must", { name, allowed: allowed.join(", "), got: value.slice(0, 40), kept: own[name] });
    if (problem) this.problems.set(name, problem);
    else this.problems.delete(name);
    return problem || "";
  }

  values() {
    const { program, language, theme, lang, hide, autoplay } = this;
    return { program, language, theme, lang, hide, autoplay: autoplay === "on" };
  }

  /** The parameters that differ from their defaults, as a URL query. */
  query() {
    const { autoplay, ...texts } = this.values();
    const entries = Object.entries({ ...texts, autoplay: autoplay ? "on" : "off" });
    return query(entries.filter(([name, value]) => value !== (fields[name]?.[0] ?? "")));
  }
}
