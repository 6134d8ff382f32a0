/** Derivatives by differences: the secant that turns into the tangent, and the V of its errors, at one step for both. */

import { h } from "../../dom.js";
import { format } from "../../format.js";
import { choice } from "../../share/controls.js";
import { createSecant } from "../numerical/secant.js";
import { SCHEMES, SHOWN, STEPS, nearest, sentenceOf } from "../numerical/schemes.js";
import { costOf, summaryOf, tableOf } from "../numerical/table.js";
import { createVee } from "../numerical/vee.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../lesson.js").Program} Program */
/** @typedef {import("../numerical/schemes.js").Numerical} Numerical */
/** @typedef {import("../numerical/schemes.js").Scheme} Scheme */
/** @typedef {{name: string, element: number[] | null, words: string}} Variable */

const PACE = 450;
const MOST_ENTRIES = 12;
const WIDE = 1.5;

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  let at = nearest(Number(lesson.params.get("h") ?? "0.3"));
  let isZoomed = lesson.params.get("view") === "near";
  /** @type {Scheme} */
  let chosen = schemeFrom(lesson.params.get("scheme"));
  /** @type {Set<Scheme>} */
  const shown = new Set(/** @type {Scheme[]} */ (["forward", "central", "complex"]));
  shown.add(chosen);
  /** @type {Numerical | null} */
  let answer = null;
  /** @type {Numerical | null} */
  let near = null;
  /** @type {Variable[]} */
  let variables = [];
  let timer = 0;
  let turn = new AbortController();

  const wrt = h("select", { class: "field", "aria-label": "Differentiate by", onchange: () => set("by", wrt.value) });
  /** @type {{root: HTMLElement, value: () => string}} */
  const dtype = choice("Numbers", [["float64", "float64"], ["float32", "float32"]], lesson.params.get("dtype") === "float32" ? "float32" : "float64", () => set("dtype", dtype.value() === "float32" ? "float32" : null));
  const view = choice("Curve", [["wide", "around x"], ["near", "magnified with h"]], isZoomed ? "near" : "wide", () => {
    isZoomed = view.value() === "near";
    lesson.setParam("view", isZoomed ? "near" : null);
    void go(at);
  });
  const schemes = h("fieldset", { class: "learn-choice vee-schemes" }, h("legend", {}, "Schemes"), ...SCHEMES.map(schemeBox));
  const play = h("button", { type: "button", class: "button primary", onclick: toggle }, "Play");
  const slider = h("input", { type: "range", class: "quotient-slider", min: "0", max: String(STEPS.length - 1), step: "1", value: String(at), "aria-label": "Step h", oninput: () => { stop(); void go(Number(slider.value)); } });
  const size = h("output", { class: "numeral quotient-h" });
  const secant = createSecant();
  const vee = createVee((place) => {
    stop();
    if (place !== at) void go(place);
  });
  const formula = h("p", { class: "quotient-formula" });
  const legendRow = h("p", { class: "learn-note" });
  const below = h("div", { class: "learn-figure" });
  root.replaceChildren(
    h("div", { class: "quotient-row" }, h("label", {}, h("span", {}, "∂ by"), wrt), dtype.root, view.root),
    h("div", { class: "quotient-row quotient-player" }, play, h("label", {}, h("span", {}, "h"), slider), size),
    h("div", { class: "quotient-plots" }, secant.root, h("div", { class: "learn-figure" }, vee.root, schemes)),
    formula,
    legendRow,
    below,
  );

  /** @param {Scheme} scheme */
  function schemeBox(scheme) {
    const mark = h("span", { class: `vee-sign vee-${scheme}`, "aria-hidden": "true" });
    const box = h("input", { type: "checkbox", checked: shown.has(scheme), onchange: () => {
      if (box.checked) shown.add(scheme);
      else shown.delete(scheme);
      if (box.checked) chosen = scheme;
      else if (scheme === chosen) chosen = SCHEMES.find((one) => shown.has(one)) ?? "forward";
      lesson.setParam("scheme", chosen === "forward" ? null : chosen);
      render();
    } });
    return h("label", {}, box, mark, h("span", {}, SHOWN[scheme].words));
  }

  /** @param {Program} _ @param {AbortSignal} signal */
  async function show(_, signal) {
    const primal = await lesson.ask("trace", { mode: "primal", include: [] }, signal);
    variables = variablesIn(primal);
    const wanted = variables.find(({ words }) => words === lesson.params.get("by")) ?? variables[0];
    wrt.replaceChildren(...variables.map(({ words }) => h("option", { value: words, selected: words === wanted?.words }, words)));
    if (wanted === undefined) return lesson.say("This program has no number to differentiate by.");
    const found = await lesson.ask("numerical", { ...asked(wanted), steps: STEPS, window: WIDE }, signal);
    answer = found;
    near = null;
    await go(at, signal);
  }

  /** @param {Variable} variable */
  const asked = ({ name, element }) => ({ wrt: name, dtype: dtype.value(), ...(element === null ? {} : { element }) });

  /** @param {number} place @param {AbortSignal} [signal] */
  async function go(place, signal) {
    at = place;
    if (answer === null) return;
    lesson.setParam("h", String(STEPS[at]));
    if (isZoomed) near = await magnified(signal);
    else near = null;
    render();
  }

  /** @param {AbortSignal} [signal] @returns {Promise<Numerical | null>} */
  async function magnified(signal) {
    turn.abort();
    turn = new AbortController();
    const wanted = variables.find(({ words }) => words === wrt.value);
    if (wanted === undefined) return null;
    return lesson.ask("numerical", { ...asked(wanted), steps: [STEPS[at]], window: 2.5 * STEPS[at], num: 240 }, signal ?? turn.signal).catch(() => null);
  }

  function render() {
    if (answer === null) return;
    const row = answer.estimates[at];
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", format(row.h, { digits: 3 }));
    size.textContent = format(row.h, { digits: 3 });
    const cut = chosen === "backward" || chosen === "central" ? chosen : "forward";
    secant.render(near ?? answer, at, answer, cut);
    vee.render(answer, at, shown, chosen);
    formula.textContent = `${SHOWN[chosen].words}: ${SHOWN[chosen].formula}`;
    legendRow.textContent = answer.complex_reason === null ? answer.best.why : `${answer.best.why} There is no complex step: ${answer.complex_reason}`;
    below.replaceChildren(h("h3", {}, "Schemes beside each other"), summaryOf(answer), costOf(answer), tableOf(answer, at, lesson.digits));
    lesson.say(sentenceOf(row, chosen, answer.exact, lesson.digits));
  }

  function toggle() {
    if (timer !== 0) return stop();
    play.textContent = "Pause";
    if (at === STEPS.length - 1) at = 0;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      stop();
      return void go(Math.min(at + 1, STEPS.length - 1));
    }
    timer = window.setInterval(() => {
      if (at >= STEPS.length - 1) return stop();
      void go(at + 1);
    }, PACE);
    return undefined;
  }

  function stop() {
    window.clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  }

  /** @param {string} name @param {string | null} value */
  function set(name, value) {
    lesson.setParam(name, value);
    lesson.again();
  }

  return { show };
}

/** @param {string | undefined} said @returns {Scheme} */
const schemeFrom = (said) => SCHEMES.find((one) => one === said) ?? "forward";

/** @param {import("../../scene/trace.js").Trace} trace @returns {Variable[]} inputs entry by entry, then every other named number before the output */
function variablesIn({ nodes, names, outputs }) {
  /** @type {Variable[]} */
  const found = [];
  const named = Object.entries(names ?? {});
  for (const node of nodes.filter(({ kind, dtype }) => kind === "input" && dtype === "float64")) {
    for (const place of entriesOf(node.shape)) found.push({ name: node.label ?? "", element: place.length > 0 ? place : null, words: (node.label ?? "") + place.map((one) => `.${one}`).join("") });
  }
  for (const [name, id] of named) {
    const { kind, shape, dtype } = nodes[id];
    if (kind === "op" && dtype === "float64" && shape.length === 0 && !outputs.includes(id)) found.push({ name, element: null, words: name });
  }
  return found;
}

/** @param {readonly number[]} shape @returns {number[][]} the places of the first entries */
function entriesOf(shape) {
  /** @type {number[][]} */
  let places = [[]];
  for (const side of shape) places = places.flatMap((place) => Array.from({ length: Math.min(side, MOST_ENTRIES) }, (_, one) => [...place, one]));
  return places.slice(0, MOST_ENTRIES);
}
