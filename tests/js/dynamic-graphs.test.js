/** The page on dynamic graphs: what is drawn, marked and said of a run, from answers as the API gave them. */

import assert from "node:assert/strict";
import test from "node:test";

import { layoutOf } from "../../static/js/layout.js";
import { besideOther, decadesOf, everyOf, namesAtStart, rowsOf as stepRows } from "../../static/js/learn/tools/dynamic-graphs/adjoints.js";
import { otherOf, refusalOf } from "../../static/js/learn/tools/dynamic-graphs/answer.js";
import { routesOf } from "../../static/js/learn/tools/dynamic-graphs/backs.js";
import { drawingOf } from "../../static/js/learn/tools/dynamic-graphs/graph.js";
import { rowsOf } from "../../static/js/learn/tools/dynamic-graphs/listing.js";
import { READY, readyOf } from "../../static/js/learn/tools/dynamic-graphs/ready.js";
import { decisionsOf, differenceSentence, graphSentence, summaryOf, trendSentence } from "../../static/js/learn/tools/dynamic-graphs/words.js";
import { fixture } from "./fixture.js";

const SIGN = "if x > 0:\n    y = x * x\nelse:\n    y = -3 * x\ny";

/** @param {string} name @returns {any} */
const answer = (name) => fixture(`dynamics-${name}`);

/** @param {any} run @param {{rolled?: boolean, alone?: number[], direction?: "right" | "down"}} [options] */
const drawn = (run, { rolled = false, alone = [], direction = "right" } = {}) => drawingOf(run, { rolled, alone: new Set(alone), direction });

test("a decision is told with the values that it read", () => {
  assert.deepEqual(decisionsOf(answer("sign").run), ["Line 1: x > 0 is true (x is 2): line 2 was taken; line 4 was not taken and has no part in this graph."]);
  assert.deepEqual(decisionsOf(answer("sign").other), ["Line 1: x > 0 is false (x is −2): line 4 was taken; line 2 was not taken and has no part in this graph."]);
});

test("loops tell their rounds, functions how deep they went", () => {
  assert.match(decisionsOf(answer("cell").run)[0], /^Line 2: the loop over range\(T\) went round 3 times; there were no more items\./);
  const told = decisionsOf(answer("recursion").run);
  assert.equal(told[0], "Line 2: n < 1 was looked at 4 times: true once, false 3 times.");
  assert.match(told[1], /^f was called 4 times, up to 4 calls deep/);
});

test("what an and leaves out, and a loop within a loop, have sentences of their own", () => {
  const told = decisionsOf(answer("halves").run);
  assert.ok(told.includes("Line 1: what stands behind x > 0 and was not computed, since x > 0 is false."), told.join("\n"));
  assert.ok(told.some((sentence) => sentence.startsWith("Line 1: x > 0 and x < 9 is false") && sentence.includes("the side behind else was computed")));
  assert.ok(told.some((sentence) => sentence.startsWith("Line 3: while y < 5 was entered 2 times, 1 round in all.")));
});

test("lines say in words whether they ran, and where two runs differ", () => {
  const { run, other } = answer("sign");
  const rows = rowsOf(SIGN, run, other);
  assert.deepEqual(rows.map(({ cells }) => cells), [["once", "once"], ["once", "not taken"], ["not taken", "once"], ["not taken", "once"], ["once", "once"]]);
  assert.deepEqual(rows.map(({ differs }) => differs), [false, true, true, true, false]);
  assert.deepEqual(rows.map(({ idle }) => idle), [false, false, true, true, false]);
});

test("a side of an expression that was left out is a piece of its line", () => {
  const source = "y = x * x if x > 0 and x < 9 else -x\nfor i in range(2):\n    while y < 5:\n        y = y + 2\ny";
  const { pieces } = rowsOf(source, answer("halves").run, null)[0];
  assert.equal(pieces.map(({ text }) => text).join(""), source.split("\n")[0]);
  assert.deepEqual(pieces.filter(({ skipped }) => skipped).map(({ text }) => text), ["x * x"]);
});

test("unrolled, every node has a card, constants stand as chips, and every round has a box", () => {
  const { run } = answer("cell");
  const { cards, boxes, lines, backs, graph } = drawn(run);
  assert.equal(cards.length, run.trace.nodes.filter((/** @type {any} */ { kind }) => kind !== "constant").length);
  assert.deepEqual(boxes.map(({ label }) => label), ["round 1", "round 2", "round 3"]);
  assert.equal(lines.length, run.rolled.unrolled_edges);
  assert.equal(backs.length, 0);
  assert.equal(layoutOf(graph).nodeX.length, cards.length);
});

test("rolled up, one round stands for all, with an edge back", () => {
  const { run } = answer("cell");
  const { cards, boxes, backs, graph } = drawn(run, { rolled: true });
  assert.deepEqual(boxes.map(({ label }) => label), ["round × 3"]);
  assert.equal(backs.length, 1);
  assert.equal(backs[0].count, 2);
  const ids = new Set(cards.map(({ id }) => id));
  assert.ok(ids.has(backs[0].from) && ids.has(backs[0].to));
  assert.equal(layoutOf(graph).groupBox.length, 4);
});

test("what is handed on has the size of its adjoint on its card", () => {
  const { run } = answer("cell");
  const shown = drawn(run).cards.filter(({ adjoint }) => adjoint.startsWith("‖"));
  assert.equal(shown.length, 3);
  assert.match(shown[2].adjoint, /^‖h̄′′‖ = 1\.414$/u);
});

test("nodes that one run alone has are marked; in the rolled form only where all are that a card stands for", () => {
  const { run, alignment } = answer("cell");
  assert.equal(alignment.left.length, 4);
  assert.deepEqual(drawn(run, { alone: alignment.left }).cards.filter(({ alone }) => alone).map(({ id }) => id), alignment.left);
  assert.deepEqual(drawn(run, { alone: alignment.left, rolled: true }).cards.filter(({ alone }) => alone), []);
  const all = run.rolled.stands_for.flatMap((/** @type {number} */ one, /** @type {number} */ id) => (one === 8 ? [id] : []));
  assert.deepEqual(drawn(run, { alone: all, rolled: true }).cards.filter(({ alone }) => alone).map(({ id }) => id), [8]);
});

test("recursion rolls up to a box that says how many calls it stands for", () => {
  const { boxes, backs } = drawn(answer("recursion").run, { rolled: true });
  assert.deepEqual(boxes.map(({ label }) => label), ["f(…) × 3", "f(…) × 1"]);
  assert.equal(backs.length, 4);
  assert.deepEqual([...new Set(backs.map(({ way }) => way))], ["to another call"]);
});

for (const direction of /** @type {const} */ (["right", "down"])) {
  test(`dashed edges run beside all cards, one lane for each producer (${direction})`, () => {
    for (const name of ["cell", "recursion"]) {
      const drawing = drawn(answer(name).run, { rolled: true, direction });
      const layout = layoutOf(drawing.graph);
      const { routes, width, height } = routesOf(drawing, layout);
      assert.equal(routes.length, new Set(drawing.backs.map(({ from }) => from)).size);
      assert.equal(routes.reduce((sum, { paths }) => sum + paths.length, 0), drawing.backs.length);
      for (const { x, y, width: wide } of routes) {
        assert.ok(x - wide / 2 >= 0 && x + wide / 2 <= width && y + 11 <= height, `${name}: the words are outside`);
        drawing.cards.forEach((card, place) => {
          const [left, top] = [layout.nodeX[place], layout.nodeY[place]];
          const meets = x + wide / 2 > left && x - wide / 2 < left + card.width && y + 11 > top && y - 11 < top + card.height;
          assert.ok(!meets, `${name}: the words stand on ${card.title}`);
        });
      }
    }
  });
}

test("sizes of adjoints stand step by step, from what the first round begins with", () => {
  const [loop] = answer("cell").run.repeated;
  const rows = stepRows(loop);
  assert.deepEqual(rows.map(({ label }) => label), ["start", "1", "2", "3"]);
  assert.deepEqual(rows.map(({ sizes }) => sizes.length), [1, 1, 1, 1]);
  assert.equal(rows[3].sizes[0], loop.carried[0].sizes[2]);
});

test("of a very long way some steps are shown, the last one among them", () => {
  const [loop] = answer("cell").run.repeated;
  const long = { ...loop, steps: Array(1000).fill(loop.steps[0]), carried: [{ ...loop.carried[0], sizes: Array.from({ length: 1000 }, (_, at) => at) }] };
  const rows = stepRows(long);
  assert.equal(everyOf(1000), 4);
  assert.ok(rows.length <= 302);
  assert.deepEqual(rows.slice(0, 3).map(({ label }) => label), ["start", "4", "8"]);
  assert.equal(rows.at(-1)?.sizes[0], 999);
});

test("the axis has whole powers of ten around all sizes, and few of them on long ways", () => {
  /** @param {...any} sizes */
  const rows = (...sizes) => sizes.map((size, step) => ({ step, label: String(step), sizes: [size] }));
  assert.deepEqual(decadesOf(rows(0.02, 5)), { low: -2, high: 1, every: 1 });
  assert.deepEqual(decadesOf(rows(1, 1)), { low: 0, high: 1, every: 1 });
  assert.deepEqual(decadesOf(rows(0, null, "Infinity", "NaN")), { low: -1, high: 1, every: 1 });
  assert.equal(decadesOf(rows(1e-200, 1)).every, 29);
});

test("the other run's adjoints stand beside, told apart by their name", () => {
  const { run, other } = answer("cell");
  const both = besideOther(run.repeated[0], other.repeated);
  assert.deepEqual(both.carried.map(({ name }) => name), ["h", "h in the other run"]);
  assert.equal(stepRows(both)[3].sizes[1], null);
  assert.deepEqual(namesAtStart(stepRows(both), 1), [false]);
});

test("a trend is told in the direction of the reverse sweep", () => {
  const [loop] = answer("cell").run.repeated;
  assert.match(trendSentence(loop, loop.carried[0]), /goes from 1\.414 to 0\.\d+, by a factor of 0\.\d+ a round in the mean\. It shrinks\.$/);
  const [calls] = answer("recursion").run.repeated;
  const results = calls.carried.find((/** @type {any} */ { name }) => name === "results");
  assert.match(trendSentence(calls, results), /adjoint of the results goes from 1 to /);
  const tree = { ...results, trend: null, sizes: [1, 0.5, 0.25, null] };
  assert.equal(trendSentence(calls, tree), "The adjoint of the results has sizes from 0.25 to 1.");
  assert.equal(trendSentence(loop, { ...loop.carried[0], start_size: null, sizes: [null, null, null] }), "No adjoint reaches h.");
});

test("what is drawn and what two runs have in common is a sentence", () => {
  assert.equal(graphSentence(answer("sign"), false), "The graph of this run: 4 nodes and 4 edges. Nothing repeats in it.");
  assert.match(graphSentence(answer("cell"), true), /^Rolled up: 11 nodes stand for 19 nodes\. One dashed edge goes/);
  assert.equal(differenceSentence(answer("sign")), "Both runs have 3 nodes in common; this one alone has 1, the other alone 2. One program, two graphs.");
  assert.equal(differenceSentence(answer("recursion")), "");
  assert.equal(summaryOf(answer("cell")), "This run has 19 nodes, 3 rounds of the loop in line 2. On the way back the adjoint of h shrinks. The other run has another graph.");
});

test("another run that is refused is not drawn, and says why", () => {
  const refused = { ...answer("sign"), other: { problem: { detail: "No." } }, alignment: null };
  assert.equal(otherOf(refused), null);
  assert.equal(refusalOf(refused)?.detail, "No.");
  assert.equal(refusalOf(answer("sign")), null);
});

test("names of a program that look like code or like keys of objects stay texts", () => {
  const { run } = answer("sign");
  run.trace.nodes[0].label = "__proto__";
  assert.equal(drawn(run).cards[0].title.includes("proto"), true);
  run.branches[0].text = "<img onerror=1> > 0";
  assert.match(decisionsOf(run)[0], /<img onerror=1> > 0 is true/);
});

test("ready programs are told apart by their inputs where they share a text", () => {
  assert.equal(new Set(READY.map(({ id }) => id)).size, READY.length);
  const [many, vanishing] = ["many-steps", "vanishing"].map((id) => /** @type {import("../../static/js/learn/tools/dynamic-graphs/ready.js").Ready} */ (READY.find((one) => one.id === id)));
  assert.equal(many.source, vanishing.source);
  assert.equal(readyOf(vanishing.source, new Map(vanishing.inputs))?.id, "vanishing");
  assert.equal(readyOf(many.source, new Map([["T", 3]]))?.id, "many-steps");
  assert.equal(readyOf("y = x", new Map()), undefined);
});

test("an if that is false goes on to its elif", () => {
  const span = (/** @type {number} */ line, /** @type {number} */ end = line) => ({ line, column: 0, end_line: end, end_column: 9 });
  const branch = { node: null, rounds: null, ended: null, group: null, after: 0 };
  const run = {
    ...answer("sign").run,
    branches: [
      { ...branch, kind: "if", span: span(1), text: "a", truth: false, taken: span(3, 6), skipped: span(2) },
      { ...branch, kind: "elif", span: span(3), text: "b", truth: true, taken: span(4), skipped: span(6) },
    ],
  };
  assert.deepEqual(decisionsOf(run), [
    "Line 1: a is false: it went on to line 3; line 2 was not taken and has no part in this graph.",
    "Line 3: b is true: line 4 was taken; line 6 was not taken and has no part in this graph.",
  ]);
});
