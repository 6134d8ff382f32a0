/** The whole Jacobian: its squares with the letters of their sweeps, its numbers, and the sweeps with and without letters. */

import { h } from "../../../dom.js";
import { matrixOf } from "../../matrix.js";
import { marksOf, sharing } from "./colours.js";
import { blockSide, drawingOf } from "./drawing.js";
import { percent, factsText } from "./sparse.js";

/** @typedef {import("../../../format.js").Scalar} Scalar */
/** @typedef {import("../../jacobian.js").Blocks} Blocks */
/** @typedef {import("./colours.js").Colour} Colour */
/** @typedef {{rows: number, columns: number, nonzeros: number, entries: [number, number][] | null}} Sparsity */
/** @typedef {{passes: {forward: number, reverse: number}, sparsity: Sparsity, colouring: {columns: Colour[], rows: Colour[], count_columns: number, count_rows: number}, compressed: {used: boolean, method: string, sweeps: number}, method: string, sweeps: number}} Found */

/** @param {Found} found @param {Blocks} blocks @param {number | "all"} digits @returns {Node[]} */
export function wholeOf({ sparsity, colouring, passes, compressed }, blocks, digits) {
  const told = `Columns that share a forward sweep: ${sharing(blocks.columns, colouring.columns)}. Rows that share a reverse sweep: ${sharing(blocks.rows, colouring.rows)}.`;
  return [
    h("h3", {}, "The whole"),
    h("div", { class: "whole-row" }, figureOf(sparsity, colouring, blocks), h("div", { class: "whole-numbers" }, matrixOf({ ...blocks, entries: structured(sparsity, blocks) }, { caption: "The Jacobian", digits }))),
    sweepsTable(passes, colouring),
    h("p", { class: "order-note" }, told),
    compressed.used ? h("p", { class: "order-note" }, `${compressed.sweeps} ${compressed.method} ${compressed.sweeps === 1 ? "sweep was" : "sweeps were"} run with seeds added by letter: the same Jacobian came out.`) : "",
  ].map((part) => (typeof part === "string" ? document.createTextNode(part) : part));
}

/** @param {Sparsity} sparsity @param {Found["colouring"]} colouring @param {Blocks} blocks */
function figureOf({ rows, columns, nonzeros, entries }, colouring, blocks) {
  if (entries === null) return h("p", { class: "order-note" }, `${rows} × ${columns}, ${nonzeros} of ${rows * columns} (${percent(nonzeros, rows * columns)}) non-zeros: too many to be drawn.`);
  const squares = entries.map(([row, column]) => ({ row, column, value: blocks.entries[row][column] }));
  const side = blockSide(rows, columns);
  const picture = drawingOf({ rows, columns, entries: squares, kept: [], rowMarks: marksOf(colouring.rows), columnMarks: marksOf(colouring.columns) });
  return h("figure", {}, picture, h("figcaption", {}, `${factsText({ rows, columns, nonzeros, entries: squares })}${side > 1 ? `; a square is ${side} × ${side}` : ""}`));
}

/** @param {Sparsity} sparsity @param {Blocks} blocks @returns {(Scalar | null)[][]} */
function structured({ entries }, blocks) {
  if (entries === null) return blocks.entries;
  const table = blocks.entries.map((row) => /** @type {(Scalar | null)[]} */ (Array(row.length).fill(null)));
  for (const [row, column] of entries) table[row][column] = blocks.entries[row][column];
  return table;
}

/** @param {Found["passes"]} passes @param {Found["colouring"]} colouring */
function sweepsTable(passes, { count_columns: columns, count_rows: rows }) {
  const head = h("tr", {}, ...["Sweeps for all of J", "one by one", "by letters"].map((words) => h("th", { scope: "col" }, words)));
  const row = (/** @type {string} */ name, /** @type {number[]} */ counts) => h("tr", {}, h("th", { scope: "row" }, name), ...counts.map((count) => h("td", { class: "numeral" }, String(count))));
  return h("table", { class: "colours-table" }, h("caption", { class: "visually-hidden" }, "Sweeps for the whole Jacobian"), h("thead", {}, head), h("tbody", {}, row("forward, for columns", [passes.forward, columns]), row("reverse, for rows", [passes.reverse, rows])));
}
