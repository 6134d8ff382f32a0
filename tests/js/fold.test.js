import assert from "node:assert/strict";
import test from "node:test";

import { chosenOf, withChoice } from "../../static/js/fold/choice.js";
import { UNFOLDED, foldingOf } from "../../static/js/fold/folding.js";
import { momentOf } from "../../static/js/fold/moment.js";
import { foldsOf } from "../../static/js/fold/tree.js";
import { sceneOf } from "../../static/js/scene.js";
import { lineScene, linesOf, unitId } from "../../static/js/views/stage/lines.js";
import { fixture } from "./fixture.js";

/** @typedef {import("../../static/js/scene/trace.js").Trace} Trace */

const NEWTON = "y = a\nfor i in range(3):\n    y = (y + a / y) / 2";

/** @param {string[]} ops @returns {Trace} a chain: each operation reads the one before and the input */
function chain(ops) {
  const nodes = [{ id: 0, label: "x", op: "input", kind: "input", inputs: /** @type {number[]} */ ([]), shape: [], primal: 1 }];
  ops.forEach((op, at) => nodes.push({ id: at + 1, label: "", op, kind: "op", inputs: [at], shape: [], primal: 1 }));
  return /** @type {Trace} */ ({ nodes, outputs: [ops.length], names: {}, mode: "primal", groups: [] });
}

test("iterations of one statement are one loop, named by its line", () => {
  const folds = foldsOf(fixture("newton"), NEWTON);
  assert.deepEqual(folds.map(({ key }) => key), ["l2", "l2.1", "l2.2", "l2.3"]);
  assert.equal(folds[0].label, "for i … ×3");
  assert.equal(folds[3].label, "iteration 3 of 3");
  assert.deepEqual(folds.map(({ cards }) => cards), [9, 3, 3, 3]);
  assert.deepEqual([folds[0].first, folds[0].last], [folds[1].first, folds[3].last]);
});

test("a loop whose text is not known is still a loop", () => {
  assert.equal(foldsOf(fixture("newton"))[0].label, "loop ×3");
});

test("calls of one function on one line have keys of their own, also one within the other", () => {
  const trace = chain(["sin", "sin", "cos", "cos"]);
  const span = { line: 3, column: 0, end_line: 3, end_column: 1 };
  trace.groups = [
    { id: 0, kind: "call", label: "f", span, parent: null, first: 1, last: 2 },
    { id: 1, kind: "call", label: "f", span, parent: null, first: 3, last: 4 },
    { id: 2, kind: "call", label: "g", span, parent: 1, first: 4, last: 4 },
    { id: 3, kind: "call", label: "h", span, parent: null, first: 5, last: 4 },
  ];
  assert.deepEqual(foldsOf(trace).map(({ key, label }) => `${key} ${label}`), ["c3 f", "c3-2 f", "c3-2.c3 g"]);
});

test("operations that repeat without a loop are found where there is too much to see", () => {
  const rounds = Array.from({ length: 25 }, () => ["mul", "sin"]).flat();
  const [fold, ...others] = foldsOf(chain(["exp", ...rounds, "cos"]));
  assert.deepEqual(others, []);
  assert.deepEqual([fold.kind, fold.key, fold.label, fold.first, fold.last, fold.rounds], ["repeat", "r", "× sin, 25 times", 2, 51, 25]);
  assert.deepEqual(foldsOf(chain(["mul", "sin", "mul", "sin", "mul", "sin"])), []);
});

test("a row of operations that does not read the one before is no repeat", () => {
  const trace = chain(Array.from({ length: 60 }, () => "sin"));
  for (const node of trace.nodes) node.inputs = node.id === 0 ? [] : [0];
  assert.deepEqual(foldsOf(trace), []);
});

test("rows beside each other are no repeat, wherever they are cut", () => {
  const trace = chain(Array.from({ length: 30 }, () => ["sin", "exp"]).flat());
  for (const node of trace.nodes) if (node.op === "sin") node.inputs = [0];
  assert.deepEqual(foldsOf(trace), []);
});

test("a short tape is not folded, a long one is, and a reader's choice stands above both", () => {
  const wishes = { ...UNFOLDED, automatic: true, source: NEWTON };
  assert.deepEqual(foldingOf(fixture("newton"), wishes, null).shut, []);
  assert.deepEqual(foldingOf(fixture("newton"), { ...wishes, chosen: chosenOf("l2:shut") }, null).shut, [0]);
  const long = chain(Array.from({ length: 60 }, () => "sin"));
  assert.deepEqual(foldingOf(long, wishes, null).shut, [0]);
  assert.deepEqual(foldingOf(long, { ...wishes, chosen: chosenOf("r:open") }, null).shut, []);
  assert.deepEqual(foldingOf(long, { ...wishes, automatic: false }, null).shut, []);
});

test("what follows the step opens around it, unless it was folded by hand", () => {
  const long = chain(Array.from({ length: 60 }, () => "sin"));
  const wishes = { ...UNFOLDED, automatic: true, follows: true };
  assert.deepEqual(foldingOf(long, wishes, 30).shut, []);
  assert.deepEqual(foldingOf(long, wishes, 0).shut, [0]);
  assert.deepEqual(foldingOf(long, { ...wishes, chosen: chosenOf("r:shut") }, 30).shut, [0]);
});

test("an open fold within a shut one stays hidden", () => {
  const { shut, open, unit } = foldingOf(fixture("newton"), { ...UNFOLDED, source: NEWTON, chosen: chosenOf("l2:shut,l2.3:open") }, null);
  assert.deepEqual([shut, open], [[0], []]);
  assert.ok(unit.subarray(foldsOf(fixture("newton"))[0].first).every((place) => place === 0));
});

test("choices are written as links say them, the last one for a key", () => {
  assert.equal(withChoice(withChoice("l2:open", ["l2.3", "c4"], true), ["l2"], true), "l2:shut,l2.3:shut,c4:shut");
  assert.equal(chosenOf("__proto__:shut").get("__proto__"), true);
});

test("all edges from one producer into a folded group are one line; edges out of it keep their slots", () => {
  const trace = fixture("newton");
  const folding = foldingOf(trace, { ...UNFOLDED, source: NEWTON, chosen: chosenOf("l2.2:shut") }, null);
  const place = folding.shut[0];
  const { first, last } = folding.folds[place];
  const places = trace.nodes.flatMap((node) => node.inputs).map((_, at) => at);
  const lines = linesOf(trace, folding, places);
  const into = lines.filter(({ to }) => to === unitId(place));
  assert.deepEqual(into.map(({ slot }) => slot), [0, 1]);
  assert.equal(into.reduce((sum, line) => sum + line.places.length, 0), 3); // a once, the earlier y twice
  const out = lines.filter(({ from }) => from === unitId(place));
  assert.ok(out.every(({ key, to }) => key.startsWith(`${last}-${to}-`)));
  assert.ok(lines.every(({ from, to }) => !(from >= first && from <= last) && !(to >= first && to <= last)));
});

test("the line of many edges shows what the step sends along one of them", () => {
  const trace = fixture("newton");
  const folding = foldingOf(trace, { ...UNFOLDED, source: NEWTON, chosen: chosenOf("l2:shut") }, null);
  const line = linesOf(trace, folding, trace.nodes.flatMap((node) => node.inputs).map((_, at) => at)).find(({ places }) => places.length > 2);
  assert.ok(line);
  assert.equal(lineScene(sceneOf(trace, 0), line).active, null);
  const end = sceneOf(trace, 1e6);
  const shown = lineScene(sceneOf(trace, end.total), line);
  assert.equal(shown.count, line.places.length);
  assert.equal(shown.passed, true);
  const sends = Array.from({ length: end.total }, (_, at) => lineScene(sceneOf(trace, at + 1), line)).filter(({ active }) => active === "reverse");
  assert.ok(sends.length > 0 && sends.every(({ contribution, keys }) => contribution !== null && keys.length > 0));
});

test("a folded group counts its rounds while the step is in it, and its adjoints", () => {
  const trace = fixture("newton");
  const folds = foldsOf(trace, NEWTON);
  const at = (/** @type {number} */ cursor) => momentOf(sceneOf(trace, cursor), folds, 0);
  assert.deepEqual([at(0).counter, at(0).isCurrent, at(0).isDone, at(0).isOutput], ["9 operations", false, false, true]);
  assert.equal(at(3).counter, "iteration 1 of 3");
  assert.match(at(3).leaves, /= –$/);
  assert.equal(at(11).counter, "iteration 3 of 3");
  assert.match(at(11).leaves, /= 1\.414$/);
  assert.equal(at(11).adjoints, "0 of 9 adjoints");
  assert.match(at(1e6).adjoints, /^9 of 9 adjoints, up to /);
  assert.equal(momentOf(sceneOf(trace, 3), folds, 1).counter, "operation 1 of 3");
});
