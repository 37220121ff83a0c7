/** Keeps the focus in a figure when the control that has it goes away, where a browser would drop it to the page's beginning. */

const focusable = "button, input, select, textarea, summary, [tabindex]";

/**
 * Acts, and then, if the focused control has gone or was moved, gives the focus to the next one of its group, or of all.
 * @param {HTMLElement} inside
 * @param {() => void} act
 */
export function keepingFocus(inside, act) {
  const { activeElement } = /** @type {ShadowRoot | Document} */ (inside.getRootNode());
  const focused = activeElement instanceof HTMLElement && inside.contains(activeElement) ? activeElement : null;
  const before = focused ? controls(inside) : [];
  act();
  if (!focused || (focused === /** @type {ShadowRoot | Document} */ (inside.getRootNode()).activeElement && isShown(focused))) return;
  const at = before.indexOf(focused);
  const near = [focused, ...(at < 0 ? [] : [...before.slice(at + 1), ...before.slice(0, at).reverse()])];
  const there = near.filter((control) => inside.contains(control) && isShown(control));
  const beside = there.find((control) => control.parentElement === focused.parentElement);
  (beside ?? there[0])?.focus({ preventScroll: true });
}

/** @param {HTMLElement} inside @returns {HTMLElement[]} */
const controls = (inside) => [.../** @type {NodeListOf<HTMLElement>} */ (inside.querySelectorAll(focusable))].filter(({ tabIndex }) => tabIndex >= 0);

/** @param {HTMLElement} control */
const isShown = (control) => control.getClientRects().length > 0;
