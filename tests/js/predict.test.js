import assert from "node:assert/strict";
import test from "node:test";

import { isRight, parseAnswer } from "../../static/js/predict/answer.js";
import { graded, truthOf } from "../../static/js/predict/grade.js";
import { misconceptionsOf } from "../../static/js/predict/misconceptions.js";
import { questionAt } from "../../static/js/predict/questions.js";
import { sceneOf } from "../../static/js/scene.js";
import { stepsOf } from "../../static/js/steps.js";
import { fixture } from "./fixture.js";

const DIGITS = { digits: /** @type {const} */ (4) };

test("answers are read as people write them", () => {
  const read = new Map([["11/2", 5.5], ["sqrt(2)", Math.SQRT2], ["−0,2837", -0.2837], [" 1.5 ", 1.5], ["2^3", 8], ["1.2 × 10⁻⁵", 1.2e-5], ["-(1+2)*3", -9], ["1e-3", 0.001], ["∞", Infinity], ["2*pi", 2 * Math.PI], [".5", 0.5]]);
  for (const [text, value] of read) assert.ok(Math.abs(/** @type {number} */ (parseAnswer(text)) - value) < 1e-12 || parseAnswer(text) === value, text);
  for (const text of ["", "two", "1 2", "(1", "1/", "x", "<img>", "alert(1)", "1..2"]) assert.equal(parseAnswer(text), null, text);
});

test("one per cent, or the last digit shown, is near enough", () => {
  assert.ok(isRight(1.72, 1.7163378, DIGITS));
  assert.ok(isRight(1.717, 1.7163378, DIGITS));
  assert.ok(!isRight(2, 1.7163378, DIGITS));
  assert.ok(!isRight(-1.716, 1.7163378, DIGITS));
  assert.ok(isRight(0, 0, DIGITS) && !isRight(0.5, 0, DIGITS));
  assert.ok(isRight(NaN, "NaN", DIGITS) && !isRight(1, "NaN", DIGITS));
});

const survey = () => fixture("survey-reverse");
/** @param {number} cursor */
const asked = (cursor, density = "all") => questionAt(survey(), cursor, /** @type {any} */ (density));
/** @param {number} cursor @param {string} text */
const answer = (cursor, text) => {
  const trace = survey();
  const question = questionAt(trace, cursor, "sums") ?? questionAt(trace, cursor, "all");
  assert.ok(question);
  return graded(trace, question, text, DIGITS, []);
};

test("a question names its cell and holds no answer", () => {
  const question = asked(3);
  assert.deepEqual(question && [question.kind, question.prompt, question.cell, question.quantity], ["number", "Your turn. What is v₂ after this step?", "v₂", "primal"]);
  assert.doesNotMatch(JSON.stringify(question), /10/);
});

test("inputs ask nothing, sums are asked on their own, and off asks nothing", () => {
  assert.equal(asked(0), null);
  assert.equal(asked(3, "off"), null);
  const sums = stepsOf(survey()).flatMap((_, cursor) => (asked(cursor, "sums") === null ? [] : [cursor]));
  assert.deepEqual(sums, [14, 15]);
  assert.equal(asked(2, "fading"), null);
  assert.notEqual(asked(3, "fading"), null);
});

test("where the sweep goes on to another node, the node is asked for", () => {
  const question = asked(13);
  assert.equal(question?.kind, "node");
  assert.equal(truthOf(survey(), /** @type {any} */ (question), []), 3);
  const wrong = graded(survey(), /** @type {any} */ (question), "1", DIGITS, []);
  assert.equal(wrong.mistake, "M11");
  assert.match(wrong.hint, /x₂ has 1 of 2 paths/);
});

test("M1: the last contribution alone gets its own hint", () => {
  const found = answer(14, "2");
  assert.deepEqual([found.result, found.mistake], ["wrong", "M1"]);
  assert.match(found.hint, /used twice/);
});

test("M5: a dropped sign gets its own hint", () => {
  assert.equal(answer(14, "-2.2837").mistake, "M5");
});

test("M3: a product of values gets its own hint", () => {
  const trace = survey();
  const question = /** @type {any} */ (questionAt(trace, 2, "all"));
  const found = graded(trace, question, String(2 * Math.log(2)), DIGITS, []);
  assert.equal(found.mistake, "M3");
  assert.match(found.hint, /not multiplied/);
});

test("M7: the output's value is no seed", () => {
  const trace = survey();
  const question = /** @type {any} */ (questionAt(trace, 7, "all"));
  assert.equal(graded(trace, question, "11.65", DIGITS, []).mistake, "M7");
  assert.equal(graded(trace, question, "1", DIGITS, []).result, "right");
});

test("M4: one term of the product rule gets its own hint", () => {
  const trace = fixture("survey-both");
  trace.nodes[1].tangent = 3; // both terms of the product count
  const step = stepsOf(trace)[3];
  const scene = sceneOf(trace, 4);
  const m4 = misconceptionsOf(scene, step, "tangent").filter(({ id }) => id === "M4").map(({ value }) => value);
  assert.deepEqual(m4, [5, 6, 3]);
});

test("M6 and M8: split adjoints, lonely slopes and lonely adjoints are known", () => {
  const trace = fixture("course");
  const steps = stepsOf(trace);
  const step = steps.find(({ kind, node }) => kind === "contribution" && trace.nodes[node].op === "mul");
  const ids = misconceptionsOf(sceneOf(trace, /** @type {any} */ (step).index + 1), /** @type {any} */ (step), "adjoint").map(({ id }) => id);
  assert.ok(ids.includes("M6") && ids.includes("M8"));
});

test("what is no number costs no try", () => {
  assert.equal(answer(14, "dunno").result, "unread");
});

test("questions written by hand stand before their step and know their answer", () => {
  /** @type {import("../../static/js/predict/questions.js").Marked[]} */
  const marked = [{ step: 4, ask: "Which is larger?", choices: ["x1", "x2"], answer: "x2", why: "5 > 2" }, { step: 5, ask: "How much?", answer: "-0.9589" }];
  const first = questionAt(survey(), 3, "marked", marked);
  assert.deepEqual(first && [first.kind, first.prompt], ["choice", "Which is larger?"]);
  assert.equal(graded(survey(), /** @type {any} */ (first), "1", DIGITS, marked).result, "right");
  assert.equal(questionAt(survey(), 5, "marked", marked), null);
  const second = /** @type {any} */ (questionAt(survey(), 4, "marked", marked));
  assert.equal(graded(survey(), second, "-0.959", DIGITS, marked).result, "right");
});

test("a wrong choice in a question by hand is met by the hint that was written for it", () => {
  /** @type {import("../../static/js/predict/questions.js").Marked[]} */
  const marked = [{ step: 4, ask: "Which derivatives?", choices: ["that by x1", "both"], answer: "that by x1", hint: "One sweep, one direction.", mistake: "M10" }];
  const asked = /** @type {any} */ (questionAt(survey(), 3, "marked", marked));
  assert.deepEqual(graded(survey(), asked, "1", DIGITS, marked), { result: "wrong", hint: "One sweep, one direction.", mistake: "M10" });
  assert.equal(graded(survey(), asked, "0", DIGITS, marked).result, "right");
});

test("where the reverse sweep begins, the edge of the adjoint is asked for", () => {
  const trace = fixture("survey-reverse");
  const seed = stepsOf(trace).findIndex(({ kind }) => kind === "seed");
  const asked = /** @type {any} */ (questionAt(trace, seed + 1, "all"));
  assert.equal(asked.kind, "edge");
  const [output] = trace.outputs;
  const into = asked.choices.filter((/** @type {{key: string}} */ { key }) => key.split("-")[1] === String(output));
  assert.ok(into.length > 0 && into.length < asked.choices.length);
  for (const { key } of asked.choices) assert.equal(graded(trace, asked, key, DIGITS, []).result, into.some((/** @type {{key: string}} */ one) => one.key === key) ? "right" : "wrong");
});

test("M10: before the last step of a forward sweep over two inputs, what it gives is asked", () => {
  const trace = fixture("survey-forward");
  const last = stepsOf(trace).length - 1;
  const question = /** @type {any} */ (questionAt(trace, last, "all"));
  assert.equal(question.kind, "reach");
  const label = (/** @type {string} */ text) => question.choices.find((/** @type {any} */ one) => one.label === text).key;
  const every = graded(trace, question, label("both at once"), DIGITS, []);
  assert.deepEqual([every.result, every.mistake], ["wrong", "M10"]);
  const inputs = trace.nodes.filter(({ kind }) => kind === "input");
  inputs.forEach((node, place) => (node.tangent = place));
  assert.equal(truthOf(trace, question, []), `by ${inputs[1].id}`);
  inputs.forEach((node) => (node.tangent = 1));
  assert.equal(truthOf(trace, question, []), "along");
  assert.equal(questionAt(trace, last, "sums"), null);
  assert.notEqual(questionAt(survey(), 6, "all")?.kind, "reach");
});
