import assert from "node:assert/strict";
import test from "node:test";

import { entryNames, flat, oneHot, shaped, sizeOf } from "../../static/js/learn/entries.js";

test("entries are named as a program writes them", () => {
  assert.deepEqual(entryNames("x", []), ["x"]);
  assert.deepEqual(entryNames("x", [2]), ["x[0]", "x[1]"]);
  assert.deepEqual(entryNames("A", [2, 2]), ["A[0, 0]", "A[0, 1]", "A[1, 0]", "A[1, 1]"]);
});

test("a tensor without elements has no entries", () => {
  assert.deepEqual(entryNames("x", [0]), []);
  assert.deepEqual(entryNames("x", [2, 0]), []);
  assert.equal(sizeOf([2, 0]), 0);
});

test("what is flat takes its shape again", () => {
  for (const [value, shape] of /** @type {[any, number[]][]} */ ([[3, []], [[1, 2, 3], [3]], [[[1, 2], [3, 4], [5, 6]], [3, 2]], [[[[1], [2]]], [1, 2, 1]], [[[], []], [2, 0]]])) {
    assert.deepEqual(shaped(flat(value), shape), value);
    assert.equal(flat(value).length, sizeOf(shape));
  }
});

test("words for numbers stay words", () => {
  assert.deepEqual(flat(["NaN", ["Infinity", 1]]), ["NaN", "Infinity", 1]);
});

test("a one-hot seed has a single 1 at its place", () => {
  assert.deepEqual(oneHot(3, 1), [0, 1, 0]);
  assert.deepEqual(oneHot(2, 5), [0, 0]);
});
