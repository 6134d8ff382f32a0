/** Dynamic graphs: the graph of this run, what decided it, another run beside it, and adjoints from step to step. */

import { Refusal } from "../../api.js";
import { h, setText } from "../../dom.js";
import { choice } from "../../share/controls.js";
import { createAdjoints } from "./dynamic-graphs/adjoints.js";
import { otherOf, refusalOf } from "./dynamic-graphs/answer.js";
import { createGraphs } from "./dynamic-graphs/graphs.js";
import { drawListing } from "./dynamic-graphs/listing.js";
import { READY, readyOf } from "./dynamic-graphs/ready.js";
import { createSecond, drawResults } from "./dynamic-graphs/second.js";
import { createSliders } from "./dynamic-graphs/sliders.js";
import { decisionsOf, differenceSentence, graphSentence, lineSentence, summaryOf } from "./dynamic-graphs/words.js";

/** @typedef {import("./dynamic-graphs/answer.js").Answer} Answer */
/** @typedef {import("./dynamic-graphs/answer.js").Run} Run */
/** @typedef {import("../lesson.js").Program} Program */

/** @typedef {import("../lesson.js").Lesson} Lesson */

/** Longer tapes are drawn rolled up unless somebody asks otherwise. */
const LONG = 60;

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const look = { digits: lesson.digits };
  const ready = h("select", { class: "field", id: "dynamic-ready", onchange: choose }, h("option", { value: "" }, "your own program"), ...READY.map(({ id, title }) => h("option", { value: id }, title)));
  const form = choice("Loops", /** @type {const} */ ([["unrolled", "unrolled"], ["rolled", "rolled up"]]), "unrolled", () => {
    lesson.setParam("loops", form.value());
    draw();
  });
  const sliders = createSliders(lesson.setInput);
  const others = h("div", { class: "dynamic-second" });
  const second = createSecond(others, () => {
    if (second.isOn() && second.isSame()) second.put(new Map(readyOf(program.source, program.inputs)?.other ?? []), true);
    void again();
  });
  const listing = h("div", { class: "dynamic-scroll", tabindex: "0", role: "region", "aria-label": "The program as it ran, scrolls" });
  const decisions = h("ul", { class: "dynamic-decisions" });
  const graphs = createGraphs(look);
  const told = h("p", { class: "dynamic-told" });
  const results = h("div", { class: "dynamic-scroll", tabindex: "0", role: "region", "aria-label": "Results of both runs, scrolls" });
  const steps = h("section", { class: "dynamic-part", "aria-label": "Adjoints from step to step" });
  const adjoints = createAdjoints(steps, look);
  root.classList.add("dynamic");
  root.append(
    h("div", { class: "dynamic-bar" }, h("label", { for: "dynamic-ready" }, "Ready programs"), ready, form.root, sliders.root),
    others,
    h("div", { class: "dynamic-top" },
      h("section", { class: "dynamic-part", "aria-label": "The program as it ran" }, h("h3", {}, "The program as it ran"), listing),
      h("section", { class: "dynamic-part", "aria-label": "What was decided" }, h("h3", {}, "What was decided"), decisions)),
    h("section", { class: "dynamic-part", "aria-label": "The graph of this run" }, told, graphs.root, results),
    steps,
  );
  /** @type {Program} */
  let program = { source: "", inputs: new Map() };
  /** @type {Answer | null} */
  let answer = null;
  let turn = new AbortController();
  /** The page asks for a program, the reader for another input: the last one asked counts. */
  let asked = 0;
  /** @type {number | null} the line whose nodes are lit */
  let lit = null;
  const wished = lesson.params.get("loops");
  let isWished = wished === "rolled" || wished === "unrolled";
  if (wished === "rolled") form.set("rolled");
  form.root.addEventListener("change", () => {
    isWished = true;
  });
  let linked = lesson.params.get("other") ?? null;

  /** @param {Program} next @param {AbortSignal} [signal] */
  async function show(next, signal) {
    if (linked !== null) second.take(linked, next.inputs);
    const mine = (asked += 1);
    const other = second.isOn() ? Object.fromEntries(second.values(next.inputs)) : null;
    const found = /** @type {Answer} */ (await lesson.ask("dynamics", { other, seed: 1, values: "summary" }, signal));
    if (signal?.aborted || mine !== asked) return;
    linked = null;
    if (next.source !== program.source) lit = null;
    [program, answer] = [next, found];
    ready.value = readyOf(program.source, program.inputs)?.id ?? "";
    sliders.render(program.inputs);
    second.render(program.inputs);
    lesson.setParam("other", second.text(program.inputs));
    if (!isWished) form.set(answer.run.rolled.unrolled_nodes > LONG && answer.run.repeated.length > 0 ? "rolled" : "unrolled");
    draw();
    lesson.say(summaryOf(answer));
  }

  async function again() {
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    await show(program, signal).catch((reason) => {
      if (signal.aborted) return;
      if (!(reason instanceof Refusal)) throw reason;
      setText(told, reason.problem.detail);
    });
  }

  function draw() {
    if (answer === null) return;
    const other = otherOf(answer);
    const rolled = form.value() === "rolled";
    form.root.hidden = answer.run.repeated.length === 0 && (other?.repeated.length ?? 0) === 0;
    drawLines();
    decisions.replaceChildren(...decisionsOfBoth(answer.run, other, look).map((sentence) => h("li", {}, sentence)));
    const said = [graphSentence(answer, rolled), differenceSentence(answer), refusalOf(answer)?.detail ?? "", answer.run.no_gradients ?? ""].filter((part) => part !== "").join(" ");
    setText(told, said);
    graphs.render(answer, rolled);
    results.hidden = other === null;
    results.replaceChildren(...(other === null ? [] : [drawResults(answer.run, other, look)]));
    adjoints.render(answer.run.repeated, other?.repeated ?? []);
  }

  function drawLines() {
    if (answer !== null) listing.replaceChildren(drawListing(program.source, answer.run, otherOf(answer), { lit, onPress: press, onHover: (line) => graphs.light(line ?? lit) }));
  }

  /** @param {number} line */
  function press(line) {
    lit = lit === line ? null : line;
    graphs.light(lit);
    drawLines();
    /** @type {HTMLElement | null} */ (listing.querySelector(`[data-line="${line}"] button`))?.focus();
    if (lit !== null && answer !== null) lesson.say(lineSentence(answer, lit));
  }

  function choose() {
    const one = READY.find(({ id }) => id === ready.value);
    if (one === undefined) return;
    second.put(new Map(one.other ?? []), second.isOn());
    isWished = false;
    lesson.setParam("loops", null);
    lesson.setProgram(one.source, Object.fromEntries(one.inputs));
  }

  return { show };
}

/** @param {Run} run @param {Run | null} other @param {import("../../format.js").FormatOptions} look @returns {string[]} of the other run, what is not the same */
function decisionsOfBoth(run, other, look) {
  const own = decisionsOf(run, look);
  const theirs = other === null ? [] : decisionsOf(other, look).filter((sentence) => !own.includes(sentence));
  if (own.length + theirs.length === 0) return ["Nothing was decided: every run of this program has this graph."];
  return [...own, ...theirs.map((sentence) => `Other run: ${sentence}`)];
}
