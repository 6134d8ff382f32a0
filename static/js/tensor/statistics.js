/** What is said of many numbers at once, for display: ends, 2-norm, histogram. The engine's own numbers are what it is made of. */

/** @typedef {{min: number, max: number, norm: number, nans: number, infinities: number, zeros: number}} Statistics */
/** @typedef {{counts: number[], from: number, to: number}} Histogram of the finite numbers */

/** @param {ArrayLike<number>} values at least one @returns {Statistics} NaN taints the ends and the norm, as it does in the engine */
export function statisticsOf(values) {
  let [min, max, nans, infinities, zeros] = [Infinity, -Infinity, 0, 0, 0];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at];
    if (Number.isNaN(value)) nans += 1;
    else if (!Number.isFinite(value)) infinities += 1;
    else if (value === 0) zeros += 1;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (nans > 0) return { min: NaN, max: NaN, norm: NaN, nans, infinities, zeros };
  return { min, max, norm: normOf(values, Math.max(Math.abs(min), Math.abs(max))), nans, infinities, zeros };
}

/** @param {ArrayLike<number>} values @param {number} largest absolute value @returns {number} */
function normOf(values, largest) {
  if (largest === 0 || largest === Infinity) return largest;
  const unit = 2 ** Math.floor(Math.log2(largest)); // squares of what is divided by it neither overflow nor vanish, and nothing is rounded
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += (values[at] / unit) ** 2;
  return unit * Math.sqrt(sum);
}

/** @param {ArrayLike<number>} values @returns {number} the largest finite absolute value: the end of the palette */
export function reachOf(values) {
  let most = 0;
  for (let at = 0; at < values.length; at += 1) if (Number.isFinite(values[at])) most = Math.max(most, Math.abs(values[at]));
  return most;
}

/** @param {ArrayLike<number>} values @param {number} bins @returns {Histogram | null} null where no number is finite */
export function histogramOf(values, bins) {
  let [from, to] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at += 1) {
    if (!Number.isFinite(values[at])) continue;
    from = Math.min(from, values[at]);
    to = Math.max(to, values[at]);
  }
  if (from > to) return null;
  const counts = Array(bins).fill(0);
  const width = to / bins - from / bins;
  for (let at = 0; at < values.length; at += 1) {
    if (Number.isFinite(values[at])) counts[width === 0 ? bins >> 1 : Math.min(Math.floor(values[at] / width - from / width), bins - 1)] += 1;
  }
  return { counts, from, to };
}

/** @param {ArrayLike<number>} values @param {1 | -1} sign @returns {number} where the largest (or smallest) stands; the first NaN where there is one, −1 in an empty list */
export function placeOf(values, sign) {
  let best = values.length > 0 ? 0 : -1;
  for (let at = 0; at < values.length; at += 1) {
    if (Number.isNaN(values[at])) return at;
    if (sign * values[at] > sign * values[best]) best = at;
  }
  return best;
}
