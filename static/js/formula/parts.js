/** Pieces of formulas: values, operands, signs between what is printed. */

import { isRounded, latexNumber, toNumber } from "../format.js";
import { escaped } from "../latex.js";
import { indexOf } from "../scene/index.js";
import { textOf } from "../scene/values.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("../scene/trace.js").TraceNode} TraceNode */
/** @typedef {{digits?: number | "all", draft?: boolean}} Options draft: the last line without its result, as it stands in the middle of a step */

/** @param {AnyValue} value @param {number[]} shape @param {Options} options @returns {string} */
export function latexValue(value, shape, options) {
  if (shape.length === 0 && !Array.isArray(value) && (typeof value !== "object" || value === null)) return latexNumber(value, options);
  return `\\text{${escaped(textOf(value, shape, options))}}`;
}

/** @param {string} latex @returns {string} a negative number, or one with a power of ten, in brackets */
export const operand = (latex) => (latex.startsWith("-") || latex.includes("\\times") ? `(${latex})` : latex);

/** @param {string} latex @returns {string} more than one summand in brackets */
export const factor = (latex) => (/^-|[^{(^\\,\s]\s*[+-]/.test(latex.replace(/\{[^{}]*\}|\([^()]*\)/g, "()")) ? `\\left(${latex}\\right)` : latex);

/** @param {AnyValue[]} values the result first @param {Options} options @returns {string} ≈ where the printed numbers would not give the printed result; what is 0 is exactly 0 */
export function equals(values, options) {
  if (values[0] === 0) return "=";
  const rounded = values.some((value) => typeof value === "number" && isRounded(toNumber(value), options));
  return rounded ? "\\approx" : "=";
}

/** @param {Scene} scene @param {number} id @returns {TraceNode} */
export const tracedNode = (scene, id) => /** @type {TraceNode} */ (scene.trace.nodes[indexOf(scene.trace).positionOf(id)]);
