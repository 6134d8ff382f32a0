import assert from "node:assert/strict";
import { test } from "node:test";

import { sceneOf } from "../../static/js/scene.js";
import { forwardCount, stepsOf } from "../../static/js/steps.js";
import { cursorFor, placeAt } from "../../static/js/sweeps/cut.js";
import { sumOverCut } from "../../static/js/sweeps/sum.js";
import { fixture } from "./fixture.js";

/** @param {number} after @param {[number, any, number][]} terms @returns {import("../../static/js/sweeps/cut.js").Place} */
const place = (after, terms) => ({ after, sum: 5.5, terms: terms.map(([node, adjoint, product]) => ({ node, adjoint, product })) });

const PLACES = [place(1, []), ...[2, 3, 4, 5, 6].map((after) => place(after, []))];

test("forward the cut lies behind the newest node, in reverse behind the next that gives", () => {
  const trace = fixture("survey-both");
  const cuts = Array.from({ length: 17 }, (_, cursor) => PLACES[placeAt(trace, cursor, PLACES)].after);
  assert.deepEqual(cuts, [1, 1, 1, 2, 3, 4, 5, 6, 6, 6, 5, 5, 4, 3, 3, 2, 1]);
});

test("a chosen cut has a cursor in the sweep that is being played", () => {
  const trace = fixture("survey-both");
  for (const start of [3, 12]) {
    for (const [at, one] of PLACES.entries()) {
      const cursor = cursorFor(trace, start, one);
      assert.equal(placeAt(trace, cursor, PLACES), at);
      assert.equal(cursor <= forwardCount(trace), start === 3);
      assert.ok(cursor <= stepsOf(trace).length);
    }
  }
});

test("the sum over a cut is written out with names and numbers", () => {
  const trace = fixture("survey-both");
  const scene = sceneOf(trace, stepsOf(trace).length);
  const text = sumOverCut(scene, place(3, [[1, -0.2836621854632263, 0], [2, 1, 0.5], [3, 1, 5]]), (id) => scene.node(id)?.tangentValue ?? null);
  assert.equal(text.names.normalize("NFC"), "x̄₂·ẋ₂ + v̄₁·v̇₁ + v̄₂·v̇₂".normalize("NFC"));
  assert.equal(text.numbers, "(−0.2837)·0 + 1·0.5 + 1·5 = 5.5");
  assert.match(text.spoken, /^Cut behind v 2: 3 values cross\. The sum of adjoint times tangent is 5\.5\.$/);
});

test("a sum whose printed numbers would not give it is about equal", () => {
  const scene = sceneOf(fixture("survey-both"), 16);
  const text = sumOverCut(scene, { after: 2, sum: 1, terms: [{ node: 2, adjoint: 1 / 3, product: 1 }] }, () => 3);
  assert.equal(text.numbers, "0.3333·3 ≈ 1");
});
