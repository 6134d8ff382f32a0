/** What both modes cost for a whole Jacobian: counts in a table, totals as two lines that cross. */

import { h } from "../../dom.js";
import { format } from "../../format.js";
import { shape } from "../../plot/frame.js";
import { linePath } from "../../plot/scales.js";
import { aside, createChart, numbers, plot } from "../chart.js";
import { counted } from "../words.js";

/** @typedef {{additions: number, multiplications: number, functions: number, other: number, total: number, passes: number, whole: number}} Count */
/** @typedef {{forward: number, reverse: number, outputs?: number, inputs?: number}} Row */
/** @typedef {{inputs: number, outputs: number, primal: Count, forward: Count, reverse: Count, cheaper: "forward" | "reverse" | "same", ratio: number | null, bound: number, above: string[], crossing: {outputs: number, inputs: number} | null, rows: {by_outputs: Row[], by_inputs: Row[]}, conventions: string[]}} Costs */

const HEIGHT = 270;
const KINDS = Object.freeze(/** @type {const} */ (["additions", "multiplications", "functions", "other"]));

export function createCosts() {
  const table = h("div", {});
  const chart = createChart("crossover");
  const twin = h("div", {});
  const radios = ["outputs", "inputs"].map((value) => h("input", { type: "radio", name: "crossover", value, checked: value === "outputs" }));
  const choice = h("fieldset", { class: "learn-choice" }, h("legend", {}, "More and more"), ...radios.map((radio) => h("label", {}, radio, h("span", {}, radio.value))));
  const root = h("div", { class: "costs" }, h("h3", {}, "The whole Jacobian, either way"), table, h("div", { class: "learn-figure" }, choice, chart.root, twin));
  /** @type {Costs | null} */
  let costs = null;
  choice.addEventListener("change", () => draw());

  /** @param {Costs} found @param {number | "all"} digits */
  function render(found, digits) {
    costs = found;
    table.replaceChildren(countTable(found, digits), aside("How operations are counted", h("ul", { class: "learn-list-plain" }, ...found.conventions.map((sentence) => h("li", {}, sentence)))));
    draw();
  }

  function draw() {
    if (costs === null) return;
    const side = radios[1].checked ? "inputs" : "outputs";
    const found = costs;
    const rows = side === "outputs" ? found.rows.by_outputs : found.rows.by_inputs;
    chart.draw((width) => drawn(found, rows, side, width));
    const own = found[side];
    twin.replaceChildren(aside("The lines as a table", numbers(`Operations of the whole Jacobian for more and more ${side}`, [side, "forward", "reverse"], rows.map((row) => [row[side] === own ? `${row[side]} (your program)` : String(row[side]), String(row.forward), String(row.reverse)]), (at) => (rows[at][side] === own ? "is-current" : ""))));
  }

  return { root, render };
}

/** @param {Costs} costs @param {number | "all"} digits */
function countTable(costs, digits) {
  const kinds = KINDS.filter((kind) => kind !== "other" || costs.primal.other + costs.forward.other + costs.reverse.other > 0);
  const heads = ["", ...kinds.map((kind) => (kind === "other" ? "other work" : kind)), "operations", "passes", "whole Jacobian"];
  const counted = (/** @type {Count} */ count) => [...kinds.map((kind) => String(count[kind])), String(count.total)];
  const whole = (/** @type {"forward" | "reverse"} */ mode) => (costs.cheaper === mode ? h("strong", {}, `${costs[mode].whole} ✓ cheaper`) : String(costs[mode].whole));
  const rows = [
    ["the program", ...counted(costs.primal), "1", "–"],
    ["one forward sweep", ...counted(costs.forward), `${costs.forward.passes}, one an input`, whole("forward")],
    ["one reverse sweep", ...counted(costs.reverse), `${costs.reverse.passes}, one an output`, whole("reverse")],
  ];
  const table = numbers("Operations of the program and of one sweep in each mode, passes, and the total for the whole Jacobian", heads, rows, (at) => ["", "is-forward", "is-reverse"][at]);
  return h("div", {}, table, h("p", { class: "learn-note" }, ratioWords(costs, digits)));
}

/** @param {Costs} costs @param {number | "all"} digits */
export function ratioWords({ ratio, bound, above }, digits) {
  if (ratio === null) return "The program does no arithmetic that counts.";
  const told = `The program and one reverse sweep together are ${format(ratio, { digits })} times the program alone`;
  if (ratio <= bound) return `${told}: at most ${bound}, as Griewank’s bound says.`;
  return `${told}, more than ${bound}${above.length > 0 ? `: the derivative of ${above.join(" and of ")} costs more than its share` : ""}.`;
}

/** @param {Costs} costs @param {Row[]} rows @param {"outputs" | "inputs"} side @param {number} width */
function drawn(costs, rows, side, width) {
  const xs = rows.map((row) => /** @type {number} */ (row[side]));
  const most = Math.max(...rows.flatMap(({ forward, reverse }) => [forward, reverse]), 1);
  const { svg, across, up, area } = plot({ title: `Operations of the whole Jacobian over the number of ${side}: ${crossWords(costs, side)}`, across: `${side} (with ${side === "outputs" ? counted(costs.inputs, "input") : counted(costs.outputs, "output")})`, up: "operations", width, height: HEIGHT, x: { low: 0, high: Math.max(...xs, 2) }, y: { low: 0, high: most * 1.08 }, counts: true });
  for (const mode of /** @type {const} */ (["forward", "reverse"])) {
    svg.append(shape("path", { class: `cost-line is-${mode}`, d: linePath(xs, rows.map((row) => row[mode]), across, up) }));
  }
  const crossing = costs.crossing?.[side] ?? null;
  if (crossing !== null && crossing < across.extent.high) {
    const x = across.at(crossing);
    svg.append(shape("path", { class: "cost-crossing", d: `M${x} ${area.top}V${area.bottom}` }), shape("text", { class: "plot-name", x: x + 6, y: area.bottom - 8 }, `same at ${format(crossing, { digits: 3 })}`));
  }
  marks(svg, costs, side, across, up);
  legend(svg, area);
  return svg;
}

/** @param {SVGSVGElement} svg @param {Costs} costs @param {"outputs" | "inputs"} side @param {import("../chart.js").Scale} across @param {import("../chart.js").Scale} up */
function marks(svg, costs, side, across, up) {
  const x = across.at(costs[side]);
  svg.append(shape("circle", { class: "cost-mark is-forward", cx: x, cy: up.at(costs.forward.whole), r: 6 }), shape("rect", { class: "cost-mark is-reverse", x: x - 5.5, y: up.at(costs.reverse.whole) - 5.5, width: 11, height: 11 }));
}

/** @param {SVGSVGElement} svg @param {import("../../plot/frame.js").Area} area */
function legend(svg, area) {
  ["forward", "reverse"].forEach((mode, at) => {
    const y = area.top + 16 + 19 * at;
    svg.append(shape("path", { class: `cost-line is-${mode}`, d: `M${area.left + 10} ${y - 4}h28` }), shape("text", { x: area.left + 46, y, class: "plot-name" }, mode === "forward" ? "forward ●" : "reverse ■"));
  });
}

/** @param {Costs} costs @param {"outputs" | "inputs"} side */
function crossWords(costs, side) {
  const crossing = costs.crossing?.[side] ?? null;
  if (crossing === null) return "nothing to differentiate";
  const below = side === "outputs" ? "reverse" : "forward";
  return `${below} mode is cheaper below ${format(crossing, { digits: 3 })}, ${below === "reverse" ? "forward" : "reverse"} mode above`;
}
