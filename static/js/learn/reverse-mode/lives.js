/** The memory lens: a bar for every value that the reverse sweep reads, from the step that computes it to the last that needs it. */

import { h } from "../../dom.js";
import { shape } from "../../plot/frame.js";
import { math } from "../../views/math.js";
import { bytesText, lifeSentence, readersOf } from "./words.js";

/** @typedef {import("./words.js").Memory} Memory */
/** @typedef {import("./words.js").Life} Life */
/** @typedef {{memory: Memory, nodes: import("../../scene/trace.js").TraceNode[], names: import("../names.js").Called[]}} Sight */

const MOST = 60;
const MOST_READERS = 2;

/** @param {(sentence: string) => void} say */
export function createLives(say) {
  const place = h("div", { class: "learn-scroll lives-scroll", tabindex: "0", role: "region", "aria-label": "Values that are kept, scrolls" });
  const note = h("p", { class: "learn-note" });
  const root = h("div", {}, place, note);
  /** @type {HTMLButtonElement[]} */
  let buttons = [];
  place.addEventListener("keydown", onKey);

  /** @param {Sight} sight */
  function render(sight) {
    const { memory } = sight;
    const kept = (memory.values ?? []).filter(({ reads }) => reads.length > 0);
    const shown = kept.slice(0, MOST);
    buttons = shown.map((life, at) => nameButton(life, sight, at === 0));
    place.replaceChildren(shown.length > 0 ? table(shown, sight) : "");
    place.hidden = shown.length === 0;
    note.textContent = noteOf(kept, shown, memory);
  }

  /** @param {Life[]} shown @param {Sight} sight */
  function table(shown, sight) {
    const head = h("tr", {}, h("th", { scope: "col" }, "value"), h("th", { scope: "col", class: "life-head" }, scale(sight.memory)), h("th", { scope: "col" }, "bytes"), h("th", { scope: "col", class: "life-why" }, "for the slopes of"));
    const rows = shown.map((life, at) => rowOf(life, sight, buttons[at]));
    return h("table", { class: "lives" }, h("caption", { class: "visually-hidden" }, "Values kept for the reverse sweep: how long, how large, and for which step back."), h("thead", {}, head), h("tbody", {}, ...rows));
  }

  /** @param {Life} life @param {Sight} sight @param {HTMLButtonElement} button */
  function rowOf(life, sight, button) {
    const row = h("tr", { "data-node": life.node }, h("th", { scope: "row" }, button), h("td", { class: "life-cell" }, bar(life, sight.memory)), h("td", { class: "numeral" }, String(life.bytes)), h("td", { class: "life-why" }, ...why(life, sight)));
    row.addEventListener("pointerenter", () => say(lifeSentence(life, sight.nodes, sight.names)));
    return row;
  }

  /** @param {Life} life @param {Sight} sight @param {boolean} isFirst */
  function nameButton(life, { nodes, names }, isFirst) {
    const tell = () => say(lifeSentence(life, nodes, names));
    return h("button", { type: "button", class: "button quiet small", tabindex: isFirst ? 0 : -1, onfocus: tell, onclick: tell }, math(names[life.node].shown));
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = new Map([["ArrowDown", at + 1], ["ArrowUp", at - 1], ["Home", 0], ["End", buttons.length - 1]]).get(event.key);
    if (at < 0 || next === undefined || buttons[next] === undefined) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    buttons[next].tabIndex = 0;
    buttons[next].focus();
  }

  return { root, render };
}

/** @param {Life} life @param {Sight} sight @returns {Node[]} v₄ by w, v₂; … */
function why(life, { nodes, names }) {
  const readers = readersOf(life, nodes);
  const shown = readers.slice(0, MOST_READERS).flatMap(({ node, by }, at) => [document.createTextNode(at === 0 ? "" : "; "), math(names[node].shown), document.createTextNode(" by "), ...by.flatMap((id, place) => [document.createTextNode(place === 0 ? "" : ", "), math(names[id].shown)])]);
  return readers.length > MOST_READERS ? [...shown, document.createTextNode(`; ${readers.length - MOST_READERS} more`)] : shown;
}

/** @param {Memory} memory @returns {number} */
const stepsOf = ({ steps }) => Math.max(1, steps.forward + steps.reverse);

/** @param {number} step @param {Memory} memory @returns {string} */
const along = (step, memory) => `${((100 * step) / stepsOf(memory)).toFixed(2)}%`;

/** @param {Life} life @param {Memory} memory @returns {SVGElement} born ├────●──● last read */
function bar(life, memory) {
  const svg = shape("svg", { class: "life", width: "100%", height: 20, "aria-hidden": "true" });
  const until = life.reverse_until ?? life.forward_until;
  svg.append(shape("rect", { class: "life-turn", x: along(memory.steps.forward, memory), y: 0, width: 1, height: 20 }));
  svg.append(shape("rect", { class: "life-bar", x: along(life.born, memory), y: 6, width: along(until - life.born, memory), height: 8, rx: 2 }));
  svg.append(shape("rect", { class: "life-born", x: along(life.born, memory), y: 3, width: 3, height: 14 }));
  for (const { step } of life.reads) svg.append(shape("circle", { class: "life-read", cx: along(step, memory), cy: 10, r: 4 }));
  return svg;
}

/** @param {Memory} memory the two halves of the bars */
function scale({ steps }) {
  const forward = h("span", { class: "life-forward" }, "forward →");
  const back = h("span", { class: "life-back" }, "back →");
  forward.style.flexGrow = String(steps.forward);
  back.style.flexGrow = String(steps.reverse);
  return h("span", { class: "life-scale" }, forward, back);
}

/** @param {Life[]} kept @param {Life[]} shown @param {Memory} memory */
function noteOf(kept, shown, memory) {
  if (memory.values === null) return "The program is too long for a list of its values; their peaks and the snapshots below are complete.";
  const others = memory.values.length - kept.length;
  const first = shown.length < kept.length ? `The first ${shown.length} of ${kept.length} values that are kept. ` : "";
  const bytes = kept.reduce((sum, life) => sum + life.bytes, 0);
  const all = kept.length === 0 ? "No value is kept." : `${bytesText(bytes)} are kept in all.`;
  const rest = others === 0 ? "Every value is read on the way back." : `${others === 1 ? "One value is not kept, since no slope reads it" : `${others} values are not kept, since no slope reads them`}.`;
  return `${first}${all} ${rest}`;
}
