/** Dual numbers and what is struck of them, in words. */

import { MINUS, format, toNumber } from "../../format.js";

/** @typedef {import("../../format.js").Scalar} Scalar */
/** @typedef {{coefficient: Scalar, power: number, struck: boolean, latex: string}} Term */
/** @typedef {{latex: string, terms: Term[]}} Expansion */
/** @typedef {{id: number, label: string, op: string, kind: string, inputs: number[], shape: number[], latex: string, expression: string, coefficients: any[] | null, derivatives: any[] | null, text: string | null, dual_latex: string | null, rule: {latex: string, sentence: string} | null, expansion: Expansion | null, notes: string[]}} DualNode */
/** @typedef {{name: string, node: number, shape: number[], coefficients: any[], derivatives: any[], text: any}} DualResult */
/** @typedef {{t: number[], values: (Scalar)[], polynomials: Scalar[][]}} Curve */
/** @typedef {{order: number, seed: Object<string, any>, result: DualResult | null, outputs: DualResult[], nodes: DualNode[] | null, check: {agrees: boolean, orders: number, max_abs_error: Scalar, note: string | null}, curve: Curve | null}} Dual */

const RAISED = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];
const MOST_TERMS = 20;

/** @param {number} power @returns {string} "ε", "ε²"; nothing for 0 */
export const unit = (power) => (power === 0 ? "" : `ε${power === 1 ? "" : [...String(power)].map((digit) => RAISED[Number(digit)]).join("")}`);

/** @param {any[]} coefficients of a number @param {number | "all"} digits @returns {string} "6 − 10 ε" */
export function dualWords(coefficients, digits) {
  const shown = coefficients.flatMap((value, power) => (power > 1 && value === 0 ? [] : [{ text: format(value, { digits }), power }]));
  return shown.map(({ text, power }, place) => {
    const isMinus = text.startsWith(MINUS);
    const sign = place === 0 ? "" : isMinus ? ` ${MINUS} ` : " + ";
    return sign + (place > 0 && isMinus ? text.slice(1) : text) + (power === 0 ? "" : ` ${unit(power)}`);
  }).join("");
}

/** @param {Term[]} terms @returns {Term[]} not too many; of those that are struck the first stays */
export function shownTerms(terms) {
  if (terms.length <= MOST_TERMS) return terms;
  const kept = terms.filter(({ struck }) => !struck).slice(0, MOST_TERMS - 2);
  return [...kept, ...terms.filter(({ struck }) => struck).slice(0, 2)];
}

/** @param {Term[]} terms @param {number} order @param {number | "all"} digits @returns {string} */
export function struckSentence(terms, order, digits) {
  const struck = terms.filter((term) => term.struck);
  if (struck.length === 0) return "Nothing is struck here.";
  const first = struck[0];
  const zero = toNumber(first.coefficient) === 0 ? "is 0 anyway" : "is struck";
  const rule = order === 1 ? "ε² = 0" : `Only powers up to ${unit(order)} are kept, so ${unit(order + 1)} = 0`;
  return `${rule}: ${format(first.coefficient, { digits })} ${unit(first.power)} ${zero}${struck.length > 1 ? `, with ${struck.length - 1} more` : ""}.`;
}
