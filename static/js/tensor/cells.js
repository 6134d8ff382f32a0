/** Cells as marks of the drawing: tinted by sign, with their numbers where they fit; a minus, a hatch and ∞ say without colour what a tint says. */

import { d3 } from "../vendor.js";
import { format } from "../format.js";
import { levelOf } from "../scene/values.js";

/** @typedef {import("./sizes.js").Grid} Grid */
/** @typedef {import("./sizes.js").Cell} Cell */
/** @typedef {{grid: Grid, cell: Cell, look: import("./sizes.js").Look, values: ArrayLike<number> | null, reach: number, digits: number | "all"}} Sight what a picture shows; reach: the end of the palette; values null: not computed */
/** @typedef {{key: number, x: number, y: number, level: string, text: string, sign: string}} Mark */

/** @param {number} value @param {number} reach @returns {string} the step of the palette, or «nan» */
export const levelName = (value, reach) => (Number.isNaN(value) ? "nan" : String(levelOf(value, reach)));

/** @param {Sight} sight @param {number} at @returns {Mark} */
function markOf({ grid, cell, look, values, reach, digits }, at) {
  const place = { key: at, x: (at % grid.columns) * cell.width, y: Math.floor(at / grid.columns) * cell.height };
  if (values === null) return { ...place, level: "none", text: look === "numbers" ? "–" : "", sign: "" };
  const value = values[at];
  const isSaid = look === "numbers" || Math.abs(value) === Infinity;
  return { ...place, level: levelName(value, reach), text: isSaid ? format(value, { digits }) : "", sign: signOf(value, isSaid, cell) };
}

/** @param {number} value @param {boolean} isSaid @param {Cell} cell @returns {string} a path in the cell */
export function signOf(value, isSaid, { width, height }) {
  if (Number.isNaN(value)) return [0.25, 0.5, 0.75, 1].map((part) => `M0,${height * part}L${width * part},0M${width * (1 - part)},${height}L${width},${height * (1 - part)}`).join("");
  return value < 0 && !isSaid ? `M${width / 2 - 4},${height / 2}h8` : "";
}

/** @param {SVGSVGElement} svg @param {Sight} sight */
export function drawCells(svg, sight) {
  const { grid, cell } = sight;
  const marks = Array.from({ length: grid.rows * grid.columns }, (_, at) => markOf(sight, at));
  const joined = d3.select(svg).selectAll("g.tensor-cell").data(marks, (/** @type {any} */ mark) => mark.key).join((enter) => {
    const group = enter.append("g");
    group.append("rect");
    group.append("path");
    group.append("text");
    return group;
  });
  joined.attr("class", (mark) => `tensor-cell level${mark.level}`).attr("transform", (mark) => `translate(${mark.x},${mark.y})`);
  joined.select("rect").attr("width", cell.width).attr("height", cell.height);
  joined.select("path").attr("d", (mark) => mark.sign);
  joined.select("text").attr("x", cell.width / 2).attr("y", cell.height / 2).text((mark) => mark.text);
}
