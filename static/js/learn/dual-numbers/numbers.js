/** Dual numbers and their expansions as elements. */

import { h } from "../../dom.js";
import { format, tooltip } from "../../format.js";
import { typeset } from "../../views/typeset.js";
import { dualWords, shownTerms, struckSentence, unit } from "./words.js";

/** @typedef {import("./words.js").Term} Term */
/** @typedef {import("./words.js").DualNode} DualNode */

const MOST_ENTRIES = 4;

/** @param {DualNode} node @param {number | "all"} digits @returns {Node} the part without ε, and what stands beside its powers */
export function dualNumber({ coefficients, shape }, digits) {
  if (coefficients === null) return h("span", {}, "no number");
  if (shape.length > 0) {
    const list = (/** @type {any} */ value) => {
      const all = [value].flat(Infinity);
      return `[${all.slice(0, MOST_ENTRIES).map((one) => format(one, { digits })).join(", ")}${all.length > MOST_ENTRIES ? ", …" : ""}]`;
    };
    return h("span", {}, list(coefficients[0]), ...coefficients.slice(1).map((value, place) => h("span", { class: "tangent" }, ` + ${list(value)} ${unit(place + 1)}`)));
  }
  const [real] = coefficients;
  const rest = dualWords(coefficients, digits).slice(format(real, { digits }).length);
  return h("span", {}, h("span", { title: tooltip(real) }, format(real, { digits })), h("span", { class: "tangent", title: coefficients.slice(1).map(tooltip).join(", ") }, rest));
}

/** @param {Term} term @param {boolean} isFirst @returns {HTMLElement} what is struck is crossed out, and said to be */
function termOf({ latex, power, struck, coefficient }, isFirst) {
  const formula = power === 0 ? latex : `${latex}\\,${power === 1 ? "\\varepsilon" : `\\varepsilon^{${power}}`}`;
  const words = `${format(coefficient)} ${unit(power)}`.trim();
  const inside = [h("span", { class: "visually-hidden" }, struck ? `struck: ${words}` : words), typeset(formula)];
  return h("span", { class: "expansion-term", "data-power": power }, isFirst ? "" : h("span", { class: "expansion-plus" }, "+"), struck ? h("del", { class: "expansion-struck" }, ...inside) : h("span", {}, ...inside));
}

/** @param {DualNode} node @param {number} order @param {number | "all"} digits @returns {HTMLElement[]} the operation, its summands, what is left, and a sentence on what is not */
export function expansionOf(node, order, digits) {
  const { expansion, dual_latex: result, coefficients } = node;
  if (expansion === null || coefficients === null) return [];
  const shown = shownTerms(expansion.terms);
  const left = expansion.terms.length - shown.length;
  const line = (/** @type {string} */ sign, /** @type {(Node | string)[]} */ inside) => h("div", { class: "expansion-line" }, h("span", { class: "expansion-sign" }, sign), h("div", { class: "expansion-terms" }, ...inside));
  return [
    line("", [h("span", { class: "visually-hidden" }, node.expression), typeset(expansion.latex)]),
    line("=", [...shown.map((term, place) => termOf(term, place === 0)), ...(left > 0 ? [`and ${left} more`] : [])]),
    line("=", [h("strong", { class: "visually-hidden" }, dualWords(coefficients, digits)), typeset(result ?? "")]),
    h("p", { class: expansion.terms.some(({ struck }) => struck) ? "expansion-said" : "learn-note" }, struckSentence(expansion.terms, order, digits)),
  ];
}
