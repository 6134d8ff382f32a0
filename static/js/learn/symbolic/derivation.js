/** The derivation, played: the line before with what is rewritten, the line after with what became of it, and the rule between them. */

import { h, icon } from "../../dom.js";
import { typeset } from "../../views/typeset.js";
import { aside, numbers } from "../chart.js";
import { piecesOf } from "./marks.js";

/** @typedef {import("./answer.js").Line} Line */
/** @typedef {import("./answer.js").Symbolic} Symbolic */

const PACE = 1600;
/** Pixels around what is brought into sight. */
const ROOM = 16;
/** Characters of a line that is typeset: more of them nobody reads, and it would take seconds. */
const WIDEST = 1200;
/** Characters of what is read aloud beside the rule. */
const LONG = 200;

/** @param {(at: number, sentence: string) => void} onStep */
export function createDerivation(onStep) {
  let at = 0;
  let timer = 0;
  /** @type {Line[]} */
  let lines = [];
  const button = (/** @type {string} */ sign, /** @type {string} */ words, /** @type {() => void} */ onclick) => h("button", { type: "button", class: "button quiet", "aria-label": words, title: words, onclick }, icon(sign));
  const play = h("button", { type: "button", class: "button primary derivation-play", onclick: toggle }, "Play");
  const slider = h("input", { type: "range", class: "derivation-slider", min: "0", step: "1", value: "0", "aria-label": "Rules applied", oninput: () => go(Number(slider.value)) });
  const count = h("output", { class: "numeral" });
  const rule = h("p", { class: "derivation-rule" });
  const before = scrolled("The line before", "derivation-line derivation-before");
  const after = scrolled("The line now", "derivation-line");
  const formula = scrolled("The line now, typeset", "symbolic-formula");
  const note = h("p", { class: "learn-note" });
  const all = h("div", {});
  const root = h(
    "section", { class: "symbolic-part", "aria-label": "One rule at a time", onkeydown: keyed },
    h("h3", {}, "One rule at a time"),
    h("div", { class: "derivation-bar" }, button("first", "First line", () => go(0)), button("back", "Back one rule", () => go(at - 1)), play, button("next", "Next rule", () => go(at + 1)), button("last", "Last line", () => go(lines.length - 1)), slider, count),
    rule, before, after, formula, note, all,
  );

  /** @param {KeyboardEvent} event */
  function keyed(event) {
    if (event.target === slider || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (next === undefined || scrolls(event.target)) return;
    event.preventDefault();
    go(next);
  }

  /** @param {number} next */
  function go(next) {
    stop();
    move(next);
  }

  /** @param {number} next */
  function move(next) {
    at = Math.max(0, Math.min(next, lines.length - 1));
    draw();
    onStep(at, sentenceOf(lines, at));
  }

  function toggle() {
    if (timer !== 0) return stop();
    const start = at >= lines.length - 1 ? 0 : at + 1;
    move(start);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return undefined;
    play.textContent = "Pause";
    timer = window.setInterval(() => (at >= lines.length - 1 ? stop() : move(at + 1)), PACE);
    return undefined;
  }

  function stop() {
    window.clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  }

  function draw() {
    const line = lines[at];
    const isEmpty = line === undefined;
    for (const part of [rule, after, formula, all]) part.hidden = isEmpty;
    before.hidden = isEmpty || at === 0;
    slider.max = String(Math.max(lines.length - 1, 0));
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", isEmpty ? "no line" : `${at} of ${lines.length - 1}: ${line.rule}`);
    count.textContent = `${at} of ${Math.max(lines.length - 1, 0)}`;
    if (isEmpty) return;
    rule.replaceChildren(h("strong", {}, nameOf(line.rule)), ` ${line.sentence}`);
    if (at > 0) before.replaceChildren(...marked(lines[at - 1].text, line.rewrites, "is-taken"));
    after.replaceChildren(...marked(line.text, line.span, "is-made"));
    formula.hidden = line.text.length > WIDEST;
    formula.replaceChildren(formula.hidden ? "" : typeset(line.marked));
    reveal(before, "mark");
    reveal(after, "mark");
    reveal(formula, ".munder");
    const rows = lines.slice(0, at + 1).map((one, place) => [String(place), nameOf(one.rule), one.text, String(one.terms)]);
    all.replaceChildren(aside("All lines so far", numbers("The derivation so far", ["line", "rule", "expression", "terms"], rows, (row) => (row === at ? "is-current" : ""))));
  }

  /** @param {Symbolic} answer @param {number} start */
  function render({ steps, expression }, start) {
    stop();
    lines = steps.lines;
    at = Math.max(0, Math.min(start, lines.length - 1));
    note.textContent = lines.length === 0 ? `With ${expression.truncated?.terms ?? expression.terms} terms this formula is too long to be taken apart line by line.` : steps.complete ? "" : `Here the lines grow too long to be written: ${lines.length - 1} rules were applied, and it goes on.`;
    note.hidden = note.textContent === "";
    draw();
  }

  return { root, render };
}

/** What is marked is brought into sight within its own box. @param {HTMLElement} box @param {string} selector */
function reveal(box, selector) {
  [box.scrollTop, box.scrollLeft] = [0, 0];
  const part = box.querySelector(selector)?.getBoundingClientRect();
  if (part === undefined) return;
  const { left, top, width, height } = box.getBoundingClientRect();
  if (part.bottom > top + height) box.scrollTop = part.top - top - ROOM;
  if (part.right > left + width) box.scrollLeft = part.left - left - ROOM;
}

/** @param {EventTarget | null} target whether arrow keys move what it shows */
const scrolls = (target) => target instanceof HTMLElement && target.scrollWidth > target.clientWidth + 1 && target.tabIndex === 0 && target.getAttribute("role") === "region";

/** @param {string} label @param {string} name of its class */
const scrolled = (label, name) => h("div", { class: name, tabindex: "0", role: "region", "aria-label": label });

/** @param {string} text @param {import("./answer.js").Place | null} place @param {string} name of the mark's class */
const marked = (text, place, name) => piecesOf(text, place === null ? [] : [place]).map((piece) => (piece.place === null ? piece.text : h("mark", { class: name }, piece.text)));

/** @param {string} rule as the API calls it */
export const nameOf = (rule) => ({ start: "To be taken.", tidy: "Tidied." })[rule] ?? `${rule[0].toUpperCase()}${rule.slice(1)}.`;

/** @param {readonly Line[]} lines @param {number} at */
export function sentenceOf(lines, at) {
  const line = lines[at];
  if (line === undefined) return "";
  const [taken, made] = [partOf(lines[at - 1]?.text ?? "", line.rewrites), partOf(line.text, line.span)];
  const told = taken === "" || taken.length + made.length > LONG ? "" : ` ${taken} becomes ${made}.`;
  return `Line ${at} of ${lines.length - 1}. ${line.sentence}${told}`;
}

/** @param {string} text @param {import("./answer.js").Place | null} place */
const partOf = (text, place) => (place === null ? "" : [...text].slice(...place).join(""));
