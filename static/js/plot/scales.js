/** Axes as functions: from values to pixels and back, with ticks at round numbers. */

import { format } from "../format.js";
import { tickStep, ticks } from "../vendor-plot.js";

/** @typedef {{low: number, high: number}} Extent */
/** @typedef {{extent: Extent, from: number, to: number, at: (value: number) => number, value: (pixel: number) => number, ticks: {value: number, text: string}[]}} Scale */

const MARGIN = 0.06;

/** @param {number[]} values non-finite ones count for nothing @returns {Extent} with a margin; a constant gets room around it */
export function extentOf(values) {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { low: -1, high: 1 };
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const room = high > low ? (high - low) * MARGIN : Math.max(Math.abs(low) * 0.5, 0.5);
  return { low: low - room, high: high + room };
}

/** Poles would press everything else flat: the outermost twentieth on either side may be cut where it is far out. @param {number[]} values @returns {Extent} */
export function robustExtent(values) {
  const finite = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (finite.length < 20) return extentOf(finite);
  const cut = Math.floor(finite.length / 20);
  const inner = extentOf(finite.slice(cut, finite.length - cut));
  const outer = extentOf(finite);
  return outer.high - outer.low > 8 * (inner.high - inner.low) ? inner : outer;
}

/** @param {Extent} extent @param {number} from pixel of the low end @param {number} to @param {number} count of ticks, about @param {number} [digits] @returns {Scale} */
export function scaleOf(extent, from, to, count, digits = 4) {
  const span = extent.high - extent.low;
  const step = tickStep(extent.low, extent.high, count);
  const shown = Math.max(digits, Math.ceil(Math.log10(Math.max(Math.abs(extent.low), Math.abs(extent.high)) / step)) + 1);
  return {
    extent,
    from,
    to,
    at: (value) => from + ((value - extent.low) / span) * (to - from),
    value: (pixel) => extent.low + ((pixel - from) / (to - from)) * span,
    ticks: ticks(extent.low, extent.high, count).map((value) => ({ value, text: format(value, { digits: Math.min(shown, 12) }) })),
  };
}

/** @param {number} value @returns {Extent} what to show of an input at first: some way around its value, 0 in it where that is near */
export function rangeAround(value) {
  const reach = Math.max(Math.abs(value), 1) * 1.5;
  return { low: Number((value - reach).toPrecision(3)), high: Number((value + reach).toPrecision(3)) };
}

/** @param {number[]} xs @param {number[]} ys @param {Scale} across @param {Scale} up @returns {string} a line that breaks where a value is missing or far outside */
export function linePath(xs, ys, across, up) {
  const height = up.extent.high - up.extent.low;
  let path = "";
  let pen = false;
  xs.forEach((x, place) => {
    const y = ys[place];
    const seen = Number.isFinite(y) && y > up.extent.low - height && y < up.extent.high + height;
    const jumps = pen && Math.abs(y - ys[place - 1]) > height && Math.sign(y) !== Math.sign(ys[place - 1]);
    if (seen) path += `${pen && !jumps ? "L" : "M"}${across.at(x).toFixed(2)} ${up.at(y).toFixed(2)}`;
    pen = seen;
  });
  return path;
}
