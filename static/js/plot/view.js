/** The plot's panel: which inputs, the drawing, its sentence, its numbers as a table. */

import { Refusal, ask } from "../api.js";
import { requestOf } from "../build.js";
import { h, setText } from "../dom.js";
import { toNumber } from "../format.js";
import { displayName } from "../latex.js";
import { curveTable, drawCurve } from "./curve.js";
import { drawField, fieldTable } from "./field.js";
import { rangeAround } from "./scales.js";
import { contourSentence, curveSentence } from "./words.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./scales.js").Extent} Extent */
/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {{output: unknown[], gradients: Object<string, unknown[] | null>, vary: Object<string, number[]>}} Sweep */

const POINTS = 121;
const SIDE = 41;

/** @param {HTMLElement} root @param {Page} page @returns {import("../views/late-side.js").SideContent} */
export function createPlotView(root, { store, actions }) {
  const first = h("select", { class: "field", id: "plot-first" });
  const second = h("select", { class: "field", id: "plot-second" });
  const choose = () => store.set({ plot: [first.value, second.value].filter((name) => name !== "").join(",") });
  first.addEventListener("change", choose);
  second.addEventListener("change", choose);
  const slope = check("its slope too", redraw);
  const table = check("as a table", redraw);
  const drawing = h("div", { class: "plot-drawing" });
  const words = h("p", { class: "plot-words", role: "status" });
  root.append(
    h("div", { class: "panel-body plot-body", tabindex: "0", role: "group", "aria-label": "Plot, scrolls" },
      h("p", { class: "plot-choice" }, h("label", { for: "plot-first" }, "Over "), first, h("label", { for: "plot-second" }, " and "), second),
      drawing,
      words,
      h("p", { class: "plot-choice" }, slope.label, table.label)),
  );
  /** @type {Map<string, Extent>} what is shown of each input */
  const ranges = new Map();
  /** @type {{key: string, sweep: Sweep, names: string[]} | null} */
  let found = null;
  let wanted = "";
  let turn = new AbortController();
  /** @type {State | null} */
  let latest = null;

  /** @param {State} state @param {string[]} names */
  async function load(state, names) {
    const { source, inputs, outputs, wrt } = requestOf({ ...state, source: state.traced }, state.active);
    const others = Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name)));
    const vary = Object.fromEntries(names.map((name) => [name, { start: rangeOf(state, name).low, stop: rangeOf(state, name).high, num: names.length === 1 ? POINTS : SIDE }]));
    const key = JSON.stringify([source, others, vary, outputs]);
    if (key === wanted) return redraw();
    wanted = key;
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    try {
      const sweep = await ask("sweep", { source, inputs: others, vary, outputs: outputs === null ? null : outputs.slice(0, 1), wrt }, signal);
      found = { key, sweep, names };
      redraw();
    } catch (reason) {
      if (signal.aborted) return;
      found = null;
      wanted = "";
      drawing.replaceChildren();
      setText(words, reason instanceof Refusal ? reason.problem.detail : "The curve could not be computed.");
    }
  }

  /** @param {State} state @param {string} name @returns {Extent} kept while the value stays in it */
  function rangeOf(state, name) {
    const value = Number(state.values.get(name) ?? 1);
    const kept = ranges.get(name);
    if (kept !== undefined && value >= kept.low && value <= kept.high) return kept;
    const range = rangeAround(value);
    ranges.set(name, range);
    return range;
  }

  /** @type {{key: string, y: number, gradient: number[]} | null} */
  let asked = null;

  /** The current point: from the trace where its adjoints are the gradient, else asked for. @param {State} state @param {string[]} names @returns {{y: number, gradient: number[]}} */
  function pointOf(state, names) {
    const known = at(state, names);
    if (state.mode !== "forward" && state.seed.size === 0) return known;
    const key = JSON.stringify([wanted, names.map((name) => state.values.get(name))]);
    if (asked?.key !== key) void askPoint(state, names, key);
    return asked?.key === key ? asked : { ...known, gradient: names.map(() => NaN) };
  }

  /** @param {State} state @param {string[]} names @param {string} key */
  async function askPoint(state, names, key) {
    asked = { key, y: NaN, gradient: names.map(() => NaN) };
    const { source, inputs, outputs } = requestOf({ ...state, source: state.traced }, state.active);
    const others = Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name)));
    const vary = Object.fromEntries(names.map((name) => [name, [Number(state.values.get(name) ?? 1)]]));
    const one = await ask("sweep", { source, inputs: others, vary, outputs: outputs === null ? null : outputs.slice(0, 1) }).catch(() => null);
    if (one === null || asked?.key !== key) return;
    asked = { key, y: numbers([one.output.flat(2)[0]])[0], gradient: names.map((name) => numbers([one.gradients[name]?.flat(2)[0] ?? 0])[0]) };
    redraw();
  }

  function redraw() {
    if (latest === null || latest.trace === null || found === null) return;
    const size = { width: Math.max(drawing.clientWidth, 260), height: Math.max(240, Math.min(380, drawing.clientWidth * 0.8)) };
    const hadFocus = drawing.contains(document.activeElement);
    if (found.names.length === 1) showCurve(latest, found.sweep, found.names[0], size);
    else showField(latest, found.sweep, found.names, size);
    if (hadFocus) /** @type {HTMLElement | null} */ (drawing.querySelector(".plot-point"))?.focus();
    slope.label.hidden = found.names.length > 1;
  }

  /** @param {State} state @param {Sweep} sweep @param {string} name @param {{width: number, height: number}} size */
  function showCurve(state, sweep, name, size) {
    const xs = sweep.vary[name];
    const ys = numbers(sweep.output);
    const slopes = numbers(sweep.gradients[name] ?? xs.map(() => 0));
    const x = Number(state.values.get(name) ?? 1);
    const now = pointOf(state, [name]);
    const curve = { input: displayName(name), output: outputName(state), xs, ys, slopes, x, y: now.y, slope: now.gradient[0], digits: state.digits, derivative: slope.box.checked };
    drawing.replaceChildren(table.box.checked ? curveTable(curve) : drawCurve(curve, size, (value, done) => move([name], [value], done)));
    setText(words, curveSentence({ ...curve, low: xs[0], high: xs[xs.length - 1] }, state));
  }

  /** @param {State} state @param {Sweep} sweep @param {string[]} names @param {{width: number, height: number}} size */
  function showField(state, sweep, names, size) {
    const [a, b] = names;
    const now = pointOf(state, names);
    /** @type {import("./field.js").Field} */
    const field = {
      inputs: [displayName(a), displayName(b)], output: outputName(state), xs: sweep.vary[a], ts: sweep.vary[b], values: sweep.output.map((row) => numbers(/** @type {unknown[]} */ (row))),
      at: [Number(state.values.get(a) ?? 1), Number(state.values.get(b) ?? 1)], y: now.y, gradient: [now.gradient[0], now.gradient[1]], digits: state.digits,
    };
    drawing.replaceChildren(table.box.checked ? fieldTable(field) : drawField(field, size, (x, t, done) => move(names, [x, t], done)));
    setText(words, contourSentence(field, state));
  }

  /** @param {string[]} names @param {number[]} values @param {boolean} done */
  function move(names, values, done) {
    names.forEach((name, place) => (done ? actions.setInput(name, values[place]) : void actions.slide(name, values[place])));
  }

  return {
    render(state, before, scene) {
      if (scene === null || state.trace === null) return;
      latest = state;
      const names = state.active.filter((name) => typeof (state.values.get(name) ?? 1) === "number");
      if (names.length === 0) {
        drawing.replaceChildren();
        return setText(words, "No input is a single number that could be varied.");
      }
      const asked = state.plot.split(",").filter((name) => names.includes(name));
      const chosen = asked.length > 0 ? asked.slice(0, 2) : names.slice(0, 1);
      options(first, names, chosen[0], false);
      options(second, names.filter((name) => name !== chosen[0]), chosen[1] ?? "", true);
      if (before === null || before.trace !== state.trace || before.plot !== state.plot || before.digits !== state.digits) void load(state, chosen);
    },
  };
}

/** @param {string} words @param {() => void} onChange */
function check(words, onChange) {
  const box = h("input", { type: "checkbox" });
  box.addEventListener("change", onChange);
  return { box, label: h("label", { class: "plot-check" }, box, " ", words) };
}

/** @param {HTMLSelectElement} select @param {string[]} names @param {string} chosen @param {boolean} none */
function options(select, names, chosen, none) {
  const key = names.join("\n");
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(...(none ? [h("option", { value: "" }, "no other")] : []), ...names.map((name) => h("option", { value: name }, displayName(name))));
  }
  select.value = chosen;
}

/** @param {unknown[]} values @returns {number[]} missing ones are NaN */
const numbers = (values) => values.map((value) => (value === null || Array.isArray(value) ? NaN : toNumber(/** @type {Scalar} */ (value))));

/** @param {State} state @returns {string} */
function outputName({ trace }) {
  const name = trace?.output_names?.[0] ?? "output";
  return displayName(name === "out" ? "output" : name);
}

/** @param {State} state @param {string[]} names @returns {{y: number, gradient: number[]}} as the trace has them: the very numbers of the graph */
function at({ trace }, names) {
  const nodes = trace?.nodes ?? [];
  const value = (/** @type {unknown} */ one) => (one === null || one === undefined || typeof one === "object" ? NaN : toNumber(/** @type {Scalar} */ (one)));
  const y = value(nodes[trace?.outputs[0] ?? -1]?.primal);
  const gradient = names.map((name) => value(nodes.find((node) => node.kind === "input" && node.label === name)?.adjoint ?? 0));
  return { y, gradient };
}
