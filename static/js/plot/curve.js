/** A curve with the tangent line at the current point; the point is a slider. */

import { h } from "../dom.js";
import { format } from "../format.js";
import { linePath, robustExtent, scaleOf } from "./scales.js";
import { axes, frame, shape } from "./frame.js";

/** @typedef {{input: string, output: string, xs: number[], ys: number[], slopes: number[], x: number, y: number, slope: number, digits: number | "all", derivative: boolean}} Curve */

/** @param {Curve} curve @param {{width: number, height: number}} size @param {(x: number, done: boolean) => void} onMove @returns {SVGSVGElement} */
export function drawCurve(curve, size, onMove) {
  const { svg, area } = frame(size, `${curve.output} over ${curve.input}`);
  const values = curve.derivative ? [...curve.ys, ...curve.slopes] : curve.ys;
  const across = scaleOf({ low: curve.xs[0], high: curve.xs[curve.xs.length - 1] }, area.left, area.right, 5);
  const up = scaleOf(robustExtent(Number.isFinite(curve.y) ? [...values, curve.y] : values), area.bottom, area.top, 5);
  axes(svg, area, across, up, curve.input, curve.output);
  const inside = shape("g", { "clip-path": "url(#plot-area)" });
  if (curve.derivative) inside.append(shape("path", { class: "plot-slope", d: linePath(curve.xs, curve.slopes, across, up) }));
  inside.append(shape("path", { class: "plot-line", d: linePath(curve.xs, curve.ys, across, up) }));
  if (Number.isFinite(curve.y) && Number.isFinite(curve.slope)) inside.append(tangent(curve, across, up));
  svg.append(inside);
  if (Number.isFinite(curve.y)) svg.append(handle(curve, across, up, svg, onMove));
  return svg;
}

/** @param {Curve} curve @param {import("./scales.js").Scale} across @param {import("./scales.js").Scale} up */
function tangent({ x, y, slope }, across, up) {
  const { low, high } = across.extent;
  const at = (/** @type {number} */ t) => up.at(y + slope * (t - x)).toFixed(2);
  return shape("path", { class: "plot-tangent", d: `M${across.at(low)} ${at(low)}L${across.at(high)} ${at(high)}` });
}

/** @param {Curve} curve @param {import("./scales.js").Scale} across @param {import("./scales.js").Scale} up @param {SVGSVGElement} svg @param {(x: number, done: boolean) => void} onMove */
function handle(curve, across, up, svg, onMove) {
  const { low, high } = across.extent;
  const point = shape("g", { class: "plot-point", tabindex: 0, role: "slider", "aria-label": curve.input, "aria-valuemin": low, "aria-valuemax": high, "aria-valuenow": curve.x, "aria-valuetext": `${format(curve.x, curve)}: ${curve.output} is ${format(curve.y, curve)}, slope ${format(curve.slope, curve)}` });
  point.append(shape("circle", { class: "plot-touch", cx: across.at(curve.x), cy: up.at(curve.y), r: 22 }), shape("circle", { class: "plot-dot", cx: across.at(curve.x), cy: up.at(curve.y), r: 7 }));
  const step = (high - low) / (curve.xs.length - 1);
  const limited = (/** @type {number} */ x) => Number(Math.min(high, Math.max(low, x)).toPrecision(6));
  point.addEventListener("keydown", (event) => {
    const move = new Map([["ArrowRight", 1], ["ArrowUp", 1], ["ArrowLeft", -1], ["ArrowDown", -1], ["PageUp", 10], ["PageDown", -10]]).get(event.key);
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(limited(curve.x + move * step), true);
  });
  point.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    const ratio = svg.viewBox.baseVal.width / box.width;
    const seen = (/** @type {PointerEvent} */ moved) => limited(across.value((moved.clientX - box.left) * ratio));
    const drag = (/** @type {PointerEvent} */ moved) => onMove(seen(moved), false);
    const drop = (/** @type {PointerEvent} */ moved) => {
      removeEventListener("pointermove", drag);
      onMove(seen(moved), true);
    };
    addEventListener("pointermove", drag);
    addEventListener("pointerup", drop, { once: true });
  });
  return point;
}

/** @param {Curve} curve @returns {HTMLTableElement} the numbers of the curve, every fifth point and the current one */
export function curveTable(curve) {
  const rows = curve.xs.map((x, place) => ({ x, y: curve.ys[place], slope: curve.slopes[place] })).filter((_, place) => place % 5 === 0);
  const all = [...rows, { x: curve.x, y: curve.y, slope: curve.slope }].sort((a, b) => a.x - b.x);
  const cell = (/** @type {number} */ value) => h("td", { class: "numeral" }, format(value, curve));
  return h(
    "table",
    { class: "plot-table" },
    h("caption", {}, `${curve.output} and its slope over ${curve.input}`),
    h("thead", {}, h("tr", {}, ...[curve.input, curve.output, "slope"].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...all.map(({ x, y, slope }) => h("tr", { class: x === curve.x ? "is-current" : "" }, h("th", { scope: "row", class: "numeral" }, format(x, curve)), cell(y), cell(slope)))),
  );
}

