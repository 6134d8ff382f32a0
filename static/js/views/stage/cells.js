/** The grids of a tensor's card: the same geometry for primal, tangent and adjoint, tinted by sign. */

import { d3 } from "../../vendor.js";
import { cellsFor } from "../../scene.js";
import { full } from "../../format.js";
import { captionOf } from "./sizes.js";

/** @typedef {import("../../scene.js").SceneNode} SceneNode */
/** @typedef {import("./sizes.js").Card} Card */
/** @typedef {import("../../plan.js").Slot} Slot */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */

/** @param {Group} body @param {SceneNode} node @param {Card} card @param {(slot: Slot) => SceneNode} shown which scene a slot shows, while moves are under way @param {number | "all"} digits */
export function paintTensor(body, node, card, shown, digits) {
  const blocks = /** @type {Group} */ (body
    .selectAll("g.block")
    .data(card.blocks, (/** @type {any} */ block) => block.slot)
    .join((enter) => {
      const block = enter.append("g");
      block.append("text").attr("class", "caption");
      block.append("rect").attr("class", "grid").attr("rx", 3);
      block.append("g").attr("class", "cells");
      return block;
    })
    .attr("class", (block) => `block slot ${block.slot}`)
    .attr("transform", (block) => `translate(${block.x},${card.primalY})`));
  blocks.select("text.caption").attr("x", (block) => block.width / 2).attr("y", -6).text((block) => captionOf(node, block.slot));
  blocks.select("rect.grid").attr("width", (block) => block.width).attr("height", card.grid.rows * card.grid.height);
  blocks.each(function paint(block) {
    const group = /** @type {Group} */ (/** @type {any} */ (d3.select(this)).select("g.cells"));
    if (card.display === "chip") paintLine(group, shown(block.slot)[/** @type {Slot} */ (block.slot)], card);
    else paintCells(group, shown(block.slot), block.slot, card, digits);
  });
}

/** @param {Group} group @param {string} text @param {Card} card */
function paintLine(group, text, card) {
  group.selectAll("text").data([text]).join("text").attr("class", "value").attr("x", card.grid.width / 2).attr("y", card.grid.height / 2).text((value) => value);
}

/** @param {Group} group @param {SceneNode} node @param {Slot} slot @param {Card} card @param {number | "all"} digits */
function paintCells(group, node, slot, card, digits) {
  const { columns, width, height, rows } = card.grid;
  const cells = cellsFor(node, slot, { digits });
  const data = Array.from({ length: rows * columns }, (_, at) => ({
    text: cells?.texts[at] ?? "–",
    value: cells?.values[at],
    level: cells === null ? "none" : Number.isNaN(cells.values[at]) ? "nan" : String(cells.levels[at]),
  }));
  const joined = group.selectAll("g.cell").data(data).join((enter) => {
    const cell = enter.append("g");
    cell.append("rect");
    cell.append("text");
    cell.append("title");
    return cell;
  });
  joined.attr("class", (cell) => `cell level${cell.level}`).attr("transform", (_, at) => `translate(${(at % columns) * width},${Math.floor(at / columns) * height})`);
  joined.select("rect").attr("width", width).attr("height", height);
  joined.select("text").attr("x", width / 2).attr("y", height / 2).text((cell) => (card.display === "numbers" ? cell.text : ""));
  joined.select("title").text((cell) => (cell.value === undefined ? "not computed" : full(cell.value)));
}
