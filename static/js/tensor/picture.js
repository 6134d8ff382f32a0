/** One picture of a matrix: its cells, and over them a cross of a row and a column, a pin, a window. */

import { h } from "../dom.js";
import { d3 } from "../vendor.js";
import { paintCells, paletteOf } from "./canvas.js";
import { drawCells } from "./cells.js";

/** @typedef {import("./cells.js").Sight} Sight */
/** @typedef {{row: number, column: number}} Place */
/** @typedef {{cross?: Place | null, pin?: Place | null, row?: number | null, column?: number | null, part?: import("./blocks.js").Part | null}} Marks part: a window, in cells of the picture */
/** @typedef {{name: string, row: number, column: number, rows: number, columns: number}} Band */

/** @returns {{element: HTMLElement, draw: (sight: Sight) => void, mark: (marks: Marks) => void, placeAt: (event: {clientX: number, clientY: number}) => Place | null}} */
export function createPicture() {
  const element = h("div", { class: "tensor-picture" });
  const ground = d3.select(element);
  /** @type {Sight | null} */
  let shown = null;

  return {
    element,
    draw(sight) {
      shown = sight;
      const { grid, cell, look, values } = sight;
      const isMarks = look === "numbers" || look === "heat";
      const size = { width: grid.columns * cell.width, height: grid.rows * cell.height };
      element.style.width = `${size.width}px`;
      element.style.height = `${size.height}px`;
      element.classList.toggle("absent", values === null);
      const svg = ground.selectAll("svg.tensor-cells").data(isMarks ? [size] : []).join("svg").attr("class", "tensor-cells").attr("width", size.width).attr("height", size.height);
      const canvas = ground.selectAll("canvas").data(isMarks ? [] : [size]).join("canvas").attr("class", "tensor-canvas");
      if (isMarks) drawCells(/** @type {SVGSVGElement} */ (svg.node()), sight);
      else paintCells(/** @type {HTMLCanvasElement} */ (canvas.node()), sight, paletteOf(element));
      ground.selectAll("svg.tensor-marks").data([size]).join("svg").attr("class", "tensor-marks").attr("width", size.width).attr("height", size.height).raise();
      ground.selectAll("span.tensor-none").data(values === null && look !== "numbers" ? ["–"] : []).join("span").attr("class", "tensor-none").text((text) => text);
    },
    mark(marks) {
      if (shown === null) return;
      const { cell } = shown;
      ground.select("svg.tensor-marks").selectAll("rect").data(bandsOf(marks, shown.grid), (/** @type {any} */ band) => band.name).join("rect")
        .attr("class", (band) => band.name)
        .attr("x", (band) => band.column * cell.width)
        .attr("y", (band) => band.row * cell.height)
        .attr("width", (band) => band.columns * cell.width)
        .attr("height", (band) => band.rows * cell.height);
    },
    placeAt({ clientX, clientY }) {
      if (shown === null) return null;
      const box = element.getBoundingClientRect();
      const [row, column] = [Math.floor((clientY - box.top) / shown.cell.height), Math.floor((clientX - box.left) / shown.cell.width)];
      return row < 0 || column < 0 || row >= shown.grid.rows || column >= shown.grid.columns ? null : { row, column };
    },
  };
}

/** @param {Marks} marks @param {import("./sizes.js").Grid} grid @returns {Band[]} */
function bandsOf({ cross, pin, row, column, part }, grid) {
  const [line, stack] = [cross?.row ?? row, cross?.column ?? column];
  const bands = [
    ...(line === null || line === undefined ? [] : [{ name: "band across", row: line, column: 0, rows: 1, columns: grid.columns }]),
    ...(stack === null || stack === undefined ? [] : [{ name: "band down", row: 0, column: stack, rows: grid.rows, columns: 1 }]),
    ...(part ? [{ name: "part", ...part }] : []),
    ...(pin ? [{ name: "pin", ...pin, rows: 1, columns: 1 }] : []),
    ...(cross ? [{ name: "cross", ...cross, rows: 1, columns: 1 }] : []),
  ];
  return bands;
}
