/** How differences and errors are put: in a word for the table, and in one sentence for the whole. */

import { format, spoken, toNumber } from "../format.js";
import { displayName } from "../latex.js";
import { isGood, SIDE_WORDS, SIDES } from "./answer.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./answer.js").Difference} Difference */
/** @typedef {import("./answer.js").Good} Good */
/** @typedef {import("./answer.js").Quantity} Quantity */
/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {"same" | "agree" | "differ" | "odd" | "none"} Mark what a row's sign tells */

const ENDS = new Map([["one", "st"], ["two", "nd"], ["few", "rd"]]);
const PLURAL = new Intl.PluralRules("en", { type: "ordinal" });
const AGREED_DIGITS = 15;

/** @param {number} count @returns {string} */
export const ordinal = (count) => `${count}${ENDS.get(PLURAL.select(count)) ?? "th"}`;

/** @param {Difference} difference @returns {{mark: Mark, words: string}} */
export function verdictOf({ verdict, digit, left, right }) {
  const one = /^(left|right)_(nan|infinite)$/.exec(verdict);
  if (one !== null) return { mark: "odd", words: `${one[1]} is ${one[2] === "nan" ? "NaN" : "infinite"}` };
  if (verdict === "equal") return { mark: "same", words: "equal" };
  if (verdict === "agree") return { mark: "agree", words: "agree" };
  if (verdict === "differ") return { mark: "differ", words: `differ in the ${ordinal(digit ?? 1)} digit` };
  if (verdict === "infinite") return { mark: "odd", words: "both infinite, with unlike signs" };
  if (verdict === "shape") return { mark: "odd", words: "shapes differ" };
  if (left === null || right === null) return { mark: "none", words: `only ${left === null ? "right" : "left"} has it` };
  return { mark: "odd", words: "nothing flows on one side" };
}

/** @param {Answer} answer @returns {string} one sentence or a few, as they are read aloud */
export function summaryOf(answer) {
  const wrong = SIDES.filter((side) => !isGood(answer[side]));
  if (wrong.length > 0) return wrong.map((side) => `${SIDE_WORDS[side]} has a problem: ${answer[side].problem?.detail ?? ""}`).join(" ");
  const [left, right] = /** @type {[Good, Good]} */ (SIDES.map((side) => answer[side]));
  const differences = /** @type {NonNullable<Answer["differences"]>} */ (answer.differences);
  return [
    outputsText(differences.outputs),
    gradientsText(differences.gradients, left, right),
    `Left uses ${operations(left)} ${operations(left) === 1 ? "operation" : "operations"}, right ${operations(right)}.`,
    errorsText(left, right),
  ].filter((text) => text !== "").join(" ");
}

/** @param {Difference[]} outputs */
function outputsText(outputs) {
  const odd = outputs.find((one) => ["odd", "none"].includes(verdictOf(one).mark));
  if (odd !== undefined) return `${capital(subjectOf("output", odd, outputs.length > 1))}: ${verdictOf(odd).words}.`;
  const far = furthest(outputs);
  if (far !== null) return `Values differ from the ${ordinal(far)} digit on.`;
  return outputs.every(({ verdict }) => verdict === "equal") ? "Values are equal." : `Values agree to ${AGREED_DIGITS} digits.`;
}

/** @param {Difference[]} gradients @param {Good} left @param {Good} right */
function gradientsText(gradients, left, right) {
  if (gradients.length === 0) return left.no_gradients === null && right.no_gradients === null ? "" : "There are no gradients.";
  const apart = gradients.filter((one) => !["same", "agree"].includes(verdictOf(one).mark));
  if (apart.length === 0) return gradients.every(({ verdict }) => verdict === "equal") ? "Gradients are equal." : `Gradients agree to ${AGREED_DIGITS} digits.`;
  const [first] = apart;
  const more = apart.length > 1 ? ` ${apart.length - 1} more ${apart.length > 2 ? "differ" : "differs"}.` : "";
  const { mark, words } = verdictOf(first);
  const subject = capital(subjectOf("gradient", first, true));
  return `${mark === "differ" ? `${subject} ${words.replace("differ", "differs")}` : `${subject}: ${words}`}.${more}`;
}

/** @param {string} kind @param {Difference} difference @param {boolean} isNamed */
const subjectOf = (kind, { left, right }, isNamed) => (isNamed ? `${kind} ${kind === "gradient" ? "of " : ""}${displayName(left ?? right ?? "")}` : kind);

/** @param {Difference[]} differences @returns {number | null} the first digit in which any differ */
function furthest(differences) {
  const digits = differences.flatMap(({ digit }) => (digit === null ? [] : [digit]));
  return digits.length > 0 ? Math.min(...digits) : null;
}

/** @param {Good} side */
export function operations({ counts }) {
  return Object.values(counts.operations).reduce((sum, count) => sum + count, 0);
}

/** @param {Good} left @param {Good} right */
function errorsText(left, right) {
  const [first, second] = [left, right].map((side) => side.outputs[0]);
  if (first === undefined || second === undefined || first.error.ulps === null || second.error.ulps === null) return "";
  return `Rounding: left is ${offText(first)}, right ${offText(second)}.`;
}

/** @param {Quantity} quantity */
function offText({ error }) {
  const ulps = toNumber(error.ulps);
  if (Number.isNaN(ulps)) return "not a number";
  if (!Number.isFinite(ulps)) return "infinitely far off";
  if (ulps === 0) return "exact";
  return `${spoken(error.ulps, { digits: 2 })} units in the last place off`;
}

/** @param {Quantity} quantity @returns {string} the error in units in the last place, for a cell */
export function errorText({ error, value }) {
  if (error.reason !== null) return "–";
  if (value === null) return "nothing flows";
  const ulps = toNumber(error.ulps);
  if (Number.isNaN(ulps)) return "NaN";
  if (!Number.isFinite(ulps)) return "∞";
  if (ulps === 0) return "exact";
  return `${format(error.ulps, { digits: 3 })} ulp`;
}

/** @param {Quantity} left @param {Quantity} right @returns {string} which of the two is nearer to the exact number */
export function nearerText(left, right) {
  const [first, second] = [left, right].map(({ error }) => toNumber(error.ulps));
  if (Number.isNaN(first) || Number.isNaN(second)) return Number.isNaN(first) === Number.isNaN(second) ? "equal" : `${Number.isNaN(first) ? "left" : "right"} is NaN`;
  return first === second ? "equal" : `${first < second ? "left" : "right"} is nearer`;
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
