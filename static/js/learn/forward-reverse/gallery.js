/** The bound of the cheap gradient over the gallery: a dot a program, all left of the line but those that say why. */

import { h } from "../../dom.js";
import { format } from "../../format.js";
import { shape } from "../../plot/frame.js";
import { aside, createChart, numbers, plot } from "../chart.js";

/** @typedef {import("./costs.js").Count} Count */
/** @typedef {{id: string, title: string, inputs: number, outputs: number, primal: Count, forward: Count, reverse: Count, ratio: number | null, above: string[]}} ExampleCosts */
/** @typedef {{bound: number, costs: ExampleCosts[]}} GalleryCosts */
/** @typedef {{one: ExampleCosts, ratio: number, column: number, level: number, isFar: boolean}} Dot */

const BIN = 0.1;
const RADIUS = 5;
const LOW = 1;

/** @param {(id: string) => void} onOpen */
export function createGallery(onOpen) {
  const chart = createChart("gallery");
  const words = h("p", { class: "learn-note" });
  const twin = h("div", {});
  const root = h("div", { class: "cheap" }, h("h3", {}, "A gradient is cheap, all over the gallery"), words, chart.root, twin);

  /** @param {GalleryCosts} found @param {number | null} own the ratio of the reader's program @param {number | "all"} digits */
  function render(found, own, digits) {
    const dots = dotsOf(found.costs, found.bound);
    words.textContent = sentenceOf(found, digits);
    chart.draw((width) => drawn(found, dots, own, width, onOpen));
    const sorted = [...found.costs].sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0));
    const open = (/** @type {ExampleCosts} */ { id, title }) => h("button", { type: "button", class: "button quiet small", onclick: () => onOpen(id) }, title);
    twin.replaceChildren(aside("The dots as a table", numbers("What the gallery's programs cost", ["program", "inputs", "outputs", "operations", "reverse sweep", "together, times the program"], sorted.map((one) => [open(one), String(one.inputs), String(one.outputs), String(one.primal.total), String(one.reverse.total), format(one.ratio, { digits })]))));
  }

  return { root, render };
}

/** @param {GalleryCosts} found @param {number | "all"} digits */
export function sentenceOf({ bound, costs }, digits) {
  const told = costs.filter(({ ratio }) => ratio !== null);
  const beyond = told.filter(({ ratio }) => /** @type {number} */ (ratio) > bound);
  const most = Math.max(...told.filter(({ ratio }) => /** @type {number} */ (ratio) <= bound).map(({ ratio }) => /** @type {number} */ (ratio)));
  const apart = beyond.map((one) => ` Only “${one.title}” takes ${format(one.ratio, { digits })} times: the derivative of ${one.above.join(", ")} costs more than its share.`);
  return `A program and its gradient together take at most ${format(most, { digits })} times the operations of the program, in ${told.length - beyond.length} of ${told.length} programs, however many inputs there are.${apart.join("")}`;
}

/** @param {ExampleCosts[]} costs @param {number} bound @returns {Dot[]} stacked where they would lie on each other; far ones stand at the edge */
export function dotsOf(costs, bound) {
  /** @type {Map<number, number>} */
  const heights = new Map();
  const known = costs.filter(({ ratio }) => ratio !== null).sort((a, b) => /** @type {number} */ (a.ratio) - /** @type {number} */ (b.ratio));
  return known.map((one) => {
    const ratio = /** @type {number} */ (one.ratio);
    const isFar = ratio > bound + 0.5;
    const column = isFar ? Math.round((bound + 0.4) / BIN) : Math.round(ratio / BIN);
    const level = heights.get(column) ?? 0;
    heights.set(column, level + 1);
    return { one, ratio, column, level, isFar };
  });
}

/** @param {GalleryCosts} found @param {Dot[]} dots @param {number | null} own @param {number} width @param {(id: string) => void} onOpen */
function drawn({ bound, costs }, dots, own, width, onOpen) {
  const highest = Math.max(...dots.map(({ level }) => level)) + 1;
  const radius = Math.min(RADIUS, ((width - 76) / ((bound + 0.6 - LOW) / BIN)) * 0.48);
  const height = Math.round(highest * 2 * radius + 78);
  const { svg, across, area } = plot({ title: `${costs.length} programs by what they and their gradient cost together, in parts of the program alone; the line stands at ${bound}`, across: "operations, times the program", up: "programs", width, height, x: { low: LOW, high: bound + 0.6 }, y: { low: 0, high: (height - 58) / (2 * radius) }, ticks: 3 });
  const line = across.at(bound);
  svg.append(shape("path", { class: "cheap-bound", d: `M${line} ${area.top}V${area.bottom}` }), shape("text", { class: "plot-name", x: line - 6, y: area.top + 14, "text-anchor": "end" }, `bound ${bound}`));
  for (const { one, ratio, column, level, isFar } of dots) {
    const [cx, cy] = [across.at(column * BIN), area.bottom - radius - level * 2 * radius];
    const dot = shape("circle", { class: isFar ? "cheap-dot is-far" : "cheap-dot", cx, cy, r: radius - 0.5 });
    dot.append(shape("title", {}, `${one.title}: ${format(ratio)}`));
    dot.addEventListener("click", () => onOpen(one.id));
    svg.append(dot);
    if (isFar) svg.append(shape("text", { class: "cheap-far", x: cx + radius, y: cy - radius - 3, "text-anchor": "end" }, `${format(ratio, { digits: 3 })} →`));
  }
  if (own !== null) {
    const x = across.at(Math.min(own, bound + 0.5));
    svg.append(shape("path", { class: "cheap-own", d: `M${x} ${area.bottom}l-6 9h12z` }), shape("title", {}, `your program: ${format(own)}`));
  }
  return svg;
}
