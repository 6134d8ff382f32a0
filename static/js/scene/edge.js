/** The edges at one moment: their partials, and what the current step sends along them. */

import { indexOf, receiverOf } from "./index.js";
import { adjointAt } from "./node.js";
import { isRounded } from "../format.js";
import { inNotation } from "../notation.js";
import { isSummary } from "./trace.js";
import { textOf } from "./values.js";

/** @typedef {import("./trace.js").AnyValue} AnyValue */
/** @typedef {import("./face.js").Face} Face */
/** @typedef {import("./index.js").TraceIndex} TraceIndex */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("./node.js").Moment} Moment */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */

/** @param {Moment} moment @param {import("./face.js").FaceAt} faceAt @param {number} edge @returns {SceneEdge} */
export function edgeScene(moment, faceAt, edge) {
  const { index, cursor, step } = moment;
  const at = index.edgeTo[edge];
  const [from, to] = [faceAt(index.edgeFrom[edge]), faceAt(at)];
  const slot = edge - index.edgeStart[at];
  const partial = index.nodes[at].partials?.[slot];
  const used = index.usedAt[edge];
  const reverse = step !== null && used >= moment.from && used < cursor;
  const forward = step?.kind === "forward" && step.node === to.id;
  const text = index.writtenAt[at] <= cursor ? partialText(partial, moment) : "–";
  return {
    key: `${from.id}-${to.id}-${slot}`,
    from: from.id,
    to: to.id,
    slot,
    partial: text,
    partialName: `∂${to.name}/∂${from.name}`,
    partialLatex: partialFormula(moment, at, partial),
    active: reverse ? "reverse" : forward ? "forward" : null,
    passed: used >= 0 && used < cursor,
    contribution: reverse ? contributionNow(moment, to, index.steps[used], text) : null,
  };
}

/** @param {Moment} moment @param {number} to @param {import("./trace.js").Partial | undefined} partial @returns {string} */
function partialFormula({ index, notation }, to, partial) {
  if (partial === undefined || notation !== "griewank") return partial?.latex ?? "";
  const operands = index.nodes[to].inputs.map((id) => index.nodes[index.positionOf(id)]);
  return inNotation(partial.latex, [...operands, index.nodes[to]], notation);
}

/** @param {import("./trace.js").Partial | undefined} partial @param {Moment} moment @returns {string} a number, or the structure of a tensor's partial */
function partialText(partial, moment) {
  if (partial === undefined) return "–";
  const value = partial.value;
  if (value === undefined || value === null || Array.isArray(value) || isSummary(value)) return partial.structure ?? "–";
  return textOf(value, [], moment);
}

/** @param {Moment} moment @param {Face} giver @param {Step} step @param {string} partial @returns {string} */
function contributionNow(moment, giver, step, partial) {
  const position = moment.index.positionOf(giver.id);
  const given = adjointAt(moment, moment.index.nodes[position], position).adjointValue;
  return productText(moment, giver, step, partial, given);
}

/**
 * @param {Scene} scene at the end of the reverse sweep
 * @param {SceneEdge} edge
 * @param {Step} step its contribution
 * @returns {string} what the edge says while it is sent
 */
export function contributionText(scene, edge, step) {
  const giver = /** @type {SceneNode} */ (scene.node(edge.to));
  return productText({ index: indexOf(scene.trace), digits: scene.digits }, giver, step, edge.partial, giver.adjointValue);
}

/** @param {{index: TraceIndex, digits: number | "all"}} moment @param {Face} giver @param {Step} step @param {string} partial @param {AnyValue} given @returns {string} "1 × 5 = 5" for scalars */
function productText(moment, giver, step, partial, given) {
  const { index } = moment;
  const receiver = index.nodes[index.positionOf(receiverOf(step))];
  const value = textOf(step.value ?? null, receiver.shape, moment);
  if (giver.shape.length > 0 || receiver.shape.length > 0) return value;
  const slope = index.nodes[index.positionOf(giver.id)].partials?.[/** @type {number} */ (step.slot)]?.value;
  const isExact = step.value === 0 || ![given, slope, step.value].some((one) => isRounded(/** @type {import("../format.js").Scalar} */ (one), moment));
  return `${textOf(given, [], moment)} × ${partial.startsWith("−") ? `(${partial})` : partial} ${isExact ? "=" : "≈"} ${value}`;
}
