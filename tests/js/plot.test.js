import assert from "node:assert/strict";
import test from "node:test";

import { extentOf, linePath, rangeAround, robustExtent, scaleOf } from "../../static/js/plot/scales.js";
import { contourSentence, curveSentence } from "../../static/js/plot/words.js";

test("an axis maps values to pixels and back, with ticks at round numbers", () => {
  const scale = scaleOf({ low: -1, high: 5 }, 60, 420, 5);
  assert.equal(scale.at(-1), 60);
  assert.equal(scale.at(5), 420);
  assert.ok(Math.abs(scale.value(scale.at(2)) - 2) < 1e-12);
  assert.deepEqual(scale.ticks.map(({ text }) => text), ["−1", "0", "1", "2", "3", "4", "5"]);
});

test("ticks of near numbers are told apart", () => {
  const texts = scaleOf({ low: 1000.001, high: 1000.005 }, 0, 100, 4).ticks.map(({ text }) => text);
  assert.equal(new Set(texts).size, texts.length);
});

test("missing values count for nothing, and a constant has room around it", () => {
  const { low, high } = extentOf([NaN, 1, 3, Infinity]);
  assert.ok(low < 1 && low > 0.8 && high > 3 && high < 3.2);
  assert.deepEqual(extentOf([2, 2]), { low: 1, high: 3 });
  assert.deepEqual(extentOf([NaN]), { low: -1, high: 1 });
});

test("a pole does not press the rest flat", () => {
  const xs = Array.from({ length: 101 }, (_, place) => (place - 50) / 10);
  const { high } = robustExtent(xs.map((x) => 1 / (x * x + 1e-9)));
  assert.ok(high < 100);
});

test("a line breaks where a value is missing and where it jumps across a pole", () => {
  const across = scaleOf({ low: 0, high: 4 }, 0, 4, 4);
  const up = scaleOf({ low: -1, high: 1 }, 2, 0, 4);
  assert.equal(linePath([0, 1, 2, 3], [0, NaN, 0, 1], across, up), "M0.00 1.00M2.00 1.00L3.00 0.00");
  assert.equal(linePath([0, 1], [-2, 2], across, up).match(/M/g)?.length, 2);
});

test("the range of an input lies around its value", () => {
  assert.deepEqual(rangeAround(2), { low: -1, high: 5 });
  assert.deepEqual(rangeAround(0), { low: -1.5, high: 1.5 });
});

test("the sentences say point, slope and range", () => {
  const said = curveSentence({ input: "x", output: "y", x: 2, y: 4, slope: -4, low: 0, high: 3, ys: [0, 9, NaN] }, { digits: 4 });
  assert.equal(said, "At x = 2, y is 4 and its slope is −4: it is falling. From 0 to 3, y lies between 0 and 9. At 1 of 3 points it has no finite value.");
  assert.match(contourSentence({ inputs: ["a", "b"], output: "y", at: [1, 2], y: 3, gradient: [0.5, -1] }, { digits: 4 }), /gradient is \(0\.5, −1\)/);
});
