/** Contours of the output over two inputs, with the gradient arrow at the current point. */

import { h } from "../dom.js";
import { format } from "../format.js";
import { contours, ticks } from "../vendor-plot.js";
import { axes, frame, shape } from "./frame.js";
import { robustExtent, scaleOf } from "./scales.js";

/** @typedef {{inputs: [string, string], output: string, xs: number[], ts: number[], values: number[][], at: [number, number], y: number, gradient: [number, number], digits: number | "all"}} Field values[i][j] stands at xs[i], ts[j] */

const LEVELS = 12;
const ARROW = 62;

/** @param {Field} field @param {{width: number, height: number}} size @param {(x: number, t: number, done: boolean) => void} onMove @returns {SVGSVGElement} */
export function drawField(field, size, onMove) {
  const { svg, area } = frame(size, `${field.output} over ${field.inputs.join(" and ")}`);
  const across = scaleOf({ low: field.xs[0], high: field.xs[field.xs.length - 1] }, area.left, area.right, 5);
  const up = scaleOf({ low: field.ts[0], high: field.ts[field.ts.length - 1] }, area.bottom, area.top, 5);
  axes(svg, area, across, up, field.inputs[0], field.inputs[1]);
  const inside = shape("g", { "clip-path": "url(#plot-area)" });
  inside.append(...lines(field, across, up));
  svg.append(inside, ...arrow(field, across, up), point(field, across, up, svg, onMove));
  return svg;
}

/** @param {Field} field @param {import("./scales.js").Scale} across @param {import("./scales.js").Scale} up @returns {SVGElement[]} */
function lines(field, across, up) {
  const [columns, rows] = [field.xs.length, field.ts.length];
  const flat = Array.from({ length: columns * rows }, (_, place) => field.values[place % columns][Math.floor(place / columns)]);
  const { low, high } = robustExtent(flat);
  const levels = ticks(low, high, LEVELS);
  const finite = flat.map((value) => (Number.isFinite(value) ? value : low - (high - low)));
  const x = (/** @type {number} */ place) => across.from + ((place - 0.5) / (columns - 1)) * (across.to - across.from);
  const y = (/** @type {number} */ place) => up.from + ((place - 0.5) / (rows - 1)) * (up.to - up.from);
  return contours()
    .size([columns, rows])
    .thresholds(levels)(finite)
    .map(({ value, coordinates }) => {
      const d = coordinates.flatMap((/** @type {number[][][]} */ rings) => rings.map((ring) => `M${ring.map(([i, j]) => `${x(i).toFixed(1)} ${y(j).toFixed(1)}`).join("L")}Z`)).join("");
      const line = shape("path", { class: value < 0 ? "plot-contour below" : "plot-contour", d });
      line.append(shape("title", {}, `${field.output} = ${format(value, field)}`));
      return line;
    });
}

/** @param {Field} field @param {import("./scales.js").Scale} across @param {import("./scales.js").Scale} up @returns {SVGElement[]} in the direction in which the picture rises fastest, as the axes are drawn */
function arrow(field, across, up) {
  const [gx, gy] = field.gradient;
  const dx = gx * Math.abs(across.at(1) - across.at(0));
  const dy = -gy * Math.abs(up.at(1) - up.at(0));
  const length = Math.hypot(dx, dy);
  if (!Number.isFinite(length) || length === 0) return [];
  const [x, y] = [across.at(field.at[0]), up.at(field.at[1])];
  const [ux, uy] = [dx / length, dy / length];
  const [ex, ey] = [x + ux * ARROW, y + uy * ARROW];
  const head = `M${ex} ${ey}L${ex - ux * 12 - uy * 6} ${ey - uy * 12 + ux * 6}M${ex} ${ey}L${ex - ux * 12 + uy * 6} ${ey - uy * 12 - ux * 6}`;
  return [shape("path", { class: "plot-gradient", d: `M${x} ${y}L${ex} ${ey}${head}` })];
}

/** @param {Field} field @param {import("./scales.js").Scale} across @param {import("./scales.js").Scale} up @param {SVGSVGElement} svg @param {(x: number, t: number, done: boolean) => void} onMove */
function point(field, across, up, svg, onMove) {
  const [x, t] = field.at;
  const handle = shape("g", { class: "plot-point", tabindex: 0, role: "application", "aria-roledescription": "point", "aria-label": `${field.inputs[0]} ${format(x, field)}, ${field.inputs[1]} ${format(t, field)}: ${field.output} is ${format(field.y, field)}. Arrow keys move it.` });
  handle.append(shape("circle", { class: "plot-touch", cx: across.at(x), cy: up.at(t), r: 22 }), shape("circle", { class: "plot-dot", cx: across.at(x), cy: up.at(t), r: 7 }));
  const within = (/** @type {number} */ value, /** @type {import("./scales.js").Extent} */ { low, high }) => Number(Math.min(high, Math.max(low, value)).toPrecision(6));
  const steps = [(across.extent.high - across.extent.low) / 40, (up.extent.high - up.extent.low) / 40];
  const moves = new Map([["ArrowRight", [1, 0]], ["ArrowLeft", [-1, 0]], ["ArrowUp", [0, 1]], ["ArrowDown", [0, -1]]]);
  handle.addEventListener("keydown", (event) => {
    const move = moves.get(event.key);
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(within(x + move[0] * steps[0], across.extent), within(t + move[1] * steps[1], up.extent), true);
  });
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    const ratio = svg.viewBox.baseVal.width / box.width;
    const tell = (/** @type {PointerEvent} */ moved, /** @type {boolean} */ done) => onMove(within(across.value((moved.clientX - box.left) * ratio), across.extent), within(up.value((moved.clientY - box.top) * ratio), up.extent), done);
    const drag = (/** @type {PointerEvent} */ moved) => tell(moved, false);
    addEventListener("pointermove", drag);
    const drop = (/** @type {PointerEvent} */ moved) => {
      removeEventListener("pointermove", drag);
      tell(moved, true);
    };
    addEventListener("pointerup", drop, { once: true });
  });
  return handle;
}

/** @param {Field} field @returns {HTMLTableElement} every eighth row and column */
export function fieldTable(field) {
  const pick = (/** @type {number[]} */ values) => values.map((value, place) => ({ value, place })).filter(({ place }) => place % 8 === 0);
  const columns = pick(field.xs);
  return h(
    "table",
    { class: "plot-table" },
    h("caption", {}, `${field.output}; ${field.inputs[0]} across, ${field.inputs[1]} down`),
    h("thead", {}, h("tr", {}, h("td", {}), ...columns.map(({ value }) => h("th", { scope: "col", class: "numeral" }, format(value, { digits: 3 }))))),
    h("tbody", {}, ...pick(field.ts).map((row) => h("tr", {}, h("th", { scope: "row", class: "numeral" }, format(row.value, { digits: 3 })), ...columns.map(({ place }) => h("td", { class: "numeral" }, format(field.values[place][row.place], { digits: 3 })))))),
  );
}
