/** The bar at the top of the page. On a phone it makes way for who reads on, and is back for who scrolls up. */

/** @param {Element | null} masthead */
export function makeWay(masthead) {
  let before = scrollY;
  addEventListener(
    "scroll",
    () => {
      masthead?.classList.toggle("away", scrollY > before);
      before = scrollY;
    },
    { passive: true },
  );
}
