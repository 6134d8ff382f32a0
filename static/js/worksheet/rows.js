/** The rows of a handout: each step with what is asked, and which of it is left out. */

import { sceneOf } from "../scene.js";
import { textOf } from "../scene/values.js";
import { stepsOf } from "../steps.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("./blanks.js").Blank} Blank */
/** @typedef {{name: string, value: string}} Named */

/**
 * @typedef {object} Row
 * @property {number} step
 * @property {"forward" | "reverse"} phase
 * @property {string} rule
 * @property {string} primal empty in the reverse sweep
 * @property {Named[]} slopes the local partials that the step uses
 * @property {string} contribution reverse: what is added
 * @property {Named} derivative the tangent, or the adjoint after the step; without a name where there is none
 * @property {boolean} isSum more than one summand
 * @property {boolean} isGiven a seed, or a step without a derivative
 */

/** @param {Scene} like a scene of the trace, with its digits and names @returns {Row[]} */
export function rowsOf(like) {
  const end = sceneOf(like.trace, Infinity, { digits: like.digits, notation: like.notation });
  /** @type {Map<number, number>} */
  const writes = new Map();
  return stepsOf(end.trace).map((step) => (step.kind === "forward" ? forwardRow(end, step) : reverseRow(end, step, writes)));
}

/** @param {Scene} end @param {Step} step @returns {Row} */
function forwardRow(end, step) {
  const node = /** @type {SceneNode} */ (end.node(step.node));
  const carrying = end.edges.filter((edge) => edge.to === node.id && (end.node(edge.from)?.tangentValue ?? null) !== null);
  return {
    step: step.index + 1,
    phase: "forward",
    rule: node.expression === "" ? node.name : `${node.name} = ${node.expression}`,
    primal: node.primal,
    slopes: end.showsTangents && node.kind !== "input" ? carrying.map((edge) => ({ name: edge.partialName, value: edge.partial })) : [],
    contribution: "",
    derivative: end.showsTangents ? { name: node.tangentName, value: node.tangent } : { name: "", value: "" },
    isSum: carrying.length > 1,
    isGiven: !end.showsTangents || node.kind === "input" || carrying.length === 0,
  };
}

/** @param {Scene} end @param {Step} step @param {Map<number, number>} writes how many each adjoint has had @returns {Row} */
function reverseRow(end, step, writes) {
  const isSeed = step.kind === "seed";
  const giver = /** @type {SceneNode} */ (end.node(step.node));
  const taker = isSeed ? giver : /** @type {SceneNode} */ (end.node(/** @type {number} */ (step.to)));
  const edge = end.edges.find((one) => one.to === step.node && one.slot === step.slot);
  const earlier = writes.get(taker.id) ?? 0;
  writes.set(taker.id, earlier + 1);
  const text = (/** @type {import("../scene/trace.js").AnyValue | undefined} */ value) => textOf(value ?? null, taker.shape, { digits: end.digits });
  return {
    step: step.index + 1,
    phase: "reverse",
    rule: isSeed ? `${taker.adjointName} = seed` : `${taker.adjointName} ${earlier === 0 ? "=" : "+="} ${giver.adjointName} · ${edge?.partialName ?? ""}`,
    primal: "",
    slopes: isSeed || edge === undefined ? [] : [{ name: edge.partialName, value: edge.partial }],
    contribution: isSeed ? "" : text(step.value),
    derivative: { name: taker.adjointName, value: text(step.adjoint_after) },
    isSum: earlier > 0,
    isGiven: isSeed,
  };
}

/** @param {readonly Row[]} rows @param {Blank} blank @returns {Set<number>} the steps whose derivatives are left out */
export function blanksOf(rows, blank) {
  const open = rows.filter(({ isGiven }) => !isGiven);
  const chosen = blank === "all" ? open : blank === "sums" ? open.filter(({ isSum }) => isSum) : open.filter((_, at) => at % 2 === 1);
  return new Set(chosen.map(({ step }) => step));
}

/** @param {Scene} like @returns {Named[]} what the sweeps are for: the adjoints of the inputs, the tangents of the outputs */
export function answersOf(like) {
  const end = sceneOf(like.trace, Infinity, { digits: like.digits, notation: like.notation });
  const outputs = end.showsTangents ? end.trace.outputs.flatMap((id) => end.node(id) ?? []).map((node) => ({ name: node.tangentName, value: node.tangent })) : [];
  const inputs = end.showsAdjoints ? end.nodes.filter(({ kind }) => kind === "input").map((node) => ({ name: node.adjointName, value: node.adjoint })) : [];
  return [...outputs, ...inputs];
}
