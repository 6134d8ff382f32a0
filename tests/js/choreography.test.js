/** One forward and one reverse step, as the two tables of the interface have them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { formulaLines } from "../../static/js/formula.js";
import { pictureAt } from "../../static/js/picture.js";
import { planOf } from "../../static/js/plan.js";
import { sceneOf } from "../../static/js/scene.js";
import { stepsOf, stopAfter, stopBefore } from "../../static/js/steps.js";
import { storedFor } from "../../static/js/stored.js";
import { fixture } from "./fixture.js";

const FIXTURES = ["survey-reverse", "survey-forward", "survey-both", "fan-out", "newton", "matrix", "course"];

/** @param {string} name @param {number} cursor @param {import("../../static/js/scene.js").SceneOptions} [options] */
function stepTo(name, cursor, options = {}) {
  const trace = fixture(name);
  const after = sceneOf(trace, cursor, options);
  const before = sceneOf(trace, after.from, options);
  const plan = planOf(before, after);
  return { trace, before, after, plan, at: (/** @type {number} */ time) => pictureAt(plan, time, before) };
}

/** @param {import("../../static/js/plan.js").Move[]} moves @param {string} kind @returns {[number, string | undefined][]} */
const timed = (moves, kind) => moves.filter((move) => move.kind === kind).map((move) => [move.at, move.text]);

test("a forward step: operands leave at 150, the value stands at 450, partials at 700, the tangent at 1250", () => {
  const { plan } = stepTo("survey-both", 4);
  assert.deepEqual(timed(plan.moves, "travel"), [[150, "2"], [150, "5"], [1000, "1"], [1000, "0"], [1130, "1 · 5"], [1130, "0 · 2"]]);
  assert.deepEqual(timed(plan.moves, "write"), [[450, "10"], [1250, "5"]]);
  assert.deepEqual(timed(plan.moves, "label"), [[700, "5"], [700, "2"]]);
  assert.equal(plan.duration, 1400);
});

test("a reverse step: the tape opens at 150, copies leave at 350, products stand at 650, the sum at 1200, its value at 1450", () => {
  const { plan } = stepTo("survey-reverse", 15);
  assert.deepEqual(timed(plan.moves, "tape"), [[150, undefined]]);
  assert.deepEqual(timed(plan.moves, "travel"), [[350, "1"], [900, "2"]]);
  assert.deepEqual(timed(plan.moves, "label"), [[150, "2"], [650, "1 × 2 = 2"]]);
  assert.deepEqual(timed(plan.moves, "gift"), [[650, "2"]]);
  assert.deepEqual(timed(plan.moves, "write"), [[1200, "−0.2837 + 2"], [1450, "1.716"]]);
  assert.deepEqual(timed(plan.moves, "row"), [[1200, "−0.2837 + 2"], [1450, "1.716"]]);
  assert.equal(plan.duration, 1600);
});

test("a first arrival becomes the number, without a sum", () => {
  const { plan, at } = stepTo("survey-reverse", 14);
  assert.deepEqual(timed(plan.moves, "write"), [[1200, "5"], [1450, "5"]]);
  assert.deepEqual([at(1199).texts.get("0 adjoint"), at(1200).texts.get("0 adjoint")], ["–", "5"]);
});

test("the trace and the formula follow the graph's moves", () => {
  const { at } = stepTo("survey-both", 4);
  assert.deepEqual([at(449).texts.get("3 primal"), at(450).texts.get("3 primal")], ["–", "10"]);
  assert.deepEqual([at(1249).texts.get("3 tangent"), at(1250).texts.get("3 tangent")], ["–", "5"]);
  assert.deepEqual([at(149).cells.size, [...at(150).cells.keys()], [...at(1000).cells.keys()].length], [0, ["0 primal", "1 primal"], 4]);
  assert.deepEqual([0, 450, 700, 1000].map((time) => at(time).lines), [["full", null, null], ["full", "full", null], ["full", "full", "draft"], ["full", "full", "full"]]);
});

test("what the tape remembers is what the partial reads", () => {
  const { after } = stepTo("survey-reverse", 15);
  assert.deepEqual([storedFor(after, 3, 0), storedFor(after, 3, 1), storedFor(after, 4, 0), storedFor(after, 5, 0)], [[1], [0], [1], []]);
});

test("with the grain of nodes a step plays all contributions of a node, and the link still counts each", () => {
  for (const name of FIXTURES) {
    const trace = fixture(name);
    const stops = [0];
    while (/** @type {number} */ (stops.at(-1)) < stepsOf(trace).length) stops.push(stopAfter(trace, /** @type {number} */ (stops.at(-1)), "node"));
    for (let place = 1; place < stops.length; place += 1) {
      assert.equal(stopBefore(trace, stops[place], "node"), stops[place - 1], name);
      const played = stepsOf(trace).slice(stops[place - 1], stops[place]);
      assert.ok(played.length === 1 || played.every((step) => step.kind === "contribution" && step.node === played[0].node));
    }
  }
});

test("both contributions of a node leave and arrive together, each with the whole adjoint", () => {
  const { plan, after } = stepTo("survey-reverse", 15, { grain: "node" });
  assert.equal(after.from, 13);
  assert.deepEqual(timed(plan.moves, "travel"), [[350, "1"], [350, "1"], [900, "5"], [900, "2"]]);
  assert.deepEqual(timed(plan.moves, "write"), [[1200, "5"], [1200, "−0.2837 + 2"], [1450, "5"], [1450, "1.716"]]);
  assert.equal(after.edges.filter((edge) => edge.active === "reverse").length, 2);
});

test("x times x gives twice to x in one step of a node, and the sum has all its summands", () => {
  const trace = fixture("fan-out");
  const square = stepsOf(trace).filter((step) => step.kind === "contribution" && step.node === 1);
  const scene = sceneOf(trace, square[1].index + 1, { grain: "node" });
  assert.match(scene.node(0)?.arrival.sum ?? "", /^13 \+ 2 \+ 2$/);
});

test("a step of any grain takes at most 1.7 s, its moves 400 ms", () => {
  for (const name of FIXTURES) {
    for (let cursor = 1; cursor <= stepsOf(fixture(name)).length; cursor += 1) {
      const { plan } = stepTo(name, cursor, { grain: "node" });
      assert.ok(plan.duration <= 1700 && plan.moves.every((move) => move.duration <= 400));
    }
  }
});

test("at the end of every plan the views show what the scene shows", () => {
  for (const name of FIXTURES) {
    for (const notation of /** @type {const} */ (["names", "dual", "griewank"])) {
      for (let cursor = 1; cursor <= stepsOf(fixture(name)).length; cursor += 1) {
        const { after, at } = stepTo(name, cursor, { notation });
        const { texts, lines } = at(2000);
        for (const [key, text] of texts) {
          const [id, slot] = key.split(" ");
          if (slot === "primal" || slot === "tangent" || slot === "adjoint") assert.equal(text, after.node(Number(id))?.[slot]);
        }
        assert.deepEqual(lines, ["full", "full", "full"], `${name} ${cursor}`);
      }
    }
  }
});

test("the second line has the step's own operands", () => {
  const second = (/** @type {number} */ cursor, /** @type {any} */ options) => formulaLines(stepTo("survey-both", cursor, options).after, {})[1];
  assert.match(second(4, {}), /2 \\cdot 5 = 10$/);
  assert.match(second(4, { notation: "griewank" }), /2 \\cdot 5 = 10$/);
  assert.match(second(15, {}), /= 1 \\cdot 2 = 2$/);
});
