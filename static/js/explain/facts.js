/** What the trace says about a node, its operands and its users: read by the card and by its reasons. */

import { toNumber } from "../format.js";
import { indexOf } from "../scene/index.js";
import { flat, textOf } from "../scene/values.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {import("./choice.js").Quantity} Quantity */

/** @param {SceneNode} node @param {Quantity} quantity @returns {AnyValue} */
export const valueOf = (node, quantity) => (quantity === "primal" ? node.primalValue : quantity === "tangent" ? node.tangentValue : node.adjointValue);

/** @param {SceneNode} node @param {Quantity} quantity @returns {string} */
export const nameOf = (node, quantity) => (quantity === "primal" ? node.name : quantity === "tangent" ? node.tangentName : node.adjointName) || node.name;

/** @param {SceneNode} node @param {Quantity} quantity @returns {string} */
export const latexOf = (node, quantity) => (quantity === "primal" ? node.latexName : quantity === "tangent" ? node.latexTangent : node.latexAdjoint);

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {string} in the digits of the page */
export const textFor = (scene, node, quantity) => textOf(valueOf(node, quantity), node.shape, scene);

/** @param {SceneNode} node @param {Quantity} quantity */
export const named = (node, quantity) => ({ id: node.id, quantity, name: nameOf(node, quantity) });

/** @param {Scene} scene @param {number} id */
export const traced = (scene, id) => indexOf(scene.trace).nodes[indexOf(scene.trace).positionOf(id)];

/** @param {Scene} scene @param {number} id @returns {SceneNode} an end of an edge */
export const at = (scene, id) => /** @type {SceneNode} */ (scene.node(id));

/** @param {Scene} scene @param {SceneNode} node @returns {SceneNode[]} by slot */
export const operandsOf = (scene, node) => scene.edgesInto(node.id).map((edge) => at(scene, edge.from));

/** @typedef {{uses: Map<number, SceneEdge[]>, arrivals: Map<number, SceneEdge[]>, contributions: Map<string, AnyValue>}} Around by the node that is read */

/** @type {WeakMap<Scene, Around>} made once: chains of reasons are as long as the tape */
const around = new WeakMap();

/** @param {Scene} scene @returns {Around} */
function aroundOf(scene) {
  let known = around.get(scene);
  if (known === undefined) around.set(scene, (known = { uses: grouped(scene.edges), ...giftsOf(scene) }));
  return known;
}

/** @param {SceneEdge[]} edges @returns {Map<number, SceneEdge[]>} */
function grouped(edges) {
  /** @type {Map<number, SceneEdge[]>} */
  const groups = new Map();
  for (const edge of edges) {
    const group = groups.get(edge.from);
    if (group === undefined) groups.set(edge.from, [edge]);
    else group.push(edge);
  }
  return groups;
}

/** @param {Scene} scene @returns {Pick<Around, "arrivals" | "contributions">} */
function giftsOf(scene) {
  const byKey = new Map(scene.edges.map((edge) => [edge.key, edge]));
  const gifts = indexOf(scene.trace).steps.filter((step) => step.kind === "contribution");
  const keyed = gifts.map((step) => ({ key: `${step.to}-${step.node}-${step.slot}`, value: step.value ?? null }));
  return { arrivals: grouped(keyed.flatMap(({ key }) => byKey.get(key) ?? [])), contributions: new Map(keyed.map(({ key, value }) => [key, value])) };
}

/** @param {Scene} scene @param {SceneNode} node @returns {SceneEdge[]} where it is read */
export const usesOf = (scene, node) => aroundOf(scene).uses.get(node.id) ?? [];

/** @param {Scene} scene @param {SceneNode} node @returns {SceneEdge[]} along which its adjoint arrived, in the order of the reverse sweep */
export const arrivalsOf = (scene, node) => aroundOf(scene).arrivals.get(node.id) ?? [];

/** @param {Scene} scene @param {SceneNode} node @returns {SceneEdge[]} along which a tangent comes in */
export const movedBy = (scene, node) => scene.edgesInto(node.id).filter((edge) => (at(scene, edge.from).tangentValue ?? null) !== null);

/** @param {Scene} scene @param {SceneEdge} edge @returns {Scalar} the local slope; null where a tensor is at one of its ends */
export function slopeOf(scene, edge) {
  const value = traced(scene, edge.to).partials?.[edge.slot]?.value ?? null;
  return typeof value === "object" ? null : value;
}

/** @param {Scene} scene @param {SceneEdge} edge @returns {AnyValue} what the edge brought to the adjoint */
export const contributionOf = (scene, edge) => aroundOf(scene).contributions.get(edge.key) ?? null;

/** @param {SceneNode} node @param {Quantity} quantity @param {(number: number) => boolean} test @returns {boolean} whether one of its numbers is so */
export const some = (node, quantity, test) => flat(valueOf(node, quantity), node.shape).some(test);

/** @param {SceneNode} node @param {Quantity} quantity @param {(number: number) => boolean} test @returns {boolean} whether it has numbers, and all are so */
export function every(node, quantity, test) {
  const numbers = flat(valueOf(node, quantity), node.shape);
  return numbers.length > 0 && numbers.every(test);
}

export const isZero = (/** @type {number} */ number) => number === 0;
export const isNan = (/** @type {number} */ number) => Number.isNaN(number);
export const isInfinite = (/** @type {number} */ number) => Math.abs(number) === Infinity;

/** @param {Scene} scene @param {SceneEdge} edge @param {(number: number) => boolean} test @returns {boolean} whether the local slope is known and so */
export function slopeIs(scene, edge, test) {
  const slope = slopeOf(scene, edge);
  return slope !== null && test(toNumber(slope));
}
