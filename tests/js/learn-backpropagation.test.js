import assert from "node:assert/strict";
import test from "node:test";

import { adjointAt, endSentence, shownValue, stepSentence, sumOf, wrongSentence } from "../../static/js/learn/backpropagation/words.js";

const LOOK = { digits: 4 };
const names = ["a", "b", "c", "d"].map((shown) => ({ shown, said: shown, tangent: `${shown}.`, adjoint: `${shown}_`, rule: "" }));
const played = [
  { from: 3, to: 0, slot: 0, value: 5, adjoint_after: 5 },
  { from: 3, to: 2, slot: 1, value: 2, adjoint_after: 2 },
  { from: 2, to: 0, slot: 0, value: 2, adjoint_after: 7 },
];
const right = { rule: "added", contributions: played, adjoints: [7, null, 2, 1], wrong: [] };
const overwritten = { ...right, rule: "overwritten", contributions: [...played.slice(0, 2), { ...played[2], adjoint_after: 2 }] };
const seededAt = (node) => (node === 3 ? 1 : null);
const partialOf = (node) => (node === 3 ? "5" : "1");

test("an adjoint is what the last contribution left, or its seed, or nothing", () => {
  assert.deepEqual([0, 1, 3].map((step) => adjointAt(right, step, 0, null)), [null, 5, 7]);
  assert.equal(adjointAt(right, 0, 3, 1), 1);
});

test("contributions stand as a sum", () => {
  assert.deepEqual(sumOf(right, 3, 0, null, LOOK), { terms: [{ text: "5", lost: false }, { text: "2", lost: false }], total: "7" });
  assert.equal(sumOf(right, 3, 1, null, LOOK), null);
});

test("what is overwritten is lost", () => {
  assert.deepEqual(sumOf(overwritten, 3, 0, null, LOOK), { terms: [{ text: "5", lost: true }, { text: "2", lost: false }], total: "2" });
});

test("a step says the product and what becomes of it", () => {
  assert.equal(stepSentence(right, 1, names, seededAt, partialOf, LOOK), "d passes on to a: d_ · ∂d/∂a = 1 · 5 = 5. a_ is 5.");
  assert.match(stepSentence(right, 3, names, seededAt, partialOf, LOOK), /It is added: a_ = 5 \+ 2 = 7\.$/);
  assert.match(stepSentence(overwritten, 3, names, seededAt, partialOf, LOOK), /It overwrites 5: a_ is 2\.$/);
});

test("a wrong adjoint has each of its reasons once", () => {
  const fault = { from: 3, slot: 0, kind: "changed", value: 5, instead: 4 };
  assert.equal(wrongSentence({ node: 0, adjoint: 8, right: 10, faults: [fault, { ...fault, slot: 1 }] }, names, LOOK), "a_ is 8, not 10: d passed on 4, not 5, since d_ was not finished or wrong itself.");
  const missing = { from: 2, slot: 0, kind: "missing", value: 2, instead: null };
  assert.equal(wrongSentence({ node: 1, adjoint: null, right: 2, faults: [missing] }, names, LOOK), "b_ stays empty, not 2: 2 from c never came, for c had nothing when it was its turn.");
});

test("a sweep that went wrong unnoticed says so", () => {
  assert.match(endSentence(overwritten, { a: 7, b: null }, names, LOOK), /7 for a, nothing for b: the same as the right one/);
});

test("of tensors the first entries are shown", () => {
  assert.equal(shownValue([[1, 2], [3, 4], [5, 6]], LOOK), "[1, 2, 3, 4, …]");
});
