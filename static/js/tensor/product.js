/**
 * A matrix product, cell by cell: which row of the left operand and which column of the right one a cell is made of.
 *
 * The numbers are the trace's; nothing is multiplied here.
 */

import { MINUS, format, isRounded } from "../format.js";
import { sizeOf } from "../scene/values.js";

/** @typedef {{name: string, shape: number[], values: ArrayLike<number>}} Operand */
/** @typedef {{rows: number, columns: number, batch: number[]}} Matrix a vector on the left is a row, on the right a column */
/** @typedef {{slice: number, line: number, places: number[]}} Line a row or a column of an operand: the slice it lies in, which one it is, its places in the flat list */
/** @typedef {{row: Line, column: Line}} Pair */

const PRODUCTS = new Set(["matmul", "mm", "mv", "bmm", "dot", "inner"]);

/** @param {string} op @param {number[][]} shapes of its operands @returns {boolean} */
export const isProduct = (op, shapes) => PRODUCTS.has(op) && shapes.length === 2 && shapes.every((shape) => shape.length > 0 && sizeOf(shape) > 0) && (op !== "inner" || shapes.every((shape) => shape.length === 1));

/** @param {number[]} shape @param {"left" | "right"} side @returns {Matrix} */
export function matrixOf(shape, side) {
  if (shape.length === 1) return side === "left" ? { rows: 1, columns: shape[0], batch: [] } : { rows: shape[0], columns: 1, batch: [] };
  return { rows: shape[shape.length - 2], columns: shape[shape.length - 1], batch: shape.slice(0, -2) };
}

/**
 * @param {number[]} left shape
 * @param {number[]} right shape
 * @param {{row: number, column: number, slice: readonly number[]}} cell of the result; slice: its place along the axes before the matrix
 * @returns {Pair}
 */
export function pairOf(left, right, cell) {
  const [a, b] = [matrixOf(left, "left"), matrixOf(right, "right")];
  const rank = Math.max(a.batch.length, b.batch.length) + (left.length > 1 ? 1 : 0) + (right.length > 1 ? 1 : 0);
  const place = rank < 2 ? [cell.row].slice(0, rank) : [...cell.slice, cell.row, cell.column]; // a vector has no axis of its own in the result
  const other = right.length > 1 ? (place.pop() ?? 0) : 0;
  const line = left.length > 1 ? (place.pop() ?? 0) : 0;
  const [sliceA, sliceB] = [sliceIn(a.batch, place), sliceIn(b.batch, place)];
  const [startA, startB] = [sliceA * a.rows * a.columns, sliceB * b.rows * b.columns];
  return {
    row: { slice: sliceA, line, places: Array.from({ length: a.columns }, (_, at) => startA + line * a.columns + at) },
    column: { slice: sliceB, line: other, places: Array.from({ length: b.rows }, (_, at) => startB + at * b.columns + other) },
  };
}

/** @param {number[]} batch an operand's axes before the matrix @param {readonly number[]} slice the result's @returns {number} as broadcasting has it: axes of length 1 are repeated */
function sliceIn(batch, slice) {
  const own = slice.slice(slice.length - batch.length);
  return batch.reduce((sum, length, axis) => sum * length + (length === 1 ? 0 : (own[axis] ?? 0)), 0);
}

/**
 * How a cell of an operand's adjoint is made, for matrices and vectors: Ā = C̄ Bᵀ has a row of C̄ and a row of B, B̄ = Aᵀ C̄ a column of A and a column of C̄.
 * @param {number[]} left shape
 * @param {number[]} right shape
 * @param {0 | 1} slot the operand whose adjoint it is
 * @param {{row: number, column: number}} cell as vectors stand in pictures: as columns
 * @returns {{bar: number[], partner: number[]}} places in the result's adjoint and in the other operand, in the same order
 */
export function adjointPairOf(left, right, slot, cell) {
  const [a, b] = [matrixOf(left, "left"), matrixOf(right, "right")];
  const isRow = slot === 0 && left.length === 1; // it stands as a column, and counts as a row
  const [row, column] = isRow ? [0, cell.row] : [cell.row, cell.column];
  const along = Array.from({ length: slot === 0 ? b.columns : a.rows }, (_, at) => at);
  if (slot === 0) return { bar: along.map((at) => row * b.columns + at), partner: along.map((at) => column * b.columns + at) };
  return { bar: along.map((at) => at * b.columns + column), partner: along.map((at) => at * a.columns + row) };
}

const MOST_WRITTEN = 6;
const LOWERED = "₁₂";

/**
 * «2·1 + 3·(−1) = −1»; a long sum says how many terms it has.
 * @param {readonly number[]} first
 * @param {readonly number[]} second
 * @param {number | null} total the engine's
 * @param {import("../format.js").FormatOptions} options
 * @returns {string}
 */
export function dotText(first, second, total, options) {
  const result = format(total, options);
  if (first.length > MOST_WRITTEN) return `${[...LOWERED].map((sign) => `a${sign}b${sign}`).join(" + ")} + … (${first.length} terms) = ${result}`;
  const written = (/** @type {number} */ value, /** @type {boolean} */ isFirst) => (isFirst || !format(value, options).startsWith(MINUS) ? format(value, options) : `(${format(value, options)})`);
  const terms = first.map((value, at) => `${written(value, at === 0)}·${written(second[at], false)}`);
  const isClose = [...first, ...second, total ?? 0].some((value) => isRounded(value, options));
  return `${terms.join(" + ") || "0"} ${isClose ? "≈" : "="} ${result}`;
}
