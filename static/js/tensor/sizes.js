/** How a tensor is drawn, by its size: numbers, heat cells, fine cells, means of blocks. */

import { gridOf } from "../scene/values.js";

/** @typedef {"numbers" | "heat" | "fine" | "blocks"} Look */
/** @typedef {{rows: number, columns: number}} Grid */
/** @typedef {{width: number, height: number}} Cell */

export const MOST_NUMBERS = 6;
export const LONGEST_OF_NUMBERS = 8;
export const MOST_HEAT = 16;
export const MOST_FINE = 64;
/** A window opens so many rows and columns. */
export const WINDOW = 16;
/** A table has at most so many cells. */
export const MOST_IN_TABLE = 400;

const HEAT = 24;
const FINE = 6;
const NUMBER = Object.freeze({ least: 36, height: 26, padding: 14 });

/** @param {number[]} shape @returns {Look} of one slice: the last two axes; vectors stand as columns */
export function lookOf(shape) {
  const { rows, columns } = gridOf(shape);
  if (shape.length <= 1 ? rows <= LONGEST_OF_NUMBERS : Math.max(rows, columns) <= MOST_NUMBERS) return "numbers";
  const side = Math.max(rows, columns);
  return side <= MOST_HEAT ? "heat" : side <= MOST_FINE ? "fine" : "blocks";
}

/** @param {Look} look @param {number} columns one column of fine cells is drawn wider, else it is a thread @param {number} [widest] text of a number, in pixels @returns {Cell} */
export function cellOf(look, columns, widest = 0) {
  if (look === "numbers") return { width: Math.max(NUMBER.least, Math.ceil(widest) + NUMBER.padding), height: NUMBER.height };
  if (look === "heat") return { width: HEAT, height: HEAT };
  return { width: columns === 1 ? HEAT : FINE, height: FINE };
}
