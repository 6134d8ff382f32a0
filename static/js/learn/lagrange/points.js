/** All stationary points, the system that they solve, and what moving a constraint is worth. */

import { h } from "../../dom.js";
import { format, toNumber } from "../../format.js";
import { shape } from "../../plot/frame.js";
import { extentOf, linePath } from "../../plot/scales.js";
import { typeset } from "../../views/typeset.js";
import { aside, createChart, legend, numbers, plot } from "../chart.js";
import { KINDS, multiplierNames, pointText } from "./words.js";

/** @typedef {import("./answer.js").Lagrange} Lagrange */
/** @typedef {import("./answer.js").Stationary} Stationary */

const HEIGHT = 240;

/** @param {Lagrange} answer @param {number} chosen @param {(place: number) => void} onPoint @param {number | "all"} digits @returns {HTMLElement} */
export function pointsTable(answer, chosen, onPoint, digits) {
  const names = multiplierNames(answer.constraints.length);
  const bounds = answer.inequalities.map(({ text }) => text);
  const rows = answer.points.map((one, place) => [
    h("button", { type: "button", class: "button small plane-pick", "aria-pressed": String(place === chosen), onclick: () => onPoint(place) }, signOf(one), KINDS[one.kind].words),
    format(one.value, { digits }),
    pointText(one.point, { digits }),
    ...one.multipliers.map((value) => format(value, { digits })),
    ...bounds.map((_, at) => (one.active.includes(at) ? `active, ${format(one.inequality_multipliers[at], { digits })}` : "not active")),
    ...(bounds.length > 0 ? [{ min: "of a minimum", max: "of a maximum", both: "of either", neither: "fail" }[one.kkt ?? "neither"]] : []),
    format(one.residual, { digits: 1 }),
  ]);
  const heads = ["kind", "f", "point", ...names, ...bounds, ...(bounds.length > 0 ? ["KKT conditions"] : []), "residual"];
  if (rows.length === 0) return h("p", { class: "learn-note" }, "No stationary point was found.");
  return numbers("Stationary points", heads, rows, (row) => (row === chosen ? "is-current" : ""));
}

/** @param {Stationary} one */
function signOf(one) {
  const sign = shape("svg", { class: "plot plane-sign", width: 20, height: 20, viewBox: "-10 -10 20 20", "aria-hidden": "true" });
  sign.append(shape("path", { class: `plane-mark plane-${one.kind}`, d: KINDS[one.kind].mark }));
  return sign;
}

/** @param {Lagrange} answer @returns {HTMLElement} */
export function systemOf({ system, constraints, inequalities }) {
  const [d, ...rest] = [system.unknowns - constraints.length - inequalities.length, constraints.length, inequalities.length].filter((count) => count > 0);
  const unknowns = [d, ...rest].join(" + ");
  return h(
    "div",
    { class: "plane-system" },
    h("h3", {}, `${system.equations.length} equations in ${unknowns} unknowns`),
    h("p", { class: "plane-whole" }, typeset(system.latex), h("span", { class: "visually-hidden" }, system.latex)),
    h("ol", { class: "plane-equations" }, ...system.equations.map(({ by, text, latex }) => h("li", {}, h("span", { class: "plane-by" }, `∂L/∂${by} = 0`), typeset(latex), h("span", { class: "visually-hidden" }, text)))),
  );
}

export function createSensitivity() {
  const chart = createChart("sensitivity");
  const twin = h("div", {});
  const told = h("p", { class: "learn-note" });
  const pick = h("select", { class: "field", "aria-label": "Constraint that is moved", onchange: () => again() });
  const row = h("label", { class: "quotient-row" }, h("span", {}, "Move"), pick);
  const root = h("div", { class: "learn-figure" }, h("h3", {}, "What a constraint is worth"), row, told, chart.root, legend([["plot-line", "the optimum, solved again"], ["plot-tangent", "slope λ"]]), twin);
  let again = () => {};

  /** @param {Lagrange} answer @param {Stationary | undefined} point @param {number | "all"} digits */
  function render(answer, point, digits) {
    const moves = point?.sensitivity ?? [];
    root.hidden = moves.length === 0;
    if (point === undefined || moves.length === 0) return;
    const words = moves.map(({ list, constraint }) => answer[list][constraint]?.text ?? "");
    row.hidden = moves.length < 2;
    pick.replaceChildren(...words.map((text, at) => h("option", { value: String(at) }, text)));
    again = () => {
      const move = moves[Number(pick.value) || 0];
      told.textContent = `Where ${words[Number(pick.value) || 0]} is off by c, the optimum moves by about λ c: λ is ${format(move.multiplier, { digits })}, the slope measured at c = 0 is ${format(move.slope, { digits })}.`;
      chart.draw((width) => drawn(move, toNumber(point.value), width));
      twin.replaceChildren(aside("The moved optimum as a table", numbers("The optimum when the constraint is moved", ["c", "f at the optimum"], move.offsets.map((offset, at) => [format(offset, { digits: 3 }), format(move.values[at], { digits })]))));
    };
    again();
  }
  return { root, render };
}

/** @param {import("./answer.js").Sensitivity} move @param {number} value @param {number} width */
function drawn({ offsets, values, multiplier }, value, width) {
  const ys = values.map(toNumber);
  const [from, to] = [offsets[0], offsets[offsets.length - 1]];
  const line = (/** @type {number} */ c) => value + toNumber(multiplier) * c;
  const { svg, across, up } = plot({ title: `The optimum over the shift c of the constraint; its slope at 0 is λ = ${format(multiplier)}`, across: "shift c of the constraint", up: "f", width, height: HEIGHT, x: { low: from, high: to }, y: extentOf([...ys, line(from), line(to)]) });
  svg.append(
    shape("path", { class: "plot-line", d: linePath(offsets, ys, across, up) }),
    shape("path", { class: "plot-tangent", d: `M${across.at(from)} ${up.at(line(from))}L${across.at(to)} ${up.at(line(to))}` }),
    shape("circle", { class: "quotient-dot", cx: across.at(0), cy: up.at(value), r: 6 }),
  );
  return svg;
}
