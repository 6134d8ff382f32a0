/** Dual numbers through the program: a seed is picked, every node shows x + ε x′, and the columns of the Jacobian gather. */

import { h } from "../../dom.js";
import { format, tooltip } from "../../format.js";
import { displayName, plainLatex } from "../../latex.js";
import { parseNumber } from "../../values.js";
import { math } from "../../views/math.js";
import { entryNames, flat, oneHot, shaped, sizeOf } from "../entries.js";
import { matrixOf } from "../matrix.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../../format.js").Scalar} Scalar */
/** @typedef {{id: number, label: string, kind: string, op: string, latex: string, shape: number[], inputs: number[], primal: any, tangent: any}} DualNode */
/** @typedef {{name: string, shape: number[]}} Input */

const MOST_SEEDS = 16;
const MOST_ENTRIES = 4;

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const seeds = h("div", { class: "dual-seeds", role: "group", "aria-label": "Seed" });
  const table = h("div", { class: "dual-scroll", tabindex: "0", role: "region", "aria-label": "Dual numbers, scrolls" });
  const gathered = h("div", { class: "dual-columns" });
  root.replaceChildren(seeds, table, gathered);
  /** @type {Input[]} */
  let inputs = [];
  /** @type {number[]} the tangents of all entries of all inputs */
  let seed = [];
  /** @type {Map<number, Scalar[]>} the outputs' tangents, by the entry whose seed was 1 */
  let columns = new Map();
  let known = "";

  /** @param {import("../lesson.js").Program} program @param {AbortSignal} signal */
  async function show(program, signal) {
    const primal = await lesson.ask("trace", { mode: "primal", include: [] }, signal);
    const found = primal.nodes.filter((/** @type {any} */ node) => node.kind === "input" && node.dtype === "float64").map((/** @type {any} */ { label, shape }) => ({ name: label, shape }));
    const key = JSON.stringify([program.source, [...program.inputs], found]);
    if (key !== known) columns = new Map();
    known = key;
    const count = found.reduce((/** @type {number} */ total, /** @type {Input} */ { shape }) => total + sizeOf(shape), 0);
    if (seed.length !== count) seed = startOf(lesson.params.get("seed"), count);
    inputs = found;
    await pass(signal);
  }

  /** @param {AbortSignal} [signal] */
  async function pass(signal) {
    const answer = await lesson.ask("trace", { mode: "forward", seed: seedsOf(), include: ["latex"] }, signal);
    const tangents = answer.outputs.flatMap((/** @type {number} */ node) => tangentOf(answer.nodes[node]));
    const at = pureAt(seed);
    if (at !== null) columns.set(at, tangents);
    drawSeeds();
    drawTable(answer);
    drawColumns(answer);
    lesson.setParam("seed", seed.every((one, place) => one === (place === 0 ? 1 : 0)) ? null : seed.join("_"));
    lesson.say(sentenceOf(answer, tangents, at));
  }

  /** @returns {Object<string, unknown>} */
  function seedsOf() {
    let at = 0;
    return Object.fromEntries(
      inputs.map(({ name, shape }) => {
        const part = seed.slice(at, at + sizeOf(shape));
        at += part.length;
        return [name, shaped(part, shape)];
      }),
    );
  }

  /** @param {number[]} next */
  function choose(next) {
    seed = next;
    void pass();
  }

  const entries = () => inputs.flatMap(({ name, shape }) => entryNames(name, shape));

  function drawSeeds() {
    const names = entries();
    const parts = names.slice(0, MOST_SEEDS).map((name, at) => {
      const box = h("input", { class: "field numeral", type: "text", inputmode: "decimal", autocomplete: "off", value: String(seed[at]), "aria-label": `Seed of ${name}` });
      box.addEventListener("change", () => {
        const value = parseNumber(box.value);
        box.setAttribute("aria-invalid", String(typeof value !== "number"));
        if (typeof value === "number") choose(seed.map((one, place) => (place === at ? value : one)));
      });
      const one = h("button", { type: "button", class: "button small", "aria-pressed": String(pureAt(seed) === at), title: `1 at ${name}, 0 elsewhere`, onclick: () => choose(oneHot(names.length, at)) }, h("code", {}, name));
      return [one, box];
    });
    const focused = document.activeElement instanceof HTMLElement ? [...seeds.querySelectorAll("button, input")].indexOf(document.activeElement) : -1;
    seeds.replaceChildren(h("span", {}, "Seed"), ...parts.flat());
    if (focused >= 0) /** @type {HTMLElement | undefined} */ (seeds.querySelectorAll("button, input")[focused])?.focus();
  }

  /** @param {any} answer */
  function drawTable(answer) {
    const outputs = new Set(answer.outputs);
    const rows = answer.nodes.filter((/** @type {DualNode} */ { kind }) => kind !== "constant").slice(0, 400).map((/** @type {DualNode} */ node) => h("tr", { class: outputs.has(node.id) ? "is-output" : "" }, h("th", { scope: "row" }, math(displayName(node.label))), h("td", {}, node.kind === "input" ? "seed" : ruleOf(node)), h("td", {}, ...dualOf(node)), h("td", { class: "dual-how" }, howOf(node, answer.nodes))));
    table.replaceChildren(h("table", { class: "dual" }, h("caption", { class: "visually-hidden" }, "Every node as a dual number: its value, and behind ε its tangent."), h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Node"), h("th", { scope: "col" }, "Rule"), h("th", { scope: "col" }, "Dual number"), h("th", { scope: "col" }, "How the part behind ε comes about"))), h("tbody", {}, ...rows)));
  }

  /** @param {DualNode} node @returns {(Node | string)[]} "10 + 5 ε" */
  function dualOf({ primal, tangent, shape }) {
    if (shape.length === 0) return [dualText(primal), " + ", h("span", { class: "tangent", title: tooltip(tangent) }, `${parted(tangent)} ε`)];
    return [list(primal), " + ", h("span", { class: "tangent" }, `${list(tangent ?? [])} ε`)];
  }

  const dualText = (/** @type {Scalar} */ value) => format(value, { digits: lesson.digits });
  /** @param {Scalar} value a negative one in brackets, and 0 where nothing flows */
  const parted = (value) => (value === null || value === undefined ? "0" : typeof value === "number" && value < 0 ? `(${dualText(value)})` : dualText(value));
  /** @param {any} value */
  const list = (value) => {
    const all = flat(value);
    return `[${all.slice(0, MOST_ENTRIES).map(dualText).join(", ")}${all.length > MOST_ENTRIES ? ", …" : ""}]`;
  };

  /** @param {DualNode} node @param {DualNode[]} nodes the product written out, where a product is made of numbers; the sum, where a sum is */
  function howOf({ op, inputs: sources, shape }, nodes) {
    if (shape.length > 0 || sources.length !== 2) return "";
    const [a, b] = sources.map((id) => nodes[id]);
    const dual = (/** @type {DualNode} */ { primal, tangent }) => `${dualText(primal)} + ${parted(tangent)} ε`;
    if (op === "mul") return `(${dual(a)})(${dual(b)}): ${parted(a.tangent)}·${parted(b.primal)} + ${parted(a.primal)}·${parted(b.tangent)}, and ε² = 0`;
    if (op === "add" || op === "sub") return `${parted(a.tangent)} ${op === "add" ? "+" : "−"} ${parted(b.tangent)}`;
    return "";
  }

  /** @param {any} answer */
  function drawColumns(answer) {
    const names = entries();
    const outputs = answer.outputs.flatMap((/** @type {number} */ id) => entryNames(outputName(answer, id), answer.nodes[id].shape));
    const passes = columns.size;
    const grid = { rows: outputs, columns: names, entries: outputs.map((/** @type {string} */ _, /** @type {number} */ row) => names.map((_, column) => columns.get(column)?.[row] ?? null)) };
    gathered.replaceChildren(h("p", {}, `Columns of the Jacobian so far: ${passes} of ${names.length}, one pass each.`), matrixOf(grid, { caption: "Jacobian so far", digits: lesson.digits }));
  }

  /** @param {any} answer @param {Scalar[]} tangents @param {number | null} at */
  function sentenceOf(answer, tangents, at) {
    const outputs = answer.outputs.flatMap((/** @type {number} */ id) => entryNames(outputName(answer, id), answer.nodes[id].shape));
    const said = outputs.slice(0, MOST_SEEDS).map((/** @type {string} */ name, /** @type {number} */ place) => `${name} moves by ${dualText(tangents[place])} ε`);
    return at === null ? `Along this direction ${said.join(", ")}.` : `When ${entries()[at]} moves by ε, ${said.join(", ")}: column ${at + 1} of the Jacobian.`;
  }
  return { show };
}

/** @param {DualNode} node */
const ruleOf = (node) => math(plainLatex(node.latex) ?? node.op);

/** @param {DualNode} node @returns {Scalar[]} */
const tangentOf = ({ tangent, shape }) => (tangent === null || tangent === undefined ? Array(sizeOf(shape)).fill(0) : flat(tangent));

/** @param {any} answer @param {number} id @returns {string} */
const outputName = (answer, id) => Object.keys(answer.names).find((name) => answer.names[name] === id) ?? "y";

/** @param {number[]} seed @returns {number | null} where its only 1 stands, if all else is 0 */
function pureAt(seed) {
  const at = seed.indexOf(1);
  return at >= 0 && seed.every((one, place) => one === (place === at ? 1 : 0)) ? at : null;
}

/** @param {string | undefined} text @param {number} count @returns {number[]} */
function startOf(text, count) {
  const said = text?.split("_").map((one) => parseNumber(one)) ?? [];
  return said.length === count && said.every((one) => typeof one === "number") ? /** @type {number[]} */ (said) : oneHot(count, 0);
}
