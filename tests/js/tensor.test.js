import assert from "node:assert/strict";
import test from "node:test";

import { sentenceOf } from "../../static/js/narrate.js";
import { spokenPlace, tensorSentence } from "../../static/js/narrate/tensor.js";
import { sceneOf } from "../../static/js/scene.js";
import { stepsOf } from "../../static/js/steps.js";
import { alongWords, ghostsOf, stretchOf } from "../../static/js/tensor/broadcast.js";
import { blockingOf, cut, meansOf, windowOf } from "../../static/js/tensor/blocks.js";
import { foldingOf } from "../../static/js/tensor/folding.js";
import { adjointPairOf, dotText, isProduct, pairOf } from "../../static/js/tensor/product.js";
import { cellOf, lookOf } from "../../static/js/tensor/sizes.js";
import { axesOf, placed, sliceOf, sliceWords } from "../../static/js/tensor/slices.js";
import { histogramOf, placeOf, reachOf, statisticsOf } from "../../static/js/tensor/statistics.js";
import { fixture } from "./fixture.js";

test("numbers, heat, fine cells and means of blocks follow the size", () => {
  assert.deepEqual([[8], [6, 6], [9], [7, 6], [16, 16], [17, 2], [64, 64], [65, 2], [2, 300], [4000]].map(lookOf), [
    "numbers", "numbers", "heat", "heat", "heat", "fine", "fine", "blocks", "blocks", "blocks",
  ]);
});

test("higher ranks are drawn by the size of a slice", () => {
  assert.equal(lookOf([32, 100, 6, 6]), "numbers");
  assert.equal(lookOf([2, 20, 30]), "fine");
});

test("heat cells have 24 pixels, fine ones 6", () => {
  assert.deepEqual(cellOf("heat", 16), { width: 24, height: 24 });
  assert.deepEqual(cellOf("fine", 64), { width: 6, height: 6 });
  assert.equal(cellOf("fine", 1).width, 24);
});

test("a slice of a rank-four tensor is where the engine has it", () => {
  const shape = [2, 3, 2, 2];
  const values = Float64Array.from({ length: 24 }, (_, at) => at);
  assert.deepEqual([...sliceOf(values, shape, [1, 2])], [20, 21, 22, 23]);
  assert.deepEqual(axesOf(shape).map((axis, at) => sliceWords(axis, [1, 2][at])), ["batch 2 of 2", "channel 3 of 3"]);
  assert.deepEqual(axesOf(shape, true).map(({ word }) => word), ["filter", "channel"]);
  assert.deepEqual(placed([5, 1], axesOf(shape)), [1, 1]);
  assert.deepEqual(axesOf([2, 3]), []);
});

test("ends and norm are those of all numbers", () => {
  const { min, max, norm, zeros } = statisticsOf([3, -4, 0]);
  assert.deepEqual([min, max, norm, zeros], [-4, 3, 5, 1]);
});

test("a norm neither overflows nor vanishes with its squares", () => {
  for (const size of [1e200, 1e-200]) assert.ok(Math.abs(statisticsOf([3 * size, 4 * size]).norm / (5 * size) - 1) < 1e-15);
  assert.equal(statisticsOf([1, -Infinity]).norm, Infinity);
});

test("NaN taints the ends, and is counted", () => {
  const { min, max, norm, nans, infinities } = statisticsOf([1, NaN, Infinity]);
  assert.deepEqual([min, max, norm, nans, infinities], [NaN, NaN, NaN, 1, 1]);
});

test("the palette ends at the largest finite number", () => assert.equal(reachOf([1, -3, Infinity, NaN]), 3));

test("a histogram counts every finite number once", () => {
  assert.deepEqual(histogramOf([0, 1, 2, 3, 4, NaN, Infinity], 4), { counts: [1, 1, 1, 2], from: 0, to: 4 });
  assert.deepEqual(histogramOf([7, 7], 3)?.counts, [0, 2, 0]);
  assert.equal(histogramOf([NaN], 3), null);
  assert.equal(histogramOf([-1.7e308, 1.7e308], 2)?.counts.join(), "1,1");
});

test("the largest number is found, or the first NaN", () => {
  assert.equal(placeOf([1, 5, 5, 2], 1), 1);
  assert.equal(placeOf([1, 5, -5, 2], -1), 2);
  assert.equal(placeOf([1, NaN, NaN], 1), 1);
});

test("means of blocks are means of what stands in them, at the ends of fewer", () => {
  const grid = { rows: 3, columns: 4 };
  const blocking = blockingOf(grid, 2);
  assert.deepEqual(blocking, { rows: 2, columns: 2, high: 2, wide: 2 });
  const values = Float64Array.from({ length: 12 }, (_, at) => at);
  assert.deepEqual([...meansOf(values, grid, blocking)], [2.5, 4.5, 8.5, 10.5]);
  assert.deepEqual(blockingOf({ rows: 512, columns: 64 }, 64), { rows: 64, columns: 64, high: 8, wide: 1 });
});

test("a block with a NaN has no mean", () => {
  const grid = { rows: 2, columns: 4 };
  assert.deepEqual([...meansOf([1, NaN, 3, 3, 1, 1, 3, Infinity], grid, { rows: 1, columns: 2, high: 2, wide: 2 })], [NaN, Infinity]);
});

test("a window stays inside the matrix and shows its own numbers", () => {
  const grid = { rows: 200, columns: 10 };
  assert.deepEqual(windowOf(grid, { row: 199, column: 3 }, 16), { row: 184, column: 0, rows: 16, columns: 10 });
  assert.deepEqual(windowOf(grid, { row: 100, column: 3 }, 16).row, 92);
  assert.deepEqual([...cut([0, 1, 2, 3, 4, 5, 6, 7, 8], { rows: 3, columns: 3 }, { row: 1, column: 1, rows: 2, columns: 2 })], [4, 5, 7, 8]);
});

test("a cell of a product is made of a row and a column", () => {
  const { row, column } = pairOf([3, 2], [2, 4], { row: 1, column: 2, slice: [] });
  assert.deepEqual([row.line, row.places, column.line, column.places], [1, [2, 3], 2, [2, 6]]);
});

test("vectors stand as a row on the left and as a column on the right", () => {
  assert.deepEqual(pairOf([3, 2], [2], { row: 2, column: 0, slice: [] }).row.places, [4, 5]);
  assert.deepEqual(pairOf([3, 2], [2], { row: 2, column: 0, slice: [] }).column.places, [0, 1]);
  assert.deepEqual(pairOf([2], [2, 3], { row: 1, column: 0, slice: [] }).column.places, [1, 4]);
  assert.deepEqual(pairOf([2], [2], { row: 0, column: 0, slice: [] }), { row: { slice: 0, line: 0, places: [0, 1] }, column: { slice: 0, line: 0, places: [0, 1] } });
});

test("batches of matrices take the slice that broadcasting gives them", () => {
  const { row, column } = pairOf([2, 3, 4], [4, 5], { row: 2, column: 1, slice: [1] });
  assert.deepEqual([row.slice, row.places, column.slice, column.places], [1, [20, 21, 22, 23], 0, [1, 6, 11, 16]]);
  assert.deepEqual(pairOf([2, 1, 2, 2], [3, 2, 2], { row: 0, column: 0, slice: [1, 2] }).column.places, [8, 10]);
  assert.deepEqual(pairOf([2, 1, 2, 2], [3, 2, 2], { row: 0, column: 0, slice: [1, 2] }).row.places, [4, 5]);
});

test("a batch times a vector has the batch in its rows", () => {
  assert.deepEqual(pairOf([2, 3, 4], [4], { row: 1, column: 2, slice: [] }).row.places, [20, 21, 22, 23]);
  assert.deepEqual(pairOf([4], [2, 4, 3], { row: 1, column: 2, slice: [] }).column.places, [14, 17, 20, 23]);
});

test("in recorded traces every row times its column is what the engine has", () => {
  let checked = 0;
  for (const { nodes } of ["matrix", "course"].map(fixture)) {
    const flat = (/** @type {any} */ value) => [value].flat(Infinity);
    for (const node of nodes.filter(({ op, inputs }) => isProduct(op, inputs.map((id) => nodes[id].shape)))) {
      const [left, right] = node.inputs.map((id) => nodes[id]);
      const columns = node.shape.length < 2 ? 1 : (node.shape.at(-1) ?? 1);
      flat(node.primal).forEach((value, at) => {
        const { row, column } = pairOf(left.shape, right.shape, { row: Math.floor(at / columns), column: at % columns, slice: [] });
        const sum = row.places.reduce((total, place, term) => total + flat(left.primal)[place] * flat(right.primal)[column.places[term]], 0);
        assert.ok(Math.abs(sum - value) <= 1e-12 * Math.max(1, Math.abs(value)), `${node.label} ${at}`);
        checked += 1;
      });
    }
  }
  assert.ok(checked > 0);
});

test("products are known by their operation", () => {
  assert.equal(isProduct("matmul", [[3, 2], [2]]), true);
  assert.equal(isProduct("mul", [[3, 2], [3, 2]]), false);
});

test("a row that is repeated has one original and ghosts below", () => {
  const stretch = stretchOf([2], [3, 2]);
  assert.deepEqual([...(stretch?.places ?? [])], [0, 1, 0, 1, 0, 1]);
  assert.deepEqual([stretch?.axes, stretch?.times], [[0], 3]);
  assert.deepEqual(ghostsOf(/** @type {any} */ (stretch)), [false, false, true, true, true, true]);
  assert.equal(alongWords(/** @type {any} */ (stretch), [3, 2]), "rows");
  assert.equal(alongWords(/** @type {any} */ (stretchOf([4, 1, 1], [2, 4, 3, 3])), [2, 4, 3, 3]), "batches, rows and columns");
  assert.equal(alongWords(/** @type {any} */ (stretchOf([], [3])), [3]), "rows");
});

test("a column, a number and both at once are repeated along their axes", () => {
  assert.deepEqual([...(stretchOf([3, 1], [3, 2])?.places ?? [])], [0, 0, 1, 1, 2, 2]);
  assert.deepEqual(stretchOf([], [2, 2])?.axes, [0, 1]);
  assert.deepEqual(stretchOf([2, 1, 1], [2, 2, 2])?.times, 4);
});

test("the same shape, and a shape that does not fit, are not repeated", () => {
  assert.equal(stretchOf([3, 2], [3, 2]), null);
  assert.equal(stretchOf([3], [2]), null);
  assert.equal(stretchOf([3], []), null);
  assert.equal(stretchOf([1], [1, 1]), null);
});

test("a tensor's sentence has its shape, its ends, and where the largest is", () => {
  const value = [[0.1, -0.8, 0, 0.3], [0.2, 0.4, 1.2, 0.1], [0, 0, 0.5, 1]];
  assert.equal(tensorSentence("W bar", value, [3, 4]), "W bar, 3 by 4. From minus 0.8 to 1.2, largest in row 2 column 3. Press T for the table.");
  assert.equal(tensorSentence("b", [1, 5, 2, 2, 2], [5]), "b, 5 entries. From 1 to 5, largest in row 2. Press T for the table.");
});

test("NaN, equal entries and what is not computed are said as they are", () => {
  assert.match(tensorSentence("A", [[1, 2], ["NaN", 3]], [2, 2]), /not a number, the first in row 2 column 1\./);
  assert.match(tensorSentence("A", [[1, 1], [1, 1]], [2, 2]), /Every entry is 1\./);
  assert.equal(tensorSentence("A bar", null, [2, 2]), "A bar, 2 by 2. Not computed.");
});

test("a step's sentence says where the largest is, and of the key only where there is one", () => {
  const trace = fixture("matrix");
  const scenes = stepsOf(trace).map((_, at) => sceneOf(trace, at + 1));
  const scene = /** @type {import("../../static/js/scene.js").Scene} */ (scenes.find((one) => one.step?.kind === "forward" && (one.node(one.step.node)?.shape.reduce((a, b) => a * b, 1) ?? 0) > 4));
  assert.match(sentenceOf(scene), /The largest is in .*row \d.*\. Press T for the table\./);
  assert.doesNotMatch(sentenceOf(scene, { keys: false }), /Press T/);
  assert.doesNotMatch(sentenceOf(scene, { verbosity: "brief" }), /largest/);
});

test("places of higher ranks name their slice", () => assert.equal(spokenPlace(23, [2, 3, 2, 2]), "batch 2 channel 3 row 2 column 2"));

test("a short dot product is written out, a long one counts its terms", () => {
  assert.equal(dotText([2, 3], [1, -1], -1, {}), "2·1 + 3·(−1) = −1");
  assert.equal(dotText([0.5, 1 / 3], [1, 1], 5 / 6, {}), "0.5·1 + 0.3333·1 ≈ 0.8333");
  assert.equal(dotText(Array(64).fill(1), Array(64).fill(1), 3.21, {}), "a₁b₁ + a₂b₂ + … (64 terms) = 3.21");
});

test("going back, a row meets a row, and a column a column", () => {
  assert.deepEqual(adjointPairOf([3, 2], [2, 4], 0, { row: 2, column: 1 }), { bar: [8, 9, 10, 11], partner: [4, 5, 6, 7] });
  assert.deepEqual(adjointPairOf([3, 2], [2, 4], 1, { row: 1, column: 3 }), { bar: [3, 7, 11], partner: [1, 3, 5] });
  assert.deepEqual(adjointPairOf([3, 2], [2], 0, { row: 2, column: 1 }), { bar: [2], partner: [1] });
  assert.deepEqual(adjointPairOf([2], [2, 4], 0, { row: 1, column: 0 }), { bar: [0, 1, 2, 3], partner: [4, 5, 6, 7] });
});

test("rows that are repeated fold downwards, columns sideways", () => {
  const folding = (/** @type {number[]} */ from, /** @type {number[]} */ to) => {
    const stretch = /** @type {any} */ (stretchOf(from, to));
    return foldingOf(stretch, to, ghostsOf(stretch), { width: 10, height: 10 });
  };
  const rows = folding([2], [3, 2]);
  assert.ok(rows.spots.every(({ x, homeX, homeY }) => homeX === x && homeY >= 30));
  assert.equal(rows.sums.length, 2);
  const columns = folding([3, 1], [3, 2]);
  assert.ok(columns.spots.every(({ y, homeX, homeY }) => homeY === y && homeX >= 20));
  assert.equal(folding([], [3]).sums.length, 1);
});
