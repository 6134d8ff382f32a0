/** The swell: operations of the derivative against the loop counter, or statement by statement, on a logarithmic axis. */

import { h } from "../../dom.js";
import { format } from "../../format.js";
import { shape } from "../../plot/frame.js";
import { choice } from "../../share/controls.js";
import { aside, createChart, numbers, plot } from "../chart.js";
import { SHOWN, WAYS, byRound, byStatement, countsSentence, heightOf, powerOfTen, written } from "./counts.js";

/** @typedef {import("./answer.js").Grown} Grown */
/** @typedef {import("./counts.js").Point} Point */

const HEIGHT = 330;
const FLOOR = -0.45;
const MOST_TICKS = 6;

/** @param {{onRounds: (rounds: number) => void, onKind: (kind: string) => void, kind: string}} events */
export function createSwell({ onRounds, onKind, kind }) {
  const slider = h("input", { type: "range", class: "derivation-slider", min: "1", step: "1", "aria-label": "Rounds of the loop", oninput: () => onRounds(Number(slider.value)) });
  const rounds = h("output", { class: "numeral" });
  const counter = h("label", { class: "swell-rounds" }, h("span", {}, "Rounds"), slider, rounds);
  const against = choice("Against", [["rounds", "the loop counter"], ["statements", "the statements"]], kind === "statements" ? "statements" : "rounds", () => {
    onKind(against.value());
    draw();
  });
  const chart = createChart("swell");
  const legend = h("ul", { class: "learn-legend" }, ...WAYS.map((way) => h("li", {}, signOf(way), SHOWN[way].words)));
  const told = h("p", { class: "swell-told" });
  const twin = h("div", {});
  const counting = h("div", {});
  const root = h(
    "section", { class: "symbolic-part", "aria-label": "Expression swell" },
    h("h3", {}, "How it swells"),
    h("div", { class: "derivation-bar" }, counter, against.root),
    chart.root, legend, told, twin, counting,
  );
  /** @type {{growth: readonly Grown[], own: number | null} | null} */
  let shown = null;

  function draw() {
    if (shown === null) return;
    const inRounds = byRound(shown.growth);
    const isByRound = inRounds.length > 0 && against.value() === "rounds";
    const points = isByRound ? inRounds : byStatement(shown.growth);
    const now = isByRound ? points.findIndex(({ x }) => x === shown?.own) : -1;
    against.root.hidden = inRounds.length === 0;
    told.textContent = summaryOf(points, now, isByRound);
    chart.root.hidden = legend.hidden = points.length < 2;
    if (points.length > 1) chart.draw((width) => drawn(points, now, isByRound, width, told.textContent ?? ""));
    const rows = points.map(({ words, row }) => [words, ...WAYS.map((way) => (way === "symbolic" && row.symbolic_exact.length < 25 ? row.symbolic_exact : written(row[way])))]);
    twin.replaceChildren(aside("The counts as a table", numbers("Operations of the derivative", [isByRound ? "after round" : "after", ...WAYS.map((way) => SHOWN[way].words)], rows, (row) => (row === now ? "is-current" : ""))));
  }

  /** @param {readonly Grown[]} growth @param {number | null} own rounds of the program itself @param {number} most @param {readonly string[]} conventions */
  function render(growth, own, most, conventions) {
    shown = { growth, own };
    counter.hidden = own === null;
    slider.max = String(most);
    if (own !== null) slider.value = String(own);
    slider.setAttribute("aria-valuetext", `${own} ${own === 1 ? "round" : "rounds"}`);
    rounds.textContent = String(own);
    counting.replaceChildren(aside("How operations are counted", h("ul", { class: "learn-list-plain" }, ...conventions.map((one) => h("li", {}, one)))));
    draw();
    return told.textContent ?? "";
  }
  return { root, render };
}

/** @param {readonly Point[]} points @returns {number} by what the last round multiplied the derivative as it is written out */
const growthOf = (points) => 10 ** (points[points.length - 1].row.log10_symbolic - points[points.length - 2].row.log10_symbolic);

/** @param {readonly Point[]} points @returns {boolean} whether every round adds as many operations to both modes as the one before it */
function isSteady(points) {
  const added = points.slice(1).map(({ row }, place) => `${Number(row.forward_ad) - Number(points[place].row.forward_ad)} ${Number(row.reverse_ad) - Number(points[place].row.reverse_ad)}`);
  return new Set(added).size === 1;
}

/** @param {readonly Point[]} points @param {number} now @param {boolean} isByRound */
function summaryOf(points, now, isByRound) {
  const last = points.at(-1);
  if (last === undefined) return "No statement of this program depends on the input.";
  const own = points[now];
  const said = (/** @type {Point} */ { words, row }) => `After ${words}, the derivative takes ${countsSentence(row)}.`;
  const factor = isByRound && points.length > 2 ? ` The last round multiplied what is written out by ${format(growthOf(points), { digits: 2 })}${isSteady(points) ? "; to automatic differentiation each round adds the same" : ""}.` : "";
  return (own === undefined || own === last ? said(last) : `${said(own)} ${said(last)}`) + factor;
}

/** @param {readonly Point[]} points @param {number} now @param {boolean} isByRound @param {number} width @param {string} title */
function drawn(points, now, isByRound, width, title) {
  const top = Math.max(...points.flatMap(({ row }) => WAYS.map((way) => heightOf(row, way))).filter(Number.isFinite), 1);
  const [low, high] = [points[0].x, points.at(-1)?.x ?? 1];
  const { svg, across, up, area } = plot({ title, across: isByRound ? "rounds of the loop" : "statement", up: "operations", width, height: HEIGHT, x: { low: low - 0.5, high: high + 0.5 }, y: { low: FLOOR - 0.15, high: top * 1.08 }, ticks: Math.min(MOST_TICKS, Math.floor(top)), counts: true });
  for (const text of svg.querySelectorAll('.plot-axes text[text-anchor="end"]')) {
    const exponent = Number(text.textContent ?? "");
    text.textContent = Number.isInteger(exponent) ? powerOfTen(exponent) : "";
  }
  const isAnyZero = points.some(({ row }) => WAYS.some((way) => Number(row[way]) === 0));
  if (isAnyZero) svg.append(shape("text", { x: area.left - 7, y: up.at(FLOOR) + 4, "text-anchor": "end" }, "0"));
  if (now >= 0) svg.append(shape("path", { class: "vee-now", d: `M${across.at(points[now].x)} ${area.top}V${area.bottom}` }));
  for (const way of WAYS) {
    const group = shape("g", { class: `swell-${way}` });
    const places = points.map(({ x, row }) => [across.at(x), up.at(Math.max(heightOf(row, way), FLOOR))].map((one) => one.toFixed(1)));
    group.append(shape("path", { class: "swell-line", d: places.map(([x, y], place) => `${place === 0 ? "M" : "L"}${x} ${y}`).join("") }));
    places.forEach(([x, y], place) => group.append(shape("path", { class: "swell-mark", d: SHOWN[way].mark, transform: `translate(${x} ${y})${place === now ? " scale(1.6)" : ""}` })));
    svg.append(group);
  }
  return svg;
}

/** @param {import("./counts.js").Way} way */
function signOf(way) {
  const sign = shape("svg", { class: "plot", viewBox: "0 0 30 12", width: 30, height: 12, "aria-hidden": "true" });
  const group = shape("g", { class: `swell-${way}` });
  group.append(shape("path", { class: "swell-line", d: "M1 6H29" }), shape("path", { class: "swell-mark", d: SHOWN[way].mark, transform: "translate(15 6)" }));
  sign.append(group);
  return sign;
}
