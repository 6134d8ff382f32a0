/** The factors, from left to right, each a button: pointing names its rows and columns, pressing writes it out below. */

import { h, setText } from "../../../dom.js";
import { math } from "../../../views/math.js";
import { matrixOf } from "../../matrix.js";
import { blockSide, drawingOf } from "./drawing.js";
import { factorName } from "./orders.js";
import { factsText, placesOf, stateText } from "./sparse.js";

/** @typedef {import("../../../format.js").Scalar} Scalar */
/** @typedef {import("./sparse.js").Stretch} Stretch */
/** @typedef {{node: number | null, label: string | null, op: string | null, rows: Stretch[], columns: Stretch[], shape: [number, number], kept: [number, number][], entries: [number, number, Scalar][], nonzeros: number, density: number}} Factor */

export const MOST_FACTORS = 24;

/** @param {{digits: number | "all", pick: (number: number) => void}} options */
export function createChain({ digits, pick }) {
  const list = h("ol", { class: "factors", "aria-label": "Factors, from left to right" });
  const legend = h("p", { class: "order-note" }, "A square is a partial: green above zero, purple with a minus below, a ring where it happens to be 0. A dot passes a value on. Blank is zero by structure.");
  const layout = h("p", { class: "factor-layout" });
  const written = h("div", { class: "factor-written" });
  /** @type {{factor: Factor, number: number, button: HTMLButtonElement}[]} */
  let shown = [];

  /** @param {Factor[]} factors @param {number} wanted */
  function render(factors, wanted) {
    const all = factors.map((factor, at) => ({ factor, number: at + 1 })).reverse();
    shown = all.slice(0, MOST_FACTORS).map((one) => ({ ...one, button: buttonOf(one) }));
    const rest = all.length - shown.length;
    list.replaceChildren(...shown.map(({ button }) => h("li", {}, button)), ...(rest > 0 ? [h("li", { class: "factor-more" }, `and ${rest} more, down to ${factorName(1)}`)] : []));
    write(shown.some(({ number }) => number === wanted) ? wanted : (shown.at(-1)?.number ?? 1));
  }

  /** @param {{factor: Factor, number: number}} one @returns {HTMLButtonElement} */
  function buttonOf({ factor, number }) {
    const facts = factsOf(factor);
    const words = factor.op === null ? "outputs" : `${factor.label === factor.op ? "" : `${factor.label}: `}${factor.op}`;
    const tell = () => setText(layout, sentenceOf(factor, number));
    const press = () => {
      write(number);
      pick(number);
    };
    const hidden = h("span", { class: "visually-hidden" }, `. ${layoutText(factor)}`);
    return h("button", { type: "button", class: "factor", "data-factor": String(number), onfocus: tell, onpointerenter: tell, onclick: press }, h("span", { class: "factor-name" }, math(factorName(number)), " ", h("span", {}, words)), " ", pictureOf(factor), h("span", { class: "factor-facts" }, facts, hidden));
  }

  /** @param {number} wanted */
  function write(wanted) {
    for (const { factor, number, button } of shown) {
      button.setAttribute("aria-pressed", String(number === wanted));
      if (number !== wanted) continue;
      setText(layout, sentenceOf(factor, number));
      const caption = `${factorName(number)} written out`;
      written.replaceChildren(h("p", { class: "factor-title" }, math(factorName(number)), " written out"), matrixOf({ rows: placesOf(factor.rows), columns: placesOf(factor.columns), entries: tableOf(factor) }, { caption, digits }));
    }
  }

  /** @param {readonly number[]} now @param {ReadonlySet<number>} done */
  function mark(now, done) {
    for (const { number, button } of shown) {
      button.classList.toggle("is-now", now.includes(number));
      button.classList.toggle("is-done", done.has(number) && !now.includes(number));
    }
  }

  return { root: h("div", { class: "jacobian-chain" }, list, legend, layout, written), render, mark };
}

/** @param {Factor} factor */
const entriesOf = ({ entries }) => entries.map(([row, column, value]) => ({ row, column, value }));

/** @param {Factor} factor */
const pictureOf = (factor) => drawingOf({ rows: factor.shape[0], columns: factor.shape[1], entries: entriesOf(factor), kept: factor.kept });

/** @param {Factor} factor */
function factsOf(factor) {
  const [rows, columns] = factor.shape;
  const side = blockSide(rows, columns);
  return `${factsText({ rows, columns, nonzeros: factor.nonzeros, entries: entriesOf(factor) })}${side > 1 ? `; a square is ${side} × ${side}` : ""}`;
}

/** @param {Factor} factor @param {number} number */
const sentenceOf = (factor, number) => `${factorName(number)}, ${factor.op === null ? "choosing the outputs" : `${factor.label}, ${factor.op}`}: ${factsOf(factor)}. ${layoutText(factor)}`;

/** @param {Factor} factor */
const layoutText = ({ rows, columns }) => `Rows: ${stateText(rows)}. Columns: ${stateText(columns)}.`;

/** @param {Factor} factor @returns {(Scalar | null)[][]} null where it is zero by structure */
function tableOf({ shape: [rows, columns], kept, entries }) {
  const table = Array.from({ length: rows }, () => /** @type {(Scalar | null)[]} */ (Array(columns).fill(null)));
  for (const [row, column] of kept) table[row][column] = 1;
  for (const [row, column, value] of entries) table[row][column] = value;
  return table;
}
