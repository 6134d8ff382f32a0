import assert from "node:assert/strict";
import test from "node:test";

import { filledLike, parseGrid, parseNumber, parseValue, resized, shapeOf, sliderRange, valueText } from "../../static/js/values.js";

test("a number is read in the ways people write it", () => {
  const written = { "2": 2, " −1.5e3 ": -1500, "1/4": 0.25, ".5": 0.5, "∞": "Infinity", "-inf": "-Infinity", NaN: "NaN" };
  for (const [text, value] of Object.entries(written)) assert.equal(parseNumber(text), value, text);
  for (const text of ["", "two", "1/2/3", "1,5", "0x10", "--1"]) assert.equal(parseNumber(text), null, text);
});

test("nested lists are read when they are rectangular", () => {
  assert.deepEqual(parseValue("[[1, 2], [3, 4]]"), [[1, 2], [3, 4]]);
  assert.deepEqual(parseValue("[]"), []);
  for (const text of ["[1, [2]]", "[1", "[1] 2", "[x]", "[1 2]"]) assert.equal(parseValue(text), null, text);
});

test("what is written reads back", () => {
  for (const value of [0, -0, 1e-300, "NaN", "-Infinity", [[1, 2.5], [-3, "Infinity"]]]) assert.deepEqual(parseValue(valueText(value)), value);
});

test("a spreadsheet's block becomes a matrix, a line a vector", () => {
  assert.deepEqual(parseGrid("1\t2\n3\t4\n"), [[1, 2], [3, 4]]);
  assert.deepEqual(parseGrid("1, 2, 3"), [1, 2, 3]);
  assert.equal(parseGrid("1 2\n3"), null);
});

test("changing the shape keeps what fits and fills the rest", () => {
  assert.deepEqual(resized([[1, 2], [3, 4]], [3, 1]), [[1], [3], [0]]);
  assert.deepEqual(resized(7, [2, 2]), [[7, 0], [0, 0]]);
  assert.deepEqual(resized([1, 2, 3], [2, 3]), [[1, 2, 3], [0, 0, 0]]);
  assert.deepEqual(resized([[5, 6]], []), 5);
  assert.deepEqual(shapeOf(filledLike([[5, 6]], 1)), [1, 2]);
});

test("a slider has its value well inside", () => {
  for (const value of [0, 2, -7.5, 1234, 1e-9]) {
    const { min, max, step } = sliderRange(value);
    assert.ok(min < value && value < max && step > 0, String(value));
  }
});
