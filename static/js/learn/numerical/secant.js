/** The secant through two points of the curve beside the tangent, at one step. */

import { format, toNumber } from "../../format.js";
import { h } from "../../dom.js";
import { shape } from "../../plot/frame.js";
import { extentOf, linePath, robustExtent } from "../../plot/scales.js";
import { createChart, legend, plot } from "../chart.js";
import { SHOWN } from "./schemes.js";

/** @typedef {import("./schemes.js").Numerical} Numerical */
/** @typedef {"forward" | "backward" | "central"} Cut */

const HEIGHT = 330;
const NEAR = 9;

export function createSecant() {
  const chart = createChart("secant");
  const root = h("div", { class: "learn-figure" }, chart.root, legend([["plot-line", "f"], ["plot-tangent", "tangent, by the engine"], ["quotient-secant quotient-dot", "secant through two points"]]));

  /** @param {Numerical} answer what the curve is taken from @param {number} at the place of the step in ``steps`` @param {Numerical} steps @param {Cut} cut */
  const render = (answer, at, steps, cut) => chart.draw((width) => drawn(answer, steps.secants[at], cut, width, String(steps.exact)));

  return { root, render };
}

/** @param {Numerical} answer @param {Numerical["secants"][number]} secant @param {Cut} cut @param {number} width @param {string} exact */
function drawn({ curve, tangent }, secant, cut, width, exact) {
  const { points, slope } = secant[cut];
  const xs = curve.x.map(toNumber);
  const ys = curve.f.map(toNumber);
  const [from, to] = [Math.min(...xs), Math.max(...xs)];
  const tangents = (tangent?.points ?? []).map(([, y]) => toNumber(y));
  const title = `f with its tangent, slope ${format(Number(exact))}, and the ${SHOWN[cut].words} secant for h = ${format(secant.h, { digits: 3 })}, slope ${format(slope)}`;
  const { svg, across, up, area } = plot({ title, across: "x", up: "f(x)", width, height: HEIGHT, x: { low: from, high: to }, y: extentOf([...robustBounds(ys), ...tangents.filter((y) => Math.abs(y) < 3 * Math.max(...ys.filter(Number.isFinite).map(Math.abs), 1))]) });
  const clip = `secant-clip-${width}`;
  const clipping = shape("clipPath", { id: clip });
  clipping.append(shape("rect", { x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top }));
  const lines = shape("g", { "clip-path": `url(#${clip})` });
  svg.append(clipping, lines);
  lines.append(shape("path", { class: "plot-line", d: linePath(xs, ys, across, up) }));
  if (tangent) lines.append(shape("path", { class: "plot-tangent", d: straight(tangent.points, from, to, toNumber(tangent.slope), across, up) }));
  const ends = points.map(([x, y]) => /** @type {[number, number]} */ ([toNumber(x), toNumber(y)]));
  if (ends.every(([, y]) => Number.isFinite(y)) && Number.isFinite(toNumber(slope))) {
    lines.append(shape("path", { class: "quotient-secant", d: straight(points, from, to, toNumber(slope), across, up) }));
    const isClose = Math.abs(across.at(ends[1][0]) - across.at(ends[0][0])) < NEAR;
    ends.forEach(([x, y], place) => lines.append(shape("circle", { class: "quotient-dot", cx: across.at(x), cy: up.at(y), r: isClose && place === 1 ? 7 : 5 })));
  }
  return svg;
}

/** @param {number[]} ys @returns {number[]} */
function robustBounds(ys) {
  const { low, high } = robustExtent(ys);
  return [low, high];
}

/**
 * @param {[import("../../format.js").Scalar, import("../../format.js").Scalar][]} points @param {number} from @param {number} to @param {number} slope
 * @param {import("../../plot/scales.js").Scale} across @param {import("../../plot/scales.js").Scale} up @returns {string} the line through the first point, from end to end
 */
function straight(points, from, to, slope, across, up) {
  const [x, y] = points[0].map(toNumber);
  return `M${across.at(from)} ${up.at(y + slope * (from - x))}L${across.at(to)} ${up.at(y + slope * (to - x))}`;
}
