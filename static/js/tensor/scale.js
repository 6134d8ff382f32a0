/** What stands under a picture: the palette with its ends, and the histogram of its numbers. */

import { h } from "../dom.js";
import { format } from "../format.js";
import { d3 } from "../vendor.js";
import { levelName } from "./cells.js";

const STEPS = Object.freeze([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]);
const STRIP = Object.freeze({ width: 160, height: 34 });

/** @param {number} reach @param {number | "all"} digits */
export function legend(reach, digits) {
  const end = format(reach, { digits });
  return h("p", { class: "tensor-legend" },
    h("span", { class: "visually-hidden" }, `Colours from minus ${end} to ${end}, zero in the middle.`),
    h("span", { "aria-hidden": "true" }, `−${end}`),
    h("span", { class: "tensor-ramp", "aria-hidden": "true" }, ...STEPS.map((step) => h("span", { class: `level${step}` }))),
    h("span", { "aria-hidden": "true" }, end));
}

/** @param {import("./statistics.js").Histogram} histogram @param {number} reach @param {number | "all"} digits */
export function histogram({ counts, from, to }, reach, digits) {
  const most = Math.max(...counts, 1);
  const width = STRIP.width / counts.length;
  const middle = (/** @type {number} */ bin) => Math.max(-reach, Math.min(from + ((to - from) * (bin + 0.5)) / counts.length, reach)); // means of blocks reach less far than the numbers
  const box = h("div", { class: "tensor-histogram", role: "img", "aria-label": `Histogram: numbers from ${format(from, { digits })} to ${format(to, { digits })}.` });
  const svg = d3.select(box).append("svg").attr("viewBox", `0 0 ${STRIP.width} ${STRIP.height}`).attr("preserveAspectRatio", "none");
  svg.selectAll("rect").data(counts).join("rect")
    .attr("class", (_, bin) => `level${levelName(middle(bin), reach)}`)
    .attr("x", (_, bin) => bin * width)
    .attr("width", width)
    .attr("y", (count) => STRIP.height - (count / most) * STRIP.height)
    .attr("height", (count) => (count / most) * STRIP.height);
  if (from < 0 && to > 0) svg.append("line").attr("class", "zero").attr("x1", (-from / (to - from)) * STRIP.width).attr("x2", (-from / (to - from)) * STRIP.width).attr("y2", STRIP.height);
  box.append(h("p", { class: "tensor-ends", "aria-hidden": "true" }, h("span", {}, format(from, { digits })), h("span", {}, format(to, { digits }))));
  return box;
}
