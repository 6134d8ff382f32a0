/** A sparse matrix as squares: what is zero by structure stays blank, what only passes on is a dot, a minus says what a tint says. */

import { toNumber } from "../../../format.js";
import { levelName } from "../../../tensor/cells.js";
import { d3 } from "../../../vendor.js";
import { blocksHolding } from "./sparse.js";

/** @typedef {import("./sparse.js").Entry} Entry */
/** @typedef {{text: string, tint: number | null}} Mark */
/** @typedef {{rows: number, columns: number, entries: Entry[], kept: [number, number][], rowMarks?: Mark[], columnMarks?: Mark[]}} Sparse */

const LARGEST = 190;
const MOST = 64;
const CELL = Object.freeze({ most: 22, signed: 8, marked: 12 });
const MARGIN = 18;
const DARK = 4; // steps of the palette from which a sign is written in the other ink

/** @param {number} rows @param {number} columns @returns {number} the side of the blocks that a square stands for; 1 where each entry has its own */
export const blockSide = (rows, columns) => Math.ceil(Math.max(rows, columns, 1) / MOST);

/** @param {Sparse} matrix @returns {SVGSVGElement} */
export function drawingOf({ rows, columns, entries, kept, rowMarks = [], columnMarks = [] }) {
  const block = blockSide(rows, columns);
  const cell = Math.min(CELL.most, (LARGEST * block) / Math.max(rows, columns, 1));
  const [left, top] = [rowMarks, columnMarks].map((marks) => (marks.length > 0 && block === 1 && cell >= CELL.marked ? MARGIN : 1));
  const [width, height] = [columns, rows].map((count) => Math.ceil(count / block) * cell);
  const svg = d3.create("svg").attr("class", "sparse").attr("width", width + left + 1).attr("height", height + top + 1).attr("viewBox", `0 0 ${width + left + 1} ${height + top + 1}`).attr("aria-hidden", "true");
  const body = svg.append("g").attr("transform", `translate(${left},${top})`);
  body.append("rect").attr("class", "sparse-frame").attr("width", width).attr("height", height);
  if (block > 1) drawBlocks(body, blocksHolding([...kept, ...entries.map(({ row, column }) => /** @type {[number, number]} */ ([row, column]))], block), cell);
  else {
    drawEntries(body, entries, cell);
    body.selectAll("circle").data(kept).join("circle").attr("class", "sparse-kept").attr("cx", ([, column]) => (column + 0.5) * cell).attr("cy", ([row]) => (row + 0.5) * cell).attr("r", Math.max(1, cell / 7));
  }
  if (left > 1) drawMarks(svg.append("g"), rowMarks, (at) => [0, top + at * cell], [MARGIN - 2, cell]);
  if (top > 1) drawMarks(svg.append("g"), columnMarks, (at) => [left + at * cell, 0], [cell, MARGIN - 2]);
  return /** @type {SVGSVGElement} */ (svg.node());
}

/** @param {any} body @param {Entry[]} entries @param {number} cell small cells that are negative are flat, since a minus would not be seen in them */
function drawEntries(body, entries, cell) {
  const gap = cell > CELL.signed ? 1 : 0.25;
  const reach = Math.max(...entries.map(({ value }) => Math.abs(toNumber(value))).filter(Number.isFinite), 0);
  const marks = entries.map(({ row, column, value }) => {
    const level = levelName(toNumber(value), reach);
    const flat = cell < CELL.signed && toNumber(value) < 0 ? cell / 3 : 0;
    return { level, x: column * cell, y: row * cell, flat };
  });
  body.selectAll("rect.sparse-entry").data(marks).join("rect").attr("class", cell < CELL.signed ? "sparse-entry is-small" : "sparse-entry").attr("x", (/** @type {any} */ { x }) => x + gap).attr("y", (/** @type {any} */ { y, flat }) => y + gap + flat).attr("width", cell - 2 * gap).attr("height", (/** @type {any} */ { flat }) => cell - 2 * gap - 2 * flat).style("fill", (/** @type {any} */ { level }) => fillOf(level));
  if (cell < CELL.signed) return;
  const signed = marks.filter(({ level }) => level.startsWith("-") || level === "0" || level === "nan");
  body.selectAll("path.sparse-sign").data(signed).join("path").attr("class", (/** @type {any} */ { level }) => `sparse-sign ${Math.abs(Number(level)) >= DARK ? "on-dark" : ""} ${level.startsWith("-") ? "sparse-minus" : ""}`).attr("d", (/** @type {any} */ { x, y, level }) => signPath(level, x, y, cell));
}

/** @param {string} level @param {number} x @param {number} y @param {number} cell @returns {string} a minus, a ring for 0, a cross for what is no number */
function signPath(level, x, y, cell) {
  const [near, far, middle] = [0.3, 0.7, 0.5].map((part) => part * cell);
  if (level === "nan") return `M${x + near},${y + near}L${x + far},${y + far}M${x + far},${y + near}L${x + near},${y + far}`;
  if (level !== "0") return `M${x + near},${y + middle}H${x + far}`;
  const radius = cell / 6;
  return `M${x + middle - radius},${y + middle}a${radius},${radius} 0 1 0 ${2 * radius},0a${radius},${radius} 0 1 0 ${-2 * radius},0`;
}

/** @param {any} body @param {[number, number][]} blocks @param {number} cell */
const drawBlocks = (body, blocks, cell) => body.selectAll("rect.sparse-block").data(blocks).join("rect").attr("class", "sparse-block").attr("x", (/** @type {[number, number]} */ [, column]) => column * cell).attr("y", (/** @type {[number, number]} */ [row]) => row * cell).attr("width", cell).attr("height", cell);

/** @param {any} group @param {Mark[]} marks @param {(at: number) => [number, number]} place @param {[number, number]} size */
function drawMarks(group, marks, place, [width, height]) {
  const each = group.selectAll("g").data(marks).join("g").attr("class", (/** @type {Mark} */ { tint }) => `sparse-mark ${tint === null ? "" : `tint${tint}`}`).attr("transform", (/** @type {Mark} */ _, /** @type {number} */ at) => `translate(${place(at).join(",")})`);
  each.append("rect").attr("x", 0.5).attr("y", 0.5).attr("width", width - 1).attr("height", height - 1);
  each.append("text").attr("x", width / 2).attr("y", height / 2).text((/** @type {Mark} */ { text }) => text);
}

/** @param {string} level of the sign palette */
const fillOf = (level) => (level === "nan" ? "var(--error-fill)" : `var(--sign-${level === "0" ? "zero" : level.startsWith("-") ? `n${level.slice(1)}` : `p${level}`})`);
