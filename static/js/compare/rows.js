/** The rows of the table: text from the answer of the engine, nothing of it computed here. */

import { ABSENT, MINUS, format, full } from "../format.js";
import { displayName } from "../latex.js";
import { isGood, SIDES } from "./answer.js";
import { errorText, nearerText, operations, verdictOf } from "./words.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./answer.js").Good} Good */
/** @typedef {import("./answer.js").Side} Side */
/** @typedef {import("./answer.js").Quantity} Quantity */
/** @typedef {import("./answer.js").Difference} Difference */
/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {import("./words.js").Mark} Mark */

/** @typedef {{head: string, tail: string}} Split a number cut where it parts from its neighbour */
/**
 * @typedef {object} Row
 * @property {string} name
 * @property {Split} left
 * @property {Split} right
 * @property {string[]} figures absolute, relative, units in the last place; empty where there are words instead
 * @property {Mark} mark
 * @property {string} words
 * @property {string} note one line below the name
 * @property {string} middle words in the place of the figures
 * @property {boolean} [part] a part of the row above
 */
/** @typedef {{title: string, about: string, rows: Row[]}} Section */

const MOST_ENTRIES = 4;
const NOTHING = Object.freeze({ head: ABSENT, tail: "" });

/** @param {Answer} answer @returns {Section[]} a side with a problem has no text */
export function sectionsOf(answer) {
  const { left, right, differences } = answer;
  const [first, second] = [left, right].map((side) => (isGood(side) ? side : null));
  const outputs = differences?.outputs ?? alone(first, second, "outputs");
  const gradients = differences?.gradients ?? alone(first, second, "gradients");
  const why = [first, second].map((side) => side?.no_gradients).find((text) => typeof text === "string") ?? "";
  return [
    { title: "Outputs", about: "", rows: outputs.map((one, at) => valueRow(outputName(one), first?.outputs[at], second?.outputs[at], one)) },
    { title: "Gradients", about: gradients.length === 0 ? why : "", rows: gradients.map((one) => valueRow(displayName(one.left ?? one.right ?? ""), named(first, one.left ?? one.right), named(second, one.right ?? one.left), one)) },
    { title: "Rounding error against exact arithmetic", about: "In units in the last place (ulp): half of one is the best that float64 can do.", rows: errorRows(first, second) },
    { title: "Counts", about: "", rows: countRows(first, second) },
  ].filter(({ rows, about }) => rows.length > 0 || about !== "");
}

/** @param {Section[]} sections @returns {Section[]} what is not the same on both sides */
export function differing(sections) {
  return sections.map((section) => ({ ...section, rows: section.rows.filter(({ mark }) => mark !== "same") })).filter(({ rows }) => rows.length > 0);
}

/** What one good side has, beside nothing. @param {Good | null} first @param {Good | null} second @param {"outputs" | "gradients"} what @returns {Difference[]} */
function alone(first, second, what) {
  const blank = { verdict: "missing", digit: null, absolute: null, relative: null, ulps: null, index: [] };
  return (first ?? second)?.[what].map(({ name }) => ({ ...blank, left: first === null ? null : name, right: second === null ? null : name })) ?? [];
}

/** @param {Difference} difference */
const outputName = ({ left, right }) => (left === right || left === null || right === null ? displayName(left ?? right ?? "") : `${displayName(left)} / ${displayName(right)}`);

/** @param {Good | null} side @param {string | null} name @returns {Quantity | undefined} */
const named = (side, name) => side?.gradients.find((one) => one.name === name);

/** @param {string} name @param {Quantity | undefined} first @param {Quantity | undefined} second @param {Difference} difference @returns {Row} */
function valueRow(name, first, second, difference) {
  const [left, right] = parted(textOf(first), textOf(second), difference.digit);
  const { mark, words } = verdictOf(difference);
  const figures = [format(difference.absolute, { digits: 3 }), format(difference.relative, { digits: 3 }), format(difference.ulps, { digits: 3 })];
  const place = difference.index.length > 0 && mark !== "same" ? `at entry ${difference.index.join(", ")}` : "";
  return { name, left, right, figures, mark, words, note: place, middle: "" };
}

/** @param {Quantity | undefined} quantity @returns {string} all digits */
function textOf(quantity) {
  if (quantity === undefined) return ABSENT;
  return quantity.value === null ? "nothing flows" : valueText(quantity.value);
}

/** @param {InputValue} value @returns {string} */
function valueText(value) {
  if (!Array.isArray(value)) return full(value).replaceAll("-", MINUS).replace("Infinity", "∞");
  const more = value.length > MOST_ENTRIES ? ", …" : "";
  return `[${value.slice(0, MOST_ENTRIES).map(valueText).join(", ")}${more}]`;
}

/** @param {string} left @param {string} right @param {number | null} digit the first in which they differ, counted in the larger @returns {Split[]} two numbers, each cut there */
export function parted(left, right, digit) {
  const sizes = [left, right].map(sizeOf);
  const [first, second] = sizes;
  if (digit === null || first === null || second === null) return [{ head: left, tail: "" }, { head: right, tail: "" }];
  const same = [...left].findIndex((sign, at) => sign !== right[at]); // a carry can part them earlier than their distance does
  const last = Math.max(first, second) - digit + 1;
  return [cut(left, first - last + 1), cut(right, second - last + 1)].map((split) => (first === second && same >= 0 && same < split.head.length ? earlier(split, same) : split));
}

const NUMBER = /^−?(\d+)\.?(\d*)(?:e([−+]?\d+))?$/;

/** @param {Split} split @param {number} at @returns {Split} */
const earlier = ({ head, tail }, at) => ({ head: head.slice(0, at), tail: head.slice(at) + tail });

/** @param {string} text @returns {number | null} the power of ten of the first digit that counts; null where there is none */
function sizeOf(text) {
  const [, whole, fraction, power] = NUMBER.exec(text) ?? [];
  const zeros = /^0*/.exec((whole ?? "") + (fraction ?? ""))?.[0].length ?? 0;
  if (whole === undefined || zeros === whole.length + fraction.length) return null;
  return whole.length - 1 - zeros + Number((power ?? "0").replace(MINUS, "-"));
}

/** @param {string} text @param {number} digit counted from the first that is not 0 @returns {Split} */
function cut(text, digit) {
  const digits = [...text.split("e")[0].matchAll(/\d/g)];
  const first = digits.findIndex(([sign]) => sign !== "0");
  const at = digits[first + Math.max(digit, 1) - 1]?.index ?? text.length;
  return { head: text.slice(0, at), tail: text.slice(at) };
}

/** @param {Good | null} first @param {Good | null} second @returns {Row[]} a row for each output and gradient */
function errorRows(first, second) {
  const outputs = rowsBy(first?.outputs ?? [], second?.outputs ?? [], (_, at) => String(at));
  const gradients = rowsBy(first?.gradients ?? [], second?.gradients ?? [], ({ name }) => name);
  return [
    ...outputs.map(([left, right]) => errorRow(pairName(left, right), left, right)),
    ...gradients.map(([left, right]) => errorRow(`gradient of ${displayName((left ?? right)?.name ?? "")}`, left, right)),
  ];
}

/** @param {Quantity | undefined} left @param {Quantity | undefined} right */
const pairName = (left, right) => outputName({ ...EMPTY, left: left?.name ?? null, right: right?.name ?? null });
const EMPTY = Object.freeze({ verdict: "", digit: null, absolute: null, relative: null, ulps: null, index: [] });

/** @param {Quantity[]} left @param {Quantity[]} right @param {(one: Quantity, at: number) => string} keyOf @returns {[Quantity | undefined, Quantity | undefined][]} */
function rowsBy(left, right, keyOf) {
  const lefts = new Map(left.map((one, at) => [keyOf(one, at), one]));
  const rights = new Map(right.map((one, at) => [keyOf(one, at), one]));
  return [...new Set([...lefts.keys(), ...rights.keys()])].map((key) => [lefts.get(key), rights.get(key)]);
}

/** @param {string} name @param {Quantity | undefined} left @param {Quantity | undefined} right @returns {Row} */
function errorRow(name, left, right) {
  const [first, second] = [left, right].map((one) => ({ head: one === undefined ? ABSENT : errorText(one), tail: "" }));
  const known = [left, right].filter((one) => one !== undefined && one.error.ulps !== null).length === SIDES.length;
  const words = known ? nearerText(/** @type {Quantity} */ (left), /** @type {Quantity} */ (right)) : "";
  const mark = !known ? "none" : words === "equal" ? "same" : words.endsWith("NaN") ? "odd" : "differ";
  return { name, left: first, right: second, figures: [], mark, words, note: "", middle: exactText(left, right) };
}

/** @param {Quantity | undefined} left @param {Quantity | undefined} right @returns {string} the exact number, or why there is none; and the relative errors */
function exactText(left, right) {
  const found = [left, right].filter((one) => one !== undefined);
  const reasons = [...new Set(found.flatMap(({ error }) => error.reason ?? []))];
  const digits = [...new Set(found.flatMap(({ error }) => error.digits ?? []))].map((text) => text.replaceAll("-", MINUS));
  const relative = found.filter(({ error }) => error.relative !== null && error.relative !== 0).map(({ error }) => format(error.relative, { digits: 2 }));
  const exact = digits.length === 0 ? "" : `Exact: ${digits.join(" and ")}.`;
  return [...reasons, exact, relative.length === 0 ? "" : `Relative error: ${[...new Set(relative)].join(" and ")}.`].filter((text) => text !== "").join(" ");
}

/** @param {Good | null} first @param {Good | null} second @returns {Row[]} */
function countRows(first, second) {
  const [left, right] = [first, second].map((side) => side?.counts);
  const kinds = [...new Set([...Object.keys(left?.operations ?? {}), ...Object.keys(right?.operations ?? {})])];
  return [
    countRow("operations", first === null ? undefined : operations(first), second === null ? undefined : operations(second)),
    ...kinds.map((kind) => ({ ...countRow(kind, left && ownCount(left.operations, kind), right && ownCount(right.operations, kind)), part: true })),
    countRow("nodes", left?.nodes, right?.nodes, "inputs, constants and operations"),
    countRow("edges", left?.edges, right?.edges),
    countRow("edge multiplications", left?.edge_multiplications, right?.edge_multiplications, "in the reverse sweep"),
    countRow("depth", left?.depth, right?.depth, "operations on the longest way"),
  ];
}

/** @param {Object<string, number>} operations @param {string} kind */
const ownCount = (operations, kind) => (Object.hasOwn(operations, kind) ? operations[kind] : 0);

/** @param {string} name @param {number | undefined} left @param {number | undefined} right @param {string} [middle] @returns {Row} */
function countRow(name, left, right, middle = "") {
  const cell = (/** @type {number | undefined} */ count) => (count === undefined ? NOTHING : { head: String(count), tail: "" });
  const both = left !== undefined && right !== undefined;
  const words = !both ? "" : left === right ? "equal" : left < right ? "left has fewer" : "right has fewer";
  return { name, left: cell(left), right: cell(right), figures: [], mark: !both ? "none" : left === right ? "same" : "differ", words, note: "", middle };
}
