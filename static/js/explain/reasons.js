/** Why a value is what it is, where that is not plain arithmetic: empty, 0, 1, NaN, infinite, or decided by a convention. */

import { textOf } from "../scene/values.js";
import { flat } from "../scene/values.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("./choice.js").Quantity} Quantity */

const MOST_NAMED = 6;

/** @param {Scene} scene at its end @param {SceneNode} node @param {Quantity} quantity @returns {string[]} sentences, the most telling first */
export function reasonsOf(scene, node, quantity) {
  const value = quantity === "primal" ? node.primalValue : quantity === "tangent" ? node.tangentValue : node.adjointValue;
  const found = [];
  if (value === null || value === undefined) found.push(...emptyReasons(scene, node, quantity));
  else if (has(value, node, Number.isNaN)) found.push(...nanReasons(scene, node, quantity));
  else if (has(value, node, (number) => Math.abs(number) === Infinity)) found.push(...infiniteReasons(scene, node, quantity));
  else if (node.shape.length === 0 && Number(value) === 0) found.push(...zeroReasons(scene, node, quantity));
  else if (node.shape.length === 0 && Number(value) === 1 && quantity === "adjoint" && node.isOutput && edgesOut(scene, node).length === 0) found.push("It is 1 because the output grows exactly as fast as itself: that is the seed.");
  return [...found, ...node.notes];
}

/** @param {AnyValue} value @param {SceneNode} node @param {(number: number) => boolean} test @returns {boolean} */
const has = (value, node, test) => flat(value, node.shape).some(test);

/** @param {Scene} scene @param {SceneNode} node @returns {SceneEdge[]} along which its adjoint arrived */
const edgesOut = (scene, node) => scene.edges.filter((edge) => edge.from === node.id && edge.passed);

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {string[]} */
function emptyReasons(scene, node, quantity) {
  if (quantity === "tangent" && !scene.showsTangents) return ["Tangents are computed in forward mode, or in both modes."];
  if (quantity === "adjoint" && !scene.showsAdjoints) return ["Adjoints are computed in reverse mode, or in both modes."];
  if (node.kind === "constant") return ["It is a constant: nothing depends on how it would move."];
  if (node.isControl) return ["It is a truth value or a comparison: it has no slope, so nothing flows through it. The dash is not a 0."];
  const traced = scene.trace.nodes.find((one) => one.id === node.id);
  if (quantity === "tangent") return ["None of its operands carries a tangent, so none arrives here. The dash is not a 0."];
  if (traced?.requires_grad === false) return [closedReason(node)];
  const users = scene.edges.filter((edge) => edge.from === node.id);
  if (users.length === 0) return ["No operation uses it, so no path leads from it to the output. The dash is not a 0."];
  const names = [...new Set(users.map((edge) => scene.node(edge.to)?.name ?? ""))].slice(0, MOST_NAMED).join(", ");
  return [`It is used by ${names}, but nothing comes back from there: no path leads on to the output, or something on the way lets nothing through. The dash is not a 0.`];
}

/** @param {SceneNode} node @returns {string} */
function closedReason(node) {
  if (node.op === "detach") return "detach cuts it off: its value goes on, its derivative does not. The dash is not a 0.";
  if (node.kind === "input") return "It is not among the inputs that are differentiated, or it is used as an index only.";
  return "It does not depend on any input that is differentiated, or it was computed under no_grad. The dash is not a 0.";
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {string[]} */
function zeroReasons(scene, node, quantity) {
  if (quantity === "primal") return primalZero(scene, node);
  if (quantity === "tangent") return tangentZero(scene, node);
  const edges = edgesOut(scene, node);
  if (edges.length === 0) return [];
  const causes = edges.map((edge) => zeroCause(scene, edge));
  if (causes.every((cause) => cause !== "")) return [`It is 0 because ${join(causes)}.`];
  return ["Its contributions cancel: they are not 0, their sum is."];
}

/** @param {string[]} causes @returns {string} each once */
const join = (causes) => [...new Set(causes)].join(", and ");

/** @param {Scene} scene @param {SceneEdge} edge @returns {string} which factor of a contribution is 0; empty where none is */
function zeroCause(scene, edge) {
  const user = scene.node(edge.to);
  if (edge.partial === "0") return `the local slope ${edge.partialName} is 0`;
  return user !== undefined && user.shape.length === 0 && Number(user.adjointValue) === 0 ? `the adjoint of ${user.name} is 0` : "";
}

/** @param {Scene} scene @param {SceneNode} node @returns {string[]} */
function primalZero(scene, node) {
  const operands = scene.edges.filter((edge) => edge.to === node.id).flatMap((edge) => scene.node(edge.from) ?? []);
  const zero = operands.find((from) => from.shape.length === 0 && Number(from.primalValue) === 0);
  if (node.op === "mul" && zero !== undefined) return [`It is 0 because the factor ${zero.name} is 0.`];
  if (node.op === "sub" && operands.length === 2 && operands[0].id === operands[1].id) return [`It is 0 because ${operands[0].name} is taken from itself. Its derivative is 1 − 1 = 0 as well.`];
  if (node.op === "sub") return ["It is 0 because both operands are equal."];
  if (node.op === "relu" && operands.length > 0) return [`It is 0 because ${operands[0].name} is not above 0: the unit is closed.`];
  return [];
}

/** @param {Scene} scene @param {SceneNode} node @returns {string[]} */
function tangentZero(scene, node) {
  if (node.kind === "input") return [`The seed gives ${node.name} the tangent 0: it is held still.`];
  const edges = scene.edges.filter((edge) => edge.to === node.id && (scene.node(edge.from)?.tangentValue ?? null) !== null);
  const causes = edges.map((edge) => (edge.partial === "0" ? `the local slope ${edge.partialName} is 0` : Number(scene.node(edge.from)?.tangentValue) === 0 ? `the tangent of ${scene.node(edge.from)?.name} is 0` : ""));
  if (causes.length > 0 && causes.every((cause) => cause !== "")) return [`It is 0 because ${join(causes)}.`];
  return causes.length > 1 ? ["What its operands bring cancels."] : [];
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {string[]} where the NaN was born, and what it tainted */
function nanReasons(scene, node, quantity) {
  if (quantity === "adjoint") return adjointNan(scene, node);
  const isNan = (/** @type {SceneNode | undefined} */ one) => one !== undefined && has(quantity === "primal" ? one.primalValue : one.tangentValue, one, Number.isNaN);
  const operands = scene.edges.filter((edge) => edge.to === node.id).flatMap((edge) => scene.node(edge.from) ?? []);
  const first = scene.nodes.find(isNan);
  const tainted = scene.nodes.filter((one) => isNan(one) && one.id !== first?.id);
  const born = operands.some(isNan) ? `It is NaN because ${operands.find(isNan)?.name} is; the first NaN of the program is ${first?.name}.` : `The NaN was born here: ${describeBirth(node, operands)}.`;
  return tainted.length > 0 && first?.id === node.id ? [born, `It taints ${names(tainted)}.`] : [born];
}

/** @param {SceneNode} node @param {SceneNode[]} operands @returns {string} "sqrt of −1 has no value" */
function describeBirth(node, operands) {
  if (node.kind === "input") return "it was given as the input";
  return `${node.op.replaceAll("_", " ")} of ${operands.map((from) => textOf(from.primalValue, from.shape, {})).join(" and ")} has no value`;
}

/** @param {SceneNode[]} nodes @returns {string} */
const names = (nodes) => nodes.slice(0, MOST_NAMED).map(({ name }) => name).join(", ") + (nodes.length > MOST_NAMED ? ` and ${nodes.length - MOST_NAMED} more` : "");

/** @param {Scene} scene @param {SceneNode} node @returns {string[]} */
function adjointNan(scene, node) {
  const edges = edgesOut(scene, node);
  const bad = edges.find((edge) => {
    const user = scene.node(edge.to);
    return user !== undefined && has(user.adjointValue, user, Number.isNaN);
  });
  if (bad !== undefined) return [`It is NaN because the adjoint of ${scene.node(bad.to)?.name} is.`];
  const zero = edges.find((edge) => edge.partial === "∞" || edge.partial === "−∞" || edge.partial === "NaN");
  if (zero !== undefined) return [`The NaN was born on the edge from ${scene.node(zero.to)?.name}: ${scene.node(zero.to)?.adjoint} times the local slope ${zero.partial} is no number.`];
  return ["The NaN was born here: its contributions are infinite with opposite signs, and their sum is no number."];
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {string[]} */
function infiniteReasons(scene, node, quantity) {
  const operands = scene.edges.filter((edge) => edge.to === node.id).flatMap((edge) => scene.node(edge.from) ?? []);
  const isInfinite = (/** @type {SceneNode} */ one) => has(one.primalValue, one, (number) => Math.abs(number) === Infinity);
  if (quantity === "primal") {
    const from = operands.find(isInfinite);
    if (from !== undefined) return [`It is infinite because ${from.name} is.`];
    if (node.op === "div") return ["It is infinite because it divides by 0: a pole."];
    return node.kind === "input" ? [] : [`${node.op.replaceAll("_", " ")} gave infinity here: a pole, or a number beyond the largest of float64.`];
  }
  const steep = (quantity === "adjoint" ? edgesOut(scene, node) : scene.edges.filter((edge) => edge.to === node.id)).find((edge) => edge.partial.includes("∞"));
  return steep === undefined ? [] : [`It is infinite because the local slope ${steep.partialName} is: a vertical tangent or a pole.`];
}
