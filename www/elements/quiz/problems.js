/** Reports problems with a question or its parameters: a line for the reader, an event for the page. */

export class Problems {
  /** @type {Map<string, HTMLElement>} */
  #lines = new Map();

  /**
   * @param {HTMLElement} host
   * @param {ShadowRoot} root
   */
  constructor(host, root) {
    this.host = host;
    this.root = root;
  }

  /**
   * @param {string} parameter
   * @param {string} message
   */
  add(parameter, message) {
    this.settle(parameter);
    const line = document.createElement("p");
    line.part.add("error");
    line.role = "alert";
    line.textContent = message;
    this.#lines.set(parameter, line);
    this.root.append(line);
    this.host.dispatchEvent(new CustomEvent("gd-error", { detail: { parameter, message }, bubbles: true, composed: true }));
  }

  clear() {
    for (const parameter of [...this.#lines.keys()]) this.settle(parameter);
  }

  /** @param {string} parameter */
  settle(parameter) {
    this.#lines.get(parameter)?.remove();
    this.#lines.delete(parameter);
  }
}
