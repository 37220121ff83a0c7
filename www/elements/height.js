/** Keeps a figure within the height that its `fit` attribute allows, for slides and pages that cannot make a frame higher. */

/** @import {FigureController} from "./controller.js" */
/** @import {View} from "./view.js" */

/** Panes lower than this show nothing; `.fitted .stage` in the style sheet says the same. */
const LOWEST_PX = 120;

/** Differences of less than this are rounding. */
const SLACK_PX = 1;

export class Height {
  /**
   * @param {View} view
   * @param {FigureController} controller
   */
  constructor(view, controller) {
    this.view = view;
    this.controller = controller;
  }

  /** What is allowed, in CSS pixels; 0 if the figure may be as high as it likes. */
  get most_px() {
    const asked = Number(this.controller.host.getAttribute("fit"));
    return asked > 0 ? asked : 0;
  }

  /**
   * Makes panes lower, then leaves out panes from the end, until the figure fits. What unfolds scrolls within.
   */
  keep() {
    const { view, most_px } = this;
    const { node, panes } = view;
    node.classList.toggle("fitted", most_px > 0);
    node.style.setProperty("--fit", `${most_px}px`);
    for (const pane of panes) {
      pane.node.hidden = false;
      pane.stage.style.removeProperty("block-size");
    }
    if (!most_px) return;
    const over = () => node.scrollHeight - most_px;
    for (let shown = panes.length; shown > 0 && over() > SLACK_PX; shown--) {
      for (const pane of panes.slice(shown)) pane.node.hidden = true;
      lower(panes.slice(0, shown).map(({ stage }) => stage), over());
    }
  }
}

/**
 * Takes a height from panes, from each row as much as from the others.
 * @param {HTMLElement[]} stages
 * @param {number} over_px
 */
function lower(stages, over_px) {
  /** @type {Map<number, HTMLElement[]>} */
  const rows = new Map();
  for (const stage of stages) rows.set(stage.offsetTop, [...(rows.get(stage.offsetTop) ?? []), stage]);
  const each_px = over_px / rows.size;
  for (const row of rows.values())
    for (const stage of row) stage.style.setProperty("block-size", `${Math.max(LOWEST_PX, stage.clientHeight - each_px)}px`);
}
