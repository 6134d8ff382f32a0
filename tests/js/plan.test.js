import assert from "node:assert/strict";
import { test } from "node:test";

import { planOf } from "../../static/js/plan.js";
import { sceneOf } from "../../static/js/scene.js";
import { stepsOf } from "../../static/js/steps.js";
import { fixture } from "./fixture.js";

const FIXTURES = ["survey-reverse", "survey-forward", "survey-both", "fan-out", "newton", "matrix"];

test("a forward step takes at most 1.5 s, a reverse step 1.7 s, and no move 400 ms", () => {
  for (const name of FIXTURES) {
    const trace = fixture(name);
    for (const step of stepsOf(trace)) {
      const { moves, duration } = planOf(sceneOf(trace, step.index), sceneOf(trace, step.index + 1));
      assert.ok(duration > 0 && duration <= (step.phase === "forward" ? 1500 : 1700), `${name} ${step.index}: ${duration}`);
      assert.ok(moves.every((move) => move.duration <= 400));
    }
  }
});

test("what a plan writes last is what the scene shows", () => {
  for (const name of FIXTURES) {
    const trace = fixture(name);
    for (const step of stepsOf(trace)) {
      const after = sceneOf(trace, step.index + 1);
      const last = new Map(planOf(sceneOf(trace, step.index), after).moves.filter((move) => move.kind === "write").map((move) => [`${move.node} ${move.slot}`, move.text]));
      assert.ok(last.size > 0);
      for (const [key, text] of last) {
        const [id, slot] = key.split(" ");
        assert.equal(text, /** @type {any} */ (after.node(Number(id)))[slot]);
      }
    }
  }
});

test("a second arrival shows the sum as a sum for at least 200 ms", () => {
  const trace = fixture("survey-reverse");
  const second = stepsOf(trace).filter((step) => step.to === 1)[1];
  const writes = planOf(sceneOf(trace, second.index), sceneOf(trace, second.index + 1)).moves.filter((move) => move.kind === "write");
  assert.deepEqual(writes.map((move) => move.text), ["−0.2837 + 2", "1.716"]);
  assert.ok(writes[1].at - writes[0].at >= 200);
});

test("jumps, steps back and other programs are cuts", () => {
  const trace = fixture("course");
  assert.equal(planOf(sceneOf(trace, 0), sceneOf(trace, 2)).moves.length, 0);
  assert.equal(planOf(sceneOf(trace, 2), sceneOf(trace, 1)).moves.length, 0);
  assert.equal(planOf(sceneOf(fixture("course"), 0), sceneOf(trace, 1)).moves.length, 0);
  assert.equal(planOf(null, sceneOf(trace, 1)).moves.length, 0);
});

test("two sub-steps make up the step", () => {
  const trace = fixture("survey-both");
  for (const step of stepsOf(trace)) {
    const before = sceneOf(trace, step.index);
    const [half, whole] = [sceneOf(trace, step.index + 1, { sub: 1 }), sceneOf(trace, step.index + 1)];
    const parts = [...planOf(before, half).moves, ...(half.subSteps > 1 ? planOf(half, whole).moves : [])];
    assert.deepEqual(parts.map(({ kind, text }) => [kind, text]), planOf(before, whole).moves.map(({ kind, text }) => [kind, text]));
  }
});

test("the adjoint travels from the giver back, unchanged as far as the label", () => {
  const trace = fixture("survey-reverse");
  const step = stepsOf(trace)[stepsOf(trace).length - 1];
  const pills = planOf(sceneOf(trace, step.index), sceneOf(trace, step.index + 1)).moves.filter((move) => move.kind === "travel");
  assert.deepEqual(pills.map(({ text, from }) => [text, from]), [["1", 1], ["0.5", pills[0].to]]);
  assert.equal(pills[1].to, 0);
});
