/** Many cells at once, on a canvas: the same palette and the same signs as the cells that are marks of their own. */

import { coloursNear } from "../colours.js";
import { levelName } from "./cells.js";

/** @typedef {import("./cells.js").Sight} Sight */
/** @typedef {ReadonlyMap<string, string>} Palette colours by the step's name */

const LEVELS = Object.freeze(["-5", "-4", "-3", "-2", "-1", "0", "1", "2", "3", "4", "5"]);

/** @param {HTMLElement} near an element whose colours count @returns {Palette} */
export function paletteOf(near) {
  const variables = new Map([
    ...LEVELS.map((level) => /** @type {[string, string]} */ ([level, `--sign-${level === "0" ? "zero" : level.startsWith("-") ? `n${level.slice(1)}` : `p${level}`}`])),
    ["nan", "--error-fill"], ["hatch", "--error"], ["low", "--sign-low"], ["high", "--sign-high"], ["none", "--muted"],
  ]);
  const colours = coloursNear(near, [...variables.values()]);
  return new Map([...variables].map(([name, variable]) => [name, colours.get(variable) ?? ""]));
}

/** @param {HTMLCanvasElement} canvas @param {Sight} sight @param {Palette} palette */
export function paintCells(canvas, { grid, cell, values, reach }, palette) {
  const scale = Math.max(1, globalThis.devicePixelRatio || 1);
  canvas.width = Math.round(grid.columns * cell.width * scale);
  canvas.height = Math.round(grid.rows * cell.height * scale);
  canvas.style.width = `${grid.columns * cell.width}px`;
  canvas.style.height = `${grid.rows * cell.height}px`;
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.lineWidth = 1;
  for (let at = 0; at < grid.rows * grid.columns && values !== null; at += 1) {
    const [x, y] = [(at % grid.columns) * cell.width, Math.floor(at / grid.columns) * cell.height];
    const level = levelName(values[at], reach);
    context.fillStyle = palette.get(level) ?? "";
    context.fillRect(x, y, cell.width, cell.height);
    sign(context, values[at], { x, y, ...cell }, palette);
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} value @param {{x: number, y: number, width: number, height: number}} box @param {Palette} palette */
function sign(context, value, { x, y, width, height }, palette) {
  const [middle, centre] = [x + width / 2, y + height / 2];
  if (Number.isNaN(value)) {
    context.strokeStyle = palette.get("hatch") ?? "";
    context.beginPath();
    context.moveTo(x, y + height);
    context.lineTo(x + Math.min(width, height), y);
    context.stroke();
  } else if (Math.abs(value) === Infinity) {
    context.fillStyle = palette.get("high") ?? "";
    if (value > 0) context.fillRect(middle - 0.5, y + 1, 1, height - 2);
    context.fillRect(middle - 2, centre - 0.5, 4, 1);
  } else if (value < 0) {
    context.fillStyle = palette.get("low") ?? "";
    context.globalAlpha = 0.55;
    context.fillRect(middle - 1, centre - 0.5, 2, 1);
    context.globalAlpha = 1;
  }
}
