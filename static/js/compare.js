/** Two programs side by side, at the same inputs: opened by links of its own, or from the explorer with the program that stands there. */

import { Refusal } from "./api.js";
import { comparison, isGood, SIDE_WORDS, SIDES } from "./compare/answer.js";
import { comparisonOf, linkOf } from "./compare/link.js";
import { pairOf, PAIRS } from "./compare/pairs.js";
import { differing, sectionsOf } from "./compare/rows.js";
import { createSide } from "./compare/side.js";
import { drawTable } from "./compare/table.js";
import { summaryOf } from "./compare/words.js";
import { byId, h, setText } from "./dom.js";
import { readLink, writeLink } from "./link.js";
import { choice } from "./share/controls.js";
import { createInputs } from "./views/inputs.js";

/** @typedef {import("./compare/answer.js").Answer} Answer */
/** @typedef {import("./compare/answer.js").SideName} SideName */
/** @typedef {import("./values.js").InputValue} InputValue */

const PAUSE = 400;
const OWN = "own";

const nonce = document.querySelector("meta[name=csp-nonce]")?.getAttribute("content") ?? "";
const told = byId("compare-summary");
const opened = readLink(location.search, location.hash);
let now = comparisonOf(opened.link, notify);
/** @type {string[]} the names that are inputs */
let active = [...now.values.keys()];
/** @type {Answer | null} */
let answer = null;
let turn = new AbortController();
let timer = 0;

const pairs = h("select", { class: "field", id: "compare-pair", onchange: choosePair }, h("option", { value: OWN }, "Your own programs"), ...PAIRS.map(({ id, title }) => h("option", { value: id }, title)));
const rows = choice("Rows", /** @type {const} */ ([["all", "all"], ["differences", "what differs"]]), now.rows, () => {
  now = { ...now, rows: rows.value() };
  draw();
  writeAddress();
});
const sides = { left: sideFor("left"), right: sideFor("right") };
const inputs = createInputs(byId("compare-inputs"), { onChange: setInput, onPoint: () => {}, onHold: () => {}, onSlide: setInput });

/** @param {SideName} side */
function sideFor(side) {
  return createSide(
    side,
    {
      onChange(text) {
        now = { ...now, sources: { ...now.sources, [side]: text } };
        showPair();
        later(false);
      },
      onRun: () => void compare(true),
      onInput(name, value) {
        active = [...new Set([...active, name])];
        setInput(name, value);
      },
    },
    nonce,
  );
}

/** @param {string} name @param {InputValue} value */
function setInput(name, value) {
  now = { ...now, values: new Map([...now.values, [name, value]]) };
  inputs.render(active, now.values);
  later(false);
}

/** @param {boolean} adopt whether new names become inputs by themselves */
function later(adopt) {
  clearTimeout(timer);
  timer = setTimeout(() => void compare(adopt), PAUSE);
}

/** @param {boolean} adopt */
async function compare(adopt) {
  clearTimeout(timer);
  turn.abort();
  turn = new AbortController();
  const { signal } = turn;
  document.body.dataset.settled = "false";
  try {
    const found = await comparison({ sources: now.sources, values: now.values, active }, adopt, signal);
    answer = found.answer;
    active = found.active;
    now = { ...now, values: new Map([...found.values, ...now.values]) };
  } catch (reason) {
    if (signal.aborted) return;
    if (!(reason instanceof Refusal)) throw reason;
    answer = null;
    setText(told, reason.problem.detail);
  }
  if (signal.aborted) return;
  draw();
  writeAddress();
  await Promise.all(SIDES.map(picture));
  if (!signal.aborted) document.body.dataset.settled = "true";
}

/** @param {SideName} side */
function picture(side) {
  const found = answer?.[side];
  const known = found !== undefined && isGood(found) ? Object.fromEntries(found.inputs.map((name) => [name, now.values.get(name) ?? 1])) : null;
  return sides[side].show(now.sources[side], known);
}

function draw() {
  inputs.render(active, now.values);
  byId("compare-no-inputs").hidden = active.length > 0;
  for (const side of SIDES) {
    sides[side].tell(answer?.[side].problem ?? null, now.sources[side]);
    sides[side].link(explorerLink(side));
  }
  byId("compare-result").hidden = answer === null;
  if (answer === null) return;
  setText(told, summaryOf(answer));
  const sections = sectionsOf(answer);
  drawTable(byId("compare-table"), now.rows === "differences" ? differing(sections) : sections);
}

/** @param {SideName} side @returns {string} */
function explorerLink(side) {
  const found = answer?.[side];
  const names = found !== undefined && isGood(found) ? found.inputs : active;
  const at = new Map(names.map((name) => [name, now.values.get(name) ?? 1]));
  const link = { e: now.sources[side], at, mode: now.mode, ...(now.digits === undefined ? {} : { digits: now.digits }), ...(now.theme === undefined ? {} : { theme: now.theme }) };
  return new URL(writeLink(link), new URL(".", location.href)).href;
}

function writeAddress() {
  history.replaceState(null, "", location.pathname + writeLink(linkOf(now, active)));
}

function showPair() {
  pairs.value = pairOf(now.sources)?.id ?? OWN;
}

function choosePair() {
  const pair = PAIRS.find(({ id }) => id === pairs.value);
  if (pair === undefined) return sides.left.focus();
  put({ left: pair.left, right: pair.right }, new Map(pair.at));
}

function swap() {
  put({ left: now.sources.right, right: now.sources.left }, now.values);
}

/** @param {{left: string, right: string}} sources @param {ReadonlyMap<string, InputValue>} values */
function put(sources, values) {
  now = { ...now, sources, values };
  active = [...values.keys()];
  for (const side of SIDES) sides[side].setText(sources[side]);
  showPair();
  void compare(true);
}

/** @param {string} text */
function notify(text) {
  byId("compare-notices").append(h("p", { class: "note" }, text));
}

if (now.theme === "light" || now.theme === "dark") document.documentElement.dataset.theme = now.theme; // a link in the fragment, which comes after the first paint
opened.notices.forEach(notify);
byId("compare-choice").append(
  h("label", { for: "compare-pair" }, "Ready pairs"),
  pairs,
  h("button", { type: "button", class: "button", onclick: swap }, "Swap sides"),
  h("button", { type: "button", class: "button primary", title: "Ctrl+Enter in a program", onclick: () => void compare(true) }, "Compare"),
);
byId("compare-rows").append(rows.root);
byId("compare-sides").append(...SIDES.map((side) => sides[side].root));
for (const side of SIDES) sides[side].setText(now.sources[side]);
showPair();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => SIDES.forEach((side) => void sides[side].draw()));
await Promise.all([compare(true), ...SIDES.map((side) => sides[side].load())]);
document.title = `Compare ${SIDES.map((side) => SIDE_WORDS[side].toLowerCase()).join(" and ")} · Wengert`;
document.body.dataset.ready = "true";
