/** Sifting: each unit in turn goes to the place in its rank where it crosses least, the others staying as they are. */

import { crossingsOf, positionsOf } from "./crossings.js";
import { gain } from "./exchange.js";

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {import("./types.js").Order} Order */

/** @typedef {{order: Order, crossings: number, score: number}} Found score: crossings, and the price of what is turned */
/** @typedef {{keepFirst: boolean, hints: Float64Array | null}} Goal keepFirst: the first rank stays; hints: where units were before, which costs as little as turning few pairs of them */

/** Crossings that one pair of cards in its old order is worth. */
const PRICE = 1.1;
const PASSES = 8;
/** Passes without a gain before it ends: one in each direction. */
const IDLE = 2;

/** @param {Layers} layers @param {Order} order changed in place @param {Goal} goal @returns {Found} */
export function sifted(layers, order, goal) {
  const position = positionsOf(layers, order);
  for (let pass = 0, idle = 0; pass < PASSES && idle < IDLE; pass += 1) {
    idle = siftAll(layers, order, position, goal, pass % 2 === 1) > 0 ? 0 : idle + 1;
  }
  const crossings = crossingsOf(layers, order, position);
  return { order, crossings, score: crossings + PRICE * turned(order, goal.hints) };
}

/** @param {Layers} layers @param {Order} order @param {Int32Array} position @param {Goal} goal @param {boolean} backward @returns {number} what it gained */
function siftAll(layers, order, position, { keepFirst, hints }, backward) {
  let fewer = 0;
  for (let step = 0; step < layers.ranks; step += 1) {
    const rank = backward ? layers.ranks - 1 - step : step;
    if (rank === 0 && keepFirst) continue;
    for (const unit of order[rank].slice()) fewer += sift(layers, order[rank], unit, position, hints, backward);
  }
  return fewer;
}

/** @param {Layers} layers @param {Int32Array} units @param {number} unit @param {Int32Array} position @param {Float64Array | null} hints @param {boolean} drifts where nothing is gained it goes one place up if nothing is lost: the next pass may gain from there @returns {number} what it gained */
function sift(layers, units, unit, position, hints, drifts) {
  const at = position[unit];
  let best = 0;
  let place = at;
  for (let other = at - 1, sum = 0; other >= 0; other -= 1) {
    sum += gain(layers, units[other], unit, position) - priceOf(hints, unit, units[other]);
    if (sum <= best && !(drifts && sum === 0 && other === at - 1)) continue;
    best = sum;
    place = other;
  }
  for (let other = at + 1, sum = 0; other < units.length; other += 1) {
    sum += gain(layers, unit, units[other], position) - priceOf(hints, units[other], unit);
    if (sum <= best) continue;
    best = sum;
    place = other;
  }
  if (place !== at) move(units, position, at, place);
  return best;
}

/** @param {Int32Array} units @param {Int32Array} position @param {number} from @param {number} to */
function move(units, position, from, to) {
  const unit = units[from];
  if (to < from) units.copyWithin(to + 1, to, from);
  else units.copyWithin(from, from + 1, to + 1);
  units[to] = unit;
  for (let at = Math.min(from, to); at <= Math.max(from, to); at += 1) position[units[at]] = at;
}

/** @param {Float64Array | null} hints @param {number} first @param {number} second @returns {number} what it costs that the first stands before the second instead of after it */
function priceOf(hints, first, second) {
  if (hints === null || first >= hints.length || second >= hints.length) return 0;
  return hints[first] > hints[second] ? PRICE : hints[first] < hints[second] ? -PRICE : 0;
}

/** @param {Order} order @param {Float64Array | null} hints @returns {number} pairs of one rank that stood the other way round */
function turned(order, hints) {
  if (hints === null) return 0;
  let pairs = 0;
  for (const units of order) {
    const known = units.filter((unit) => unit < hints.length && !Number.isNaN(hints[unit]));
    known.forEach((unit, at) => known.subarray(at + 1).forEach((other) => (pairs += hints[unit] > hints[other] ? 1 : 0)));
  }
  return pairs;
}
