/** What is said about a matrix derivative: its shape, how well it agrees, and one sentence for all of it. */

import { format } from "../../../format.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./answer.js").Layout} Layout */
/** @typedef {import("./symbols.js").Shape} Shape */

const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const WHO = new Map([["engine", "engine"], ["torch", "PyTorch"]]);
/** Above it two ways of computing the same do not agree. */
const APART = 1e-6;

/** @param {Shape} shape @returns {string} "m × n"; nothing for a scalar */
export const sidesOf = (shape) => shape.map((side) => String(side).replaceAll("*", "·")).join(" × ");

/** @param {Shape} shape @returns {string} "a scalar", "a vector, n", "a matrix, m × n" */
export function shapeWords(shape) {
  if (shape.length === 0) return "a scalar";
  if (shape.length === 1) return `a vector with ${shape[0]} entries`;
  if (shape.length > 2) return `a tensor, ${sidesOf(shape)}`;
  if (shape[0] === "1") return `a row, ${sidesOf(shape)}`;
  return `a matrix, ${sidesOf(shape)}`;
}

/** @param {Shape} shape @returns {string} "scalar", "vector n", "matrix m × n", as a sign beside the formula */
export function badgeOf(shape) {
  const kind = ["scalar", "vector", "matrix"][shape.length] ?? "tensor";
  return shape.length === 0 ? kind : `${kind} ${sidesOf(shape)}`;
}

/** @param {Answer} answer @param {Layout} layout */
export function summaryOf(answer, layout) {
  const { text, shape } = answer.layouts[layout];
  const what = answer.order === 2 ? "The second derivative" : "The derivative";
  const form = answer.closed && text !== null ? ` is ${text}, ${shapeWords(shape)} in ${layout} layout` : " has no closed form here";
  return `${what} of ${shapeWords(answer.expression.shape)} by ${answer.wrt}${form}. ${agreement(answer) ?? ""}`.trim();
}

/** @param {Answer} answer @returns {string | null} how far closed form, engine and PyTorch are from each other */
export function agreement({ check, closed }) {
  if (check === null || check.against.length === 0) return null;
  const others = check.against.map((who) => WHO.get(who) ?? who);
  const who = closed ? ["closed form", ...others] : others;
  if (who.length < 2) return null;
  const named = capital(`${who.slice(0, -1).join(", ")} and ${who[who.length - 1]}`);
  const on = `on ${COUNTS[check.sizes.length] ?? check.sizes.length} random ${check.sizes.length === 1 ? "size" : "sizes"}`;
  const error = check.max_rel_error ?? check.max_abs_error;
  if (error === 0) return `${named} agree in every digit ${on}.`;
  const apart = rounded(error);
  return typeof error === "number" && error < APART ? `${named} agree to ${apart} ${on}.` : `${named} differ by ${apart} ${on}.`;
}

/** @param {Answer} answer @returns {boolean} */
export const isApart = ({ check }) => check !== null && !(Number(check.max_rel_error ?? check.max_abs_error) < APART);

/** @param {import("../../../format.js").Scalar} error @returns {string} one digit is enough: 2·10⁻¹⁶ */
function rounded(error) {
  const text = typeof error === "number" ? format(Number(error.toPrecision(1))) : format(error);
  return text.replace("1 × 10", "10").replace(" × ", "·").replace(/\.0+(?=·)/, "");
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
