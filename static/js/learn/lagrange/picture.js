/** The plane: contours of f, the curves of the constraints, a point that is dragged along one, and both gradients there. */

import { h } from "../../dom.js";
import { format } from "../../format.js";
import { shape } from "../../plot/frame.js";
import { robustExtent } from "../../plot/scales.js";
import { contours, ticks } from "../../vendor-plot.js";
import { aside, createChart, legend, numbers, plot } from "../chart.js";
import { KINDS, pointText } from "./words.js";

/** @typedef {import("./answer.js").Contours} Contours */
/** @typedef {import("./answer.js").Stationary} Stationary */
/** @typedef {import("../chart.js").Plot} Plot */
/** @typedef {{constraint: number, line: number, place: number}} Spot */
/** @typedef {{contours: Contours, points: Stationary[], spot: Spot | null, level: number, digits: number | "all"}} Sight */

const TALLEST = 520;
const LEVELS = 11;
const ARROW = 74;
const REACH = 40;
const NARROW = 420;
let pictures = 0;

/** @param {{onSpot: (spot: Spot) => void, onLevel: (level: number) => void}} events */
export function createPicture(events) {
  const chart = createChart("plane");
  const slider = h("input", { type: "range", class: "quotient-slider", min: "0", max: "200", step: "1", "aria-label": "Level of f", oninput: () => events.onLevel(levelAt(Number(slider.value))) });
  const told = h("output", { class: "numeral quotient-h" });
  const twin = h("div", {});
  const signs = legend([["plot-contour", "contours of f"], ["plane-level", "the level of the slider"], ["plane-curve", "g = 0"], ["plane-f", "∇f"], ["plane-g", "∇g"]]);
  const root = h("div", { class: "learn-figure" }, h("div", { class: "quotient-row quotient-player" }, h("label", {}, h("span", {}, "Level of f"), slider), told), chart.root, signs, twin);
  pictures += 1;
  const clip = `plane-clip-${pictures}`;
  /** @type {Sight | null} */
  let shown = null;
  /** @type {{low: number, high: number}} */
  let reach = { low: 0, high: 1 };

  /** @param {number} place @returns {number} */
  const levelAt = (place) => reach.low + ((reach.high - reach.low) * place) / 200;

  /** @param {Sight} sight */
  function render(sight) {
    shown = sight;
    reach = reachOf(sight.contours);
    slider.value = String(Math.round((200 * (sight.level - reach.low)) / (reach.high - reach.low)));
    slider.setAttribute("aria-valuetext", `f = ${format(sight.level, { digits: 3 })}`);
    told.textContent = format(sight.level, { digits: 3 });
    const hadFocus = document.activeElement?.classList.contains("plane-point") && chart.root.contains(document.activeElement);
    chart.draw((width) => drawn(sight, width, clip, moved, pointed));
    if (hadFocus) /** @type {SVGElement | null} */ (chart.root.querySelector(".plane-point"))?.focus();
    twin.replaceChildren(tableOf(sight));
  }

  /** @param {number} by places along the line */
  function moved(by) {
    if (shown === null || shown.spot === null) return;
    const line = shown.contours.constraints[shown.spot.constraint].lines[shown.spot.line];
    const count = line.points.length;
    const place = shown.spot.place + by;
    events.onSpot({ ...shown.spot, place: line.closed ? ((place % count) + count) % count : Math.min(Math.max(place, 0), count - 1) });
  }

  /** @param {number} x @param {number} y values under the pointer */
  function pointed(x, y) {
    if (shown === null) return;
    const spot = nearest(shown.contours, x, y);
    if (spot !== null) events.onSpot(spot);
  }

  return { root, render };
}

/** @param {Contours} seen @param {number} x @param {number} y @returns {Spot | null} the place on a curve that is nearest */
export function nearest({ constraints }, x, y) {
  /** @type {Spot | null} */
  let best = null;
  let least = Infinity;
  constraints.forEach(({ lines }, constraint) => lines.forEach(({ points }, line) => points.forEach(([px, py], place) => {
    const distance = Math.hypot(px - x, py - y);
    if (distance < least) [least, best] = [distance, { constraint, line, place }];
  })));
  return best;
}

/** @param {Contours} seen @returns {{low: number, high: number}} the levels that the curves meet, and a little more */
export function reachOf({ constraints, values }) {
  const along = constraints.flatMap(({ lines }) => lines.flatMap((line) => line.values)).filter(Number.isFinite);
  const { low, high } = robustExtent(along.length > 1 ? along : values.flat());
  const room = (high - low) * 0.2;
  return { low: low - room, high: high + room };
}

/** @param {Sight} sight @param {number} width @param {string} clip @param {(by: number) => void} onMove @param {(x: number, y: number) => void} onPoint */
function drawn(sight, width, clip, onMove, onPoint) {
  const { contours: seen, points } = sight;
  const made = squarePlot(seen, width, points, sight);
  const { svg, across, up, area } = made;
  const clipping = shape("clipPath", { id: clip });
  clipping.append(shape("rect", { x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top }));
  const [left, right] = [across.at(seen.x[0]) + 1, across.at(seen.x[seen.x.length - 1]) - 1];
  const known = shape("clipPath", { id: `${clip}-known` }); // contours close along the edge of the grid, which is no contour
  known.append(shape("rect", { x: left, y: area.top + 1, width: right - left, height: area.bottom - area.top - 2 }));
  const inside = shape("g", { "clip-path": `url(#${clip})` });
  const field = shape("g", { "clip-path": `url(#${clip}-known)` });
  svg.append(clipping, known, field, inside);
  const flat = seen.values.flat();
  const { low, high } = robustExtent(flat);
  field.append(...levels(seen, flat, ticks(low, high, LEVELS), "plot-contour", made), ...levels(seen, flat, [sight.level], "plane-level", made));
  for (const { lines } of seen.constraints) for (const line of lines) inside.append(shape("path", { class: "plane-curve", d: `M${line.points.map(([x, y]) => `${across.at(x).toFixed(1)} ${up.at(y).toFixed(1)}`).join("L")}${line.closed ? "Z" : ""}` }));
  marks(inside, seen, points, made, sight);
  if (sight.spot !== null) svg.append(handle(sight, made, onMove));
  svg.addEventListener("pointerdown", (event) => drag(event, svg, made, onPoint));
  return svg;
}

/** @param {Contours} seen @param {number} width @param {Stationary[]} points @param {Sight} sight @returns {Plot} one unit is as long across as upwards: right angles are right */
function squarePlot(seen, width, points, sight) {
  const [names, xs, ys] = [seen.variables, seen.x, seen.y];
  const x = { low: xs[0], high: xs[xs.length - 1] };
  const y = { low: ys[0], high: ys[ys.length - 1] };
  const ratio = (y.high - y.low) / (x.high - x.low);
  const room = Math.min(width - 76, TALLEST / ratio);
  const title = `Contours of f over ${names[0]} and ${names[1]}, the curve of the constraint, and ${points.length} stationary points: ${points.map((one) => `${KINDS[one.kind].words} ${format(one.value, sight)} at ${pointText(one.point, sight)}`).join("; ")}`;
  const made = plot({ title, across: names[0], up: names[1], width: room + 76, height: room * ratio + 58, x, y });
  made.svg.setAttribute("role", "group");
  made.svg.classList.add("plane");
  return made;
}

/** @param {Contours} seen @param {number[]} flat @param {number[]} wanted @param {string} name @param {Plot} made @returns {SVGElement[]} */
function levels(seen, flat, wanted, name, { across, up }) {
  const [columns, rows] = [seen.x.length, seen.y.length];
  const low = Math.min(...flat.filter(Number.isFinite));
  const finite = flat.map((value) => (Number.isFinite(value) ? value : low - 1));
  const x = (/** @type {number} */ place) => across.at(seen.x[0] + ((place - 0.5) / (columns - 1)) * (seen.x[columns - 1] - seen.x[0]));
  const y = (/** @type {number} */ place) => up.at(seen.y[0] + ((place - 0.5) / (rows - 1)) * (seen.y[rows - 1] - seen.y[0]));
  return contours()
    .size([columns, rows])
    .thresholds(wanted)(finite)
    .map(({ value, coordinates }) => {
      const d = coordinates.flatMap((/** @type {number[][][]} */ rings) => rings.map((ring) => `M${ring.map(([i, j]) => `${x(i).toFixed(1)} ${y(j).toFixed(1)}`).join("L")}Z`)).join("");
      const line = shape("path", { class: value < 0 && name === "plot-contour" ? `${name} below` : name, d });
      line.append(shape("title", {}, `f = ${format(value, { digits: 3 })}`));
      return line;
    });
}

/** @param {Element} inside @param {Contours} seen @param {Stationary[]} points @param {Plot} made @param {Sight} sight */
function marks(inside, seen, points, { across, up, area }, sight) {
  for (const one of points) {
    const [px, py] = seen.variables.map((name) => Number(one.point[name]));
    const [x, y] = [across.at(px), up.at(py)];
    const toLeft = x > (area.left + area.right) / 2;
    inside.append(
      shape("path", { class: `plane-mark plane-${one.kind}`, d: KINDS[one.kind].mark, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` }),
      shape("text", { class: "plane-label", x: x + (toLeft ? -13 : 13), y: y - 9, "text-anchor": toLeft ? "end" : "start" }, `${area.right - area.left < NARROW ? "" : `${KINDS[one.kind].words} `}${format(one.value, sight)}`),
    );
  }
}

/** @param {Sight} sight @param {Plot} made @param {(by: number) => void} onMove */
function handle(sight, { across, up }, onMove) {
  const spot = /** @type {Spot} */ (sight.spot);
  const line = sight.contours.constraints[spot.constraint].lines[spot.line];
  const [px, py] = line.points[spot.place];
  const [x, y] = [across.at(px), up.at(py)];
  const [f, g] = [line.gradients[spot.place], line.constraint_gradients[spot.place]];
  const scale = ARROW / Math.max(Math.hypot(...f), Math.hypot(...g), 1e-12);
  const group = shape("g", { class: "plane-point", tabindex: 0, role: "application", "aria-roledescription": "point on the curve", "aria-label": `${sight.contours.variables[0]} ${format(px, sight)}, ${sight.contours.variables[1]} ${format(py, sight)}. Left and right arrow keys move it along the curve.` });
  group.append(...arrow(x, y, g, scale, "plane-g", "∇g"), ...arrow(x, y, f, scale, "plane-f", "∇f"), shape("circle", { class: "plot-touch", cx: x, cy: y, r: 22 }), shape("circle", { class: "plot-dot", cx: x, cy: y, r: 7 }));
  const moves = new Map([["ArrowRight", 1], ["ArrowUp", 1], ["ArrowLeft", -1], ["ArrowDown", -1], ["PageUp", 12], ["PageDown", -12]]);
  group.addEventListener("keydown", (event) => {
    const by = moves.get(event.key);
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(by);
  });
  return group;
}

/** @param {number} x @param {number} y @param {[number, number]} gradient @param {number} scale @param {string} name @param {string} words @returns {SVGElement[]} */
function arrow(x, y, [gx, gy], scale, name, words) {
  const [dx, dy] = [gx * scale, -gy * scale];
  const length = Math.hypot(dx, dy);
  if (!(length > 2)) return [shape("text", { class: "plane-label", x: x + 12, y: y + 18 }, `${words} = 0`)];
  const [ux, uy] = [dx / length, dy / length];
  const [ex, ey] = [x + dx, y + dy];
  const head = `M${ex} ${ey}L${ex - ux * 11 - uy * 5} ${ey - uy * 11 + ux * 5}M${ex} ${ey}L${ex - ux * 11 + uy * 5} ${ey - uy * 11 - ux * 5}`;
  return [shape("path", { class: name, d: `M${x} ${y}L${ex} ${ey}${head}` }), shape("text", { class: `plane-label ${name}-label`, x: ex + ux * 12 + uy * (name === "plane-g" ? 12 : 0), y: ey + uy * 12 + 4 - ux * (name === "plane-g" ? 12 : 0), "text-anchor": "middle" }, words)];
}

/** @param {PointerEvent} event @param {SVGSVGElement} svg @param {Plot} made @param {(x: number, y: number) => void} onPoint only what begins near the point drags it, so that a phone still scrolls */
function drag(event, svg, { across, up }, onPoint) {
  const box = svg.getBoundingClientRect();
  const ratio = svg.viewBox.baseVal.width / box.width;
  const dot = svg.querySelector(".plane-point .plot-dot");
  const [px, py] = [(event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio];
  const isNear = dot !== null && Math.hypot(px - Number(dot.getAttribute("cx")), py - Number(dot.getAttribute("cy"))) < REACH;
  if (event.pointerType !== "mouse" && !isNear) return;
  event.preventDefault();
  const tell = (/** @type {PointerEvent} */ now) => onPoint(across.value((now.clientX - box.left) * ratio), up.value((now.clientY - box.top) * ratio));
  tell(event);
  addEventListener("pointermove", tell);
  addEventListener("pointerup", () => removeEventListener("pointermove", tell), { once: true });
}

/** @param {Sight} sight @returns {HTMLElement} about twenty places of every curve */
function tableOf({ contours: seen, digits }) {
  const [x, y] = seen.variables;
  const rows = seen.constraints.flatMap(({ lines }, constraint) => lines.flatMap((line) => {
    const every = Math.max(1, Math.round(line.points.length / 20));
    return line.points.flatMap(([px, py], place) => (place % every === 0 || line.stationary.some((one) => one.place === place) ? [[`g${seen.constraints.length > 1 ? constraint + 1 : ""}`, ...[px, py, line.values[place], ...line.gradients[place], ...line.constraint_gradients[place], line.angles[place]].map((one) => format(one, { digits }))]] : []));
  }));
  return aside("The curve as a table", numbers("Places on the curves of the constraints", ["curve", x, y, "f", `∂f/∂${x}`, `∂f/∂${y}`, `∂g/∂${x}`, `∂g/∂${y}`, "angle in degrees"], rows));
}
