/** What is said of a tensor: its shape, its ends, and where the largest stands. */

import { spoken } from "../format.js";
import { flat, sizeOf } from "../scene/values.js";
import { isSummary } from "../scene/trace.js";
import { placeOf } from "../tensor/statistics.js";
import { axesOf } from "../tensor/slices.js";

/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {{digits?: number | "all"}} Options */

/** So many are read out one by one, and need no more. */
const MOST_READ = 4;

/** @param {number[]} shape @returns {string} «3 by 4» */
export const spokenShape = (shape) => (shape.length === 1 ? `${shape[0]} ${shape[0] === 1 ? "entry" : "entries"}` : shape.join(" by "));

/** @param {number} place in the flat list @param {number[]} shape @returns {string} «row 2 column 3» */
export function spokenPlace(place, shape) {
  if (shape.length === 1) return `row ${place + 1}`;
  const columns = shape[shape.length - 1];
  const rows = shape[shape.length - 2];
  let rest = Math.floor(place / (rows * columns));
  const lead = axesOf(shape).reverse().map(({ word, length }) => {
    const words = `${word} ${(rest % length) + 1} `;
    rest = Math.floor(rest / length);
    return words;
  });
  return `${lead.reverse().join("")}row ${(Math.floor(place / columns) % rows) + 1} column ${(place % columns) + 1}`;
}

/** @param {AnyValue} value @param {number[]} shape @returns {boolean} whether it has more numbers than are read out */
export const isLong = (value, shape) => shape.length > 0 && sizeOf(shape) > MOST_READ && value !== null && value !== undefined && !isSummary(value);

/** @param {AnyValue} value @param {number[]} shape @param {Options} options @returns {string} «From minus 0.8 to 1.2, largest in row 2 column 3.» */
export function rangeSentence(value, shape, options) {
  const numbers = flat(value, shape);
  const [low, high] = [placeOf(numbers, -1), placeOf(numbers, 1)];
  if (Number.isNaN(numbers[high])) return `It has entries that are not a number, the first in ${spokenPlace(high, shape)}.`;
  if (numbers[low] === numbers[high]) return `Every entry is ${spoken(numbers[low], options)}.`;
  return `From ${spoken(numbers[low], options)} to ${spoken(numbers[high], options)}, largest in ${spokenPlace(high, shape)}.`;
}

/** @param {AnyValue} value @param {number[]} shape @param {{keys?: boolean}} options keys: whether they are spoken of @returns {string} what a step adds for a tensor that it has written: « Its largest is in row 2 column 3. Press T for the table.» */
export function tensorClause(value, shape, { keys = true }) {
  if (!isLong(value, shape)) return "";
  const numbers = flat(value, shape);
  const high = placeOf(numbers, 1);
  const isSame = numbers[placeOf(numbers, -1)] === numbers[high];
  const place = Number.isNaN(numbers[high]) ? ` The first that is not a number is in ${spokenPlace(high, shape)}.` : isSame ? "" : ` The largest is in ${spokenPlace(high, shape)}.`;
  return `${place}${keys ? " Press T for the table." : ""}`;
}

/** @param {string} name as it is spoken @param {AnyValue} value @param {number[]} shape @param {Options} [options] @returns {string} «W bar, 3 by 4. From minus 0.8 to 1.2, largest in row 2 column 3. Press T for the table.» */
export function tensorSentence(name, value, shape, options = {}) {
  if (value === null || value === undefined) return `${name}, ${spokenShape(shape)}. Not computed.`;
  if (sizeOf(shape) === 0 || isSummary(value)) return `${name}, ${spokenShape(shape)}.`;
  return `${name}, ${spokenShape(shape)}. ${rangeSentence(value, shape, options)} Press T for the table.`;
}
