import assert from "node:assert/strict";
import { test } from "node:test";

import { sceneOf } from "../../static/js/scene.js";
import { stepsOf } from "../../static/js/steps.js";
import { linesOf, placesOf } from "../../static/js/views/table/lines.js";
import { touchedBetween } from "../../static/js/views/table/touched.js";
import { WHOLE, around, reaches, stretchesOf } from "../../static/js/views/table/window.js";
import { fixture } from "./fixture.js";

/** @param {number} nodes of three lines each */
const linesFor = (nodes) => Array.from({ length: 3 * nodes }, (_, at) => ({ node: Math.floor(at / 3), forward: null, reverse: null, span: at % 3 === 0 ? 3 : 0 }));

/** @param {import("../../static/js/scene.js").Scene} scene */
const shownAt = (scene) => ({ scene, digits: 4, picture: null, marks: new Map() });

test("a short trace is drawn whole, wherever it is looked at", () => {
  const lines = linesFor(WHOLE / 3);
  assert.deepEqual(around(lines, { from: 30, to: 40 }), { from: 0, to: WHOLE });
});

test("of a long trace a bounded number of lines is drawn, and never half a node", () => {
  const lines = linesFor(30_000);
  for (const from of [0, 1, 44_445, 89_998]) {
    const drawn = around(lines, { from, to: Math.min(from + 25, lines.length) });
    assert.ok(drawn.to - drawn.from < 64);
    assert.equal(lines[drawn.from].span, 3);
    assert.ok(drawn.to === lines.length || lines[drawn.to].span === 3);
    assert.ok(drawn.from <= from && reaches(lines, drawn, { from, to: Math.min(from + 25, lines.length) }));
  }
});

test("rows are exchanged before the last of them is in sight", () => {
  const lines = linesFor(1000);
  const drawn = around(lines, { from: 300, to: 325 });
  assert.ok(reaches(lines, drawn, { from: 305, to: 330 }));
  assert.ok(!reaches(lines, drawn, { from: drawn.to - 25, to: drawn.to }));
  assert.ok(!reaches(lines, drawn, { from: drawn.from + 1, to: drawn.from + 26 }));
});

test("lines that are asked for are drawn far from what is in sight, with their nodes, and once", () => {
  const lines = linesFor(1000);
  assert.deepEqual(stretchesOf(lines, { from: 300, to: 330 }, [1, 2, 310, 2999, -1]), [{ from: 0, to: 3 }, { from: 300, to: 330 }, { from: 2997, to: 3000 }]);
  assert.deepEqual(stretchesOf(lines, { from: 300, to: 330 }, [331]), [{ from: 300, to: 333 }]);
});

test("every step has a line, and every node its first one", () => {
  const trace = fixture("survey-both");
  const lines = linesOf(sceneOf(trace, 0));
  const { ofStep, ofNode } = placesOf(lines, stepsOf(trace).length);
  for (const step of stepsOf(trace)) assert.equal(lines[ofStep[step.index]].node, step.node);
  for (const [node, place] of ofNode) assert.ok(lines[place].node === node && lines[place].span > 0);
});

test("whatever differs between two cursors belongs to a node that is touched", () => {
  for (const name of ["survey-reverse", "survey-both", "fan-out", "newton"]) {
    const trace = fixture(name);
    const total = stepsOf(trace).length;
    for (let from = 0; from <= total; from += 1) {
      for (const to of [from + 1, from - 1, from + 3, from - 5].filter((cursor) => cursor >= 0 && cursor <= total)) {
        const [before, after] = [sceneOf(trace, from), sceneOf(trace, to)];
        const touched = touchedBetween(shownAt(before), shownAt(after));
        const texts = (/** @type {import("../../static/js/scene.js").SceneNode} */ node) => [node.primal, node.tangent, node.adjoint, node.arrival.sum, node.state === "todo"].join("|");
        for (const node of after.nodes) if (texts(node) !== texts(/** @type {any} */ (before.node(node.id)))) assert.ok(touched?.has(node.id), `${name}: ${from} to ${to}, node ${node.id}`);
      }
    }
  }
});

test("one step touches a handful of nodes, another trace or another way of writing all", () => {
  const trace = fixture("newton");
  const [before, after] = [sceneOf(trace, 10), sceneOf(trace, 11)];
  assert.ok((touchedBetween(shownAt(before), shownAt(after))?.size ?? Infinity) <= 4);
  assert.equal(touchedBetween(shownAt(before), shownAt(sceneOf(fixture("newton"), 11))), null);
  assert.equal(touchedBetween(shownAt(before), shownAt(sceneOf(trace, 11, { notation: "griewank" }))), null);
  assert.equal(touchedBetween(null, shownAt(after)), null);
});
