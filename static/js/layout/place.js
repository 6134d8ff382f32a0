/**
 * Coordinates across, after Brandes and Köpf: units are chained into blocks that lie on one line, blocks are packed, four ways, and averaged.
 *
 * Chains are aligned port to port, so that a line enters its slot without a bend.
 */

import { compact } from "./compact.js";

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {import("./types.js").Order} Order */

/**
 * @param {Layers} layers
 * @param {Order} order
 * @param {Int32Array} position
 * @returns {Float64Array} middle of every unit and point; the smallest edge is at 0
 */
export function placesOf(layers, order, position) {
  const marked = conflicts(layers, order, position);
  const runs = [];
  for (const down of [true, false]) {
    for (const mirrored of [false, true]) runs.push(run(layers, order, position, marked, down, mirrored));
  }
  return balanced(layers, runs);
}

/** @param {Layers} layers @param {number} segment @returns {boolean} between two points of one net */
const isInner = (layers, segment) => layers.line[layers.segmentFrom[segment]] === 1 && layers.line[layers.segmentTo[segment]] === 1;

/** @param {Layers} layers @param {Order} order @param {Int32Array} position @returns {Uint8Array} segments that give way: they cross a long line, or branch off one that goes on */
function conflicts(layers, order, position) {
  const marked = new Uint8Array(layers.segmentFrom.length);
  for (let rank = 1; rank < layers.ranks; rank += 1) {
    const units = order[rank];
    let low = 0;
    for (let at = 0, scanned = 0; at < units.length; at += 1) {
      const inner = innerInto(layers, units[at]);
      if (inner < 0 && at < units.length - 1) continue;
      const high = inner < 0 ? order[rank - 1].length : position[layers.segmentFrom[inner]];
      for (; scanned <= at; scanned += 1) mark(layers, units[scanned], position, low, high, marked);
      low = high;
    }
  }
  return marked;
}

/** @param {Layers} layers @param {number} unit @param {Int32Array} position @param {number} low @param {number} high @param {Uint8Array} marked */
function mark(layers, unit, position, low, high, marked) {
  for (let at = layers.inStart[unit]; at < layers.inStart[unit + 1]; at += 1) {
    const segment = layers.inSegments[at];
    const place = position[layers.segmentFrom[segment]];
    const branches = innerOutOf(layers, layers.segmentFrom[segment]) >= 0;
    if ((branches || place < low || place > high) && !isInner(layers, segment)) marked[segment] = 1;
  }
}

/** @param {Layers} layers @param {number} unit @returns {number} the inner segment that ends in it, or −1 */
function innerInto(layers, unit) {
  if (layers.line[unit] === 0 || layers.inStart[unit] === layers.inStart[unit + 1]) return -1;
  const segment = layers.inSegments[layers.inStart[unit]];
  return isInner(layers, segment) ? segment : -1;
}

/** @param {Layers} layers @param {number} unit @returns {number} */
function innerOutOf(layers, unit) {
  if (layers.line[unit] === 0) return -1;
  for (let at = layers.outStart[unit]; at < layers.outStart[unit + 1]; at += 1) {
    const segment = layers.outSegments[at];
    if (layers.line[layers.segmentTo[segment]] === 1) return segment;
  }
  return -1;
}

/** @param {Layers} layers @param {Order} order @param {Int32Array} position @param {Uint8Array} marked @param {boolean} down @param {boolean} mirrored */
function run(layers, order, position, marked, down, mirrored) {
  const blocks = align(layers, order, position, marked, down, mirrored);
  const places = compact(layers, order, blocks, mirrored);
  if (mirrored) for (let unit = 0; unit < places.length; unit += 1) places[unit] = -places[unit];
  return { places, mirrored };
}

/** @typedef {import("./compact.js").Blocks} Blocks */

/** @param {Layers} layers @param {Order} order @param {Int32Array} position @param {Uint8Array} marked @param {boolean} down @param {boolean} mirrored @returns {Blocks} */
function align(layers, order, position, marked, down, mirrored) {
  const root = new Int32Array(layers.count);
  for (let unit = 0; unit < layers.count; unit += 1) root[unit] = unit;
  const shift = new Float64Array(layers.count);
  const taken = new Uint8Array(layers.count);
  const sign = mirrored ? -1 : 1;
  for (let step = 1; step < layers.ranks; step += 1) {
    const units = order[down ? step : layers.ranks - 1 - step];
    let limit = -Infinity;
    for (let at = 0; at < units.length; at += 1) {
      const unit = units[mirrored ? units.length - 1 - at : at];
      const count = candidates(layers, unit, position, down, mirrored);
      for (let tried = 0; tried < count; tried += 1) {
        const segment = MEDIANS[tried];
        const other = down ? layers.segmentFrom[segment] : layers.segmentTo[segment];
        if (marked[segment] || taken[other] || sign * position[other] <= limit) continue;
        taken[other] = 1;
        root[unit] = root[other];
        shift[unit] = shift[other] + sign * (down ? layers.offset[segment] : -layers.offset[segment]);
        limit = sign * position[other];
        break;
      }
    }
  }
  return { root, shift };
}

/** The segments to the median neighbours of the unit looked at last: one array for all of them, since a long tape has a million. */
const MEDIANS = new Int32Array(2);

/** @param {Layers} layers @param {number} unit @param {Int32Array} position @param {boolean} down @param {boolean} mirrored @returns {number} how many stand in MEDIANS; a long line goes first */
function candidates(layers, unit, position, down, mirrored) {
  const inner = down ? innerInto(layers, unit) : innerOutOf(layers, unit);
  const start = down ? layers.inStart : layers.outStart;
  const list = down ? layers.inSegments : layers.outSegments;
  const size = start[unit + 1] - start[unit];
  if (inner >= 0 || size < 2) {
    MEDIANS[0] = inner >= 0 ? inner : list[start[unit]];
    return inner >= 0 ? 1 : size;
  }
  const ends = down ? layers.segmentFrom : layers.segmentTo;
  const ports = down ? layers.fromPort : layers.toPort;
  const before = (/** @type {number} */ a, /** @type {number} */ b) => position[ends[a]] - position[ends[b]] || ports[a] - ports[b];
  if (size === 2) {
    const [a, b] = [list[start[unit]], list[start[unit] + 1]];
    return medians(before(a, b) <= 0 ? a : b, before(a, b) <= 0 ? b : a, mirrored);
  }
  const sorted = Array.from(list.subarray(start[unit], start[unit + 1])).sort(before);
  return medians(sorted[(size - 1) >> 1], sorted[size >> 1], mirrored);
}

/** @param {number} low @param {number} high @param {boolean} mirrored @returns {number} */
function medians(low, high, mirrored) {
  MEDIANS[0] = mirrored ? high : low;
  MEDIANS[1] = mirrored ? low : high;
  return low === high ? 1 : 2;
}

/** @param {Layers} layers @param {{places: Float64Array, mirrored: boolean}[]} runs @returns {Float64Array} mean of the two middle places, all four drawn to the narrowest */
function balanced(layers, runs) {
  const spans = runs.map(({ places }) => spanOf(layers, places));
  const narrow = spans.reduce((best, span, index) => (span.high - span.low < spans[best].high - spans[best].low ? index : best), 0);
  const moves = runs.map(({ mirrored }, index) => (mirrored ? spans[narrow].high - spans[index].high : spans[narrow].low - spans[index].low));
  const places = new Float64Array(layers.count);
  for (let unit = 0; unit < layers.count; unit += 1) {
    const [a, b, c, d] = [runs[0].places[unit] + moves[0], runs[1].places[unit] + moves[1], runs[2].places[unit] + moves[2], runs[3].places[unit] + moves[3]];
    places[unit] = (a + b + c + d - Math.min(a, b, c, d) - Math.max(a, b, c, d)) / 2;
  }
  const { low } = spanOf(layers, places);
  for (let unit = 0; unit < layers.count; unit += 1) places[unit] -= low;
  return places;
}

/** @param {Layers} layers @param {Float64Array} places */
function spanOf(layers, places) {
  let low = Infinity;
  let high = -Infinity;
  for (let unit = 0; unit < layers.count; unit += 1) {
    low = Math.min(low, places[unit] - layers.across[unit] / 2);
    high = Math.max(high, places[unit] + layers.across[unit] / 2);
  }
  return { low: low === Infinity ? 0 : low, high: high === -Infinity ? 0 : high };
}
