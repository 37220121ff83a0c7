/** The loss of a run as a pitch. Imported when the reader switches it on, so that nothing that makes sounds exists before. */

/** @import {FigureController} from "./controller.js" */

/** How loud, from 0 to 1. */
const LOUD = 0.08;

/** How fast pitch and loudness follow, in seconds: fast enough for steps, slow enough not to click. */
const GLIDE_SECONDS = 0.02;

/** A step is heard for this long, unless the next one comes earlier. */
const HOLD_SECONDS = 0.25;

/** After this long without a step the device rests too. */
const REST_MS = 1500;

/** Of each element whose sound is on; they last as long as the elements. @type {WeakMap<HTMLElement, Sound>} */
const sounds = new WeakMap();

/**
 * Switches an element's sound on or off, and returns whether it is on.
 * @param {FigureController} controller
 */
export function toggleSound(controller) {
  const { host } = controller;
  const on = sounds.get(host);
  if (on) on.end();
  else sounds.set(host, new Sound(controller));
  if (on) sounds.delete(host);
  return !on;
}

class Sound {
  context = new AudioContext();
  #tone = this.context.createOscillator();
  #loudness = this.context.createGain();
  #rest = 0;
  #heard = () => this.#step();
  /** Off screen and in a hidden tab there is silence at once. */
  #seen = () => document.hidden && this.#hush();

  /** @param {FigureController} controller */
  constructor(controller) {
    this.controller = controller;
    this.#tone.type = "triangle";
    this.#loudness.gain.value = 0;
    this.#tone.connect(this.#loudness).connect(this.context.destination);
    this.#tone.start();
    controller.host.addEventListener("gd-step", this.#heard);
    document.addEventListener("visibilitychange", this.#seen);
    controller.atEnd(() => {
      sounds.delete(controller.host);
      this.end();
    });
    this.#sleepLater();
  }

  /** Sounds the present loss for a moment, so that a run that rests is silent by itself. */
  #step() {
    const { backend, ended, visible } = this.controller;
    if (ended || !visible || document.hidden) return this.#hush();
    const pitch_hz = backend.pitch();
    if (pitch_hz === undefined) return;
    if (this.context.state === "suspended") void this.context.resume();
    const now = this.context.currentTime;
    this.#tone.frequency.cancelScheduledValues(now);
    this.#tone.frequency.setTargetAtTime(pitch_hz, now, GLIDE_SECONDS);
    const { gain } = this.#loudness;
    gain.cancelScheduledValues(now);
    gain.setTargetAtTime(LOUD, now, GLIDE_SECONDS);
    gain.setTargetAtTime(0, now + HOLD_SECONDS, 2 * GLIDE_SECONDS);
    this.#sleepLater();
  }

  #hush() {
    const now = this.context.currentTime;
    this.#loudness.gain.cancelScheduledValues(now);
    this.#loudness.gain.setTargetAtTime(0, now, GLIDE_SECONDS);
  }

  #sleepLater() {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void (this.context.state === "running" && this.context.suspend()), REST_MS);
  }

  end() {
    clearTimeout(this.#rest);
    this.controller.host.removeEventListener("gd-step", this.#heard);
    document.removeEventListener("visibilitychange", this.#seen);
    void this.context.close();
  }
}
