import assert from "node:assert/strict";
import test from "node:test";

import { stepAsked } from "../../static/js/embed/messages.js";
import { sceneOf } from "../../static/js/scene.js";
import { captionOf, shortened, wrapped } from "../../static/js/share/caption.js";
import { addressOf, embedLink, escapedAttribute, fileName, iframeCode, titleOf } from "../../static/js/share/code.js";
import { ROOT, lookOf, paintOf, saidBy } from "../../static/js/share/presentation.js";
import { stopsOf } from "../../static/js/share/stops.js";
import { answersOf, blanksOf, rowsOf } from "../../static/js/worksheet/rows.js";
import { stillOf } from "../../static/js/worksheet/still.js";
import { fixture } from "./fixture.js";

const survey = sceneOf(fixture("survey-reverse"), 12);

test("36 the code of a frame has a title, loads late, and keeps markup as text", () => {
  const code = iframeCode({ title: `<img src=x onerror="alert(1)"> & 'more'\nlines`, address: "https://wengert.example/embed?v=1&e=a<b", height: 480 });
  assert.match(code, /^<iframe title="&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt; &amp; &#39;more&#39; lines" src="https:\/\/wengert\.example\/embed\?v=1&amp;e=a&lt;b"/);
  assert.match(code, / loading="lazy" allow="clipboard-write"/);
  assert.equal(code.match(/[<>]/g)?.length, 4);
});

test("36 nothing of an attribute's text ends the attribute", () => {
  assert.equal(escapedAttribute(`"'<>&`), "&quot;&#39;&lt;&gt;&amp;");
});

test("36 an embedded link has the frame's ways of looking, and not the page's", () => {
  const link = embedLink({ ex: "square", side: "plot", step: 3 }, { ui: "min", panels: ["graph"], lock: true, reveal: false, height: 400 });
  assert.deepEqual(link, { ex: "square", step: 3, ui: "min", panels: ["graph"], lock: true });
  assert.equal(addressOf("https://wengert.example/lab/", "embed", link), "https://wengert.example/lab/embed?v=1&ex=square&step=3&ui=min&lock=1&panels=graph");
});

test("a picture is called after the example, or after the program", () => {
  const example = { title: "Square", source: "y = x*x" };
  assert.equal(titleOf({ example, source: "y = x*x" }), "Square");
  assert.equal(titleOf({ example, source: "# note\ny = x\n\nz = y" }), "y = x; z = y");
  assert.equal(titleOf({ example: null, source: " " }), "Wengert");
});

test("the name of a file has letters and digits only", () => {
  assert.equal(fileName("../../<img> Ünïcode; y = x", "svg"), "img-u-ni-code-y-x.svg");
  assert.equal(fileName("日本", "png"), "wengert.png");
});

test("36 a frame hears the page around it only, from a site that it knows", () => {
  const around = {};
  const known = { around, sites: ["https://school.example"] };
  const asked = { origin: "https://school.example", source: around, data: { type: "ad:step", step: 4 } };
  assert.equal(stepAsked(asked, known), 4);
  assert.equal(stepAsked({ ...asked, origin: "https://evil.example" }, known), null);
  assert.equal(stepAsked({ ...asked, source: {} }, known), null);
  for (const data of [null, "ad:step", { type: "ad:step" }, { type: "ad:step", step: -1 }, { type: "ad:step", step: "4" }, { type: "other", step: 4 }]) assert.equal(stepAsked({ ...asked, data }, known), null);
});

test("a drawing says only what differs from what is around it", () => {
  const computed = new Map(Object.entries({ ...ROOT, fill: "rgb(27, 31, 36)", stroke: "rgba(0, 0, 0, 0.5)", "stroke-width": "1.6px", "stroke-dasharray": "3px, 4px", opacity: "1", display: "inline" }));
  const look = lookOf((name) => computed.get(name) ?? "");
  assert.deepEqual(saidBy(look, ROOT), [["fill", "#1b1f24"], ["stroke", "#000000"], ["stroke-width", "1.6"], ["stroke-opacity", "0.5"], ["stroke-dasharray", "3 4"]]);
  assert.deepEqual(saidBy(look, look), []);
});

test("a colour without opacity is none", () => {
  assert.deepEqual(paintOf("rgba(0, 0, 0, 0)"), { colour: "none", opacity: 1 });
  assert.deepEqual(paintOf("none"), { colour: "none", opacity: 1 });
});

test("lines of a caption fit, and the last one tells that there was more", () => {
  const measure = (/** @type {string} */ text) => text.length;
  assert.deepEqual(wrapped("one two three four", 9, measure, 3), ["one two", "three", "four"]);
  const short = wrapped("one two three four five six", 9, measure, 2);
  assert.equal(short.length, 2);
  assert.ok(short[1].endsWith("…") && short[1].length <= 9);
  assert.equal(shortened("abc", 3, measure), "abc");
});

test("the caption of a step has its formula and its sentence", () => {
  const { step, formula, sentence } = captionOf(survey);
  assert.equal(step, `Step 12 of ${survey.total} · Reverse`);
  assert.match(formula, /\+= .* = /);
  assert.match(sentence, /^Reverse step/);
});

test("a handout has a row for each step, and leaves out what was chosen", () => {
  const rows = rowsOf(survey);
  assert.equal(rows.length, survey.total);
  const open = rows.filter(({ isGiven }) => !isGiven).map(({ step }) => step);
  assert.deepEqual([...blanksOf(rows, "all")], open);
  assert.deepEqual([...blanksOf(rows, "second")], open.filter((_, at) => at % 2 === 1));
  const sums = rows.filter(({ isSum }) => isSum);
  assert.deepEqual([...blanksOf(rows, "sums")], sums.map(({ step }) => step));
  assert.ok(sums.length >= 2 && sums.every(({ rule }) => rule.includes("+=")));
});

test("the key has the gradient, and the picture of a handout none of it", () => {
  const answers = answersOf(survey).map(({ value }) => value);
  assert.deepEqual(answers, ["5.5", "1.716"]);
  const still = stillOf(survey);
  assert.ok(still.nodes.every((node) => node.adjointValue === null && node.arrival.sum === null));
  const reached = [...still.edges, ...still.edges.map((_, place) => still.edge(place)), ...still.nodes.flatMap(({ id }) => [...still.edgesInto(id), ...still.edgesOutOf(id)])];
  assert.equal(reached.length, 4 * still.edges.length);
  assert.ok(reached.every((edge) => edge.contribution === null && edge.active === null && !edge.passed));
});

test("a film stops after every step, after halves of steps, or after all that a node gives", () => {
  const trace = fixture("survey-both");
  const steps = stopsOf(trace, 7, 11, "edge");
  assert.deepEqual(steps, [7, 8, 9, 10, 11].map((cursor) => ({ cursor })));
  assert.deepEqual(stopsOf(trace, 8, 10, "half").map(({ cursor, sub }) => [cursor, sub ?? 0]), [[8, 0], [9, 1], [9, 0], [10, 1], [10, 0]]);
  const gifts = stopsOf(trace, 7, 16, "node").map(({ cursor }) => cursor);
  assert.deepEqual(gifts, [7, 8, 10, 12, 13, 15, 16]);
  assert.deepEqual(stopsOf(trace, 3, 3, "edge"), [{ cursor: 3 }]);
});
