import assert from "node:assert/strict";
import { test } from "node:test";

import { formulaLines } from "../../static/js/formula.js";
import { sentenceOf } from "../../static/js/narrate.js";
import { spokenFormula } from "../../static/js/narrate/words.js";
import { dualText, inNotation, spokenName } from "../../static/js/notation.js";
import { sceneOf } from "../../static/js/scene.js";
import { stepsOf } from "../../static/js/steps.js";
import { fixture } from "./fixture.js";

/** @param {number} cursor @param {any} [options] */
const survey = (cursor, options) => sceneOf(fixture("survey-both"), cursor, options);

test("a dual number is one string, with the sign before ε", () => {
  assert.deepEqual([dualText("10", "5"), dualText("−1", "−0.5")], ["10 + ε 5", "−1 − ε 0.5"]);
});

test("in dual notation a node shows both parts once both are known", () => {
  assert.equal(survey(4, { notation: "dual", sub: 1 }).node(3)?.primal, "10");
  assert.equal(survey(4, { notation: "dual" }).node(3)?.primal, "10 + ε 5");
  assert.equal(survey(3, { notation: "dual" }).node(3)?.primal, "–");
});

test("the product rule is the product of dual numbers, expanded, with ε² = 0", () => {
  const [rule, worked, result] = formulaLines(survey(4, { notation: "dual" }), {});
  assert.equal(rule, "v_{2} + \\varepsilon\\,v_{2}' = (x_{1} + \\varepsilon\\,x_{1}') \\cdot (x_{2} + \\varepsilon\\,x_{2}')");
  assert.match(worked, /\(2 \+ \\varepsilon\\,1\) \\cdot \(5 \+ \\varepsilon\\,0\) = 10 \+ \\varepsilon\\,\\left\(1 \\cdot 5 \+ 2 \\cdot 0\\right\) \+ \\varepsilon\^2 \(1 \\cdot 0\)$/);
  assert.match(result, /^\\varepsilon\^2 = 0.*= 10 \+ \\varepsilon\\,5$/);
});

test("Griewank's numbers stand in place of every name, in card, edge and formula", () => {
  const scene = survey(16, { notation: "griewank" });
  assert.deepEqual(scene.nodes.slice(0, 4).map((node) => [node.name, node.expression]), [["v₋₁", ""], ["v₀", ""], ["v₁", "ln v₋₁"], ["v₂", "v₋₁ · v₀"]]);
  assert.equal(scene.edgesInto(3)[1].partialName, "∂v₂/∂v₀");
  for (let cursor = 1; cursor <= scene.total; cursor += 1) {
    const at = survey(cursor, { notation: "griewank" });
    assert.doesNotMatch([...formulaLines(at, {}), sentenceOf(at)].join(" "), /x_|\bx \d/);
  }
});

test("a name inside another is left alone", () => {
  const nodes = /** @type {any} */ ([{ label: "x", v: "v_{-1}", kind: "input", op: "input" }, { label: "xx", v: "v_{0}", kind: "input", op: "input" }]);
  assert.equal(inNotation("\\max(x, \\text{xx})", nodes, "griewank"), "\\max(v_{-1}, v_{0})");
});

test("names are spoken letter, then number", () => {
  const names = ["x1", "v_{-1}", "v-1", "W_h", "alpha", "loss2", "__proto__", "x''", "s₁₂"];
  assert.deepEqual(names.map(spokenName), ["x 1", "v minus 1", "v minus 1", "W h", "alpha", "loss 2", "__proto__", "x double prime", "s, version 12"]);
});

test("every notation has three lines and one sentence at every step, in every length", () => {
  for (const name of ["survey-both", "fan-out", "matrix", "newton", "course"]) {
    const trace = fixture(name);
    for (const notation of /** @type {const} */ (["names", "dual", "griewank"])) {
      for (const grain of /** @type {const} */ (["half", "edge", "node"])) {
        for (let cursor = 0; cursor <= stepsOf(trace).length; cursor += 1) {
          const scene = sceneOf(trace, cursor, { notation, grain });
          assert.ok(formulaLines(scene, {}).every((line) => !line.includes("undefined")));
          for (const verbosity of /** @type {const} */ (["brief", "normal", "full"])) assert.match(sentenceOf(scene, { verbosity }), /^[^\n]+\.$/);
        }
      }
    }
  }
});

test("the sentences have the forms that teachers read aloud", () => {
  assert.equal(sentenceOf(survey(4)), "Forward step 4 of 7. v 2 is x 1 times x 2: 2 times 5 is 10. Its tangent is 1 times 5 plus 2 times 0, which is 5.");
  assert.equal(sentenceOf(survey(4), { verbosity: "brief" }), "v 2 is 10, tangent 5.");
  assert.match(sentenceOf(survey(1), { verbosity: "full" }), /x 1 is used by v 1 and v 2, so its adjoint is a sum of two contributions\.$/);
  assert.match(sentenceOf(survey(14)), /The local slope is x 2, which is 5\. 1 times 5 is 5\. x 1 bar is now 5\. One of two paths has arrived\.$/);
  assert.match(sentenceOf(survey(13)), /The local slope is the cosine of x 2, which is 0\.2837\. Minus 1 times 0\.2837 is minus 0\.2837\./);
  assert.match(sentenceOf(survey(15), { verbosity: "full" }), /The tape has kept x 1 for it\./);
  assert.match(sentenceOf(survey(15, { grain: "node" })), /^Reverse steps 7 to 8 of 9\. v 2 passes its adjoint 1 to x 1 and x 2\. To x 1: .* To x 2: 1 times 2 is 2; added to minus 0\.2837, x 2 bar is now 1\.716\. Two of two paths have arrived; x 2 is finished\.$/);
});

test("what cannot be heard without brackets is left to its number", () => {
  const named = [{ name: "v₈", spoken: "v 8" }, { name: "x", spoken: "x" }];
  assert.deepEqual([spokenFormula("(1 − v₈) · v₈", named), spokenFormula("1 − v₈²", named), spokenFormula("1 / x", named), spokenFormula("cos x", named)], [null, "1 minus v 8 squared", "one over x", "the cosine of x"]);
});
