/** Neighbours in a rank change places where that removes crossings. */

import { farEnd } from "./crossings.js";

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {import("./types.js").Order} Order */

const BROAD = 4096;

/**
 * Exchanges neighbours while that removes crossings.
 * @param {Layers} layers @param {Order} order @param {Int32Array} position @param {boolean} keepFirst
 */
export function exchange(layers, order, position, keepFirst) {
  let improved = true;
  for (let round = 0; improved && round < 6; round += 1) {
    improved = false;
    for (let rank = keepFirst ? 1 : 0; rank < layers.ranks; rank += 1) {
      if (exchangeIn(layers, order[rank], position)) improved = true;
    }
  }
}

/** @param {Layers} layers @param {Int32Array} units @param {Int32Array} position @returns {boolean} whether any changed places */
export function exchangeIn(layers, units, position) {
  let improved = false;
  for (let at = 0; at + 1 < units.length; at += 1) {
    const [a, b] = [units[at], units[at + 1]];
    if (gain(layers, a, b, position) <= 0) continue;
    units[at] = b;
    units[at + 1] = a;
    position[b] = at;
    position[a] = at + 1;
    improved = true;
  }
  return improved;
}

/** @param {Layers} layers @param {number} a @param {number} b @param {Int32Array} position @returns {number} how many crossings fewer with b before a; 0 where both have so many lines that comparing them all would not stay linear */
export function gain(layers, a, b, position) {
  const { inStart, outStart } = layers;
  if ((inStart[a + 1] - inStart[a]) * (inStart[b + 1] - inStart[b]) > BROAD || (outStart[a + 1] - outStart[a]) * (outStart[b + 1] - outStart[b]) > BROAD) return 0;
  return gainOn(layers, a, b, position, layers.inStart, layers.inSegments, true) + gainOn(layers, a, b, position, layers.outStart, layers.outSegments, false);
}

/** @param {Layers} layers @param {number} a @param {number} b @param {Int32Array} position @param {Int32Array} start @param {Int32Array} list @param {boolean} forward */
function gainOn(layers, a, b, position, start, list, forward) {
  let fewer = 0;
  for (let i = start[a]; i < start[a + 1]; i += 1) {
    const end = farEnd(layers, list[i], position, forward);
    for (let j = start[b]; j < start[b + 1]; j += 1) {
      const other = farEnd(layers, list[j], position, forward);
      if (end > other) fewer += 1;
      else if (end < other) fewer -= 1;
    }
  }
  return fewer;
}
