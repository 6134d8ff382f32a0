import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { formulaLines, substituted } from "../../static/js/formula.js";
import { sentenceOf } from "../../static/js/narrate.js";
import { sceneOf } from "../../static/js/scene.js";
import { stepsOf } from "../../static/js/steps.js";

const read = (name) => JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), "utf8"));

test("operands are replaced as names, not as letters", () => {
  assert.equal(substituted("\\sin n", ["n"], ["2"]), "\\sin 2");
  assert.equal(substituted("x_{1} \\cdot x_{10}", ["x_{1}", "x_{10}"], ["2", "5"]), "2 \\cdot 5");
  assert.equal(substituted("a + b", ["a", "b"], ["-1", "-2"]), "-1 + (-2)");
  assert.equal(substituted("x^{2}", ["x"], ["-3"]), "(-3)^{2}");
  assert.equal(substituted("\\max(a)", ["b"], ["1"]), null);
  assert.equal(substituted("a \\text{ if } b, 0", ["b", "a", "0"], ["true", "7", "0"]), "7 \\text{ if } true, 0");
  assert.equal(substituted("2.5 + 2", ["2"], ["x"]), "2.5 + x");
});

test("every step of every sweep has three lines and one sentence", () => {
  for (const name of ["survey-forward", "survey-reverse", "survey-both", "fan-out", "matrix", "newton", "course"]) {
    const trace = read(name);
    for (let cursor = 0; cursor <= stepsOf(trace).length; cursor += 1) {
      const scene = sceneOf(trace, cursor);
      assert.equal(formulaLines(scene, {}).length, 3);
      assert.match(sentenceOf(scene), /^(Graph ready|Forward step|Reverse step) ?.*\.$/s);
    }
  }
});

test("a sum of two arrivals is told as a sum", () => {
  const trace = read("survey-reverse");
  const scene = sceneOf(trace, 15);
  assert.equal(
    sentenceOf(scene),
    "Reverse step 8 of 9. v 2 passes its adjoint 1 to x 2. The local slope is x 1, which is 2. 1 times 2 is 2. Added to minus 0.2837, x 2 bar is now 1.716. Two of two paths have arrived; x 2 is finished.",
  );
});

test("the last sentence gives the gradient", () => {
  const trace = read("survey-reverse");
  assert.match(sentenceOf(sceneOf(trace, 16)), /Done\. Gradient: x 1 bar 5\.5, x 2 bar 1\.716\. One reverse sweep gave both\.$/);
});

test("at the end, adjoints of tensors are named and not read out", () => {
  const trace = read("matrix");
  assert.match(sentenceOf(sceneOf(trace, stepsOf(trace).length)), /Done\. One reverse sweep gave [^[\]]* bar\.$/);
});

test("an operand that is read twice is replaced at both places", () => {
  assert.equal(substituted("x \\cdot x", ["x", "x"], ["2", "2"]), "2 \\cdot 2");
});
