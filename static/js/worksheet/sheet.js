/** The handout and its key as elements, for paper. */

import { h } from "../dom.js";
import { mathNodes } from "../views/math.js";
import { answersOf, blanksOf, rowsOf } from "./rows.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./rows.js").Row} Row */
/** @typedef {import("./rows.js").Named} Named */
/** @typedef {import("./blanks.js").Blank} Blank */

/**
 * @typedef {object} Handout
 * @property {Scene} scene
 * @property {string} title
 * @property {string} source
 * @property {Named[]} given inputs and seeds
 * @property {SVGElement | null} picture
 * @property {string} remark why there is no picture
 * @property {Blank} blank
 * @property {string} address of the program in the explorer
 */

const MOST_ROWS = 300;
const ABOUT = Object.freeze({ all: "Fill in every derivative.", second: "Fill in the derivatives that are missing.", sums: "Fill in the sums: where several paths meet, their contributions are added." });

/** @param {Handout} handout @returns {HTMLElement[]} the sheet, then its key */
export function sheetOf(handout) {
  const rows = rowsOf(handout.scene);
  const blanks = blanksOf(rows, handout.blank);
  return [questions(handout, rows, blanks), key(handout, rows, blanks)];
}

/** @param {Handout} handout @param {Row[]} rows @param {Set<number>} blanks */
function questions(handout, rows, blanks) {
  const { title, source, given, picture, remark, blank, scene, address } = handout;
  return h(
    "article",
    { class: "page" },
    h("header", { class: "page-head" }, h("h1", {}, title), h("p", { class: "who" }, h("span", {}, "Name"), h("span", {}, "Date"))),
    h("p", { class: "task" }, ABOUT[blank]),
    h("div", { class: "start" }, h("div", {}, h("h2", {}, "Program"), h("pre", { class: "program" }, source)), h("div", {}, h("h2", {}, "Given"), h("ul", { class: "given" }, ...given.map(({ name, value }) => h("li", {}, math(`${name} = ${value}`)))))),
    picture === null ? null : h("figure", { class: "graph" }, picture),
    remark === "" ? null : h("p", { class: "remark" }, remark),
    ...tables(scene, rows, blanks, false),
    h("h2", {}, "Result"),
    h("ul", { class: "answers" }, ...answersOf(scene).map(({ name }) => h("li", {}, math(`${name} =`), box(false)))),
    h("h2", {}, "Working"),
    h("div", { class: "working", "aria-hidden": "true" }),
    h("p", { class: "source" }, address),
  );
}

/** @param {Handout} handout @param {Row[]} rows @param {Set<number>} blanks */
function key({ title, scene }, rows, blanks) {
  const answers = answersOf(scene).map(({ name, value }) => h("li", {}, math(`${name} =`), " ", h("strong", {}, value)));
  return h("article", { class: "page key" }, h("header", { class: "page-head" }, h("h1", {}, `Key: ${title}`)), ...tables(scene, rows, blanks, true), h("h2", {}, "Result"), h("ul", { class: "answers" }, ...answers));
}

/** @param {Scene} scene @param {Row[]} rows @param {Set<number>} blanks @param {boolean} isKey */
function tables(scene, rows, blanks, isKey) {
  const shown = rows.slice(0, MOST_ROWS);
  const [forward, reverse] = ["forward", "reverse"].map((phase) => shown.filter((row) => row.phase === phase));
  const parts = [h("h2", {}, "Forward sweep"), forwardTable(scene, forward, blanks, isKey)];
  if (reverse.length > 0) parts.push(h("h2", {}, "Reverse sweep"), reverseTable(reverse, blanks, isKey));
  if (rows.length > shown.length) parts.push(h("p", {}, `Steps 1 to ${shown.length} of ${rows.length}.`));
  return parts;
}

/** @param {Scene} scene @param {Row[]} rows @param {Set<number>} blanks @param {boolean} isKey */
function forwardTable(scene, rows, blanks, isKey) {
  const heads = ["Step", "Rule", "Value", ...(scene.showsTangents ? ["Local partials", "Tangent"] : [])];
  return table(heads, rows, (row) => {
    const state = stateOf(row, blanks, isKey);
    const tangent = scene.showsTangents ? [cell(row.slopes.map((slope) => named(slope, state)), "slopes"), cell([named(row.derivative, state)], "derivative")] : [];
    return [cell([math(row.rule)], "rule"), cell([row.primal], "number"), ...tangent];
  });
}

/** @param {Row[]} rows @param {Set<number>} blanks @param {boolean} isKey */
function reverseTable(rows, blanks, isKey) {
  return table(["Step", "Rule", "Local partial", "Contribution", "Adjoint so far"], rows, (row) => {
    const state = stateOf(row, blanks, isKey);
    const parts = row.isSum && blanks.has(row.step) ? state : onlyWhere(row, blanks, state);
    return [
      cell([math(row.rule)], "rule"),
      cell(row.slopes.map((slope) => named(slope, parts)), "slopes"),
      cell(row.contribution === "" ? [] : [value(row.contribution, parts)], "number"),
      cell([named(row.derivative, state)], "derivative"),
    ];
  });
}

/** @typedef {"given" | "blank" | "solved"} State */

/** @param {Row} row @param {Set<number>} blanks @param {boolean} isKey @returns {State} */
const stateOf = ({ step }, blanks, isKey) => (!blanks.has(step) ? "given" : isKey ? "solved" : "blank");

/** @param {Row} row @param {Set<number>} blanks @param {State} state @returns {State} */
const onlyWhere = ({ step }, blanks, state) => (blanks.has(step) ? state : "given");

/** @param {string[]} heads @param {Row[]} rows @param {(row: Row) => HTMLElement[]} cells */
function table(heads, rows, cells) {
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, h("th", { scope: "row", class: "step" }, String(row.step)), ...cells(row)))),
  );
}

/** @param {(Node | string)[]} children @param {string} kind */
const cell = (children, kind) => h("td", { class: kind }, ...children);

/** @param {string} text */
const math = (text) => h("span", { class: "math" }, ...mathNodes(text));

/** @param {Named} named @param {State} state */
const named = ({ name, value: text }, state) => (name === "" ? h("span", {}) : h("span", { class: "named" }, math(`${name} =`), " ", value(text, state)));

/** @param {string} text @param {State} state @returns {HTMLElement} a number, or a place for one */
function value(text, state) {
  if (state === "blank") return box(true);
  return h(state === "solved" ? "strong" : "span", { class: "numeral" }, text);
}

/** @param {boolean} small */
const box = (small) => h("span", { class: small ? "blank" : "blank wide" }, h("span", { class: "visually-hidden" }, "blank"));
