import assert from "node:assert/strict";
import test from "node:test";

import { ratioWords } from "../../static/js/learn/forward-reverse/costs.js";
import { dotsOf, sentenceOf } from "../../static/js/learn/forward-reverse/gallery.js";
import { ALL, clashes, entriesIn, entryFrom, seedsFor } from "../../static/js/learn/forward-reverse/seeds.js";
import { inputsOf, namesOf, outputsOf } from "../../static/js/learn/names.js";

const ENDS = [{ name: "a", node: 0, shape: [] }, { name: "x", node: 1, shape: [2] }];
const COUNT = { additions: 0, multiplications: 0, functions: 0, other: 0, total: 1, passes: 1, whole: 2 };

/** @param {string} id @param {number | null} ratio @param {string[]} [above] @returns {any} */
const example = (id, ratio, above = []) => ({ id, title: id, inputs: 1, outputs: 1, primal: COUNT, forward: COUNT, reverse: COUNT, ratio, above });

test("one entry of all inputs has the seed 1, the others 0", () => {
  assert.deepEqual(entriesIn(ENDS), ["a", "x[0]", "x[1]"]);
  assert.deepEqual(seedsFor(ENDS, 0), [["a", 1], ["x", [0, 0]]]);
  assert.deepEqual(seedsFor(ENDS, 2), [["a", 0], ["x", [0, 1]]]);
});

test("all entries by 1 is a number for each input", () => assert.deepEqual(seedsFor(ENDS, ALL), [["a", 1], ["x", 1]]));

test("an address that names no entry means the first", () => {
  assert.deepEqual([undefined, "1", "all", "9", "-2", "x", "1.5"].map((text) => entryFrom(text, 3)), [0, 1, ALL, 0, 0, 0, 0]);
});

test("a name that is an input and an output has one seed for both", () => {
  assert.equal(clashes(ENDS, [{ name: "x", node: 5, shape: [2] }]), true);
  assert.equal(clashes(ENDS, [{ name: "y", node: 5, shape: [2] }]), false);
});

test("dots that would cover each other are stacked, and far ones stand at the edge", () => {
  const dots = dotsOf([example("a", 2.02), example("b", 1.98), example("c", 3), example("d", 19.3), example("e", null)], 4);
  assert.deepEqual(dots.map(({ one, level, isFar }) => [one.id, level, isFar]), [["b", 0, false], ["a", 1, false], ["c", 0, false], ["d", 0, true]]);
  assert.equal(dots[0].column, dots[1].column);
});

test("the sentence of the gallery counts what keeps the bound and names what does not", () => {
  const told = sentenceOf({ bound: 4, costs: [example("a", 2), example("b", 3.5), example("ln det A", 19, ["det"])] }, 4);
  assert.match(told, /at most 3\.5 times .* in 2 of 3 programs/);
  assert.match(told, /Only “ln det A” takes 19 times: the derivative of det costs more/);
});

test("what a program costs beside its bound is said plainly", () => {
  const costs = (/** @type {number | null} */ ratio, /** @type {string[]} */ above = []) => ratioWords(/** @type {any} */ ({ ratio, bound: 4, above }), 4);
  assert.match(costs(2.5), /2\.5 times the program alone: at most 4/);
  assert.match(costs(6, ["det"]), /6 times .* more than 4: the derivative of det/);
  assert.equal(costs(null), "The program does no arithmetic that counts.");
});

/** @type {any} */
const TRACE = {
  nodes: [
    { id: 0, label: "x", v: "v_{0}", op: "input", kind: "input", inputs: [], shape: [], dtype: "float64", primal: 2 },
    { id: 1, label: "k", v: "v_{0}", op: "input", kind: "input", inputs: [], shape: [], dtype: "int64", primal: 2 },
    { id: 2, label: "3", v: null, op: "constant", kind: "constant", inputs: [], shape: [], dtype: "float64", primal: 3 },
    { id: 3, label: "mul", v: "v_{1}", op: "mul", kind: "op", inputs: [0, 2], shape: [], dtype: "float64", primal: 6 },
  ],
  outputs: [3],
  output_names: ["out"],
  names: { x: 0, k: 1 },
};

test("nodes are called by their names or numbers, and rules are written with them", () => {
  const names = namesOf(TRACE.nodes);
  assert.deepEqual(names.map(({ shown }) => shown), ["x", "k", "3", "v₁"]);
  assert.equal(names[3].rule, "x · 3");
  assert.equal(names[3].said, "v 1");
});

test("only numbers that can vary are inputs", () => {
  assert.deepEqual(inputsOf(TRACE).map(({ name }) => name), ["x"]);
  assert.deepEqual(outputsOf(TRACE).map(({ name }) => name), ["out"]);
});
