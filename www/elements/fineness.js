/** How finely lit ground is drawn: coarsely while it moves where frames take long, as without a graphics card, and in full at rest. */

/** A frame that takes longer holds up whoever turns the ground. */
const SLOW_MS = 50;

/** One such frame may be chance, or the first one, which has everything to set up. */
const SLOW_FRAMES = 3;

/** Ground that was not drawn for so long is at rest. */
const REST_MS = 400;

/** Coarse ground has no more pixels than these, */
const COARSE_PIXELS = 100_000;

/** and along each side no more than this share of all, since its triangles are fewer too. */
const COARSE = 0.8;

export class Fineness {
  #slow = 0;
  #coarse = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /** @param {() => void} again draws the ground once more */
  constructor(again) {
    this.again = again;
  }

  /** The next picture is a full one. */
  refine() {
    clearTimeout(this.#rest);
    this.#slow = 0;
    this.#coarse = false;
  }

  /**
   * To be asked when the ground is drawn: the share of the pixels along each side.
   * @param {number} pixels of the full picture
   */
  next(pixels) {
    const drawn = performance.now();
    // The browser begins the next frame when it is done with this one.
    requestAnimationFrame(() => (this.#slow = performance.now() - drawn > SLOW_MS ? this.#slow + 1 : 0));
    this.#coarse ||= this.#slow >= SLOW_FRAMES;
    clearTimeout(this.#rest);
    if (this.#coarse) this.#rest = setTimeout(this.again, REST_MS);
    return this.#coarse ? Math.min(COARSE, Math.sqrt(COARSE_PIXELS / pixels)) : 1;
  }
}
