import assert from "node:assert/strict";
import test from "node:test";

import { comparisonOf, linkOf } from "../../static/js/compare/link.js";
import { PAIRS } from "../../static/js/compare/pairs.js";
import { differing, parted, sectionsOf } from "../../static/js/compare/rows.js";
import { ordinal, summaryOf, verdictOf } from "../../static/js/compare/words.js";
import { readLink, writeLink } from "../../static/js/link.js";

const ERROR = { exact: 1, digits: "1.0", absolute: 0, relative: 0, ulps: 0, index: [], reason: null };
const COUNTS = { nodes: 4, inputs: 1, constants: 1, operations: { mul: 1, sin: 1 }, edges: 3, edge_multiplications: 2, depth: 2 };
const DIFFERENCE = { left: "y", right: "y", verdict: "equal", digit: null, absolute: 0, relative: 0, ulps: 0, index: [] };

/** @param {any} value @param {any} [error] */
const quantity = (value, error = {}) => ({ name: "y", shape: [], value, error: { ...ERROR, ...error } });

/** @param {any} value @param {any} [more] */
const side = (value, more = {}) => ({ problem: null, inputs: ["x"], outputs: [quantity(value, more.error)], gradients: [], no_gradients: null, counts: COUNTS, ...more.side });

/** @param {any} left @param {any} right @param {any} difference @returns {any} */
const answered = (left, right, difference) => ({ left, right, differences: { outputs: [{ ...DIFFERENCE, ...difference }], gradients: [] } });

test("a verdict of the engine has its word and its mark", () => {
  const word = (/** @type {any} */ more) => verdictOf({ ...DIFFERENCE, ...more }).words;
  assert.equal(word({ verdict: "agree" }), "agree");
  assert.equal(word({ verdict: "differ", digit: 9 }), "differ in the 9th digit");
  assert.equal(word({ verdict: "left_nan" }), "left is NaN");
  assert.equal(word({ verdict: "right_infinite" }), "right is infinite");
  assert.equal(word({ verdict: "missing", left: null }), "only right has it");
  assert.equal(verdictOf({ ...DIFFERENCE, verdict: "shape" }).mark, "odd");
});

test("ordinals are English", () => {
  assert.deepEqual([1, 2, 3, 4, 9, 11, 12, 13].map(ordinal), ["1st", "2nd", "3rd", "4th", "9th", "11th", "12th", "13th"]);
});

test("the summary says what agrees, what it takes, and how far each is off", () => {
  const text = summaryOf(answered(side(1), side(1.0000001, { error: { ulps: 0.5 } }), { verdict: "differ", digit: 8 }));
  assert.equal(text, "Values differ from the 8th digit on. Left uses 2 operations, right 2. Rounding: left is exact, right 0.5 units in the last place off.");
  assert.match(summaryOf(answered(side(1), side(1), { verdict: "agree" })), /^Values agree to 15 digits\./);
  assert.match(summaryOf(answered(side("NaN", { error: { ulps: "NaN" } }), side(1), { verdict: "left_nan" })), /^Output: left is NaN\. .* left is not a number, right exact\.$/);
});

test("a side with a problem is told in the summary, and the other keeps its rows", () => {
  const answer = /** @type {any} */ ({ left: { problem: { detail: "A bracket is open." } }, right: side(9), differences: null });
  assert.equal(summaryOf(answer), "Left has a problem: A bracket is open.");
  const [outputs] = sectionsOf(answer);
  assert.deepEqual([outputs.rows[0].left.head, outputs.rows[0].right.head, outputs.rows[0].words], ["–", "9", "only right has it"]);
});

test("two numbers are cut at the digit in which they differ, counted in the larger", () => {
  const cuts = (/** @type {string} */ left, /** @type {string} */ right, /** @type {number | null} */ digit) => parted(left, right, digit).map(({ head, tail }) => `${head}|${tail}`);
  assert.deepEqual(cuts("1.2345", "1.2399", 4), ["1.23|45", "1.23|99"]);
  assert.deepEqual(cuts("7.0000364e−12", "6.98463e−12", 3), ["|7.0000364e−12", "|6.98463e−12"]);
  assert.deepEqual(cuts("1.00000008e−10", "9.99999999e−11", 9), ["1.0000000|8e−10", "9.999999|99e−11"]);
  assert.deepEqual(cuts("−0.03430001", "0.03430009", 7), ["|−0.03430001", "|0.03430009"]);
  assert.deepEqual(cuts("NaN", "1", 1), ["NaN|", "1|"]);
  assert.deepEqual(cuts("12.5", "12.5", null), ["12.5|", "12.5|"]);
});

test("what differs leaves out rows and sections that are the same", () => {
  const sections = sectionsOf(answered(side(1), side(2, { error: { ulps: 3 } }), { verdict: "differ", digit: 1, absolute: 1, relative: 0.5, ulps: 2 ** 52 }));
  assert.deepEqual(differing(sections).map(({ title, rows }) => [title, rows.length]), [["Outputs", 1], ["Rounding error against exact arithmetic", 1]]);
});

test("operations called like the prototype's parts are counted as others are", () => {
  const left = side(1, { side: { counts: { ...COUNTS, operations: JSON.parse('{"__proto__": 2, "constructor": 1}') } } });
  const counts = sectionsOf(answered(left, side(1), {})).at(-1)?.rows ?? [];
  assert.deepEqual(counts.filter(({ part }) => part).map(({ name, left: one, right }) => [name, one.head, right.head]), [["__proto__", "2", "0"], ["constructor", "1", "0"], ["mul", "0", "1"], ["sin", "0", "1"]]);
});

/** @param {string} address */
const opened = (address) => comparisonOf(readLink(address.startsWith("?") ? address : "", address.startsWith("#") ? address : "").link, assert.fail);

test("a comparison reads back from its link", () => {
  const comparison = { sources: { left: "y = x # <b> & 'all'", right: "y = x*x" }, values: new Map([["x", 2], ["W", [[1, 2]]]]), mode: /** @type {const} */ ("forward"), rows: /** @type {const} */ ("differences") };
  assert.deepEqual(opened(writeLink(linkOf(comparison, ["x", "W"]))), comparison);
});

test("long programs of a comparison travel in the fragment", () => {
  const comparison = { sources: { left: "y = x", right: "y = x + 1\n".repeat(80) }, values: new Map([["x", 2]]), mode: /** @type {const} */ ("reverse"), rows: /** @type {const} */ ("all") };
  const address = writeLink(linkOf(comparison, ["x"]));
  assert.match(address, /^#v=1&s=[\w-]+$/);
  assert.deepEqual(opened(address), comparison);
});

test("a ready pair is named while nothing was changed, and its inputs stand there once they were", () => {
  const pair = opened("?v=1&pair=log1p");
  assert.equal(writeLink(linkOf(pair, ["x"])), "?v=1&pair=log1p");
  assert.equal(writeLink(linkOf({ ...pair, values: new Map([["x", 2]]) }, ["x"])), "?v=1&pair=log1p&at=x:2");
});

test("without programs the first pair stands there, and an unknown one is told", () => {
  assert.equal(opened("?v=1").sources.left, PAIRS[0].left);
  /** @type {string[]} */
  const notices = [];
  assert.equal(comparisonOf({ pair: "<img>" }, (text) => notices.push(text)).sources.left, PAIRS[0].left);
  assert.equal(notices.length, 1);
  assert.deepEqual(opened("?v=1&left=y+%3D+x").sources, { left: "y = x", right: "" });
});
