import assert from "node:assert/strict";
import test from "node:test";

import { matchesOf } from "../../static/js/find/matches.js";
import { fixture } from "./fixture.js";

/** @param {string} query @param {import("../../static/js/scene/trace.js").Trace} [trace] */
const found = (query, trace = fixture("survey-reverse")) => matchesOf(trace, query).map(({ id }) => id);

test("nodes are found by name, by operation and by v-number", () => {
  assert.deepEqual(found("x2"), [1]);
  assert.deepEqual(found("SIN"), [4]);
  assert.deepEqual(found("v-1"), [0]);
  assert.deepEqual(found("nobody"), []);
  assert.deepEqual(found(""), []);
});

test("nodes are found by the line that makes them", () => {
  const trace = fixture("survey-reverse");
  const line = trace.nodes[3].span?.line;
  assert.ok(found(`line ${line}`).includes(3));
  assert.deepEqual(found("line 99"), []);
});

test("what stands out is found", () => {
  assert.equal(found("largest adjoint")[0], 0);
  assert.equal(found("Largest value")[0], fixture("survey-reverse").outputs[0]);
  assert.deepEqual(found("outputs"), fixture("survey-reverse").outputs);
  const trace = fixture("survey-reverse");
  trace.nodes[4].primal = "NaN";
  trace.nodes[6].primal = "NaN";
  trace.nodes[5].primal = "-Infinity";
  assert.deepEqual(found("first nan", trace), [4]);
  assert.deepEqual(found("first infinity", trace), [5]);
});

test("names of the prototype are names like others", () => {
  const trace = fixture("survey-reverse");
  trace.nodes[0].label = "constructor";
  assert.deepEqual(found("constructor", trace), [0]);
});
