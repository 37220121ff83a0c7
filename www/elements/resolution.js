/**
 * Chooses the resolution of the lit hill: coarse while it moves if frames are slow, or at once where there is no graphics
 * card; full at rest.
 */

/** Longer frames are noticeable while the hill is being turned. */
const SLOW_MS = 50;

/** A single slow frame may be chance, or the first one with all its set-up. */
const SLOW_FRAMES = 3;

/** A hill that has not been drawn for this long is at rest. */
const REST_MS = 400;

/** The most pixels of a coarse picture. */
const COARSE_PIXELS = 100_000;

/** The largest fraction of the full resolution along each side of a coarse picture, which also saves triangles. */
const COARSE = 0.8;

export class Resolution {
  /** Whether the processor draws. */
  software = false;
  #slow = 0;
  #atRest = false;
  #coarse = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /** @param {() => void} again draws the ground once more */
  constructor(again) {
    this.again = again;
  }

  /** The next picture is drawn in full. */
  refine() {
    clearTimeout(this.#rest);
    this.#slow = 0;
    this.#coarse = false;
  }

  /**
   * The fraction of the pixels to draw along each side. Call once per drawing.
   * @param {number} pixels of the full picture
   */
  next(pixels) {
    const drawn = performance.now();
    // The browser starts the next frame only after it has finished this one.
    requestAnimationFrame(() => (this.#slow = performance.now() - drawn > SLOW_MS ? this.#slow + 1 : 0));
    this.#coarse ||= this.#slow >= SLOW_FRAMES || (this.software && !this.#atRest);
    this.#atRest = false;
    clearTimeout(this.#rest);
    if (this.#coarse)
      this.#rest = setTimeout(() => {
        this.#atRest = true;
        this.again();
      }, REST_MS);
    return this.#coarse ? Math.min(COARSE, Math.sqrt(COARSE_PIXELS / pixels)) : 1;
  }
}
