/** A figure's parameters as properties of its element, named as in JavaScript (`weight-decay` is `weightDecay`). */

/** @param {string} field */
const camel = (field) => field.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/**
 * The text that the attribute would have.
 * @param {unknown} value
 */
export function textOf(value) {
  if (value === true) return "on";
  if (value === false) return "off";
  return String(value);
}

/**
 * Own properties that a page gave the element before it was ready, as parameters.
 * @param {object} element
 * @param {string[]} fields
 * @returns {[string, string][]}
 */
export function takeOver(element, fields) {
  const own = /** @type {Record<string, unknown>} */ (element);
  /** @type {[string, string][]} */
  const taken = [];
  for (const field of fields) {
    const name = camel(field);
    if (!Object.hasOwn(own, name)) continue;
    taken.push([field, textOf(own[name])]);
    delete own[name];
  }
  return taken;
}

/** What the element itself acts on stands in its attribute. */
const reflected = ["theme", "hide"];

/**
 * @param {{ prototype: Element & { set(field: string, value: unknown): void, spec: Record<string, unknown> | null } }} element
 * @param {string[]} fields
 */
export function defineProperties({ prototype }, fields) {
  for (const field of fields) {
    const name = camel(field);
    if (name in prototype) continue;
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        return this.spec?.[field];
      },
      set(value) {
        if (reflected.includes(field)) this.setAttribute(field, textOf(value));
        else this.set(field, value);
      },
    });
  }
}
