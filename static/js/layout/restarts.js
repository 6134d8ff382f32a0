/** More effort for small pictures: sifting from many starts, as many as a bounded amount of work allows. The same graph has the same starts. */

import { sortByCentre } from "./centres.js";
import { positionsOf } from "./crossings.js";
import { sifted } from "./sift.js";

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {import("./types.js").Order} Order */

/** Pairs of units in one rank that all starts together may compare. */
const PAIRS = 6000;
const MOST_STARTS = 24;
/** Part of the ranks that a near start shuffles; every second start is a far one and shuffles all. */
const NEAR = 0.35;

/** @typedef {import("./sift.js").Found} Found */
/** @typedef {import("./sift.js").Goal} Goal */

/** @param {Layers} layers @param {Order[]} first the best of them is improved @param {Goal} goal @returns {Found} */
export function restarted(layers, first, goal) {
  const pairs = first[0].reduce((sum, units) => sum + units.length ** 2, 0);
  const starts = Math.min(MOST_STARTS, Math.floor(PAIRS / pairs));
  let best = first.map((order) => sifted(layers, copyOf(order), goal)).reduce((least, one) => (one.score < least.score ? one : least));
  for (let at = 0; at < starts && best.score > 0; at += 1) {
    const order = copyOf(best.order);
    const isFar = at % 2 === 0;
    for (let rank = goal.keepFirst ? 1 : 0; rank < layers.ranks; rank += 1) {
      const draw = drawer(MOST_STARTS * rank + at);
      if (isFar || draw() < NEAR) shuffle(order[rank], draw);
    }
    centred(layers, order, goal.keepFirst, { sweeps: isFar ? 4 : 2, first: at, reversed: at % 4 >= 2 });
    const found = sifted(layers, order, goal);
    if (found.score < best.score) best = found;
  }
  return best;
}

/** @param {Layers} layers @param {Order} order changed in place @param {boolean} keepFirst @param {{sweeps: number, first: number, reversed: boolean}} how first: even sweeps go forward */
function centred(layers, order, keepFirst, { sweeps, first, reversed }) {
  const position = positionsOf(layers, order);
  for (let sweep = first; sweep < first + sweeps; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (let step = 1; step < layers.ranks; step += 1) {
      const rank = forward ? step : layers.ranks - 1 - step;
      if (rank > 0 || !keepFirst) sortByCentre(layers, order[rank], position, forward, reversed);
    }
  }
}

/** @param {Order} order @returns {Order} */
const copyOf = (order) => order.map((units) => units.slice());

/** @param {Int32Array} units @param {() => number} draw */
function shuffle(units, draw) {
  for (let at = units.length - 1; at > 0; at -= 1) {
    const other = Math.floor(draw() * (at + 1));
    const unit = units[at];
    units[at] = units[other];
    units[other] = unit;
  }
}

/** @param {number} seed @returns {() => number} numbers below 1, always the same ones */
function drawer(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
