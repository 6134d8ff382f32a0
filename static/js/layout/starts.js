/** Orders to begin from: as on the tape, as a walk meets them, as they stood before. */

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {import("./types.js").Order} Order */

/** @param {Layers} layers @returns {Order} as they come on the tape; points after the units of their rank are sorted by where their net comes from */
export function taped(layers) {
  /** @type {number[][]} */
  const ranks = Array.from({ length: layers.ranks }, () => []);
  for (let unit = 0; unit < layers.count; unit += 1) ranks[layers.rank[unit]].push(unit);
  return ranks.map((units) => Int32Array.from(units));
}

/** @param {Layers} layers @returns {Order} as a walk from the inputs first meets them: neighbours stay together */
export function depthFirst(layers) {
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

/** @param {Layers} layers @param {Float64Array} hints by unit, NaN where there is none @returns {Order} as it was; what is new, and points of lines, stand beside what they come from */
export function hinted(layers, hints) {
  const order = taped(layers);
  const key = new Float64Array(layers.count).fill(NaN);
  key.set(hints);
  for (const units of order) {
    for (const unit of units) {
      const from = layers.inStart[unit] < layers.inStart[unit + 1] ? layers.segmentFrom[layers.inSegments[layers.inStart[unit]]] : -1;
      if (Number.isNaN(key[unit])) key[unit] = from < 0 ? 0 : key[from];
    }
    units.sort((a, b) => key[a] - key[b] || a - b);
  }
  return order;
}
