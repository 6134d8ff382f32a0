/** How much is held after each step: with the tape, for the reverse sweep alone, and without derivatives. */

import { h } from "../../dom.js";
import { shape } from "../../plot/frame.js";
import { aside, createChart, legend, numbers, plot } from "../chart.js";
import { bytesText, stepText } from "./words.js";

/** @typedef {import("./words.js").Memory} Memory */
/** @typedef {import("../names.js").Called} Called */

const HEIGHT = 230;

export function createHeld() {
  const chart = createChart("held");
  const twin = h("div", {});
  const root = h("div", { class: "learn-figure" }, chart.root, legend([["held-line", "with the tape"], ["held-alone", "the program alone"]]), twin);

  /** @param {Memory} memory @param {Called[]} names */
  function render(memory, names) {
    root.hidden = memory.series === null;
    const { series } = memory;
    if (series === null) return;
    chart.draw((width) => drawn(memory, series, width));
    const rows = series.held.bytes.map((bytes, step) => [stepText(step, memory, names), String(bytes), String(series.kept.bytes[step]), String(series.alone.bytes[step])]);
    twin.replaceChildren(aside("The curve as a table", numbers("Bytes held after each step", ["after", "held", "kept for the way back", "program alone"], rows, (step) => (step === memory.peaks.held.step ? "is-current" : ""))));
  }

  return { root, render };
}

/** @param {Memory} memory @param {NonNullable<Memory["series"]>} series @param {number} width */
function drawn(memory, series, width) {
  const { held } = memory.peaks;
  const count = series.held.bytes.length - 1;
  const { svg, across, up, area } = plot({ title: `Bytes held after each step; the peak is ${bytesText(held.bytes)} after step ${held.step}`, across: "step", up: "bytes", width, height: HEIGHT, x: { low: 0, high: Math.max(count, 1) }, y: { low: 0, high: Math.max(held.bytes * 1.45, 1) }, counts: true });
  const turn = across.at(memory.steps.forward);
  svg.append(shape("path", { class: "held-turn", d: `M${turn} ${area.top}V${area.bottom}` }));
  const line = (/** @type {number[]} */ bytes) => bytes.map((one, step) => `${step === 0 ? "M" : "H"}${across.at(step).toFixed(1)}${step === 0 ? " " : "V"}${up.at(one).toFixed(1)}`).join("");
  svg.append(shape("path", { class: "held-area", d: `${line(series.held.bytes)}V${area.bottom}H${area.left}Z` }), shape("path", { class: "held-line", d: line(series.held.bytes) }), shape("path", { class: "held-alone", d: line(series.alone.bytes) }));
  const [x, y] = [across.at(held.step), up.at(held.bytes)];
  const isLeft = x < (area.left + area.right) / 2;
  svg.append(shape("path", { class: "held-peak", d: `M${x} ${y}l-6 -9h12z` }), shape("text", { class: "plot-name", x: isLeft ? Math.max(x, area.left + 4) : Math.min(x, area.right - 4), y: y - 14, "text-anchor": isLeft ? "start" : "end" }, `peak: ${bytesText(held.bytes)}`));
  svg.append(shape("text", { x: turn - 6, y: area.top + 13, "text-anchor": "end" }, "forward"), shape("text", { x: turn + 6, y: area.top + 13 }, "back"));
  return svg;
}
