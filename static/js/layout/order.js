/** The order within each rank: barycentre sweeps with exchanges of neighbours, which count their crossings. */

import { FEW_INPUTS } from "./rank.js";

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {import("./types.js").Order} Order */

const WORK = 60000;
const MOST_SWEEPS = 16;
const PATIENCE = 3;
const FEW = 40;
const POLISHED = 6000;
const EXCHANGED = 20000;
const BROAD = 4096;
const ROUNDS = 4;
const WORTH = 0.7;
const MANY_INPUTS = 24;

/**
 * @param {Layers} layers
 * @param {Int32Array} pinned inputs: they keep their order, unless there are many and freedom saves a third of the crossings
 * @returns {{order: Order, position: Int32Array, crossings: number}}
 */
export function orderOf(layers, pinned) {
  const kept = searched(layers, pinned.length > 0 && pinned.length <= MANY_INPUTS);
  const free = pinned.length > FEW_INPUTS && pinned.length <= MANY_INPUTS && layers.count <= POLISHED && kept.crossings > 0 ? searched(layers, false) : kept;
  const best = free.crossings < WORTH * kept.crossings ? free : kept;
  return { order: best.order, position: positionsOf(layers, best.order), crossings: best.crossings };
}

/** @param {Layers} layers @param {boolean} keepFirst @returns {{order: Order, crossings: number}} */
function searched(layers, keepFirst) {
  const sweeps = Math.max(2, Math.min(MOST_SWEEPS, Math.floor(WORK / (layers.count + 1))));
  const starts = layers.count <= 2000 ? [taped(layers), depthFirst(layers)] : [taped(layers)];
  let best = { order: starts[0], crossings: Infinity };
  for (const order of starts) {
    const found = swept(layers, order, keepFirst, Math.ceil(sweeps / starts.length));
    if (found.crossings < best.crossings) best = found;
    if (best.crossings === 0) break;
  }
  return layers.count <= POLISHED && best.crossings > 0 ? polish(layers, best, keepFirst) : best;
}

/** @param {Layers} layers @param {{order: Order, crossings: number}} start @param {boolean} keepFirst @returns {{order: Order, crossings: number}} exchanges and sweeps in turn, while that helps */
function polish(layers, start, keepFirst) {
  let best = start;
  for (let round = 0; round < ROUNDS && best.crossings > 0; round += 1) {
    const order = best.order.map((units) => units.slice());
    exchange(layers, order, positionsOf(layers, order), keepFirst);
    const again = swept(layers, order, keepFirst, 2);
    if (again.crossings >= best.crossings) break;
    best = again;
  }
  return best;
}

/** @param {Layers} layers @returns {Order} as they come on the tape; points after the units of their rank are sorted by where their net comes from */
function taped(layers) {
  /** @type {number[][]} */
  const ranks = Array.from({ length: layers.ranks }, () => []);
  for (let unit = 0; unit < layers.count; unit += 1) ranks[layers.rank[unit]].push(unit);
  return ranks.map((units) => Int32Array.from(units));
}

/** @param {Layers} layers @returns {Order} as a walk from the inputs first meets them: neighbours stay together */
function depthFirst(layers) {
  const { inStart, outStart, outSegments, segmentTo } = layers;
  /** @type {number[][]} */
  const ranks = Array.from({ length: layers.ranks }, () => []);
  const seen = new Uint8Array(layers.count);
  for (let root = 0; root < layers.count; root += 1) {
    if (seen[root] || inStart[root] < inStart[root + 1]) continue;
    const stack = [root];
    while (stack.length > 0) {
      const unit = /** @type {number} */ (stack.pop());
      if (seen[unit]) continue;
      seen[unit] = 1;
      ranks[layers.rank[unit]].push(unit);
      for (let at = outStart[unit + 1] - 1; at >= outStart[unit]; at -= 1) stack.push(segmentTo[outSegments[at]]);
    }
  }
  return ranks.map((units) => Int32Array.from(units));
}

/** @param {Layers} layers @param {Order} order @returns {Int32Array} */
function positionsOf(layers, order) {
  const position = new Int32Array(layers.count);
  for (const units of order) for (let at = 0; at < units.length; at += 1) position[units[at]] = at;
  return position;
}

/** @param {Layers} layers @param {Order} start @param {boolean} keepFirst @param {number} sweeps */
function swept(layers, start, keepFirst, sweeps) {
  const order = start.map((units) => units.slice());
  const position = positionsOf(layers, order);
  const copy = () => order.map((units) => units.slice());
  let best = { order: copy(), crossings: crossingsOf(layers, order, position) };
  for (let sweep = 0, idle = 0; sweep < sweeps && idle < PATIENCE && best.crossings > 0; sweep += 1) {
    const forward = sweep % 2 === 0;
    const reversed = sweep % 4 >= 2;
    for (let step = 1; step < layers.ranks; step += 1) {
      const rank = forward ? step : layers.ranks - 1 - step;
      if (rank > 0 || !keepFirst) {
        sortByCentre(layers, order[rank], position, forward, reversed);
        if (layers.count <= EXCHANGED) exchangeIn(layers, order[rank], position);
      }
    }
    const crossings = crossingsOf(layers, order, position);
    idle += 1;
    if (crossings < best.crossings) {
      best = { order: copy(), crossings };
      idle = 0;
    }
  }
  return best;
}

/** @param {Layers} layers @param {number} segment @param {Int32Array} position @param {boolean} forward @returns {number} where the far end lies, ports included */
function farEnd(layers, segment, position, forward) {
  return forward ? position[layers.segmentFrom[segment]] + layers.fromPart[segment] : position[layers.segmentTo[segment]] + layers.toPart[segment];
}

/** @param {Layers} layers @param {Int32Array} units @param {Int32Array} position @param {boolean} forward @param {boolean} reversed ties turn round, so that sweeps do not stick */
function sortByCentre(layers, units, position, forward, reversed) {
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

/**
 * Exchanges neighbours while that removes crossings.
 * @param {Layers} layers @param {Order} order @param {Int32Array} position @param {boolean} keepFirst
 */
function exchange(layers, order, position, keepFirst) {
  let improved = true;
  for (let round = 0; improved && round < 6; round += 1) {
    improved = false;
    for (let rank = keepFirst ? 1 : 0; rank < layers.ranks; rank += 1) {
      if (exchangeIn(layers, order[rank], position)) improved = true;
    }
  }
}

/** @param {Layers} layers @param {Int32Array} units @param {Int32Array} position @returns {boolean} whether any changed places */
function exchangeIn(layers, units, position) {
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
function gain(layers, a, b, position) {
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

/** @param {Layers} layers @param {Order} order @param {Int32Array} position @returns {number} crossings of segments between neighbouring ranks */
export function crossingsOf(layers, order, position) {
  const widest = order.reduce((most, units) => Math.max(most, units.reduce((sum, unit) => sum + layers.outPorts[unit], 0)), 0);
  const scratch = { first: new Int32Array(layers.count), tree: new Int32Array(widest + 2) };
  let total = 0;
  for (let rank = 1; rank < layers.ranks; rank += 1) total += crossingsInto(layers, order[rank - 1], order[rank], position, scratch);
  return total;
}

/** @param {Layers} layers @param {Int32Array} before @param {Int32Array} units @param {Int32Array} position @param {{first: Int32Array, tree: Int32Array}} scratch @returns {number} by a tree of counts over the ports that segments leave by */
function crossingsInto(layers, before, units, position, { first, tree }) {
  let size = 2;
  for (let at = 0; at < before.length; at += 1) {
    first[at] = size - 2;
    size += layers.outPorts[before[at]];
  }
  tree.fill(0, 0, size);
  let crossings = 0;
  let seen = 0;
  for (const unit of units) {
    for (let entry = layers.inStart[unit]; entry < layers.inStart[unit + 1]; entry += 1) {
      const segment = layers.inSegments[entry];
      const place = first[position[layers.segmentFrom[segment]]] + layers.outRank[segment] + 1;
      let notAfter = 0;
      for (let at = place; at > 0; at -= at & -at) notAfter += tree[at];
      crossings += seen - notAfter;
      for (let at = place; at < size; at += at & -at) tree[at] += 1;
      seen += 1;
    }
  }
  return crossings;
}
