/**
 * The parts of the figures' module that each figure needs besides the core. Here the module is whole; the build that is
 * published splits it and writes this list anew.
 * @type {Record<string, string[]>}
 */
export const parts = {};

/** The figure whose part does not need what others share. */
export const first = "hill";
