/** A rank sorted by the barycentres of its units' neighbours. */

import { farEnd } from "./crossings.js";

/** @typedef {import("./types.js").Layers} Layers */

const FEW = 40;

/** @param {Layers} layers @param {Int32Array} units @param {Int32Array} position @param {boolean} forward @param {boolean} reversed ties turn round, so that sweeps do not stick */
export function sortByCentre(layers, units, position, forward, reversed) {
  const start = forward ? layers.inStart : layers.outStart;
  const list = forward ? layers.inSegments : layers.outSegments;
  const keys = new Float64Array(units.length);
  for (let at = 0; at < units.length; at += 1) {
    const unit = units[at];
    let sum = 0;
    for (let entry = start[unit]; entry < start[unit + 1]; entry += 1) sum += farEnd(layers, list[entry], position, forward);
    keys[at] = start[unit] === start[unit + 1] ? -1 : sum / (start[unit + 1] - start[unit]);
  }
  placeSorted(units, keys, reversed);
  for (let at = 0; at < units.length; at += 1) position[units[at]] = at;
}

/** @param {Int32Array} units @param {Float64Array} keys −1: keeps its place @param {boolean} reversed */
function placeSorted(units, keys, reversed) {
  const places = [];
  for (let at = 0; at < units.length; at += 1) if (keys[at] >= 0) places.push(at);
  const sorted = places.slice();
  const isBefore = (/** @type {number} */ a, /** @type {number} */ b) => keys[a] < keys[b] || (keys[a] === keys[b] && (reversed ? a > b : a < b));
  if (sorted.length <= FEW) insertionSort(sorted, isBefore);
  else sorted.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const moved = sorted.map((at) => units[at]);
  for (let index = 0; index < places.length; index += 1) units[places[index]] = moved[index];
}

/** @param {number[]} list @param {(a: number, b: number) => boolean} isBefore short and nearly sorted lists are sorted fastest so */
function insertionSort(list, isBefore) {
  for (let at = 1; at < list.length; at += 1) {
    const entry = list[at];
    let hole = at;
    for (; hole > 0 && isBefore(entry, list[hole - 1]); hole -= 1) list[hole] = list[hole - 1];
    list[hole] = entry;
  }
}
