/** The derivative: as the rules leave it, simplified, with what it repeats, and as a program that repeats nothing. */

import { h } from "../../dom.js";
import { format } from "../../format.js";
import { typeset } from "../../views/typeset.js";
import { SHOWN, WAYS, written } from "./counts.js";
import { piecesOf } from "./marks.js";

/** @typedef {import("./answer.js").Symbolic} Symbolic */
/** @typedef {import("./answer.js").Duplicate} Duplicate */

/** LaTeX that is typeset: more of it nobody reads, and it would take seconds. */
const WIDEST = 4000;

/** @param {(part: number, sentence: string) => void} onPart */
export function createResult(onPart) {
  const forms = h("div", { class: "symbolic-forms" });
  const counts = h("dl", { class: "symbolic-counts" });
  const check = h("p", { class: "learn-note" });
  const parts = h("div", { class: "symbolic-parts" });
  const shared = h("div", { class: "symbolic-parts" });
  const root = h("section", { class: "symbolic-part", "aria-label": "The derivative" }, h("h3", {}, "The derivative"), forms, check, counts, parts, shared);

  /** @param {Symbolic} answer @param {number} part which repeated part is marked @param {number | "all"} digits */
  function render(answer, part, digits) {
    const { derivative, simplified, duplicates } = answer;
    const chosen = duplicates[part] ?? duplicates[0];
    const own = formOf("As the rules leave it", derivative.latex, derivative.text === null ? null : textWith(derivative.text, chosen, duplicates.indexOf(chosen)), `${written(derivative.truncated?.terms ?? derivative.terms)} terms: too many to be written out.`);
    const neat = simplified === null ? h("p", { class: "learn-note" }, "Simplified: no shorter form was found.") : formOf("Simplified", simplified.latex, [simplified.text], "");
    forms.classList.toggle("is-single", simplified === null);
    forms.replaceChildren(own, neat);
    check.textContent = checkSentence(answer, digits);
    counts.replaceChildren(...WAYS.map((way) => h("div", { class: `swell-${way}` }, h("dt", {}, SHOWN[way].long), h("dd", { class: "numeral" }, `${written(way === "symbolic" ? answer.operations.symbolic_exact : answer.operations[way])} operations`))));
    parts.replaceChildren(...partsOf(duplicates, duplicates.indexOf(chosen), (place) => {
      render(answer, place, digits);
      /** @type {HTMLElement | null} */ (parts.querySelectorAll("button")[place])?.focus();
      onPart(place, partSentence(duplicates[place], place));
    }));
    shared.replaceChildren(...sharedOf(answer));
  }
  return { root, render };
}

/** @param {string} title @param {string} latex @param {(Node | string)[] | null} text @param {string} otherwise */
function formOf(title, latex, text, otherwise) {
  const long = latex.length > WIDEST;
  const said = `${title}, typeset`;
  return h(
    "div", { class: "symbolic-form" },
    h("h4", {}, title),
    long ? "" : h("div", { class: "symbolic-formula", tabindex: "0", role: "region", "aria-label": said }, typeset(latex)),
    text === null ? h("p", { class: "learn-note" }, otherwise) : h("div", { class: "derivation-line", tabindex: "0", role: "region", "aria-label": `${title}, as text` }, h("code", {}, ...text)),
  );
}

/** @param {string} text @param {Duplicate | undefined} part @param {number} place */
function textWith(text, part, place) {
  if (part === undefined) return [text];
  return piecesOf(text, part.spans).map((piece) => (piece.place === null ? piece.text : h("mark", { class: "is-repeated" }, h("span", { class: "symbolic-badge", "aria-hidden": "true" }, String(place + 1)), piece.text)));
}

/** @param {readonly Duplicate[]} duplicates @param {number} chosen @param {(place: number) => void} choose */
function partsOf(duplicates, chosen, choose) {
  if (duplicates.length === 0) return [h("p", { class: "learn-note" }, "Nothing in it is worked out twice.")];
  const item = (/** @type {Duplicate} */ one, /** @type {number} */ place) =>
    h("li", {}, h("button", { type: "button", class: "symbolic-repeat", "aria-pressed": String(place === chosen), onclick: () => choose(place) }, h("span", { class: "symbolic-badge" }, String(place + 1)), h("code", {}, one.text ?? `a part of ${written(one.operations)} operations`), h("span", { class: "symbolic-times" }, `${written(one.count)} times`), h("span", { class: "symbolic-waste" }, `${written(one.wasted)} operations wasted`)));
  return [h("h4", {}, "What it repeats"), h("ol", { class: "symbolic-repeats" }, ...duplicates.map(item))];
}

/** @param {Duplicate} one @param {number} place @returns {string} */
export const partSentence = (one, place) => `Repeated part ${place + 1}, ${one.text ?? "too long to say"}: it stands there ${written(one.count)} times; all but the first waste ${written(one.wasted)} operations.`;

/** @param {Symbolic} answer */
function sharedOf({ statements, operations, duplicates }) {
  if (statements === null || duplicates.length === 0) return [];
  return [
    h("h4", {}, "With equal parts worked out once"),
    h("pre", { class: "symbolic-shared", tabindex: "0", role: "region", "aria-label": "The derivative as a program" }, h("code", {}, statements)),
    h("p", { class: "learn-note" }, `So it takes ${written(operations.shared)} operations. Automatic differentiation does this by itself: every value is worked out once and kept.`),
  ];
}

/** @param {Symbolic} answer @param {number | "all"} digits */
function checkSentence({ check, wrt }, digits) {
  const at = Object.entries(check.inputs).map(([name, value]) => `${name} = ${typeof value === "number" ? format(value, { digits }) : "…"}`).join(", ");
  const gap = check.error === null ? "" : check.error === 0 ? " They are equal." : ` They differ by ${format(check.error, { digits: 2 })}.`;
  return `At ${at} the derivative by ${wrt} is ${format(check.symbolic, { digits })} by the formula, and ${format(check.engine, { digits })} by the engine.${gap}`;
}
