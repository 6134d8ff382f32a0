/** Every .grad over time: none, pending, zero and value are different words, signs and borders. */

import { h } from "../../../dom.js";
import { format } from "../../../format.js";
import { flat } from "../../entries.js";

/** @typedef {{line: number, state: "none" | "pending" | "zero" | "value", value: any}} Moment */
/** @typedef {{name: string, moments: Moment[]}} Row */

const SIGNS = Object.freeze({ none: "–", pending: "…", zero: "0", value: "" });
const WORDS = Object.freeze({ none: "none", pending: "pending", zero: "zero", value: "value" });
const MOST = 4;

/** @param {Row[]} rows @param {{digits: number | "all"}} options @returns {HTMLElement} */
export function timelineOf(rows, options) {
  if (rows.length === 0) return h("p", { class: "autograd-large" }, "No tensor here asks for a gradient.");
  const body = rows.map(({ name, moments }) => h("tr", {}, h("th", { scope: "row" }, h("code", {}, `${name}.grad`)), h("td", {}, h("ol", { class: "autograd-moments" }, ...moments.map((moment) => momentOf(moment, options))))));
  return h("div", { class: "matrix-scroll", tabindex: "0", role: "region", "aria-label": "Gradients over time, scrolls" }, h("table", { class: "autograd-table" }, h("caption", { class: "visually-hidden" }, "Each gradient after the lines that changed it"), h("tbody", {}, ...body)));
}

/** @param {Moment} moment @param {{digits: number | "all"}} options */
function momentOf({ line, state, value }, options) {
  return h("li", { class: `autograd-moment is-${state}` }, h("span", { class: "autograd-line" }, `line ${line}`), h("span", { class: "autograd-state" }, SIGNS[state] === "" ? numbers(value, options) : SIGNS[state]), h("span", { class: "autograd-word" }, WORDS[state]));
}

/** @param {any} value @param {{digits: number | "all"}} options */
function numbers(value, options) {
  if (value === null) return "many numbers";
  const all = flat(value);
  const shown = all.slice(0, MOST).map((one) => format(one, options)).join(", ");
  return all.length === 1 && !Array.isArray(value) ? shown : `[${shown}${all.length > MOST ? ", …" : ""}]`;
}
