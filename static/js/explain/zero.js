/** Why a value is exactly 0: a factor is 0, a slope is flat, or contributions cancel. */

import { arrivalsOf, at, contributionOf, every, isZero, movedBy, named, operandsOf, slopeIs, textFor } from "./facts.js";
import { distinct, joined, sentence } from "./sentence.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {import("./sentence.js").Sentence} Sentence */

const STEPPED = new Set(["floor", "ceil", "round", "trunc", "sign", "floor_divide"]);
const CHOOSING = new Set(["maximum", "minimum", "fmax", "fmin", "max", "min"]);
const HINGED = new Set(["relu", "relu6", "clamp", "hardtanh", "hinge"]);
const SATURATING = new Set(["tanh", "sigmoid", "erf", "atan", "softplus"]);

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Sentence[]} */
export function zeroReasons(scene, node, quantity) {
  if (quantity === "primal") return primalZero(scene, node);
  if (quantity === "tangent" && node.kind === "input") return [sentence`The seed gives ${named(node, "primal")} the tangent 0: it is held still.`];
  const edges = quantity === "tangent" ? movedBy(scene, node) : arrivalsOf(scene, node);
  if (edges.length === 0) return quantity === "adjoint" && node.isOutput ? [sentence`The seed that was given for this output is 0.`] : [];
  const causes = distinct(edges.flatMap((edge) => zeroCause(scene, edge, quantity)));
  if (edges.every((edge) => zeroCause(scene, edge, quantity).length > 0)) return [sentence`It is 0 because ${joined(causes, ", and ")}.`];
  return node.shape.length === 0 ? [cancelled(scene, edges, quantity)] : [];
}

/** @param {Scene} scene @param {SceneEdge[]} edges @param {Quantity} quantity */
function cancelled(scene, edges, quantity) {
  if (quantity === "adjoint" && edges.every((edge) => contributionOf(scene, edge) === 0)) return sentence`No factor is 0, but their product is smaller than every number of float64: underflow.`;
  return quantity === "adjoint" ? sentence`Its contributions cancel: they are not 0, their sum is.` : sentence`What its operands bring cancels: it is not 0, its sum is.`;
}

/** @param {Scene} scene @param {SceneEdge} edge @param {Quantity} quantity @returns {Sentence[]} which factor of what the edge brings is 0; none where none is */
function zeroCause(scene, edge, quantity) {
  const other = at(scene, quantity === "adjoint" ? edge.to : edge.from);
  if (slopeIs(scene, edge, isZero)) return [sentence`the local slope ${edge.partialName} is 0${flatBecause(scene, edge)}`];
  return every(other, quantity, isZero) ? [sentence`the ${quantity} ${named(other, quantity)} is 0`] : [];
}

/** @param {Scene} scene @param {SceneEdge} edge @returns {Sentence} why a local slope is 0, in brackets; empty where the operation says nothing special */
function flatBecause(scene, edge) {
  const user = at(scene, edge.to);
  const operands = operandsOf(scene, user);
  const own = named(operands[edge.slot], "primal");
  const other = operands.length === 2 ? operands[1 - edge.slot] : null;
  if (user.notes.length > 0 && operands.length === 1) return sentence` (by convention)`;
  if (user.op === "mul" && other !== null) return sentence` (the other factor, ${named(other, "primal")}, is 0)`;
  if (user.op === "div" && edge.slot === 1) return sentence` (0 is divided: it stays 0, whatever divides it)`;
  if (user.op === "pow" && edge.slot === 0 && every(operands[0], "primal", isZero)) return sentence` (the base, ${own}, is 0)`;
  if (STEPPED.has(user.op)) return sentence` (${user.op.replaceAll("_", " ")} makes steps, which are flat)`;
  if (user.op === "where") return edge.slot === 0 ? sentence` (the condition only chooses)` : sentence` (where chose the other branch)`;
  if (CHOOSING.has(user.op) && other !== null) return sentence` (${user.op} chose ${named(other, "primal")})`;
  if (HINGED.has(user.op)) return sentence` (${user.op} is flat where ${own} is ${textFor(scene, operands[edge.slot], "primal")})`;
  if (SATURATING.has(user.op)) return sentence` (${user.op} is saturated: ${own} is so far out that nothing of the slope is left)`;
  return operands.length === 1 ? sentence` (${user.op.replaceAll("_", " ")} is level where ${own} is ${textFor(scene, operands[0], "primal")})` : [];
}

/** @param {Scene} scene @param {SceneNode} node @returns {Sentence[]} */
function primalZero(scene, node) {
  const operands = operandsOf(scene, node);
  const [first, second] = operands;
  const zeros = operands.filter((from) => every(from, "primal", isZero));
  if ((node.op === "mul" || node.op === "matmul") && zeros.length > 0) return [sentence`It is 0 because the factor ${named(zeros[0], "primal")} is 0.`];
  if (node.op === "div" && zeros.includes(first)) return [sentence`It is 0 because ${named(first, "primal")}, which is divided, is 0.`];
  if (node.op === "sub" && operands.length === 2) return first.id === second.id ? [sentence`It is 0 because ${named(first, "primal")} is taken from itself. Its derivative is 1 − 1 = 0 as well.`] : [lostDifference(first, second)];
  if (HINGED.has(node.op) && operands.length > 0) return [sentence`It is 0 because ${named(first, "primal")} is not above 0: the unit is closed.`];
  if (operands.length !== 1 || node.shape.length > 0) return [];
  const exact = zeros.length > 0 || node.op !== "exp";
  return [exact ? sentence`It is 0 because ${node.op.replaceAll("_", " ")} of ${textFor(scene, first, "primal")} is 0.` : sentence`It is 0 because the result is smaller than every number of float64: underflow.`];
}

/** @param {SceneNode} first @param {SceneNode} second */
function lostDifference(first, second) {
  const given = [first, second].every((node) => node.kind !== "op");
  const equal = sentence`It is 0 because both operands are the same number.`;
  return given ? equal : sentence`${equal} If they differ in truth, the difference was rounded away before: cancellation.`;
}
