/** The lesson on rules on paper: what is marked, loop counters, counts. */

import assert from "node:assert/strict";
import test from "node:test";

import { byRound, byStatement, heightOf, powerOfTen, written } from "../../static/js/learn/symbolic/counts.js";
import { sentenceOf } from "../../static/js/learn/symbolic/derivation.js";
import { piecesOf } from "../../static/js/learn/symbolic/marks.js";
import { READY, REFUSED, readyOf } from "../../static/js/learn/symbolic/ready.js";
import { roundsOf, withRounds } from "../../static/js/learn/symbolic/rounds.js";

/** @param {string} name @param {number | null} round @param {number} symbolic */
const grown = (name, round, symbolic) => ({ name, node: 0, round, terms: 1, symbolic, shared: 2, forward_ad: 3, reverse_ad: 4, symbolic_exact: String(symbolic), log10_symbolic: Math.log10(symbolic || 1) });

test("a text is cut at its marks, and its pieces are the text", () => {
  const pieces = piecesOf("a * b + a", [[0, 1], [8, 9]]);
  assert.deepEqual(pieces, [{ text: "a", place: 0 }, { text: " * b + ", place: null }, { text: "a", place: 1 }]);
});

test("places count characters, of which some letters take two units", () => {
  assert.deepEqual(piecesOf("𝑥 + y", [[4, 5]]).at(-1), { text: "y", place: 0 });
});

test("the counter of the first loop is read and written, wherever else range may stand", () => {
  const source = "# for i in range(9):\ny = x\nfor i in range(3):\n    y = y * y\n";
  assert.equal(roundsOf(source), 3);
  assert.equal(withRounds(source, 12), source.replace("range(3)", "range(12)"));
});

test("a program without a written count has no counter", () => {
  for (const source of ["y = x", "for i in range(n):\n    y = x", "s = [range(3)]", "for a in range(2, 5):\n    y = a"]) assert.equal(roundsOf(source), null);
});

test("the growth against the loop counter is that of the name bound last in the loop", () => {
  const rows = [grown("l", null, 0), grown("u", 1, 3), grown("l", 1, 4), grown("u", 2, 9), grown("l", 2, 20)];
  assert.deepEqual(byRound(rows).map(({ x, row }) => [x, row.symbolic]), [[1, 4], [2, 20]]);
  assert.deepEqual(byStatement(rows).map(({ words }) => words), ["l", "u in round 1", "l in round 1", "u in round 2", "l in round 2"]);
});

test("where counters start again there is no growth against them", () => {
  assert.deepEqual(byRound([grown("y", 1, 1), grown("y", 2, 2), grown("y", 1, 3)]), []);
});

test("counts beyond all numbers of JSON are written as powers of ten", () => {
  assert.equal(written("1" + "0".repeat(400)), "1.000 × 10⁴⁰⁰");
  assert.equal(written(12345), "12345");
  assert.deepEqual([0, 1, 12].map(powerOfTen), ["1", "10", "10¹²"]);
});

test("a count of nothing has no height, and one too large for a number has the API's", () => {
  assert.equal(heightOf(grown("y", null, 0), "symbolic"), -Infinity);
  assert.equal(heightOf({ ...grown("y", null, 1), symbolic: "9".repeat(400), log10_symbolic: 400 }, "symbolic"), 400);
});

test("a step says what became of what, unless that is long", () => {
  const line = (/** @type {string} */ text, /** @type {[number, number] | null} */ rewrites, /** @type {[number, number] | null} */ span) => ({ rule: "power", sentence: "Power rule.", text, latex: "", marked: "", terms: 1, rewrites, span });
  assert.equal(sentenceOf([line("D(x**2)", null, null), line("2 * x", [0, 7], [0, 5])], 1), "Line 1 of 1. Power rule. D(x**2) becomes 2 * x.");
  const long = "x".repeat(300);
  assert.equal(sentenceOf([line(long, null, null), line("2", [0, 300], [0, 1])], 1), "Line 1 of 1. Power rule.");
});

test("ready programs are told apart, and each has a name of its own", () => {
  const all = [...READY, ...REFUSED];
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  assert.deepEqual([readyOf(`${READY[0].source}\n`), readyOf("y = 1")], [READY[0].id, ""]);
});
