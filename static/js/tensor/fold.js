/** The drawing of a broadcast operand: its cells, their ghosts, and the move between them. */

import { d3 } from "../vendor.js";
import { format } from "../format.js";
import { levelName, signOf } from "./cells.js";

/** @typedef {import("./folding.js").Folding & {cell: import("./sizes.js").Cell & {isSaid: boolean}, way: "forward" | "reverse", numbers: import("./broadcast-view.js").Numbers, reach: number, sumReach: number, digits: number | "all"}} Fold */

/** A ghost is so much smaller than a cell, on every side. */
const GHOST = 2.5;
/** No single move is longer. */
const LONGEST = 400;

/** @param {Fold} fold */
export function drawFolding({ spots, sums, width, height, cell, way, numbers, reach, sumReach, digits }) {
  const svg = d3.create("svg").attr("class", `fold ${way}`).attr("width", width + 2).attr("height", height + 2).attr("viewBox", `-1 -1 ${width + 2} ${height + 2}`).attr("role", "img").attr("aria-label", way === "forward" ? "Cells repeated as ghosts" : "Cells added up into fewer");
  const textOf = (/** @type {import("./folding.js").Spot} */ { at }) => numbers.cells[at] ?? (numbers.values === null ? "" : format(numbers.values[at], { digits }));
  const levelOf = (/** @type {import("./folding.js").Spot} */ { at }) => (numbers.values === null ? "none" : levelName(numbers.values[at], reach));
  const inset = (/** @type {import("./folding.js").Spot} */ { isGhost }) => (isGhost || way === "reverse" ? GHOST : 0);
  const totals = svg.selectAll("g.sum").data(sums).join("g").attr("transform", ({ x, y }) => `translate(${x},${y})`);
  totals.attr("class", ({ place }) => `tensor-cell sum level${numbers.sums === null ? "none" : levelName(numbers.sums[place], sumReach)}`);
  const cells = svg.selectAll("g.spot").data(spots).join("g").attr("class", (spot) => `tensor-cell spot level${levelOf(spot)}${spot.isGhost || way === "reverse" ? " ghost" : ""}`).attr("transform", home);
  const sumText = (/** @type {{place: number}} */ { place }) => (numbers.sums === null ? "–" : format(numbers.sums[place], { digits }));
  totals.append("rect").attr("width", cell.width).attr("height", cell.height);
  cells.append("rect").attr("x", inset).attr("y", inset).attr("width", (spot) => cell.width - 2 * inset(spot)).attr("height", (spot) => cell.height - 2 * inset(spot));
  const words = cell.isSaid ? "text" : "title";
  svg.selectAll("g").append(words).attr("x", cell.width / 2).attr("y", cell.height / 2);
  totals.select(words).text(sumText);
  cells.select(words).text(textOf);
  cells.append("path").attr("d", ({ at }) => (numbers.values === null ? "" : signOf(numbers.values[at], cell.isSaid, cell)));

  /** @param {number} speed forward cells leave their operand, in reverse they go into its adjoint */
  function play(speed) {
    const duration = Math.min(LONGEST, LONGEST / speed);
    if (way === "forward") cells.interrupt().attr("transform", away).style("opacity", 0.4).transition().duration(duration).attr("transform", home).style("opacity", 1);
    else {
      totals.interrupt().style("opacity", 0).transition().delay(duration).duration(0).style("opacity", 1);
      cells.interrupt().attr("transform", home).transition().duration(duration).attr("transform", away).transition().duration(0).attr("transform", home);
    }
  }
  return { element: /** @type {SVGSVGElement} */ (svg.node()), play };
}

/** @param {import("./folding.js").Spot} spot */
const home = ({ x, y }) => `translate(${x},${y})`;

/** @param {import("./folding.js").Spot} spot */
const away = ({ homeX, homeY }) => `translate(${homeX},${homeY})`;
