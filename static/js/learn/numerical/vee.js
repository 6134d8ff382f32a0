/** The V: errors against steps, both axes logarithmic; the truncation falls from the right, the rounding rises to the left. */

import { h } from "../../dom.js";
import { format, toNumber } from "../../format.js";
import { shape } from "../../plot/frame.js";
import { createChart, plot } from "../chart.js";
import { SCHEMES, SHOWN, nearest } from "./schemes.js";

/** @typedef {import("./schemes.js").Numerical} Numerical */
/** @typedef {import("./schemes.js").Scheme} Scheme */

const HEIGHT = 330;
const FLOOR = -18;
const ROOM = 2.8;
const NARROW = 420;

/** @param {(place: number) => void} onPlace a step was pointed at */
export function createVee(onPlace) {
  const chart = createChart("vee");
  const root = h("div", { class: "learn-figure" }, chart.root);
  /** @type {((pixel: number) => number) | null} */
  let placeAt = null;

  /** @param {PointerEvent} event */
  function point(event) {
    const svg = chart.root.querySelector("svg");
    if (placeAt === null || svg === null) return;
    const box = svg.getBoundingClientRect();
    onPlace(placeAt(((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width));
  }
  chart.root.addEventListener("pointerdown", (event) => {
    point(event);
    const move = (/** @type {PointerEvent} */ next) => point(next);
    chart.root.addEventListener("pointermove", move);
    window.addEventListener("pointerup", () => chart.root.removeEventListener("pointermove", move), { once: true });
  });

  /** @param {Numerical} answer @param {number} at @param {ReadonlySet<Scheme>} shown @param {Scheme} chosen */
  function render(answer, at, shown, chosen) {
    chart.draw((width) => {
      const made = drawn(answer, at, shown, chosen, width);
      placeAt = made.placeAt;
      return made.svg;
    });
  }
  return { root, render };
}

/** @param {Numerical} answer @param {number} at @param {ReadonlySet<Scheme>} shown @param {Scheme} chosen @param {number} width */
function drawn(answer, at, shown, chosen, width) {
  const errors = answer.estimates.flatMap((row) => SCHEMES.filter((scheme) => shown.has(scheme)).map((scheme) => heightOf(row.error[scheme]))).filter(Number.isFinite);
  const high = Math.min(Math.max(...errors, -2) + ROOM, 12);
  const best = answer.measured[chosen];
  const title = `Error against h, logarithmic: ${[...shown].map((scheme) => `${SHOWN[scheme].words} is best at h = ${format(answer.measured[scheme]?.h, { digits: 3 })}`).join("; ")}`;
  const { svg, across, up, area } = plot({ title, across: "h", up: "error", width, height: HEIGHT, x: { low: -16.4, high: 0.4 }, y: { low: FLOOR - 0.4, high }, ticks: 6 });
  powers(svg);
  svg.append(shape("text", { x: area.left - 7, y: up.at(FLOOR) + 4, "text-anchor": "end" }, "0"));
  const ground = shape("g", {});
  svg.append(ground);
  const now = across.at(Math.log10(answer.estimates[at].h));
  ground.append(shape("path", { class: "vee-now", d: `M${now} ${area.top}V${area.bottom}` }));
  const theory = toNumber(answer.theory[chosen]?.h);
  if (shown.has(chosen) && theory > 0) {
    const x = across.at(Math.log10(theory));
    ground.append(shape("path", { class: "vee-theory", d: `M${x} ${area.top}V${area.bottom}` }), shape("text", { x: x + (x > width * 0.7 ? -6 : 6), y: area.bottom - 8, "text-anchor": x > width * 0.7 ? "end" : "start" }, "best by theory"));
  }
  if (shown.has(chosen)) slopes(ground, answer, chosen, across, up, area, width < NARROW);
  for (const scheme of SCHEMES.filter((one) => shown.has(one))) lineOf(svg, answer, scheme, scheme === chosen, at, across, up);
  if (best && shown.has(chosen)) {
    svg.append(shape("circle", { class: "vee-best", cx: across.at(Math.log10(best.h)), cy: up.at(Math.max(heightOf(best.error), FLOOR)), r: 10 }));
  }
  return { svg, placeAt: (/** @type {number} */ pixel) => nearest(10 ** across.value(pixel)) };
}

/** @param {SVGSVGElement} svg ticks are powers of ten */
function powers(svg) {
  for (const text of svg.querySelectorAll(".plot-axes text:not(.plot-name)")) {
    const exponent = Number((text.textContent ?? "").replace("−", "-"));
    text.textContent = Number.isInteger(exponent) ? (exponent === FLOOR ? "0" : format(10 ** exponent, { digits: 1 }).replace("1 × ", "").replace(/^0\.0*1$/, (found) => `10${superscript(1 - found.length + 1)}`)) : "";
  }
}

/** @param {number} exponent @returns {string} */
const superscript = (exponent) => [...String(exponent)].map((sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"["0123456789-".indexOf(sign)]).join("");

/** @param {Element} svg @param {Numerical} answer @param {Scheme} scheme @param {boolean} isChosen @param {number} at @param {import("../chart.js").Scale} across @param {import("../chart.js").Scale} up */
function lineOf(svg, answer, scheme, isChosen, at, across, up) {
  const group = shape("g", { class: `vee-line vee-${scheme}${isChosen ? " is-chosen" : ""}` });
  let path = "";
  answer.estimates.forEach((row, place) => {
    const height = heightOf(row.error[scheme]);
    if (!Number.isFinite(height)) return;
    const [x, y] = [across.at(Math.log10(row.h)), up.at(Math.max(height, FLOOR))];
    path += `${path === "" ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    group.append(shape("path", { class: place === at ? "vee-mark is-now" : "vee-mark", d: SHOWN[scheme].mark, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})${place === at ? " scale(1.7)" : ""}` }));
  });
  group.prepend(shape("path", { class: "vee-path", d: path }));
  svg.append(group);
}

/** @param {Element} ground @param {Numerical} answer @param {Scheme} scheme @param {import("../chart.js").Scale} across @param {import("../chart.js").Scale} up @param {import("../../plot/frame.js").Area} area @param {boolean} isNarrow */
function slopes(ground, answer, scheme, across, up, area, isNarrow) {
  for (const kind of /** @type {const} */ (["truncation", "rounding"])) {
    const fit = answer.fit[scheme][kind];
    if (fit === null) continue;
    const [from, to] = [Math.min(...fit.steps), Math.max(...fit.steps)].map(Math.log10);
    const line = (/** @type {number} */ x) => `${across.at(x).toFixed(1)} ${up.at(fit.slope * x + fit.height).toFixed(1)}`;
    const outer = kind === "rounding" ? from : to; // the arms of a V are far apart at their ends
    const y = Math.min(Math.max(up.at(fit.slope * outer + fit.height) - 16, area.top + 16), area.bottom - 6);
    const x = Math.min(Math.max(across.at(outer), area.left + 6), area.right - 6);
    ground.append(shape("path", { class: "vee-fit", d: `M${line(from)}L${line(to)}` }), shape("text", { class: "vee-slope", x, y, "text-anchor": kind === "rounding" ? "start" : "end" }, `${isNarrow ? "" : `${kind}, `}slope ${format(fit.slope, { digits: 3 })}`));
  }
}

/** @param {import("../../format.js").Scalar} error @returns {number} its power of ten; of 0 the floor */
function heightOf(error) {
  const number = toNumber(error);
  return error === 0 ? FLOOR : Math.log10(number);
}
