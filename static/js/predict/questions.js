/** Which steps ask something, and what: a number, a place to tap, or a choice between sentences. */

import { sceneOf } from "../scene.js";
import { forwardCount, stepsOf } from "../steps.js";
import { reachQuestion } from "./reach.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {"off" | "all" | "sums" | "marked" | "fading" | "class"} Density fading: more is asked the further it goes; class: everything, and nobody types */
/** @typedef {{step: number, ask: string, answer?: string, choices?: string[], why?: string, hint?: string, mistake?: string}} Marked a question written by hand in an example's file: before which step it stands; hint: what a wrong choice is told; mistake: the wrong idea behind it, "M10" */

/**
 * @typedef {object} Question what a learner sees; the answer is not in it
 * @property {number} index the step that it is about
 * @property {"number" | "node" | "edge" | "shape" | "choice" | "reach"} kind reach: which derivatives the sweep gives
 * @property {string} prompt
 * @property {string} cell the name of what is asked for: "x̄₂"; empty for other kinds
 * @property {"primal" | "tangent" | "adjoint" | null} quantity
 * @property {number} node whose cell is asked for
 * @property {{label: string, key: string}[]} choices node: ids; edge: keys; choice: places in the list
 */

/** Steps that a fading example shows, and from which on it asks for the order too. */
const FADING = Object.freeze({ shown: 3, all: 5 });

/** @param {Trace} trace @param {number} cursor steps played @param {Density} density @param {Marked[]} [marked] @returns {Question | null} what is asked before the next step */
export function questionAt(trace, cursor, density, marked = []) {
  const step = stepsOf(trace)[cursor];
  if (step === undefined || density === "off") return null;
  const own = marked.find((one) => one.step === cursor + 1);
  if (own !== undefined) return byHand(trace, step, own);
  if (density === "marked") return null;
  const scene = sceneOf(trace, cursor);
  if (density === "sums") return isSum(trace, step) ? numberQuestion(scene, step) : null;
  if (density === "fading" && cursor < FADING.all) return cursor < FADING.shown ? null : numberQuestion(scene, step);
  return reachQuestion(trace, scene, step) ?? orderQuestion(trace, scene, step) ?? edgeQuestion(scene, step) ?? numberQuestion(scene, step) ?? shapeQuestion(scene, step);
}

/** @param {Trace} trace @param {Step} step @returns {boolean} whether it adds to what has arrived before */
function isSum(trace, step) {
  const taker = step.kind === "contribution" ? sceneOf(trace, step.index + 1).node(/** @type {number} */ (step.to)) : undefined;
  return taker !== undefined && taker.arrival.sum !== null;
}

/** @param {Trace} trace @param {Step} step @param {Marked} own @returns {Question} */
function byHand(trace, step, own) {
  const choices = (own.choices ?? []).map((label, place) => ({ label, key: String(place) }));
  const usual = choices.length > 0 ? null : numberQuestion(sceneOf(trace, step.index), step);
  if (usual !== null) return { ...usual, prompt: own.ask };
  return { index: step.index, kind: choices.length > 0 ? "choice" : "number", prompt: own.ask, cell: "", quantity: null, node: step.to ?? step.node, choices };
}

/** @param {Scene} scene before the step @param {Step} step @returns {Question | null} null for inputs, and for tensors, which are no single number */
function numberQuestion(scene, step) {
  const node = scene.node(step.to ?? step.node);
  if (node === undefined || node.shape.length > 0 || node.kind === "input" && step.kind === "forward") return null;
  const quantity = step.kind === "forward" ? (scene.showsTangents ? "tangent" : "primal") : "adjoint";
  if (quantity === "tangent" && scene.trace.nodes.find(({ id }) => id === node.id)?.tangent === null) return null;
  const cell = quantity === "primal" ? node.name : quantity === "tangent" ? node.tangentName : node.adjointName;
  return { index: step.index, kind: "number", prompt: `Your turn. What is ${cell} after this step?`, cell, quantity, node: node.id, choices: [] };
}

/** @param {Scene} scene before the step @param {Step} step @returns {Question | null} an adjoint has the shape of its value: asked where another shape could be meant */
function shapeQuestion(scene, step) {
  const node = scene.node(step.to ?? step.node);
  if (node === undefined || step.kind !== "contribution" || node.shape.length === 0) return null;
  const giver = scene.node(step.node);
  const shapes = [node.shape, [...node.shape].reverse(), giver?.shape ?? []].map((shape) => (shape.length === 0 ? "a single number" : shape.length === 1 ? `${shape[0]} entries` : shape.join("×")));
  const choices = [...new Set(shapes)].sort().map((label) => ({ label, key: label }));
  if (choices.length < 2) return null;
  return { index: step.index, kind: "shape", prompt: `Your turn. Which shape has ${node.adjointName}?`, cell: "", quantity: null, node: node.id, choices };
}

/** Where the reverse sweep goes on from one node to another, that is asked first. @param {Trace} trace @param {Scene} scene @param {Step} step @returns {Question | null} */
function orderQuestion(trace, scene, step) {
  const { step: before } = scene;
  if (step.kind !== "contribution" || before === null || before.node === step.node) return null;
  const ready = scene.nodes.filter((node) => node.kind !== "constant" && !node.isControl && node.id !== before.node && (node.adjointValue !== null || node.kind === "op"));
  const near = [step.node, ...ready.map(({ id }) => id).filter((id) => id !== step.node).sort((a, b) => Math.abs(a - step.node) - Math.abs(b - step.node))].slice(0, 4);
  if (near.length < 2 || step.index === forwardCount(trace)) return null;
  const choices = near.sort((a, b) => a - b).map((id) => ({ label: scene.node(id)?.name ?? "", key: String(id) }));
  return { index: step.index, kind: "node", prompt: "Your turn. Which node passes its adjoint on next? Choose, or tap it in the graph.", cell: "", quantity: null, node: step.node, choices };
}

/** Where the reverse sweep begins, its way is asked for: along the edges into a node, against their arrows. @param {Scene} scene before the step @param {Step} step @returns {Question | null} */
function edgeQuestion(scene, step) {
  if (step.kind !== "contribution" || scene.step?.kind !== "seed") return null;
  const own = scene.edgesInto(step.node).filter(({ from }) => scene.node(from)?.kind !== "constant");
  const others = scene.nodes.filter(({ id }) => id !== step.node).flatMap(({ id }) => scene.edgesInto(id)).filter(({ from }) => scene.node(from)?.kind !== "constant");
  if (others.length === 0) return null;
  const near = others.sort((a, b) => b.to - a.to || a.slot - b.slot).slice(0, 4 - Math.min(own.length, 2));
  const name = (/** @type {number} */ id) => scene.node(id)?.name ?? "";
  const choices = [...own.slice(0, 2), ...near].sort((a, b) => a.from - b.from || a.to - b.to || a.slot - b.slot).map(({ key, from, to }) => ({ label: `${name(to)} to ${name(from)}`, key }));
  return { index: step.index, kind: "edge", prompt: `Your turn. Along which edge does ${name(step.node)} pass its adjoint on? Choose, or tap it in the graph.`, cell: "", quantity: null, node: step.node, choices };
}
