/**
 * The parts of the figures' module that each figure needs besides the core, in the order of loading. Here they are one; the
 * build that is published splits them and writes this list anew.
 * @type {Record<string, string[]>}
 */
export const parts = {};
