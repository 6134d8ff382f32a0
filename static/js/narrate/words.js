/** Numbers, operations and short formulas as they are read aloud. */

import { spoken } from "../format.js";
import { flat, textOf } from "../scene/values.js";
import { spokenShape } from "./tensor.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {{digits?: number | "all"}} Options */

const INFIX = new Map(
  Object.entries({
    add: "plus", sub: "minus", mul: "times", div: "divided by", pow: "to the power", matmul: "matrix-times", lt: "less than", le: "at most", gt: "greater than", ge: "at least",
    eq: "equal to", ne: "different from",
  }),
);
const PREFIX = new Map(
  Object.entries({
    neg: "minus", log: "the natural logarithm of", exp: "the exponential of", sin: "the sine of", cos: "the cosine of", tan: "the tangent of",
    sqrt: "the square root of", square: "the square of", abs: "the absolute value of", sum: "the sum of", mean: "the mean of", tanh: "the hyperbolic tangent of",
    sigmoid: "the logistic function of", reciprocal: "one over", detach: "the detached value of",
  }),
);
const SMALL_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");
const MOST_READ = 4;

/** @param {number} count @returns {string} */
export const numberWord = (count) => SMALL_NUMBERS[count] ?? String(count);

/** @param {string} text @returns {string} */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {number} count @param {string} word @returns {string} */
export const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** @param {string[]} words @returns {string} "a, b and c" */
export const listed = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);

/** @param {string} text a display string of numbers @returns {string} */
export const speakText = (text) => text.replaceAll("−", "minus ").replaceAll(" + ", " plus ").replaceAll("≈", "almost ").replaceAll("∞", "infinity").replace(/ × 10(⁻?)([⁰¹²³⁴-⁹]+)/g, (_, sign, digits) => ` times ten to the ${sign ? "minus " : ""}${[...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)).join("")}`);

/** @param {AnyValue} value @param {SceneNode} node @param {Options} options @returns {string} scalars as they are read; short vectors entry by entry, others by their ends */
export function say(value, node, options) {
  if (value === null || value === undefined) return "not computed yet";
  if (typeof value !== "object") return spoken(value, options);
  const numbers = flat(value, node.shape);
  if (numbers.length > 0 && numbers.length <= MOST_READ) return numbers.map((number) => spoken(number, options)).join(", ");
  const [sizes, ends] = textOf(value, node.shape, options).split(": ");
  const [low, high] = (ends ?? "").split(" … ");
  return high === undefined ? speakText(ends ?? sizes) : `${spokenShape(node.shape)}, from ${speakText(low)} to ${speakText(high)}`;
}

/** @param {string} op @param {string[]} operands @returns {string} */
export function phrase(op, operands) {
  const infix = INFIX.get(op);
  if (infix !== undefined && operands.length === 2) return operands.join(` ${infix} `);
  const prefix = PREFIX.get(op);
  if (prefix !== undefined && operands.length === 1) return `${prefix} ${operands[0]}`;
  return operands.length === 0 ? op.replaceAll("_", " ") : `${op.replaceAll("_", " ")} of ${listed(operands)}`;
}

const SIGNS = /** @type {[RegExp, string][]} */ ([
  [/\bcosh /g, "the hyperbolic cosine of "], [/\bsinh /g, "the hyperbolic sine of "], [/\btanh /g, "the hyperbolic tangent of "], [/\bcos ?/g, "the cosine of "],
  [/\bsin ?/g, "the sine of "], [/\btan ?/g, "the tangent of "], [/\bln ?/g, "the natural logarithm of "], [/√/g, "the square root of "], [/²/g, " squared"], [/³/g, " cubed"],
  [/ · /g, " times "], [/ \/ /g, " over "], [/ \+ /g, " plus "], [/ − /g, " minus "], [/−/g, "minus "], [/[()]/g, ""], [/^1 over/, "one over"],
]);

/**
 * @param {string} plain a short formula as `plainLatex` writes it
 * @param {{name: string, spoken: string}[]} named what may occur in it
 * @returns {string | null} in words; null where it has more than can be said in a line
 */
export function spokenFormula(plain, named) {
  if (/\([^()]*[·+−/][^()]*\)/.test(plain)) return null; // spoken, brackets are not heard
  const sorted = [...named].sort((a, b) => b.name.length - a.name.length);
  let text = plain;
  sorted.forEach(({ name }, at) => {
    text = text.replaceAll(name, String.fromCharCode(0xe000 + at));
  });
  for (const [sign, words] of SIGNS) text = text.replace(sign, words);
  text = text.replace(/[\uE000-\uF8FF]/g, (mark) => sorted[mark.charCodeAt(0) - 0xe000].spoken).trim().replace(/ +/g, " ");
  return /^[\p{L}\d ,.]+$/u.test(text) && text.length < 60 ? text : null;
}
