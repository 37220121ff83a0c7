/**
 * The parts of the figures' module that each figure needs besides the core. Here the module is whole; the build that is
 * published splits it and writes these lists anew.
 * @type {Record<string, string[]>}
 */
export const parts = {};

/** The files that each file uses functions of, besides the core. @type {Record<string, string[]>} */
export const bases = {};
