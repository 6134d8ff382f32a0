/** The question drawn: a field or choices, two tries with hints, then the guess and the truth side by side. */

import { h } from "../dom.js";
import { format, toNumber } from "../format.js";
import { formulaLines } from "../formula.js";
import { sceneOf } from "../scene.js";
import { typeset } from "../views/typeset.js";
import { parseAnswer } from "./answer.js";
import { markedIn } from "./asking.js";
import { graded, truthOf } from "./grade.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("./questions.js").Question} Question */
/** @typedef {{render: (state: State) => void}} PredictView */
/** @typedef {{cursor: number, guess: string, truth: string, right: boolean, gap: number | null, why: string}} Reveal what stands once the step is played */

const TRIES = 2;

/** @param {HTMLElement} root @param {Page} page @returns {PredictView} */
export function createPredictView(root, { store, player }) {
  /** @type {Question | null} */
  let question = null;
  /** @type {Reveal | null} */
  let reveal = null;
  let tries = 0;
  let confidence = "";
  const score = { asked: 0, right: 0, sure: 0, sureRight: 0 };
  const hint = h("p", { class: "predict-hint", role: "status" });

  document.getElementById("stage")?.addEventListener("click", tapped, true);

  /** @param {MouseEvent} event a tap on a node answers the question for a node, one on an edge that for an edge */
  function tapped(event) {
    const kind = question?.kind;
    const part = event.target instanceof Element && (kind === "node" || kind === "edge") ? event.target.closest(`[data-${kind}]`) : null;
    const key = part?.getAttribute(`data-${kind}`) ?? "";
    if (key === "" || key.includes(">") || root.hidden) return; // the line of many edges is none of them
    event.stopPropagation();
    check(key);
  }

  const marked = () => markedIn(store.get());

  /** @param {string} text */
  function check(text) {
    const { trace, digits } = store.get();
    if (question === null || trace === null) return;
    const verdict = graded(trace, question, text, { digits }, marked());
    if (verdict.result === "unread") return tell(verdict.hint);
    tries += 1;
    if (verdict.result === "right" || tries >= TRIES) return finish(text, verdict.result === "right", verdict.hint);
    tell(verdict.hint);
    root.querySelector("input")?.select();
  }

  /** @param {string} text */
  function tell(text) {
    hint.textContent = "";
    requestAnimationFrame(() => (hint.textContent = text));
  }

  /** Plays the step and shows both numbers. @param {string} text @param {boolean} right @param {string} why */
  function finish(text, right, why) {
    const { trace, digits, cursor } = store.get();
    if (question === null || trace === null) return;
    const truth = truthOf(trace, question, marked());
    count(right, text !== "");
    const guess = question.kind === "number" ? parseAnswer(text) : null;
    const own = marked().find((one) => one.step === cursor + 1);
    reveal = {
      cursor: cursor + 1,
      guess: question.kind === "number" ? text.trim() : labelOf(question, text),
      truth: question.kind === "number" ? format(truth, { digits }) : labelOf(question, String(truth)),
      right,
      gap: guess === null ? null : gapOf(guess, toNumber(truth)),
      why: own?.why ?? (right ? "" : why),
    };
    question = null;
    player.go(cursor + 1);
  }

  /** @param {boolean} right @param {boolean} tried skipping counts for nothing */
  function count(right, tried) {
    if (!tried) return;
    score.asked += 1;
    score.right += Number(right);
    if (confidence === "sure") {
      score.sure += 1;
      score.sureRight += Number(right);
    }
  }

  /** @param {Question} asked */
  function drawQuestion(asked) {
    const silent = store.get().predict === "class";
    const show = h("button", { type: "button", class: "button", onclick: () => finish("", false, "") }, silent ? "Reveal" : "Show me");
    const buttons = [show, ...(silent ? [] : [h("button", { type: "button", class: "button quiet", onclick: () => finish("", false, "") }, "Skip")])];
    const body = silent ? h("div", { class: "predict-row" }, ...buttons) : asked.kind === "number" ? fieldRow(asked, buttons) : choiceRow(asked, buttons);
    root.replaceChildren(h("p", { class: "predict-prompt" }, asked.prompt), body, ...rule(asked), hint);
    /** @type {HTMLElement | null} */ (silent ? show : root.querySelector("input, .predict-choice"))?.focus();
  }

  /** @param {Question} asked @param {HTMLElement[]} buttons */
  function fieldRow(asked, buttons) {
    const field = h("input", { type: "text", inputmode: "text", class: "field predict-field", autocomplete: "off", "aria-label": asked.prompt, spellcheck: "false" });
    const form = h("form", { class: "predict-row" }, ...(asked.cell === "" ? [] : [h("span", { class: "predict-cell" }, `${asked.cell} =`)]), field, h("button", { type: "submit", class: "button primary" }, "Check"), sureness(), ...buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      check(field.value);
    });
    return form;
  }

  /** @param {Question} asked @param {HTMLElement[]} buttons */
  function choiceRow(asked, buttons) {
    const choices = asked.choices.map(({ label, key }) => h("button", { type: "button", class: "button predict-choice", onclick: () => check(key) }, label));
    return h("div", { class: "predict-row" }, ...choices, ...buttons);
  }

  /** The rule of the step, without its numbers. @param {Question} asked */
  function rule(asked) {
    const { trace, digits, predict, notation } = store.get();
    if (trace === null || asked.kind !== "number" || asked.quantity === null || predict === "class") return [];
    const latex = formulaLines(sceneOf(trace, asked.index + 1, { digits, notation }), { digits })[0];
    return [h("p", { class: "predict-rule" }, typeset(latex))];
  }

  function sureness() {
    const choice = (/** @type {string} */ value) => {
      const radio = h("input", { type: "radio", name: "sureness", value, class: "visually-hidden" });
      radio.addEventListener("change", () => (confidence = value));
      return h("label", { class: "mode" }, radio, h("span", {}, value));
    };
    return h("fieldset", { class: "modes predict-sure" }, h("legend", { class: "visually-hidden" }, "How sure are you?"), choice("guess"), choice("sure"));
  }

  /** @param {Reveal} shown */
  function drawReveal(shown) {
    const sign = shown.right ? "✓ Right." : shown.guess === "" ? "So it is." : "Not quite.";
    const both = shown.guess === "" ? h("p", { class: "predict-pair" }, h("b", { class: "numeral" }, shown.truth)) : h("p", { class: "predict-pair" }, "You: ", h("span", { class: "numeral" }, shown.guess), "  ·  It is ", h("b", { class: "numeral" }, shown.truth));
    const bar = shown.gap === null || shown.right ? null : h("span", { class: "predict-gap", "aria-hidden": "true" }, h("span", { class: "predict-gap-part" }));
    bar?.style.setProperty("--gap", String(shown.gap));
    const next = h("button", { type: "button", class: "button primary", onclick: player.next }, "Next");
    root.replaceChildren(h("p", { class: `predict-verdict ${shown.right ? "right" : "wrong"}`, role: "status" }, sign, shown.why === "" ? "" : ` ${shown.why}`), both, ...(bar === null ? [] : [bar]), h("div", { class: "predict-row" }, next, h("span", { class: "muted" }, scoreText())));
    next.focus();
  }

  /** @returns {string} */
  function scoreText() {
    if (score.asked === 0) return "";
    const sure = score.sure > 0 ? `; of the ${score.sure} you were sure of, ${score.sureRight}` : "";
    return `${score.right} of ${score.asked} right${sure}.`;
  }

  return {
    render(state) {
      root.hidden = state.question === null && (reveal === null || state.cursor !== reveal.cursor); // first: what is hidden takes no focus
      if (state.question !== null && state.question !== question) {
        question = state.question;
        reveal = null;
        tries = 0;
        confidence = "";
        hint.textContent = "";
        drawQuestion(question);
      } else if (state.question === null) {
        question = null;
        if (reveal !== null && state.cursor !== reveal.cursor) reveal = null;
        if (reveal !== null && !root.classList.contains("is-reveal")) drawReveal(reveal);
      }
      root.classList.toggle("is-reveal", reveal !== null);
      document.getElementById("main")?.classList.toggle("is-asking", question !== null);
    },
  };
}

/** @param {Question} question @param {string} key @returns {string} */
const labelOf = (question, key) => question.choices.find((choice) => choice.key === key)?.label ?? key;

/** @param {number} guess @param {number} truth @returns {number} 0 for the same, towards 1 the further off */
function gapOf(guess, truth) {
  const scale = Math.max(Math.abs(guess), Math.abs(truth));
  return scale === 0 || !Number.isFinite(scale) ? 1 : Math.min(1, Math.abs(guess - truth) / scale);
}
