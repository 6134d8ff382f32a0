import assert from "node:assert/strict";
import test from "node:test";

import { blocksOf } from "../../static/js/learn/jacobian.js";
import { letterOf, marksOf, sharing } from "../../static/js/learn/tools/jacobian/colours.js";
import { factorName, standing, stepsOf, stretchName } from "../../static/js/learn/tools/jacobian/orders.js";
import { blocksHolding, factsText, percent, placesOf, stateText } from "../../static/js/learn/tools/jacobian/sparse.js";

test("the blocks of an answer stand as one matrix", () => {
  const answer = { jacobian: { y: { x: [[1, 2], [3, 4]], a: [5, 6] }, z: { x: [7, 8], a: 9 } }, shapes: { outputs: { y: [2], z: [] }, inputs: { x: [2], a: [] } } };
  const { rows, columns, entries } = blocksOf(answer);
  assert.deepEqual(rows, ["y[0]", "y[1]", "z"]);
  assert.deepEqual(columns, ["x[0]", "x[1]", "a"]);
  assert.deepEqual(entries, [[1, 2, 5], [3, 4, 6], [7, 8, 9]]);
});

test("blocks of matrices are read in the order of memory", () => {
  const { entries } = blocksOf({ jacobian: { Y: { X: [[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]] } }, shapes: { outputs: { Y: [1, 2] }, inputs: { X: [2, 2] } } });
  assert.deepEqual(entries, [[1, 2, 3, 4], [5, 6, 7, 8]]);
});

test("an output called __proto__ keeps its block", () => {
  const answer = JSON.parse('{"jacobian": {"__proto__": {"x": 2}}, "shapes": {"outputs": {"__proto__": []}, "inputs": {"x": []}}}');
  assert.deepEqual(blocksOf(answer).entries, [[2]]);
});

test("letters go on behind Z", () => {
  assert.deepEqual([0, 25, 26, 51, 52, 701, 702].map(letterOf), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
});

test("what has no entry has no letter", () => {
  assert.deepEqual(marksOf([0, null, 1]), [{ text: "A", tint: 0 }, { text: "–", tint: null }, { text: "B", tint: 1 }]);
  assert.equal(sharing(["x[0]", "x[1]", "x[2]"], [0, 0, null]), "A: x[0], x[1]; without an entry: x[2]");
});

test("tints repeat where letters do not", () => {
  const [first, later] = marksOf([0, 6]);
  assert.equal(first.tint, later.tint);
  assert.notEqual(first.text, later.text);
});

test("many names are counted, many letters too", () => {
  const names = Array.from({ length: 60 }, (_, at) => `x[${at}]`);
  assert.equal(sharing(names, names.map((_, at) => at % 2)), "A: 30; B: 30");
  assert.equal(sharing(names, names.map((_, at) => at)), "60 letters for 60");
});

test("brackets are read as products, innermost first", () => {
  assert.deepEqual(stepsOf("J₄ (J₃ (J₂ J₁))"), [[2, 1], [3, 2, 1], [4, 3, 2, 1]]);
  assert.deepEqual(stepsOf("((J₄ J₃) J₂) J₁"), [[4, 3], [4, 3, 2], [4, 3, 2, 1]]);
  assert.deepEqual(stepsOf("(J₄ J₃) (J₂ J₁)"), [[4, 3], [2, 1], [4, 3, 2, 1]]);
  assert.deepEqual(stepsOf("J₁"), []);
  assert.deepEqual(stepsOf("J₁₁ J₁₀"), [[11, 10]]);
});

test("a factor has its number lowered, a long stretch is named by its ends", () => {
  assert.equal(factorName(12), "J₁₂");
  assert.equal(stretchName([3, 2, 1]), "J₃ J₂ J₁");
  assert.equal(stretchName([9, 8, 7, 6]), "J₉ ⋯ J₆");
});

test("products so far stand as one matrix each, with the rows of the left and the columns of the right", () => {
  const shapes = /** @type {[number, number][]} */ ([[3, 2], [4, 3], [1, 4]]);
  assert.deepEqual(standing(shapes, []).map(({ factors }) => factors), [[3], [2], [1]]);
  assert.deepEqual(standing(shapes, [[2, 1]]), [{ factors: [3], shape: [1, 4], isNow: false }, { factors: [2, 1], shape: [4, 2], isNow: true }]);
  assert.deepEqual(standing(shapes, [[2, 1], [3, 2, 1]]), [{ factors: [3, 2, 1], shape: [1, 2], isNow: true }]);
});

test("two products that do not touch stand side by side", () => {
  const shapes = /** @type {[number, number][]} */ ([[2, 2], [2, 2], [2, 2], [2, 2]]);
  assert.deepEqual(standing(shapes, stepsOf("(J₄ J₃) (J₂ J₁)").slice(0, 2)).map(({ factors, isNow }) => [factors, isNow]), [[[4, 3], false], [[2, 1], true]]);
});

test("a share is never rounded to none or all", () => {
  assert.deepEqual([percent(1, 1000), percent(999, 1000), percent(1, 3), percent(0, 4), percent(4, 4), percent(0, 0)], ["under 1 %", "over 99 %", "33 %", "0 %", "100 %", "0 %"]);
});

test("the facts say shape, non-zeros and how many are negative", () => {
  assert.equal(factsText({ rows: 2, columns: 3, nonzeros: 3, entries: [{ row: 0, column: 0, value: -1 }, { row: 1, column: 1, value: "-Infinity" }, { row: 1, column: 2, value: "NaN" }] }), "2 × 3, 3 of 6 (50 %), 2 negative");
  assert.equal(factsText({ rows: 1, columns: 1, nonzeros: 1, entries: [{ row: 0, column: 0, value: 0 }] }), "1 × 1, 1 of 1 (100 %)");
});

test("the layout of a state names every place", () => {
  const state = [{ node: 0, label: "x", start: 0, size: 2, shape: [2] }, { node: 3, label: "v", start: 2, size: 1, shape: [] }];
  assert.deepEqual(placesOf(state), ["x[0]", "x[1]", "v"]);
  assert.equal(stateText(state), "x (2), v");
});

test("a block is filled once, however many entries it holds", () => {
  assert.deepEqual(blocksHolding([[0, 0], [1, 1], [2, 5], [3, 4]], 2), [[0, 0], [1, 2]]);
});
