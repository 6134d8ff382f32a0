/** The table of a comparison: four columns, a section a kind of row. */

import { h } from "../dom.js";

/** @typedef {import("./rows.js").Section} Section */
/** @typedef {import("./rows.js").Row} Row */
/** @typedef {import("./rows.js").Split} Split */

const SIGNS = new Map([["same", "="], ["agree", "≈"], ["differ", "≠"], ["odd", "⚠"], ["none", ""]]);
const COLUMNS = Object.freeze(["", "Left", "Right", "Absolute", "Relative", "In ulp", "Difference"]);

/** @param {HTMLElement} root a place that scrolls where the table is wider @param {Section[]} sections */
export function drawTable(root, sections) {
  const heads = COLUMNS.map((words) => (words === "" ? h("td", {}) : h("th", { scope: "col" }, words)));
  const table = h("table", { class: "compare-table" }, h("caption", { class: "visually-hidden" }, "Values, gradients, rounding errors and counts of both programs"), h("thead", {}, h("tr", {}, ...heads)), ...sections.map(body));
  root.replaceChildren(sections.length === 0 ? h("p", { class: "compare-none" }, "Nothing differs.") : table);
}

/** @param {Section} section */
function body({ title, about, rows }) {
  const head = h("tr", { class: "compare-section" }, h("th", { scope: "rowgroup", colspan: COLUMNS.length }, title, about === "" ? null : h("small", {}, about)));
  return h("tbody", {}, head, ...rows.map(line));
}

/** @param {Row} row */
function line({ name, left, right, figures, mark, words, note, middle, part }) {
  const measured = figures.length > 0 ? figures.map((text) => h("td", { class: "numeral compare-figure" }, text)) : [h("td", { class: "compare-middle", colspan: 3 }, middle)];
  return h(
    "tr",
    { class: `is-${mark}${part ? " is-part" : ""}` },
    h("th", { scope: "row" }, name, note === "" ? null : h("small", {}, note)),
    h("td", { class: "numeral" }, ...number(left)),
    h("td", { class: "numeral" }, ...number(right)),
    ...measured,
    h("td", { class: "compare-words" }, h("span", { class: "compare-sign", "aria-hidden": "true" }, SIGNS.get(mark) ?? ""), words),
  );
}

/** @param {Split} split @returns {(Node | string)[]} */
const number = ({ head, tail }) => (tail === "" ? [head] : [head, h("mark", {}, tail)]);
