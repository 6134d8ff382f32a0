/** Blanks and answers, rules and verdicts of an exercise. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { answersOf, bySpot, columnOf, keyOf, labelOf } from "../../static/js/exercise/blanks.js";
import { attemptsLeft, rulesOf, shutText } from "../../static/js/exercise/policy.js";
import { traceOf } from "../../static/js/exercise/sheet.js";
import { sentenceOf, worstOf } from "../../static/js/exercise/verdicts.js";
import { sceneOf } from "../../static/js/scene.js";

const blank = (id, node, quantity, more = {}) => ({ id, node, quantity, slot: null, index: null, weight: 1, latex: "", ...more });
const node = (id, name, shape = [], inputs = []) => ({ id, name, label: name, v: null, op: "mul", kind: inputs.length > 0 ? "op" : "input", inputs, shape });
const sheet = (asked, nodes) => ({ asked, nodes, groups: [], outputs: [nodes.at(-1).id], mode: "reverse", policy: {}, seeds: [] });
const POLICY = { attempts: null, feedback: "full", carry: "best", opens: null, closes: null, late: null };
const rules = (policy, used = 0) => rulesOf({ policy: { ...POLICY, ...policy }, points: 8, tolerance: "exact", decimal_comma: false }, used).join(" ");
const face = (name, expression) => ({ name, expression });

test("an answer has what was written, under the spelling that is asked", () => {
  const asked = [blank(2, "c", "primal"), blank(2, "c", "adjoint"), blank(0, "a", "gradient")];
  const made = answersOf(sheet(asked, [node(0, "a"), node(2, "c", [], [0, 0])]), new Map([[keyOf(asked[0]), "1/3"], [keyOf(asked[2]), "2"]]));
  assert.deepEqual(made, { c: { primal: "1/3" }, a: { gradient: "2" } });
});

test("partials are listed by slot, with nothing for those that are not written", () => {
  const asked = [0, 1].map((slot) => blank(2, "c", "partial", { slot }));
  const made = answersOf(sheet(asked, [node(0, "a"), node(2, "c", [], [0, 0])]), new Map([[keyOf(asked[1]), "5"]]));
  assert.deepEqual(made, { c: { partials: [null, "5"] } });
});

test("a tensor is answered in its shape, blank cells as null", () => {
  const asked = [[0, 0], [0, 1], [1, 0], [1, 1]].map((index) => blank(0, "A", "adjoint", { index }));
  const made = answersOf(sheet(asked, [node(0, "A", [2, 2])]), new Map([[keyOf(asked[1]), "5"], [keyOf(asked[2]), " "]]));
  assert.deepEqual(made, { A: { adjoint: [[null, "5"], [null, null]] } });
});

test("names of the language itself are names like others", () => {
  const asked = [blank(2, "__proto__", "primal"), blank(3, "constructor", "primal")];
  const nodes = [node(2, "__proto__", [], [0]), node(3, "constructor", [], [2])];
  const made = answersOf(sheet(asked, nodes), new Map(asked.map((one) => [keyOf(one), "1"])));
  assert.equal(JSON.stringify(made), '{"__proto__":{"primal":"1"},"constructor":{"primal":"1"}}');
});

test("a gradient stands with the adjoints, an output with the primals", () => {
  assert.deepEqual(["gradient", "output", "partial", "toString"].map(columnOf), ["adjoint", "primal", "partial", "toString"]);
  assert.equal(keyOf(blank(0, "a", "gradient")), keyOf(blank(0, "a", "adjoint")));
});

test("cells of one tensor are one spot", () => {
  const asked = [blank(0, "x", "adjoint", { index: [0] }), blank(0, "x", "adjoint", { index: [1] }), blank(1, "y", "primal")];
  assert.deepEqual([...bySpot(asked).values()].map((cells) => cells.length), [2, 1]);
});

test("a label says the quantity, the node and the place", () => {
  const faceAt = (id) => (id === 2 ? face("c", "a · a") : face("a", ""));
  assert.equal(labelOf(blank(2, "c", "primal"), faceAt, [0, 0]), "primal of c = a · a");
  assert.equal(labelOf(blank(0, "a", "adjoint", { index: [1, 0] }), faceAt, []), "adjoint of a, row 2, column 1");
  assert.equal(labelOf(blank(2, "c", "partial", { slot: 1 }), faceAt, [0, 0]), "partial of c = a · a by a, operand 2");
});

test("the graph has the values that are given, and a step for every adjoint", () => {
  const trace = traceOf(sheet([], [{ ...node(0, "a"), value: 2.5 }, node(2, "c", [], [0, 0])]));
  const end = sceneOf(trace, Infinity);
  assert.equal(end.node(0).primal, "2.5");
  assert.equal(trace.steps.length, 2);
});

test("attempts are counted down, and the last one shuts the exercise", () => {
  assert.match(rules({ attempts: 3 }, 1), /2 of 3 attempts left/);
  assert.match(rules({ attempts: 1 }, 1), /You have used your attempt\./);
  assert.equal(attemptsLeft({ ...POLICY, attempts: null }, 99), Infinity);
  assert.equal(shutText({ ...POLICY, attempts: 2 }, 1), "");
  assert.equal(shutText({ ...POLICY, attempts: 2 }, 2), "You have no attempts left.");
});

test("an exercise is shut before it opens and after it closes, but not where late work counts", () => {
  assert.match(shutText({ ...POLICY, opens: "2999-01-01T00:00:00Z" }, 0), /opens/);
  assert.match(shutText({ ...POLICY, closes: "2001-01-01T00:00:00Z" }, 0), /was open until/);
  assert.equal(shutText({ ...POLICY, closes: "2001-01-01T00:00:00Z", late: 0.5 }, 0), "");
  assert.equal(shutText({ ...POLICY, closes: "the end of term" }, 0), "");
});

test("a date that is none stays as it was written", () => {
  assert.match(rules({ closes: "the end of term" }), /the end of term/);
});

test("the sentence has the points, and the summary where there is one", () => {
  assert.equal(sentenceOf({ score: 7.333333, max_score: 8, summary: "7 of 8 right." }), "7.33 of 8 points. 7 of 8 right.");
  assert.match(sentenceOf({ score: 1, max_score: 1 }), /^1 of 1 point\. .*not told here\.$/);
});

test("a node has the worst of its verdicts", () => {
  assert.equal(worstOf(["correct", "incorrect", "missing"]), "incorrect");
  assert.equal(worstOf(["correct", "follow_through"]), "follow_through");
  assert.equal(worstOf([]), null);
});
