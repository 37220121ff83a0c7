/** The table of contents: it marks the current section, and collapses behind a button where space is short. */

/**
 * @param {HTMLElement | null} nav
 * @param {HTMLElement | null} button
 */
export function contents(nav, button) {
  if (!nav) return;
  follow([...nav.querySelectorAll("a")]);
  if (!button) return;
  nav.id ||= "contents";
  const open = (/** @type {boolean} */ yes) => {
    nav.classList.toggle("open", yes);
    button.setAttribute("aria-expanded", String(yes));
  };
  button.addEventListener("click", () => open(!nav.classList.contains("open")));
  nav.addEventListener("click", (event) => event.target instanceof HTMLAnchorElement && open(false));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !nav.classList.contains("open")) return;
    open(false);
    button.focus();
  });
}

/**
 * Marks the section a third of the way down the viewport.
 * @param {HTMLAnchorElement[]} links
 */
function follow(links) {
  /** @type {Map<Element, HTMLAnchorElement>} */
  const sections = new Map();
  for (const link of links) {
    const section = document.getElementById(link.hash.slice(1))?.closest("section, .title");
    if (section) sections.set(section, link);
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const link = sections.get(target);
        if (!isIntersecting) link?.removeAttribute("aria-current");
        else if (link) mark(link);
      }
    },
    { rootMargin: "-33% 0px -66% 0px" },
  );
  for (const section of sections.keys()) observer.observe(section);
}

/**
 * Scrolls the list along if it is longer than the screen.
 * @param {HTMLAnchorElement} link
 */
function mark(link) {
  link.setAttribute("aria-current", "true");
  const list = link.closest("div");
  if (list) list.scrollTop = link.offsetTop - list.clientHeight / 2;
}
