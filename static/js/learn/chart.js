/** Plots of lessons: a frame that fits its place, drawn anew when that changes width, and the same numbers as a table. */

import { h } from "../dom.js";
import { axes, shape } from "../plot/frame.js";
import { scaleOf } from "../plot/scales.js";

/** @typedef {import("../plot/scales.js").Scale} Scale */
/** @typedef {import("../plot/scales.js").Extent} Extent */
/** @typedef {{svg: SVGSVGElement, across: Scale, up: Scale, area: import("../plot/frame.js").Area}} Plot */

const NARROWEST = 260;
const TICKS_APART = 95;

/**
 * @param {{title: string, across: string, up: string, width: number, height: number, x: Extent, y: Extent, ticks?: number, counts?: boolean}} wanted counts: the numbers across are whole
 * @returns {Plot} a frame with axes, still empty
 */
export function plot({ title, across: acrossName, up: upName, width, height, x, y, ticks = 4, counts = false }) {
  const svg = /** @type {SVGSVGElement} */ (shape("svg", { class: "plot learn-plot", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": title }));
  const area = { left: 62, right: width - 14, top: 14, bottom: height - 44 };
  svg.append(shape("rect", { class: "plot-ground", x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top }));
  const across = scaleOf(x, area.left, area.right, Math.min(Math.max(2, Math.floor((area.right - area.left) / TICKS_APART)), counts ? Math.max(1, Math.floor(x.high - x.low)) : Infinity));
  const up = scaleOf(y, area.bottom, area.top, ticks);
  axes(svg, area, across, up, acrossName, upName);
  return { svg, across, up, area };
}

/** @param {string} label @returns {{root: HTMLElement, draw: (make: (width: number) => Element) => void}} */
export function createChart(label) {
  const root = h("div", { class: "learn-chart", "data-chart": label });
  /** @type {((width: number) => Element) | null} */
  let make = null;
  let drawn = 0;
  const render = () => {
    const width = Math.max(NARROWEST, Math.floor(root.clientWidth));
    if (make === null || width === drawn) return;
    drawn = width;
    root.replaceChildren(make(width));
  };
  new ResizeObserver(render).observe(root);
  return {
    root,
    draw(next) {
      make = next;
      drawn = 0;
      render();
    },
  };
}

/** @param {string} caption @param {string[]} heads @param {(string | Node)[][]} rows the first cell of each is its head @param {(row: number) => string} [classOf] */
export function numbers(caption, heads, rows, classOf = () => "") {
  const table = h(
    "table",
    { class: "learn-numbers" },
    h("caption", { class: "visually-hidden" }, caption),
    h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...rows.map(([first, ...rest], row) => h("tr", { class: classOf(row) }, h("th", { scope: "row" }, first), ...rest.map((cell) => h("td", { class: "numeral" }, cell))))),
  );
  return h("div", { class: "learn-scroll", tabindex: "0", role: "region", "aria-label": `${caption}, scrolls` }, table);
}

/** @param {[string, string][]} entries the class of a line, and what it means; a second class is that of a dot at its start @returns {HTMLElement} */
export function legend(entries) {
  const entry = (/** @type {[string, string]} */ [line, words]) => {
    const [name, dot] = line.split(" ");
    const sign = shape("svg", { class: "plot", width: 30, height: 12, "aria-hidden": "true" });
    sign.append(shape("path", { class: name, d: "M1 6H29" }), ...(dot ? [shape("circle", { class: dot, cx: 5, cy: 6, r: 4 })] : []));
    return h("li", {}, sign, words);
  };
  return h("ul", { class: "learn-legend" }, ...entries.map(entry));
}

/** @param {string} words @param {...(Node | string)} inside @returns {HTMLDetailsElement} what is there for who wants it */
export const aside = (words, ...inside) => h("details", { class: "learn-aside" }, h("summary", {}, words), ...inside);
