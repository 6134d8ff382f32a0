import assert from "node:assert/strict";
import test from "node:test";

import { endsOf, keyFor, pathKey, sumName } from "../../static/js/paths/ends.js";
import { costSentence, listedSentence, productText, ruleSentence, shortened, sumOf } from "../../static/js/paths/ledger.js";
import { sceneOf } from "../../static/js/scene.js";
import { fixture } from "./fixture.js";

/** @type {import("../../static/js/paths/ledger.js").Ledger} the course's d = a·(a + b) at a = 2, b = 3 */
const COURSE = {
  from: 0, to: 3, count: 2, listed: 2, sum: 7, adjoint: 7, edge_multiplications: 3, path_multiplications: 3, note: null, mistakes: { overwritten: 2, code_order: 5 },
  paths: [
    { nodes: [0, 3], edges: [[0, 3, 0]], partials: [5], structures: [null], product: 5 },
    { nodes: [0, 2, 3], edges: [[0, 2, 0], [2, 3, 1]], partials: [1, -2.00001], structures: [null, null], product: -2.00001 },
  ],
};

test("a product is written out, negative factors in brackets, ≈ where digits are lost", () => {
  assert.equal(productText(COURSE.paths[0], { digits: 4 }), "5");
  assert.equal(productText(COURSE.paths[1], { digits: 4 }), "1 · (−2) ≈ −2");
});

test("tensors on the way stand by their structure", () => {
  assert.equal(productText({ nodes: [], edges: [], partials: [null, 2], structures: ["matmul", null], product: null }, {}), "matmul · 2");
});

/** @param {import("../../static/js/paths/ledger.js").Ledger} ledger @param {import("../../static/js/paths/ledger.js").Rule} rule */
const line = (ledger, rule) => {
  const sum = sumOf(ledger, rule, { digits: 4 });
  return sum === null ? null : `${sum.terms.map(({ text, lost }) => (lost ? `[${text}]` : text)).join(" + ")} ${sum.sign} ${sum.result}`;
};

test("the sum is shown as a sum, with what a mistake loses", () => {
  assert.equal(line(COURSE, "added"), "5 + (−2) ≈ 7");
  assert.equal(line(COURSE, "overwritten"), "[5] + (−2) ≈ 2");
  assert.equal(line(COURSE, "code_order"), "5 + [(−2)] ≈ 5");
  assert.equal(line({ ...COURSE, sum: null }, "added"), null);
});

test("a long path is shortened in its middle", () => {
  assert.deepEqual(shortened([1, 2, 3, 4, 5, 6, 7], 0, 4), [1, 2, 0, 7]);
  assert.deepEqual(shortened([1, 2, 3], 0, 4), [1, 2, 3]);
});

test("a link names both ends, and finds them again whatever the names", () => {
  const scene = sceneOf(fixture("survey-reverse"), 16);
  const { from, to } = endsOf(scene, "x2");
  assert.deepEqual([from?.label, to.label], ["x2", "v5"]);
  const inner = endsOf(scene, "x1>v4");
  assert.deepEqual([inner.from?.label, inner.to.label, inner.ends.length], ["x1", "v4", 2]);
  assert.equal(pathKey(scene, /** @type {any} */ (inner.from), inner.to), "x1>v4");
  assert.equal(endsOf(scene, "nobody>nothing").from?.label, "x1");
  const odd = { ...scene.nodes[0], label: "a>b" };
  assert.equal(keyFor(/** @type {any} */ ({ nodes: [odd] }), odd), `#${odd.id}`);
});

test("the sum is the adjoint only where the seed is 1 at that end alone", () => {
  const scene = sceneOf(fixture("survey-reverse"), 16);
  const { from, to } = endsOf(scene, "x2");
  assert.deepEqual(sumName(scene, /** @type {any} */ (from), to), { name: "x̄₂", isAdjoint: true });
  assert.equal(sumName(scene, /** @type {any} */ (from), /** @type {any} */ (scene.node(5))).name, "∂v₄/∂x₂");
});

test("the sentence compares paths with edges and says when nothing flows", () => {
  assert.equal(costSentence(COURSE, "a", "d"), "2 paths lead from a to d. Path by path that takes 3 multiplications; edge by edge, as the reverse sweep goes, 3.");
  assert.match(costSentence({ ...COURSE, count: "1152921504606846976" }, "x", "y"), /^1\s152\s921\s504\s606\s846\s976 paths lead/);
  assert.match(costSentence({ ...COURSE, count: 0 }, "x", "y"), /nothing flows/);
  assert.equal(listedSentence({ ...COURSE, count: 800, listed: 50 }), "The first 50 are listed; the sweep adds up all of them.");
});

test("each mistake has its own number, or is said to go unnoticed", () => {
  assert.match(ruleSentence(COURSE, "overwritten", "ā", { digits: 4 }), /ā would be 2, not 7/);
  assert.match(ruleSentence({ ...COURSE, mistakes: { overwritten: 7, code_order: null } }, "overwritten", "ā", {}), /unnoticed/);
  assert.match(ruleSentence({ ...COURSE, mistakes: { overwritten: 7, code_order: null } }, "code_order", "ā", {}), /stays empty/);
});
