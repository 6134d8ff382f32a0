/** Tensor values: flat lists, short texts, and cells tinted by sign. */

import { ABSENT, MINUS, format, toNumber } from "../format.js";
import { isSummary } from "./trace.js";

/** @typedef {import("./trace.js").AnyValue} AnyValue */
/** @typedef {import("../format.js").FormatOptions} FormatOptions */

const SHOWN_IN_TEXT = 4;
const LEVELS = 5;

/**
 * @typedef {object} Cells
 * @property {number} rows
 * @property {number} columns
 * @property {string[]} texts row by row
 * @property {number[]} values
 * @property {number[]} levels −5 … 5: the step of the sign palette, 0 for exactly zero
 * @property {number} scale largest absolute value, the end of the palette
 * @property {"numbers" | "heat"} display numbers for ≤ 6×6 and vectors ≤ 8, tinted squares above
 */

/** @param {number[]} shape @returns {number} */
export const sizeOf = (shape) => shape.reduce((product, length) => product * length, 1);

/** @param {number[]} shape @returns {string} "3×4"; "[3]" for vectors */
export const shapeText = (shape) => (shape.length === 1 ? `[${shape[0]}]` : shape.join("×"));

/** @param {AnyValue} value @param {number[]} shape @returns {number[]} row by row; one number stands for every cell */
export function flat(value, shape) {
  if (Array.isArray(value)) return /** @type {any[]} */ (value).flat(Infinity).map(toNumber);
  return isSummary(value) || value === null || value === undefined ? [] : Array(sizeOf(shape)).fill(toNumber(value));
}

/**
 * One short text for a value of any shape; the same value has the same text in every view.
 * @param {AnyValue} value
 * @param {number[]} shape
 * @param {FormatOptions} [options]
 * @returns {string}
 */
export function textOf(value, shape, options = {}) {
  if (value === null || value === undefined) return ABSENT;
  if (isSummary(value)) return `${shapeText(shape)}: ${format(value.min, options)} … ${format(value.max, options)}`;
  if (shape.length === 0 && !Array.isArray(value)) return format(value, options);
  const numbers = flat(value, shape);
  if (numbers.length > 0 && numbers.length <= SHOWN_IN_TEXT) return nested(numbers, shape, options);
  if (numbers.length === 0) return `${shapeText(shape)}: empty`;
  return `${shapeText(shape)}: ${format(extreme(numbers, -1), options)} … ${format(extreme(numbers, 1), options)}`;
}

/** @param {number[]} numbers @param {number[]} shape @param {FormatOptions} options @returns {string} */
function nested(numbers, shape, options) {
  if (shape.length <= 1) return `[${numbers.map((number) => format(number, options)).join(", ")}]`;
  const inner = numbers.length / shape[0];
  const rows = Array.from({ length: shape[0] }, (_, row) => nested(numbers.slice(row * inner, (row + 1) * inner), shape.slice(1), options));
  return `[${rows.join(", ")}]`;
}

/** @param {number[]} numbers @param {1 | -1} sign @returns {number} NaN where one is NaN */
const extreme = (numbers, sign) => numbers.reduce((best, number) => (sign * number > sign * best || Number.isNaN(number) ? number : best), numbers[0]);

/** @param {string} earlier @param {string} added @returns {string} a sum as a sum: "5 + (−2)" */
export const sumText = (earlier, added) => `${earlier} + ${added.startsWith(MINUS) ? `(${added})` : added}`;

/** @param {string[]} parts @returns {string} a sum of several as a sum */
export const sumOf = (parts) => parts.reduce(sumText);

/** @param {number[]} shape @returns {{rows: number, columns: number}} how the cells lie; vectors stand as columns, rank 3 and more has its first slice */
export function gridOf(shape) {
  if (shape.length === 1) return { rows: shape[0], columns: 1 };
  return { rows: shape[shape.length - 2] ?? 1, columns: shape[shape.length - 1] ?? 1 };
}

/** @param {number[]} shape @returns {"scalar" | "numbers" | "heat" | "chip"} how a value of that shape is drawn on its card */
export function displayOf(shape) {
  if (shape.length === 0) return "scalar";
  const { rows, columns } = gridOf(shape);
  if (sizeOf(shape) === 0 || shape.length > 2) return "chip";
  if (shape.length === 1 ? rows <= 8 : rows <= 6 && columns <= 6) return "numbers";
  return rows <= 16 && columns <= 16 ? "heat" : "chip";
}

/**
 * @param {AnyValue} value
 * @param {number[]} shape
 * @param {FormatOptions} [options]
 * @returns {Cells | null} null where the value is absent, a scalar, or too large for cells
 */
export function cellsOf(value, shape, options = {}) {
  const display = displayOf(shape);
  if (display === "scalar" || display === "chip" || value === null || value === undefined) return null;
  const values = flat(value, shape);
  if (values.length === 0) return null;
  const scale = values.reduce((most, number) => (Number.isFinite(number) ? Math.max(most, Math.abs(number)) : most), 0);
  return { ...gridOf(shape), values, scale, display, texts: values.map((number) => format(number, options)), levels: values.map((number) => levelOf(number, scale)) };
}

/** @param {number} number @param {number} scale @returns {number} −5 … 5; every number but zero is at least one step away from the middle */
export function levelOf(number, scale) {
  if (number === 0 || Number.isNaN(number)) return 0;
  if (scale === 0 || !Number.isFinite(number)) return number > 0 ? LEVELS : -LEVELS;
  return Math.sign(number) * Math.max(1, Math.ceil((Math.abs(number) / scale) * LEVELS));
}
