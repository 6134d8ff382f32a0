import assert from "node:assert/strict";
import { test } from "node:test";

import { format } from "../../static/js/format.js";
import { cellsFor, sceneOf, subStepsOf } from "../../static/js/scene.js";
import { textOf } from "../../static/js/scene/values.js";
import { stepsOf } from "../../static/js/steps.js";
import { fixture } from "./fixture.js";

const FIXTURES = ["survey-reverse", "survey-forward", "survey-both", "survey-primal", "course", "fan-out", "newton", "matrix"];

/** @param {import("../../static/js/scene.js").Scene} scene @param {string} label */
const named = (scene, label) => {
  const node = scene.nodes.find((one) => one.label === label);
  assert.ok(node, label);
  return node;
};

/** @param {import("../../static/js/scene.js").Scene} scene everything that is text */
const texts = ({ nodes, edges }) => JSON.stringify([nodes, edges]);

test("before the first step nothing but constants has a value", () => {
  for (const name of FIXTURES) {
    for (const node of sceneOf(fixture(name), 0).nodes) {
      assert.equal(node.primal === "–", node.kind !== "constant", `${name} ${node.label}`);
      assert.deepEqual([node.tangent, node.adjoint], ["–", "–"]);
    }
  }
});

test("the same cursor gives the same scene, wherever one comes from", () => {
  for (const name of FIXTURES) {
    const [walked, jumped] = [fixture(name), fixture(name)];
    const scenes = stepsOf(walked).map((_, k) => texts(sceneOf(walked, k)));
    for (let k = scenes.length - 1; k >= 0; k -= 1) assert.equal(texts(sceneOf(jumped, k)), scenes[k]);
  }
});

test("at the end every slot shows the answer's own number", () => {
  for (const name of FIXTURES) {
    const trace = fixture(name);
    const scene = sceneOf(trace, stepsOf(trace).length);
    trace.nodes.forEach((node, at) => {
      assert.equal(scene.nodes[at].primal, textOf(node.primal, node.shape));
      assert.equal(scene.nodes[at].adjoint, textOf(node.adjoint ?? null, node.shape), `${name} ${node.label}`);
      assert.equal(scene.nodes[at].tangent, textOf(node.tangent ?? null, node.shape));
    });
  }
});

test("a zero appears only after a zero was written", () => {
  const trace = fixture("survey-both");
  for (let k = 0; k <= stepsOf(trace).length; k += 1) {
    for (const node of sceneOf(trace, k).nodes) if (node.tangent === "0") assert.equal(node.tangentValue, 0);
  }
  assert.equal(named(sceneOf(trace, 1), "x2").tangent, "–");
  assert.equal(named(sceneOf(trace, 2), "x2").tangent, "0");
});

test("x2 of the survey's example passes minus 0.2837 on its way to 1.716", () => {
  const trace = fixture("survey-reverse");
  const adjoints = stepsOf(trace).map((_, k) => named(sceneOf(trace, k + 1), "x2").adjoint);
  assert.deepEqual([...new Set(adjoints)], ["–", "−0.2837", "1.716"]);
});

test("a sum is shown as a sum, a first arrival is not", () => {
  const trace = fixture("survey-reverse");
  const steps = stepsOf(trace);
  const arrivals = steps.filter((step) => step.to === 1).map((step) => named(sceneOf(trace, step.index + 1), "x2").arrival);
  assert.deepEqual(arrivals.map(({ sum, arrived, total, final }) => [sum, arrived, total, final]), [[null, 1, 2, false], ["−0.2837 + 2", 2, 2, true]]);
});

test("between the two sub-steps of a contribution the old adjoint still stands", () => {
  const trace = fixture("survey-reverse");
  const second = stepsOf(trace).filter((step) => step.to === 1)[1];
  const node = named(sceneOf(trace, second.index + 1, { sub: 1 }), "x2");
  assert.deepEqual([node.adjoint, node.arrival.sum, node.arrival.final], ["−0.2837", "−0.2837 + 2", false]);
});

test("between the two sub-steps of a forward step the primal stands and the tangent does not", () => {
  const trace = fixture("survey-both");
  const scene = sceneOf(trace, 3, { sub: 1 });
  assert.equal(subStepsOf(trace, scene.step), 2);
  assert.deepEqual([named(scene, "v1").primal, named(scene, "v1").tangent], ["0.6931", "–"]);
});

test("no node gives before all its contributions have arrived", () => {
  for (const name of ["survey-reverse", "fan-out", "newton", "matrix"]) {
    const trace = fixture(name);
    for (const step of stepsOf(trace)) {
      if (step.kind !== "contribution") continue;
      const { arrived, total } = /** @type {any} */ (sceneOf(trace, step.index).node(step.node)).arrival;
      assert.equal(arrived, total, `${name} step ${step.index}`);
    }
  }
});

test("both edges of x times x have their own contribution", () => {
  const trace = fixture("fan-out");
  const scene = sceneOf(trace, stepsOf(trace).length);
  const squares = scene.edges.filter((edge) => edge.from === 0 && edge.to === 1);
  assert.deepEqual(squares.map(({ slot, partial, passed }) => [slot, partial, passed]), [[0, "2", true], [1, "2", true]]);
  assert.notEqual(squares[0].key, squares[1].key);
});

test("the edge of the step says adjoint times partial, in the strings of the other views", () => {
  const trace = fixture("survey-reverse");
  const last = sceneOf(trace, 16);
  assert.deepEqual(last.edges.filter((edge) => edge.active).map(({ active, contribution }) => [active, contribution]), [["reverse", "1 × 0.5 = 0.5"]]);
  const minus = sceneOf(trace, stepsOf(trace).findIndex((step) => step.to === 4) + 1).edges.find((edge) => edge.active);
  assert.equal(minus?.contribution, "1 × (−1) = −1");
});

test("exactly one node is the current one, after every step", () => {
  for (const name of FIXTURES) {
    const trace = fixture(name);
    for (let k = 1; k <= stepsOf(trace).length; k += 1) assert.equal(sceneOf(trace, k).nodes.filter((node) => node.state === "current").length, 1);
  }
});

test("fewer digits are fewer digits everywhere", () => {
  const trace = fixture("survey-reverse");
  assert.equal(named(sceneOf(trace, 7, { digits: 3 }), "v5").primal, format(11.652071455223084, { digits: 3 }));
});

test("unnamed operations are called by their v-number", () => {
  const trace = fixture("survey-reverse");
  trace.nodes[3].label = "mul";
  assert.deepEqual([sceneOf(trace, 0).nodes[3].name, sceneOf(trace, 0).nodes[3].adjointName], ["v₂", "v\u0304₂"]);
});

test("cells are tinted by sign, and zero alone is neutral", () => {
  const trace = fixture("matrix");
  const cells = cellsFor(named(sceneOf(trace, 1), "A"), "primal");
  assert.deepEqual([cells?.rows, cells?.columns, cells?.display], [2, 3, "numbers"]);
  assert.deepEqual(cells?.values.map(Math.sign), cells?.levels.map(Math.sign));
  assert.equal(cellsFor(named(sceneOf(trace, 1), "A"), "adjoint"), null);
});

test("a cursor out of range is the nearest one in range", () => {
  const trace = fixture("course");
  assert.equal(sceneOf(trace, 1e9).cursor, stepsOf(trace).length);
  assert.equal(sceneOf(trace, -3).cursor, 0);
  assert.equal(sceneOf(trace, NaN).cursor, 0);
});
