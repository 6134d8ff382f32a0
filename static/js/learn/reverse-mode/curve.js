/** Memory against recomputation: a point for every number of snapshots, and a slider that picks one. */

import { h } from "../../dom.js";
import { linePath } from "../../plot/scales.js";
import { shape } from "../../plot/frame.js";
import { aside, createChart, numbers, plot } from "../chart.js";
import { counted } from "../words.js";

/** @typedef {import("./words.js").Memory} Memory */
/** @typedef {import("./words.js").Point} Point */

const HEIGHT = 250;

/** @param {(slots: number) => void} onSlots */
export function createCurve(onSlots) {
  const slider = h("input", { type: "range", class: "cut-slider", min: 0, max: 0, step: 1, "aria-label": "Snapshots" });
  const label = h("output", { class: "numeral" });
  const chart = createChart("curve");
  const twin = h("div", {});
  const root = h("div", { class: "learn-figure" }, h("label", { class: "slots-row" }, h("span", {}, "Snapshots"), slider, label), chart.root, twin);
  /** @type {Memory | null} */
  let shown = null;
  slider.addEventListener("input", () => {
    const point = shown?.curve[Number(slider.value)];
    if (point !== undefined) onSlots(point.slots);
  });

  /** @param {Memory} memory @returns {Point | null} the one that is chosen */
  function render(memory) {
    shown = memory;
    const { curve, checkpoints } = memory;
    root.hidden = curve.length === 0;
    const at = curve.findIndex(({ slots }) => slots === checkpoints?.slots);
    if (at < 0) return null;
    slider.max = String(curve.length - 1);
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", counted(curve[at].slots, "snapshot"));
    label.textContent = String(curve[at].slots);
    chart.draw((width) => drawn(memory, curve[at], width));
    const rows = curve.map(({ slots, bytes, operations, advances, times }) => [String(slots), String(bytes), String(operations), String(advances), String(times)]);
    twin.replaceChildren(aside("The curve as a table", numbers("Memory and recomputation by the number of snapshots", ["snapshots", "bytes held", "operations run again", "segments run again", "times at most"], rows, (row) => (row === at ? "is-current" : ""))));
    return curve[at];
  }

  return { root, render };
}

/** @param {Memory} memory @param {Point} chosen @param {number} width */
function drawn({ curve, plain }, chosen, width) {
  const most = Math.max(...curve.map(({ operations }) => operations), 1);
  const widest = Math.max(plain.bytes, ...curve.map(({ bytes }) => bytes), 1);
  const { svg, across, up } = plot({ title: `Operations run again over bytes held: ${counted(chosen.slots, "snapshot")} hold ${chosen.bytes} bytes and run ${chosen.operations} operations again; keeping everything holds ${plain.bytes} bytes and runs none again`, across: "bytes held at the most", up: "operations run again", width, height: HEIGHT, x: { low: 0, high: widest * 1.08 }, y: { low: 0, high: most * 1.12 } });
  svg.append(shape("path", { class: "curve-line", d: linePath(curve.map(({ bytes }) => bytes), curve.map(({ operations }) => operations), across, up) }));
  for (const point of curve) svg.append(shape("circle", { class: "curve-point", cx: across.at(point.bytes), cy: up.at(point.operations), r: 3.5 }));
  const [px, py] = [across.at(plain.bytes), up.at(0)];
  svg.append(shape("path", { class: "curve-plain", d: `M${px} ${py - 8}l7 8l-7 8l-7 -8z` }), shape("text", { class: "plot-name", x: px, y: py - 14, "text-anchor": px > width / 2 ? "end" : "start" }, "keep everything"));
  const [x, y] = [across.at(chosen.bytes), up.at(chosen.operations)];
  svg.append(shape("circle", { class: "curve-chosen", cx: x, cy: y, r: 7 }), shape("text", { class: "plot-name", x: x > width * 0.7 ? x - 12 : x + 12, y: y - 8, "text-anchor": x > width * 0.7 ? "end" : "start" }, counted(chosen.slots, "snapshot")));
  return svg;
}
