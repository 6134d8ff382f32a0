/** Dual numbers: a calculator, every node of the program as a + b ε, the chosen one written out, and Taylor polynomials beyond. */

import { Refusal } from "../../api.js";
import { h } from "../../dom.js";
import { displayName } from "../../latex.js";
import { math } from "../../views/math.js";
import { typeset } from "../../views/typeset.js";
import { createCalculator } from "../dual-numbers/calculator.js";
import { dualNumber, expansionOf } from "../dual-numbers/numbers.js";
import { createTaylor, curveSentence } from "../dual-numbers/taylor.js";
import { dualWords, unit } from "../dual-numbers/words.js";
import { entryNames, flat, oneHot, shaped, sizeOf } from "../entries.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../lesson.js").Program} Program */
/** @typedef {import("../dual-numbers/words.js").Dual} Dual */
/** @typedef {import("../dual-numbers/words.js").DualNode} DualNode */
/** @typedef {{name: string, words: string, shape: number[], at: number}} Entry one number among the inputs */

const HIGHEST = 8;
const MOST_ROWS = 200;
const MOST_CHOICES = 64;
const POINTS = 81;
const RADII = [0.25, 0.5, 1, 2, 4];
const UNIT = /ε|(?<![\p{L}\d_])eps(?:ilon)?(?![\p{L}\d_])/u;

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  let order = within(Number(lesson.params.get("order") ?? 1), 1, HIGHEST);
  let radius = RADII.find((one) => String(one) === lesson.params.get("reach")) ?? 2;
  let by = Number(lesson.params.get("by") ?? 0);
  /** @type {number | null} */
  let chosen = lesson.params.has("node") ? Number(lesson.params.get("node")) : null;
  /** @type {Dual | null} */
  let answer = null;
  let moved = "ε";

  const calculator = createCalculator((body, signal) => lesson.ask("dual", body, signal), lesson.digits);
  const seed = h("select", { class: "field", onchange: () => set("by", (by = Number(seed.value)) === 0 ? null : String(by)) });
  const slider = h("input", { type: "range", min: 1, max: HIGHEST, step: 1, value: order, class: "dual-order", oninput: () => keep(Number(slider.value)) });
  const kept = h("output", { class: "dual-kept" });
  const reach = h("select", { class: "field", onchange: () => set("reach", String((radius = Number(reach.value)))) }, ...RADII.map((one) => h("option", { value: one, selected: one === radius }, String(one))));
  const rows = h("div", { class: "dual-scroll", tabindex: "0", role: "region", "aria-label": "Nodes as dual numbers, scrolls" });
  const chosenBox = h("section", { class: "dual-chosen", "aria-label": "The chosen node, written out", tabindex: "0" });
  const taylor = createTaylor();
  const curved = h("p", { class: "learn-note" });
  const checked = h("p", { class: "learn-note" });
  const reachRow = h("div", { class: "quotient-row" }, h("label", {}, h("span", {}, "Farthest t"), reach));
  root.replaceChildren(
    h("div", { class: "quotient-row" }, h("label", { class: "dual-order-row" }, h("span", {}, "Powers kept"), slider, kept)),
    h("h3", {}, "Calculator"),
    calculator.root,
    h("h3", {}, "Your program on dual numbers"),
    h("div", { class: "quotient-row" }, h("label", {}, h("span", {}, "ε is carried by"), seed)),
    h("div", { class: "dual-both" }, h("div", { class: "learn-figure" }, rows, checked), chosenBox),
    h("h3", {}, "The program and its Taylor polynomial"),
    reachRow,
    taylor.root,
    curved,
  );

  /** @param {Program} program @param {AbortSignal} signal */
  async function show(program, signal) {
    const found = entriesOf(program);
    const isWritten = UNIT.test(program.source) && !["ε", "eps", "epsilon"].some((name) => program.inputs.has(name));
    const entry = isWritten ? undefined : (found[by] ?? found[0]);
    const body = { order, ...(entry === undefined ? {} : { seed: { [entry.name]: shaped(oneHot(sizeOf(entry.shape), entry.at), entry.shape) } }) };
    const [next] = await Promise.all([asked(body, signal), calculator.show(order)]);
    answer = next;
    moved = entry === undefined ? "ε" : entry.words;
    seed.replaceChildren(...(isWritten ? [h("option", {}, "ε in the program")] : found.map(({ words }, place) => h("option", { value: place, selected: found[place] === entry }, words))));
    seed.disabled = isWritten || found.length < 2;
    render();
  }

  /** @param {object} body @param {AbortSignal} signal @returns {Promise<Dual>} without a curve where there is no one number to draw */
  async function asked(body, signal) {
    try {
      return await lesson.ask("dual", { ...body, around: { radius, num: POINTS } }, signal);
    } catch (reason) {
      if (!(reason instanceof Refusal) || !["request.field", "budget.points"].includes(reason.problem.code)) throw reason;
      return lesson.ask("dual", body, signal);
    }
  }

  function render() {
    if (answer === null) return;
    const { nodes, outputs, curve, check } = answer;
    if (nodes === null || chosen === null || nodes[chosen]?.kind !== "op") chosen = nodes === null ? null : defaultOf(nodes, outputs[0].node);
    drawRows(nodes, new Set(outputs.map(({ node }) => node)));
    drawChosen();
    taylor.render(answer, moved, lesson.digits);
    reachRow.hidden = curve === null;
    curved.textContent = curve === null ? "The curve is drawn of programs with one number as their output." : curveSentence(curve, order, lesson.digits);
    checked.textContent = checkSentence(check, order);
    lesson.say(sentenceOf(answer));
  }

  /** @param {DualNode[] | null} nodes @param {Set<number>} outputs */
  function drawRows(nodes, outputs) {
    if (nodes === null) return rows.replaceChildren(h("p", { class: "learn-note" }, "This program has too many nodes to list them all."));
    const focused = rows.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.node : undefined;
    const shown = nodes.filter(({ kind }) => kind !== "constant").slice(0, MOST_ROWS);
    const body = shown.map((node) => h("tr", { class: `${outputs.has(node.id) ? "is-output" : ""} ${node.id === chosen ? "is-chosen" : ""}`.trim() }, h("th", { scope: "row" }, nameOf(node)), h("td", { class: "dual-expression" }, node.kind === "input" ? "input" : node.expression), h("td", {}, dualNumber(node, lesson.digits))));
    const heads = ["Node", "Operation", "Dual number"].map((words) => h("th", { scope: "col" }, words));
    rows.replaceChildren(h("table", { class: "dual" }, h("caption", { class: "visually-hidden" }, "Every node as a dual number; a node’s button writes it out."), h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...body)));
    if (focused !== undefined) /** @type {HTMLElement | null} */ (rows.querySelector(`[data-node="${focused}"]`))?.focus();
    return undefined;
  }

  /** @param {DualNode} node @returns {Node} a button where the node can be written out */
  function nameOf(node) {
    const words = math(displayName(node.label));
    if (node.kind !== "op") return words;
    return h("button", { type: "button", class: "button small", "aria-pressed": String(node.id === chosen), "data-node": node.id, onclick: () => choose(node.id) }, words);
  }

  /** @param {number} node */
  function choose(node) {
    chosen = node;
    lesson.setParam("node", String(node));
    render();
  }

  function drawChosen() {
    const node = chosen === null ? undefined : answer?.nodes?.[chosen];
    chosenBox.hidden = node === undefined;
    if (node === undefined) return;
    const lines = expansionOf(node, order, lesson.digits);
    const rule = node.rule === null ? [] : [h("div", { class: "dual-rule" }, typeset(node.rule.latex)), h("p", {}, node.rule.sentence)];
    const place = h("p", { class: "dual-place" }, h("strong", {}, math(displayName(node.label))), " = ", h("code", {}, node.expression));
    chosenBox.replaceChildren(place, ...rule, h("div", { class: "expansion" }, ...lines), ...node.notes.map((note) => h("p", { class: "note" }, note)));
  }

  /** @param {Dual} found */
  function sentenceOf({ outputs }) {
    const said = outputs.slice(0, 3).map(({ name, shape, coefficients }) => (shape.length === 0 ? `${name} = ${dualWords(coefficients, lesson.digits)}` : `${name} has ${sizeOf(shape)} dual numbers`));
    const [first] = outputs;
    const slope = first.shape.length === 0 && outputs.length === 1 ? ` What stands beside ε is the derivative: ${dualWords([first.derivatives[1]], lesson.digits)}.` : "";
    return `Where ${moved} carries ε, ${said.join(", ")}.${slope}`;
  }

  /** @param {number} next the highest power of ε that is kept: said at once, while its numbers are on the way */
  function keep(next) {
    order = next;
    sayOrder();
    set("order", order === 1 ? null : String(order));
  }

  function sayOrder() {
    kept.textContent = order === 1 ? "up to ε: dual numbers" : `up to ${unit(order)}`;
    slider.setAttribute("aria-valuetext", kept.textContent);
  }

  /** @param {string} name @param {string | null} value */
  function set(name, value) {
    lesson.setParam(name, value);
    lesson.again();
  }

  sayOrder();
  return { show };
}

/** @param {Dual["check"]} check @param {number} order */
function checkSentence({ agrees, orders, note }, order) {
  if (!agrees) return "Checked: some coefficients differ from those of nested forward sweeps by more than rounding.";
  const reach = orders < order ? ` up to ${unit(orders)}` : "";
  return `Checked: every coefficient${reach} is that of nested forward sweeps.${note === null ? "" : ` ${note}`}`;
}

/** @param {DualNode[]} nodes @param {number} output @returns {number | null} the last product, where ε² shows; else the output */
function defaultOf(nodes, output) {
  const product = nodes.findLast(({ op, expansion }) => op === "mul" && expansion !== null && expansion.terms.some(({ struck, coefficient }) => struck && coefficient !== 0));
  const node = product ?? nodes[output];
  return node.kind === "op" ? node.id : (nodes.findLast(({ kind }) => kind === "op")?.id ?? null);
}

/** @param {Program} program @returns {Entry[]} the numbers that can carry ε */
function entriesOf({ inputs }) {
  return [...inputs].flatMap(([name, value]) => {
    const shape = shapeOf(value);
    if (flat(/** @type {any} */ (value)).every((one) => typeof one === "boolean")) return [];
    return entryNames(name, shape).map((words, at) => ({ name, words, shape, at }));
  }).slice(0, MOST_CHOICES);
}

/** @param {any} value @returns {number[]} */
const shapeOf = (value) => (Array.isArray(value) ? [value.length, ...(value.length > 0 ? shapeOf(value[0]) : [])] : []);

/** @param {number} value @param {number} low @param {number} high */
const within = (value, low, high) => (Number.isInteger(value) ? Math.min(Math.max(value, low), high) : low);
