/** A sweep from snapshots, played action by action: segments upwards, actions to the right. */

import { h, icon, setAttribute } from "../../dom.js";
import { shape } from "../../plot/frame.js";
import { createChart, legend } from "../chart.js";
import { actionSentence } from "./words.js";

/** @typedef {import("./words.js").Memory} Memory */
/** @typedef {import("./words.js").Action} Action */

/** @type {[string, string][]} */
const LINES = [
  ["schedule-advance", "run, keeping the last state"],
  ["schedule-reverse", "run with the tape, swept back"],
  ["schedule-stored schedule-dot", "a snapshot, stored and dropped"],
];
const PACE = 900;
const ROW = 16;
const TALLEST = 340;
const EDGE = { left: 46, right: 14, top: 12, bottom: 30 };

/** @param {(sentence: string) => void} say */
export function createSchedule(say) {
  const chart = createChart("schedule");
  const told = h("p", { class: "schedule-told" });
  const range = h("input", { type: "range", class: "cut-slider", min: 0, max: 0, step: 1, "aria-label": "Action" });
  const button = (/** @type {string} */ sign, /** @type {string} */ words, /** @type {() => void} */ onclick) => h("button", { type: "button", class: `button quiet play-${sign}`, "aria-label": words, title: words, onclick }, icon(sign));
  const play = h("button", { type: "button", class: "button primary play-toggle", "aria-label": "Play", title: "Play (Space)", onclick: () => toggle() }, icon("play"));
  const transport = h("div", { class: "transport" }, button("first", "First action", () => go(0)), button("back", "Previous action", () => go(at - 1)), play, button("next", "Next action", () => go(at + 1)), button("last", "Last action", () => go(actions.length - 1)));
  const picture = h("div", { class: "schedule-picture", tabindex: "0", role: "group", "aria-label": "The schedule. Arrow keys step, the space bar plays." }, chart.root);
  const root = h("div", { class: "schedule" }, picture, legend(LINES), h("div", { class: "schedule-row" }, transport, range), told);
  /** @type {Action[]} */
  let actions = [];
  let at = 0;
  let timer = 0;
  /** @type {SVGElement | null} */
  let cursor = null;

  range.addEventListener("input", () => go(Number(range.value)));
  picture.addEventListener("keydown", (event) => {
    const move = new Map([["ArrowRight", at + 1], ["ArrowLeft", at - 1], ["Home", 0], ["End", actions.length - 1]]).get(event.key);
    if (move === undefined && event.key !== " ") return;
    event.preventDefault();
    if (move === undefined) toggle();
    else go(move);
  });
  document.addEventListener("visibilitychange", () => document.hidden && stop());

  /** @param {Memory} memory */
  function render({ checkpoints, segments }) {
    stop();
    actions = checkpoints?.actions ?? [];
    root.hidden = actions.length === 0;
    if (actions.length === 0) return;
    range.max = String(actions.length - 1);
    at = 0;
    chart.draw((width) => drawn(segments.length, width));
    move();
  }

  /** @param {number} next by hand: what plays stops */
  function go(next) {
    stop();
    at = Math.max(0, Math.min(actions.length - 1, next));
    move();
    say(actionSentence(actions[at]));
  }

  function move() {
    range.value = String(at);
    const sentence = actionSentence(actions[at]);
    range.setAttribute("aria-valuetext", `${at + 1} of ${actions.length}: ${sentence}`);
    told.textContent = `${at + 1} of ${actions.length}. ${sentence}`;
    for (const mark of chart.root.querySelectorAll("[data-from]")) mark.classList.toggle("is-ahead", Number(/** @type {SVGElement} */ (mark).dataset.from) > at);
    if (cursor !== null) cursor.style.transform = `translateX(${(at + 1) * Number(cursor.dataset.unit)}px)`;
  }

  function toggle() {
    if (timer !== 0) return stop();
    if (at === actions.length - 1) at = -1;
    const step = () => {
      at += 1;
      move();
      if (at === actions.length - 1) {
        stop();
        say(actionSentence(actions[at]));
      }
    };
    timer = setInterval(step, PACE);
    sign("pause", "Pause");
    step();
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    sign("play", "Play");
  }

  /** @param {string} name @param {string} words */
  function sign(name, words) {
    if (play.getAttribute("aria-label") === words && play.firstChild !== null) return;
    play.replaceChildren(icon(name));
    setAttribute(play, "aria-label", words);
    setAttribute(play, "title", `${words} (Space)`);
  }

  /** @param {number} count @param {number} width @returns {SVGSVGElement} */
  function drawn(count, width) {
    const height = Math.min(TALLEST, count * ROW + EDGE.top + EDGE.bottom);
    const unit = (width - EDGE.left - EDGE.right) / actions.length;
    const row = (height - EDGE.top - EDGE.bottom) / count;
    const x = (/** @type {number} */ place) => EDGE.left + place * unit;
    const y = (/** @type {number} */ segment) => height - EDGE.bottom - segment * row;
    const svg = /** @type {SVGSVGElement} */ (shape("svg", { class: "plot learn-plot", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" }));
    const every = Math.max(1, Math.ceil(count / 10));
    for (let segment = 0; segment <= count; segment += 1) {
      svg.append(shape("path", { class: "plot-grid", d: `M${EDGE.left} ${y(segment)}H${width - EDGE.right}` }));
      if (segment < count && segment % every === 0) svg.append(shape("text", { x: EDGE.left - 7, y: y(segment + 0.5) + 4, "text-anchor": "end" }, String(segment + 1)));
    }
    svg.append(shape("text", { class: "plot-name", x: width / 2, y: height - 8, "text-anchor": "middle" }, "actions →"), shape("text", { class: "plot-name", x: 14, y: (height - EDGE.bottom) / 2, "text-anchor": "middle", transform: `rotate(-90 14 ${(height - EDGE.bottom) / 2})` }, "segments"));
    svg.append(...snapshots(actions, x, y), ...actions.flatMap((action, place) => markOf(action, place, actions[place - 1], x, y)));
    cursor = shape("path", { class: "schedule-cursor", d: `M${EDGE.left} ${EDGE.top - 6}V${height - EDGE.bottom}`, "data-unit": unit });
    svg.append(cursor);
    queueMicrotask(move);
    return svg;
  }

  return { root, render };
}

/** @typedef {(place: number) => number} Along */

/** @param {Action[]} actions @param {Along} x @param {Along} y @returns {SVGElement[]} a line from where a snapshot is stored to where it is dropped */
function snapshots(actions, x, y) {
  return actions.flatMap((action, place) => {
    if (action.do !== "store") return [];
    const end = actions.findIndex((later, at) => at > place && later.do === "drop" && later.from === action.from);
    return [shape("path", { class: "schedule-stored", d: `M${x(place + 0.5)} ${y(action.from)}H${x((end < 0 ? actions.length - 1 : end) + 0.5)}`, "data-from": place }), shape("circle", { class: "schedule-dot", cx: x(place + 0.5), cy: y(action.from), r: 4, "data-from": place })];
  });
}

/** @param {Action} action @param {number} place @param {Action | undefined} before @param {Along} x @param {Along} y @returns {SVGElement[]} */
function markOf({ do: what, from, to }, place, before, x, y) {
  if (what === "advance") return [shape("path", { class: "schedule-advance", d: `M${x(place)} ${y(from)}L${x(place + 1)} ${y(to)}`, "data-from": place })];
  if (what === "reverse") return [shape("path", { class: "schedule-reverse", d: `M${x(place)} ${y(from)}L${x(place + 0.5)} ${y(from + 1)}L${x(place + 1)} ${y(from)}`, "data-from": place })];
  if (what === "restore" && before !== undefined) return [shape("path", { class: "schedule-restore", d: `M${x(place + 0.5)} ${y(before.from)}V${y(from)}`, "data-from": place })];
  return [];
}
