/** What a tensor's pictures say in words: their size, their cells, what a block stands for. */

import { format } from "../format.js";
import { sliceWords } from "./slices.js";

/** @typedef {import("./sizes.js").Grid} Grid */
/** @typedef {import("./blocks.js").Blocking} Blocking */
/** @typedef {import("./blocks.js").Part} Part */
/** @typedef {import("./statistics.js").Statistics} Statistics */

/** @param {Blocking} blocking @param {Grid} grid @returns {string} «each cell = mean of 8×8» */
export function blockWords({ high, wide }, { rows, columns }) {
  const ends = rows % high > 0 || columns % wide > 0 ? ", at the end of fewer" : "";
  return `each cell = mean of ${columns === 1 ? high : `${high}×${wide}`}${ends}`;
}

/** A space at which no line ends. */
const NARROW = "\u00a0";

/** @param {Statistics} statistics @param {number | "all"} digits @returns {string} */
export function factsOf({ min, max, norm, nans, infinities }, digits) {
  const said = (/** @type {number} */ value) => format(value, { digits });
  const odd = [nans > 0 ? `${nans} NaN` : "", infinities > 0 ? `${infinities} infinite` : ""].filter((text) => text !== "");
  return [`min ${said(min)}`, `max ${said(max)}`, `‖·‖₂ ${said(norm)}`, ...odd].map((text) => text.replaceAll(" ", NARROW)).join(" · ");
}

/** @param {number} from counted from 0 @param {number} count @param {string} word */
const span = (from, count, word) => (count === 1 ? `${word} ${from + 1}` : `${word}s ${from + 1}–${from + count}`);

/** @param {Part} part @param {boolean} [isVector] @returns {string} «rows 9–16, columns 1–8» */
export const partWords = (part, isVector = false) => `${span(part.row, part.rows, "row")}${isVector ? "" : `, ${span(part.column, part.columns, "column")}`}`;

/** @param {number} row @param {number} column @param {boolean} isVector @returns {string} */
export const placeWords = (row, column, isVector) => (isVector ? `row ${row + 1}` : `row ${row + 1}, column ${column + 1}`);

/** @param {import("./slices.js").Axis[]} axes @param {readonly number[]} at @returns {string} «batch 2 of 32, channel 1 of 3» */
export const slicesWords = (axes, at) => axes.map((axis, place) => sliceWords(axis, at[place])).join(", ");
