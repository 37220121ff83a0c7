//! The figures' own work, through the boundary that the elements of the page use.

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** How many frames a figure gets to ask for work. */
const PATIENCE = 60;

const tag = (name) => `gd-${name}`;

/** The module that the elements of the page have loaded: the same address gives the same instance. */
export const module = () => import(new URL("downhill-web.js", document.querySelector("script[src$='embed.js']").src).href);

/**
 * A figure in the page's own instance of its module. An element with the same attributes comes first, so that the page
 * prepares whatever it prepares for them: it fetches the module, reads a typed formula, compiles.
 */
export async function figure(name, entries) {
  await customElements.whenDefined(tag(name));
  const element = document.createElement(tag(name));
  for (const [field, text] of entries) element.setAttribute(field, text);
  document.querySelector("main").append(element);
  await element.ready;
  element.remove();
  const { Figure } = await module();
  const started = new Figure(name, "en", ".", ",");
  const changes = started.start(entries);
  if (changes.problems.length) throw new Error(`${name}: ${changes.problems[0].message}`);
  return { figure: started, changes };
}

/** Goes on with a figure's work to its end, in slices of the size that the page asks for. */
export function finish(figure, changes, slice) {
  while (changes.working) changes = figure.work(slice);
}

/**
 * The size of the slices in which the page has a map computed: what the live figure asks for after a change of α. Without
 * slices, everything is done within the call.
 */
export async function pageSlice() {
  const { Figure } = await module();
  const { work } = Figure.prototype;
  let asked = 0;
  Figure.prototype.work = function (steps) {
    asked = steps;
    return work.call(this, steps);
  };
  document.querySelector(tag("starts")).setAttribute("alpha", "0.0101");
  for (let frames = 0; !asked && frames < PATIENCE; frames++) await frame();
  Figure.prototype.work = work;
  return asked || 1e9;
}
