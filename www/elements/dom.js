/** Builds and patches DOM nodes. Text is only ever inserted as text: no markup is parsed. */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | null | undefined>} attributes false, null and undefined are left out
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) put(node, name, value);
  node.append(...children);
  return node;
}

/**
 * Sets or removes one attribute, leaving the node alone if nothing changes.
 * @param {Element} node
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
export function put(node, name, value) {
  if (value === false || value === null || value === undefined) {
    node.removeAttribute(name);
    return;
  }
  const text = value === true ? "" : String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

/**
 * Changes a node's text. A text that is alone in its element is kept and changed, which spares the layout a new box.
 * @param {Node} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.textContent === text) return;
  const { firstChild, lastChild } = node;
  const only = firstChild === lastChild && firstChild?.nodeType === 3 ? firstChild : node;
  only.textContent = text;
}

/**
 * Gives the node the colour of a palette role: `--role` for CSS, and the name for selectors.
 * @param {HTMLElement} node
 * @param {string} role
 */
export function paint(node, role) {
  if (node.dataset.role === role) return;
  node.dataset.role = role;
  node.style.setProperty("--role", role ? `var(--_${role})` : "currentColor");
}
