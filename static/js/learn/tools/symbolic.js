/** Symbolic differentiation: the derivation line by line, its result with what it repeats, the swell, and what rules cannot take. */

import { Refusal } from "../../api.js";
import { h } from "../../dom.js";
import { createDerivation, sentenceOf } from "../symbolic/derivation.js";
import { READY, readyOf } from "../symbolic/ready.js";
import { createRefusals, insteadOf } from "../symbolic/refusal.js";
import { createResult } from "../symbolic/result.js";
import { roundsOf, withRounds } from "../symbolic/rounds.js";
import { createSwell } from "../symbolic/swell.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../lesson.js").Program} Program */
/** @typedef {import("../symbolic/answer.js").Symbolic} Symbolic */
/** @typedef {import("../symbolic/answer.js").Grown} Grown */
/** @typedef {import("../../scene/trace.js").Trace} Trace */

/** Rounds up to which the swell is drawn, whatever the program's own counter. */
const FAR = 24;

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  /** @type {Program} */
  let program = { source: "", inputs: new Map() };
  /** @type {{key: string, growth: Grown[]} | null} */
  let far = null;
  let shownSource = "";
  let step = Number(lesson.params.get("rule") ?? "0") || 0;
  let part = Number(lesson.params.get("part") ?? "1") - 1 || 0;
  const put = (/** @type {string} */ source) => lesson.setProgram(source, Object.fromEntries(program.inputs));
  const ready = h("select", { class: "field", onchange: () => pick(READY.find(({ id }) => id === ready.value)) }, h("option", { value: "" }, "your own program"), ...READY.map(({ id, title }) => h("option", { value: id }, title)));
  const [wrt, output] = ["by", "of"].map((name) => h("select", { class: "field", onchange: (/** @type {Event} */ event) => {
    lesson.setParam(name, /** @type {HTMLSelectElement} */ (event.target).value);
    lesson.again();
  } }));
  const outputs = h("label", {}, h("span", {}, "Output"), output);
  const refusals = createRefusals(pick);
  const derivation = createDerivation((at, sentence) => {
    step = at;
    lesson.setParam("rule", at === 0 ? null : String(at));
    lesson.say(sentence);
  });
  const result = createResult((place, sentence) => {
    part = place;
    lesson.setParam("part", place === 0 ? null : String(place + 1));
    lesson.say(sentence);
  });
  const swell = createSwell({ kind: lesson.params.get("against") ?? "", onRounds: (rounds) => put(withRounds(program.source, rounds)), onKind: (kind) => lesson.setParam("against", kind === "statements" ? kind : null) });
  root.classList.add("symbolic");
  root.append(h("div", { class: "derivation-bar" }, h("label", {}, h("span", {}, "Ready programs"), ready), h("label", {}, h("span", {}, "Differentiate by"), wrt), outputs), refusals.told, derivation.root, result.root, swell.root, refusals.root);

  /** @param {import("../symbolic/ready.js").Ready | undefined} one */
  function pick(one) {
    if (one !== undefined) lesson.setProgram(one.source, one.inputs);
  }

  /** @param {Program} next @param {AbortSignal} signal */
  async function show(next, signal) {
    const isNew = shownSource !== "" && next.source !== shownSource;
    program = next;
    ready.value = readyOf(next.source);
    const trace = await traced("primal", signal);
    const answer = await asked(trace, signal);
    const growth = await farther(answer, signal);
    if (signal.aborted) return;
    shownSource = next.source;
    if (isNew) [step, part] = [0, 0];
    refusals.tell(null, "");
    offer(wrt, Object.entries(answer.check.inputs).filter(([, value]) => typeof value === "number").map(([name]) => name), answer.wrt);
    derivation.render(answer, step);
    result.render(answer, part, lesson.digits);
    const summary = swell.render(growth, roundsOf(next.source), Math.max(FAR, roundsOf(next.source) ?? 0), answer.conventions);
    if (isNew) for (const name of ["rule", "part"]) lesson.setParam(name, null);
    lesson.say(step > 0 ? sentenceOf(answer.steps.lines, step) : summary);
  }

  /** @param {"primal" | "reverse"} mode @param {AbortSignal} signal @returns {Promise<Trace | null>} null of what automatic differentiation cannot take either; missing inputs are the page's to give */
  async function traced(mode, signal) {
    return lesson.ask("trace", { mode, include: [] }, signal).catch((reason) => {
      if (!(reason instanceof Refusal) || reason.problem.code === "input.missing") throw reason;
      return null;
    });
  }

  /** @param {Trace | null} trace @param {AbortSignal} signal @returns {Promise<Symbolic>} */
  async function asked(trace, signal) {
    const [by, of] = [lesson.params.get("by"), lesson.params.get("of")];
    const names = (trace?.output_names ?? []).filter((name) => new Map(Object.entries(trace?.names ?? {})).has(name));
    const chosen = names.length > 1 ? (of !== undefined && names.includes(of) ? of : names[names.length - 1]) : null;
    outputs.hidden = chosen === null;
    if (chosen !== null) offer(output, names, chosen);
    const wished = by !== undefined && program.inputs.has(by) ? { wrt: by } : {};
    return lesson.ask("symbolic", { ...wished, ...(chosen === null ? {} : { output: chosen }) }, signal).catch(async (reason) => {
      if (reason instanceof Refusal && reason.problem.code.startsWith("symbolic.")) await refused(reason.problem, trace, signal);
      throw reason;
    });
  }

  /** @param {import("../../api.js").Problem} problem @param {Trace | null} trace @param {AbortSignal} signal */
  async function refused(problem, trace, signal) {
    const instead = trace === null ? "" : insteadOf(await traced("reverse", signal));
    if (signal.aborted) return;
    refusals.tell(problem, instead);
    lesson.say(problem.detail);
  }

  /** The swell goes on beyond the program's own rounds. @param {Symbolic} answer @param {AbortSignal} signal @returns {Promise<Grown[]>} */
  async function farther(answer, signal) {
    const own = roundsOf(program.source);
    if (own === null) return answer.growth;
    const source = withRounds(program.source, Math.max(FAR, own));
    const key = JSON.stringify([source, [...program.inputs], answer.wrt]);
    if (far?.key === key) return far.growth;
    const longer = await lesson.ask("symbolic", { source, wrt: answer.wrt, ...(answer.output === null ? {} : { output: answer.output }) }, signal).catch((reason) => {
      if (!(reason instanceof Refusal)) throw reason;
      return answer;
    });
    far = { key, growth: longer.growth };
    return far.growth;
  }

  return { show };
}

/** @param {HTMLSelectElement} select @param {string[]} names @param {string} chosen */
const offer = (select, names, chosen) => select.replaceChildren(...names.map((name) => h("option", { value: name, selected: name === chosen }, name)));
