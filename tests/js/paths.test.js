import assert from "node:assert/strict";
import test from "node:test";

import { costSentence, listedSentence, mistakeLines, productText, sumLine } from "../../static/js/paths/ledger.js";

/** @type {import("../../static/js/paths/ledger.js").Ledger} the course's d = a·(a + b) at a = 2, b = 3 */
const COURSE = {
  from: 0, to: 3, count: 2, listed: 2, sum: 7, adjoint: 7, edge_multiplications: 3, path_multiplications: 3, note: null, mistakes: { overwritten: 2, code_order: 5 },
  paths: [
    { nodes: [0, 3], edges: [[0, 3, 0]], partials: [5], structures: [null], product: 5 },
    { nodes: [0, 2, 3], edges: [[0, 2, 0], [2, 3, 1]], partials: [1, -2.00001], structures: [null, null], product: -2.00001 },
  ],
};

test("a product is written out, negative factors in brackets, ≈ where digits are lost", () => {
  assert.equal(productText(COURSE.paths[0], { digits: 4 }), "5 = 5");
  assert.equal(productText(COURSE.paths[1], { digits: 4 }), "1 · (−2) ≈ −2");
});

test("tensors on the way stand by their structure", () => {
  assert.equal(productText({ nodes: [], edges: [], partials: [null, 2], structures: ["matmul", null], product: null }, {}), "matmul · 2");
});

test("the sum is shown as a sum", () => {
  assert.equal(sumLine(COURSE, { digits: 4 }), "5 + (−2) ≈ 7");
  assert.equal(sumLine({ ...COURSE, sum: null }, {}), "");
});

test("the sentence compares paths with edges and says when nothing flows", () => {
  assert.equal(costSentence(COURSE, "a", "d"), "2 paths lead from a to d. Path by path that takes 3 multiplications; edge by edge, as the reverse sweep goes, 3.");
  assert.match(costSentence({ ...COURSE, count: "1152921504606846976" }, "x", "y"), /^1\s152\s921\s504\s606\s846\s976 paths lead/);
  assert.match(costSentence({ ...COURSE, count: 0 }, "x", "y"), /nothing flows/);
  assert.equal(listedSentence({ ...COURSE, count: 800, listed: 50 }), "The first 50 are listed; the sweep adds up all of them.");
});

test("each mistake has its own number, or is said to go unnoticed", () => {
  const lines = mistakeLines(COURSE, "ā", { digits: 4 });
  assert.match(lines[0].sentence, /ā would be 2, not 7/);
  assert.match(mistakeLines({ ...COURSE, mistakes: { overwritten: 7, code_order: null } }, "ā", {})[0].sentence, /unnoticed/);
});
