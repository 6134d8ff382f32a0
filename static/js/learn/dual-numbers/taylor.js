/** The program along the direction of ε, its tangent and its Taylor polynomial; and the same numbers as a table. */

import { h } from "../../dom.js";
import { format, toNumber } from "../../format.js";
import { shape } from "../../plot/frame.js";
import { linePath, robustExtent } from "../../plot/scales.js";
import { aside, createChart, legend, numbers, plot } from "../chart.js";
import { unit } from "./words.js";

/** @typedef {import("./words.js").Dual} Dual */
/** @typedef {import("./words.js").Curve} Curve */

const HEIGHT = 320;
const ROWS = 11;
const ROOM = 0.15;

export function createTaylor() {
  const chart = createChart("taylor");
  const below = h("div", { class: "learn-figure" });
  const root = h("div", { class: "learn-figure" }, chart.root, below);

  /** @param {Dual} answer @param {string} name what moves by t @param {number | "all"} digits */
  function render(answer, name, digits) {
    root.hidden = answer.curve === null;
    if (answer.curve === null) return;
    const { curve, order } = answer;
    const output = answer.result?.name ?? "y";
    chart.draw((width) => drawn(curve, order, width, output, name));
    const polynomial = `Taylor polynomial of order ${order}`;
    /** @type {[string, string][]} */
    const lines = [["plot-line", `the program, where ${name} moves by t`], ["taylor-polynomial", order === 1 ? "its tangent: the dual number with t for ε" : polynomial]];
    if (order > 1) lines.push(["taylor-tangent", "its tangent"]);
    below.replaceChildren(legend(lines), aside("The same as a table", tableOf(curve, order, digits)));
  }
  return { root, render };
}

/** @param {Curve} curve @param {number} order @param {number} width @param {string} output @param {string} name */
function drawn(curve, order, width, output, name) {
  const { t } = curve;
  const values = curve.values.map(toNumber);
  const extent = robustExtent(values);
  const room = (extent.high - extent.low) * ROOM;
  const { svg, across, up, area } = plot({
    title: `${output} and its Taylor polynomial of order ${order}`, across: `t, by which ${name} moves`, up: output, width, height: HEIGHT,
    x: { low: t[0], high: t[t.length - 1] }, y: { low: extent.low - room, high: extent.high + room },
  });
  const clip = shape("clipPath", { id: "taylor-area" });
  clip.append(shape("rect", { x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top }));
  const lines = shape("g", { "clip-path": "url(#taylor-area)" });
  const path = (/** @type {string} */ kind, /** @type {number[]} */ ys) => shape("path", { class: kind, d: linePath(t, ys, across, up) });
  lines.append(path("plot-line", values));
  if (order > 1) lines.append(path("taylor-tangent", curve.polynomials[1].map(toNumber)));
  lines.append(path("taylor-polynomial", curve.polynomials[order].map(toNumber)));
  const start = toNumber(curve.polynomials[0][0]);
  if (Number.isFinite(start)) lines.append(shape("circle", { class: "plot-dot", cx: across.at(0), cy: up.at(start), r: 5 }));
  svg.append(clip, lines);
  return svg;
}

/** @param {Curve} curve @param {number} order @param {number | "all"} digits */
function tableOf({ t, values, polynomials }, order, digits) {
  const step = Math.max(1, Math.floor((t.length - 1) / (ROWS - 1)));
  const places = t.map((_, place) => place).filter((place) => place % step === 0);
  const heads = ["t", "program", ...(order > 1 ? ["tangent"] : []), order > 1 ? `up to t${unit(order).slice(1)}` : "tangent"];
  const shown = (/** @type {any} */ value) => format(value, { digits });
  return numbers("The program and its Taylor polynomial", heads, places.map((place) => [shown(t[place]), shown(values[place]), ...(order > 1 ? [shown(polynomials[1][place])] : []), shown(polynomials[order][place])]));
}

/** @param {Curve} curve @param {number} order @param {number | "all"} digits @returns {string} both ends, where the two are farthest apart as a rule */
export function curveSentence({ t, values, polynomials }, order, digits) {
  const last = t.length - 1;
  const shown = (/** @type {any} */ value) => format(value, { digits });
  const one = order === 1 ? "the tangent" : `the polynomial of order ${order}`;
  return `At t = ${shown(t[0])} the program gives ${shown(values[0])} and ${one} ${shown(polynomials[order][0])}; at t = ${shown(t[last])} they are ${shown(values[last])} and ${shown(polynomials[order][last])}.`;
}
