import assert from "node:assert/strict";
import { test } from "node:test";

import { STEP_KINDS, forwardCount, stepsOf } from "../../static/js/steps.js";
import { fixture } from "./fixture.js";

test("the survey's example has seven forward and nine reverse steps", () => {
  const steps = stepsOf(fixture("survey-reverse"));
  assert.deepEqual(STEP_KINDS.map((kind) => steps.filter((step) => step.kind === kind).length), [7, 1, 8]);
  assert.equal(forwardCount(fixture("survey-reverse")), 7);
});

test("steps know their place", () => {
  stepsOf(fixture("fan-out")).forEach((step, index) => assert.equal(step.index, index));
});

test("constants are no steps", () => {
  const trace = fixture("fan-out");
  const constants = trace.nodes.filter((node) => node.kind === "constant").map((node) => node.id);
  assert.ok(constants.length > 0);
  assert.ok(stepsOf(trace).every((step) => !constants.includes(step.node)));
});

test("forward and primal modes end with the last node", () => {
  for (const name of ["survey-forward", "survey-primal"]) assert.equal(stepsOf(fixture(name)).length, 7);
});

test("every seeded output is a step of its own", () => {
  const trace = fixture("survey-reverse");
  trace.outputs = [5, 6];
  trace.output_names = ["v4", "v5"];
  trace.seed = { v4: 2, v5: 1 };
  assert.deepEqual(stepsOf(trace).filter((step) => step.kind === "seed").map(({ node, value }) => [node, value]), [[5, 2], [6, 1]]);
});

test("in mode both, the tangents in the seed are no seeds of outputs", () => {
  const seeds = stepsOf(fixture("survey-both")).filter((step) => step.kind === "seed");
  assert.deepEqual(seeds.map((step) => step.node), [6]);
});

test("an output called __proto__ is an output like others", () => {
  const trace = fixture("survey-reverse");
  trace.output_names = ["__proto__"];
  trace.seed = JSON.parse('{"__proto__": 1}');
  assert.equal(stepsOf(trace).filter((step) => step.kind === "seed").length, 1);
});
