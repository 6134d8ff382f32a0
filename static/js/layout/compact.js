/** Packs the blocks of an alignment as close as their distances allow. */

import { GAP } from "./types.js";

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {import("./types.js").Order} Order */
/** @typedef {{root: Int32Array, shift: Float64Array}} Blocks shift: how far a unit's middle lies from its root's */

/** @param {Layers} layers @param {number} a @param {number} b @returns {number} least distance of two middles */
function separation(layers, a, b) {
  const lines = layers.line[a] + layers.line[b];
  const gap = lines === 2 ? GAP.lines : lines === 1 ? GAP.nodeToLine : layers.nodeGap;
  return (layers.across[a] + layers.across[b]) / 2 + gap;
}

/**
 * Longest paths over the blocks, then each block moves towards its follower as far as it can.
 * @param {Layers} layers @param {Order} order @param {Blocks} blocks @param {boolean} mirrored @returns {Float64Array}
 */
export function compact(layers, order, { root, shift }, mirrored) {
  const { from, to, gap } = constraints(layers, order, { root, shift }, mirrored);
  const { sequence, start, list } = sorted(layers.count, from, to);
  const place = new Float64Array(layers.count);
  for (const block of sequence) {
    for (let at = start[block]; at < start[block + 1]; at += 1) {
      const edge = list[at];
      place[to[edge]] = Math.max(place[to[edge]], place[block] + gap[edge]);
    }
  }
  for (let index = sequence.length - 1; index >= 0; index -= 1) {
    const block = sequence[index];
    let room = Infinity;
    for (let at = start[block]; at < start[block + 1]; at += 1) room = Math.min(room, place[to[list[at]]] - gap[list[at]]);
    if (room < Infinity) place[block] = Math.max(place[block], room);
  }
  const places = new Float64Array(layers.count);
  for (let unit = 0; unit < layers.count; unit += 1) places[unit] = place[root[unit]] + shift[unit];
  return places;
}

/** @param {Layers} layers @param {Order} order @param {Blocks} blocks @param {boolean} mirrored neighbours in a rank keep their distance */
function constraints(layers, order, { root, shift }, mirrored) {
  const size = layers.count - order.filter((units) => units.length > 0).length;
  const from = new Int32Array(size);
  const to = new Int32Array(size);
  const gap = new Float64Array(size);
  let edge = 0;
  for (const units of order) {
    for (let at = 1; at < units.length; at += 1) {
      const a = units[mirrored ? at : at - 1];
      const b = units[mirrored ? at - 1 : at];
      from[edge] = root[a];
      to[edge] = root[b];
      gap[edge] = separation(layers, a, b) + shift[a] - shift[b];
      edge += 1;
    }
  }
  return { from, to, gap };
}

/** @param {number} count @param {Int32Array} from @param {Int32Array} to @returns {{sequence: Int32Array, start: Int32Array, list: Int32Array}} blocks in an order that respects the constraints */
function sorted(count, from, to) {
  const waiting = new Int32Array(count);
  const start = new Int32Array(count + 1);
  for (let edge = 0; edge < from.length; edge += 1) {
    waiting[to[edge]] += 1;
    start[from[edge] + 1] += 1;
  }
  for (let block = 0; block < count; block += 1) start[block + 1] += start[block];
  const list = new Int32Array(from.length);
  const filled = start.slice();
  for (let edge = 0; edge < from.length; edge += 1) list[filled[from[edge]]++] = edge;
  const sequence = new Int32Array(count);
  let length = 0;
  for (let block = 0; block < count; block += 1) if (waiting[block] === 0) sequence[length++] = block;
  for (let index = 0; index < length; index += 1) {
    const block = sequence[index];
    for (let at = start[block]; at < start[block + 1]; at += 1) {
      waiting[to[list[at]]] -= 1;
      if (waiting[to[list[at]]] === 0) sequence[length++] = to[list[at]];
    }
  }
  return { sequence, start, list };
}
