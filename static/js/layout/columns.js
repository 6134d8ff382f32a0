/** Where the ranks of a level lie along, and the knots of its lines. */

import { GAP } from "./types.js";

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {{along: Float64Array, across: Float64Array, outline: Float64Array, room: Float64Array, labels: Float64Array}} Sizes */
/** @typedef {{start: Float64Array, card: Float64Array, end: Float64Array, total: number}} Columns start … end of each rank without curves; card: where its units begin */

/** @param {Layers} layers @param {Sizes} sizes @param {Float64Array} middle @returns {Columns} */
export function columnsOf(layers, sizes, middle) {
  const room = new Float64Array(layers.ranks);
  const width = new Float64Array(layers.ranks);
  const gap = new Float64Array(layers.ranks);
  for (let unit = 0; unit < layers.units; unit += 1) {
    const rank = layers.rank[unit];
    room[rank] = Math.max(room[rank], sizes.room[unit]);
    width[rank] = Math.max(width[rank], sizes.along[unit]);
    gap[rank] = Math.max(gap[rank], sizes.labels[unit]);
  }
  for (let segment = 0; segment < layers.segmentFrom.length; segment += 1) {
    const [from, to] = [layers.segmentFrom[segment], layers.segmentTo[segment]];
    const rise = Math.abs(middle[from] + layers.fromPort[segment] - middle[to] - layers.toPort[segment]);
    gap[layers.rank[to]] = Math.max(gap[layers.rank[to]], rise < 1 ? 24 : Math.min(GAP.curve + rise / 5, 2.6 * GAP.curve));
  }
  const columns = { start: new Float64Array(layers.ranks), card: new Float64Array(layers.ranks), end: new Float64Array(layers.ranks), total: 0 };
  for (let rank = 0; rank < layers.ranks; rank += 1) {
    columns.start[rank] = rank === 0 ? 0 : columns.end[rank - 1] + gap[rank];
    columns.card[rank] = columns.start[rank] + room[rank];
    columns.end[rank] = columns.card[rank] + width[rank];
  }
  columns.total = layers.ranks > 0 ? columns.end[layers.ranks - 1] : 0;
  return columns;
}

/** @param {Layers} layers @param {Sizes} sizes @param {Float64Array} middle @param {Columns} columns @param {number} sink @param {(along: number, across: number) => void} take */
export function knotsOf(layers, sizes, middle, columns, sink, take) {
  let length = 0;
  for (let segment = layers.lastSegment[sink]; ; segment = layers.inSegments[layers.inStart[layers.segmentFrom[segment]]]) {
    if (length === PATH.length) PATH.push(0);
    PATH[length++] = segment;
    if (layers.segmentFrom[segment] < layers.units) break;
  }
  const origin = layers.segmentFrom[PATH[length - 1]];
  const out = middle[origin] + layers.fromPort[PATH[length - 1]];
  take(columns.card[layers.rank[origin]] + sizes.along[origin], out);
  take(columns.end[layers.rank[origin]], out);
  for (let at = length - 1; at >= 0; at -= 1) {
    const unit = layers.segmentTo[PATH[at]];
    const rank = layers.rank[unit];
    const across = middle[unit] + layers.toPort[PATH[at]];
    take(columns.start[rank], across);
    take(unit < layers.units ? columns.card[rank] : columns.end[rank], across);
  }
}

/** The segments of the line looked at last, from its end: one array for all lines, since a long tape has a million. @type {number[]} */
const PATH = [];
