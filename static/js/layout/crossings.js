/** Where units stand, where segments end, and how many cross between neighbouring ranks. */

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {import("./types.js").Order} Order */

/** @param {Layers} layers @param {Order} order @returns {Int32Array} */
export function positionsOf(layers, order) {
  const position = new Int32Array(layers.count);
  for (const units of order) for (let at = 0; at < units.length; at += 1) position[units[at]] = at;
  return position;
}

/** @param {Layers} layers @param {number} segment @param {Int32Array} position @param {boolean} forward @returns {number} where the far end lies, ports included */
export function farEnd(layers, segment, position, forward) {
  return forward ? position[layers.segmentFrom[segment]] + layers.fromPart[segment] : position[layers.segmentTo[segment]] + layers.toPart[segment];
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
