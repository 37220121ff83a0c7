/** A figure's parameters as properties of its element, in camel case (`weight-decay` is `weightDecay`). */

/** @param {string} field */
export const camel = (field) => field.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/**
 * The value as attribute text: numbers separated by commas, each point on its own line.
 * @param {unknown} value
 * @returns {string}
 */
export function textOf(value) {
  if (value === true) return "on";
  if (value === false) return "off";
  if (Array.isArray(value) && value.some(Array.isArray)) return value.map(textOf).join("\n");
  return String(value);
}

/**
 * Own properties that a page set before the element was upgraded, as parameters.
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

/** Properties that the element itself acts on are reflected in its attributes. */
const reflected = ["theme", "hide", "show", "fit"];

/**
 * @param {Function} element
 * @param {string[]} fields
 * @param {(element: object, field: string) => unknown} value a field's current value
 */
export function defineProperties({ prototype }, fields, value) {
  for (const field of fields) {
    const name = camel(field);
    if (name in prototype) continue;
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        return value(this, field);
      },
      set(given) {
        if (reflected.includes(field)) this.setAttribute(field, textOf(given));
        else this.set(field, given);
      },
    });
  }
}
