/** The size of an adjoint from step to step: points on a logarithmic axis, the numbers as a table, and a sentence. */

import { h, setText } from "../../../dom.js";
import { format, superscript, toNumber } from "../../../format.js";
import { shape } from "../../../plot/frame.js";
import { widthOf } from "../../../views/stage/measure.js";
import { titleOf, trendSentence } from "./words.js";

/** @typedef {import("./answer.js").Repeated} Repeated */
/** @typedef {import("./answer.js").Carried} Carried */
/** @typedef {import("../../../format.js").Scalar} Scalar */
/** @typedef {import("../../../format.js").FormatOptions} Look how many digits */
/** @typedef {{step: number, label: string, sizes: Scalar[]}} Row one step: the size of each adjoint that is handed on */

const SIZE = Object.freeze({ height: 300, left: 64, right: 20, top: 28, bottom: 52 });
const SIGNS = Object.freeze(["circle", "square", "triangle", "diamond"]);
const MOST_SERIES = SIGNS.length;
const MOST_TICKS = 7;
/** Longer ways are shown at some of their steps. */
const MOST_ROWS = 300;

/** @param {Repeated} repeated @returns {Row[]} the first row is what the first round begins with */
export function rowsOf({ kind, carried: series, steps }) {
  const start = kind === "recursion" || series.every((one) => one.start_size === null) ? [] : [{ step: 0, label: "start", sizes: series.map((one) => one.start_size) }];
  const rows = steps.map(({ depth }, at) => ({ step: kind === "recursion" ? depth : at + 1, label: String(kind === "recursion" ? depth : at + 1), sizes: series.map(({ sizes }) => sizes[at] ?? null) }));
  const every = everyOf(rows.length);
  return [...start, ...rows.filter((_, at) => (at + 1) % every === 0 || at === rows.length - 1)];
}

/** @param {number} steps @returns {number} of so many, one is shown */
export const everyOf = (steps) => Math.ceil(steps / MOST_ROWS);

/** @param {Repeated} one @param {Repeated[]} others @returns {Repeated} with the same loop of the other run in it: the longer one has the steps */
export function besideOther(one, others) {
  const carried = one.carried.filter(isReached).slice(0, MOST_SERIES);
  const other = others.find(({ kind, span }) => kind === one.kind && span.line === one.span.line && span.column === one.span.column);
  if (other === undefined) return { ...one, carried };
  const theirs = other.carried.filter(isReached).map((value) => ({ ...value, name: `${value.name}${OTHER}` }));
  return { ...one, steps: one.steps.length >= other.steps.length ? one.steps : other.steps, carried: [...carried, ...theirs].slice(0, MOST_SERIES) };
}

const OTHER = " in the other run";

/** @param {Row[]} rows @returns {{low: number, high: number, every: number}} powers of ten around all sizes that a logarithm has, and how many lie between two ticks */
export function decadesOf(rows) {
  const sizes = rows.flatMap((row) => row.sizes.map(toNumber)).filter((size) => size > 0 && Number.isFinite(size));
  if (sizes.length === 0) return { low: -1, high: 1, every: 1 };
  const low = Math.floor(Math.log10(Math.min(...sizes)));
  const high = Math.max(Math.ceil(Math.log10(Math.max(...sizes))), low + 1);
  return { low, high, every: Math.max(1, Math.ceil((high - low) / MOST_TICKS)) };
}

/** @param {HTMLElement} root @param {Look} look */
export function createAdjoints(root, look) {
  const choose = h("select", { class: "field", "aria-label": "Which loop or function" });
  const drawing = h("div", { class: "dynamic-plot" });
  const told = h("p", { class: "dynamic-told" });
  const table = h("div", { class: "dynamic-scroll", tabindex: "0", role: "region", "aria-label": "Sizes of the adjoints, scrolls" });
  const title = h("h3", {}, "Adjoints from step to step");
  root.append(h("div", { class: "dynamic-head" }, title, choose), told, drawing, h("details", {}, h("summary", {}, "The numbers"), table));
  /** @type {Repeated[]} */
  let all = [];
  choose.addEventListener("change", draw);
  new ResizeObserver(() => draw()).observe(drawing);

  function draw() {
    const one = all[Number(choose.value)] ?? all[0];
    if (one === undefined) return;
    const rows = rowsOf(one);
    setText(told, one.carried.length === 0 ? "No adjoint reaches what these steps hand on." : one.carried.map((carried) => trendSentence(one, carried, look)).join(" "));
    drawing.replaceChildren(...(one.carried.length === 0 ? [] : [plotOf(one, rows, Math.max(drawing.clientWidth, 280))]));
    table.replaceChildren(tableOf(one, rows, look));
  }

  return {
    /** @param {Repeated[]} repeated @param {Repeated[]} others of the other run */
    render(repeated, others) {
      all = repeated.map((one) => besideOther(one, others));
      root.hidden = all.length === 0;
      const before = choose.value;
      choose.replaceChildren(...all.map((one, at) => h("option", { value: at }, titleOf(one))));
      choose.hidden = all.length < 2;
      choose.value = before !== "" && Number(before) < all.length ? before : "0";
      draw();
    },
  };
}

/** @param {Carried} carried */
const isReached = ({ start_size: start, sizes }) => start !== null || sizes.some((size) => size !== null);

/** @param {Repeated} one @param {Row[]} rows @param {number} width */
function plotOf(one, rows, width) {
  const { low, high, every } = decadesOf(rows);
  const area = { left: SIZE.left, right: width - SIZE.right, top: SIZE.top, bottom: SIZE.height - SIZE.bottom };
  const last = Math.max(...rows.map(({ step }) => step), 1);
  const across = (/** @type {number} */ step) => area.left + 12 + (step / last) * (area.right - area.left - 24);
  const up = (/** @type {number} */ size) => area.bottom - ((Math.log10(size) - low) / (high - low)) * (area.bottom - area.top);
  const svg = shape("svg", { class: "plot dynamic-adjoints", viewBox: `0 0 ${width} ${SIZE.height}`, role: "img", "aria-label": `Size of the adjoint at each ${one.kind === "recursion" ? "depth" : "round"}, on a logarithmic axis; the numbers are in the table below` });
  svg.append(shape("rect", { class: "plot-ground", x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top }));
  for (let power = low; power <= high; power += every) {
    const y = up(10 ** power);
    svg.append(shape("path", { class: "plot-grid", d: `M${area.left} ${y}H${area.right}` }), shape("text", { x: area.left - 8, y: y + 4, "text-anchor": "end" }, powerText(power)));
  }
  const step = Math.max(1, Math.ceil(last / 10));
  for (let at = 0; at <= last; at += step) svg.append(shape("text", { x: across(at), y: area.bottom + 18, "text-anchor": "middle" }, format(at)));
  svg.append(shape("text", { class: "plot-name", x: (area.left + area.right) / 2, y: area.bottom + 42, "text-anchor": "middle" }, one.kind === "recursion" ? "depth of the call" : "after round"));
  svg.append(shape("text", { class: "plot-name", x: 14, y: (area.top + area.bottom) / 2, "text-anchor": "middle", transform: `rotate(-90 14 ${(area.top + area.bottom) / 2})` }, "size of the adjoint"));
  const starts = namesAtStart(rows, one.carried.length);
  one.carried.forEach((carried, place) => svg.append(seriesOf(rows, place, carried.name, starts[place], { across, up, bottom: area.bottom })));
  return svg;
}

/** @param {number} power @returns {string} "1", "10", "10⁻³" */
const powerText = (power) => (power === 0 ? "1" : power === 1 ? "10" : `10${superscript(power)}`);

/** @param {Row[]} rows @param {number} count @returns {boolean[]} whether a name stands at the start of its line: where lines are farther apart */
export function namesAtStart(rows, count) {
  const log = (/** @type {Scalar} */ size) => (toNumber(size) > 0 ? Math.log10(toNumber(size)) : NaN);
  const ends = Array.from({ length: count }, (_, place) => {
    const seen = rows.map(({ sizes }) => log(sizes[place])).filter(Number.isFinite);
    return [seen[0], seen[seen.length - 1]];
  });
  const room = (/** @type {number} */ place, /** @type {number} */ side) => Math.min(Infinity, ...ends.filter((_, other) => other !== place).map((one) => Math.abs(one[side] - ends[place][side])));
  return ends.map((_, place) => room(place, 0) > room(place, 1));
}

/** @param {Row[]} rows @param {number} place which of the values @param {string} name @param {boolean} atStart @param {{across: (step: number) => number, up: (size: number) => number, bottom: number}} axes */
function seriesOf(rows, place, name, atStart, { across, up, bottom }) {
  const group = shape("g", { class: `dynamic-series series-${place}${name.endsWith(OTHER) ? " of-other" : ""}` });
  const points = rows.map(({ step, sizes }) => ({ x: across(step), size: toNumber(sizes[place]), text: format(sizes[place]), step }));
  const seen = points.filter(({ size }) => size > 0 && Number.isFinite(size)).map((point) => ({ ...point, y: up(point.size) }));
  const isRow = rows.every(({ step }, at) => at === 0 || step > rows[at - 1].step); // calls of a tree stand beside each other
  if (isRow) group.append(shape("path", { class: "dynamic-curve", d: seen.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join("") }));
  for (const { x, y, text, step } of seen) {
    const sign = shape("path", { class: "dynamic-point", d: signOf(SIGNS[place]), transform: `translate(${x},${y})` });
    sign.append(shape("title", {}, `${name}, ${step}: ${text}`));
    group.append(sign);
  }
  for (const { x } of points.filter(({ size }) => size === 0)) group.append(shape("text", { class: "dynamic-none", x, y: bottom - 5, "text-anchor": "middle" }, "0"));
  const end = seen[atStart ? 0 : seen.length - 1];
  if (end !== undefined) group.append(shape("text", { class: "dynamic-name", x: end.x, y: end.y - 12, "text-anchor": atStart || end.x - widthOf(name, "label") < SIZE.left ? "start" : "end" }, name));
  return group;
}

/** @param {string} sign @returns {string} a mark around the origin */
function signOf(sign) {
  if (sign === "square") return "M-4-4H4V4H-4z";
  if (sign === "triangle") return "M0-5L5 4H-5z";
  if (sign === "diamond") return "M0-6L5 0L0 6L-5 0z";
  return "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z";
}

/** @param {Repeated} one @param {Row[]} rows @param {Look} look */
function tableOf(one, rows, look) {
  const names = one.carried.map(({ name }) => name);
  return h(
    "table",
    { class: "dynamic-table" },
    h("caption", {}, `Size (2-norm) of the adjoint of what each ${one.kind === "recursion" ? "call" : "round"} hands on${everyOf(one.steps.length) > 1 ? `; one of ${everyOf(one.steps.length)} is shown` : ""}`),
    h("thead", {}, h("tr", {}, ...[one.kind === "recursion" ? "Depth" : "After round", ...names].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...rows.map(({ label, sizes }) => h("tr", {}, h("th", { scope: "row" }, label), ...sizes.map((size) => h("td", { class: "numeral" }, format(size, look)))))),
  );
}
