/** Why nothing flows to a value: a dash, which is not a 0. */

import { at, named, operandsOf, traced, usesOf } from "./facts.js";
import { joined, sentence } from "./sentence.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {import("./sentence.js").Sentence} Sentence */

const MOST_NAMED = 6;
const NOT_ZERO = "The dash is not a 0.";

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Sentence[]} */
export function emptyReasons(scene, node, quantity) {
  if (quantity === "tangent" && !scene.showsTangents) return [sentence`Tangents are computed in forward mode, or in both modes.`];
  if (quantity === "adjoint" && !scene.showsAdjoints) return [sentence`Adjoints are computed in reverse mode, or in both modes.`];
  const own = closed(scene, node);
  if (own !== null) return [sentence`${own} ${NOT_ZERO}`];
  if (quantity === "tangent") return [sentence`None of its operands carries a tangent, so none arrives here. ${NOT_ZERO}`];
  return [sentence`${unreached(scene, node)} ${NOT_ZERO}`];
}

/** @param {Scene} scene @param {SceneNode} node @returns {Sentence | null} what about the node itself lets nothing through */
function closed(scene, node) {
  if (node.kind === "constant") return sentence`It is a constant: nothing depends on how it would move.`;
  if (node.op === "detach") return sentence`detach cuts it off: its value goes on, its derivative does not.`;
  if (isWhole(scene, node)) return sentence`It is a whole number that picks places: it has no slope, so nothing flows through it.`;
  if (node.isControl) return sentence`It is a truth value or a comparison: it has no slope, so nothing flows through it.`;
  if (traced(scene, node.id).requires_grad !== false) return null;
  if (node.kind === "input") return sentence`It is not among the inputs that are differentiated.`;
  if (operandsOf(scene, node).some((from) => traced(scene, from.id).requires_grad)) return sentence`It was computed under no_grad: no derivative is kept.`;
  return sentence`It does not depend on any input that is differentiated.`;
}

/** @param {Scene} scene @param {SceneNode} node */
const isWhole = (scene, node) => /^int/.test(traced(scene, node.id).dtype ?? "");

/** @param {Scene} scene @param {SceneNode} node @returns {Sentence} why no adjoint comes back from where the node is used */
function unreached(scene, node) {
  const uses = usesOf(scene, node);
  if (uses.length === 0) return sentence`No operation uses it, so no path leads from it to the output.`;
  /** @type {Map<string, SceneNode[]>} */
  const causes = new Map();
  for (const edge of uses) {
    const cause = blockage(scene, edge);
    causes.set(cause, [...(causes.get(cause) ?? []), at(scene, edge.to)]);
  }
  return sentence`Nothing comes back from where it is used: ${joined([...causes].map(([cause, users]) => told(cause, [...new Set(users)])), ", and ")}.`;
}

/** @param {string} cause @param {SceneNode[]} users @returns {Sentence} "v₅ and v₉ (comparisons, which have no slope)" */
function told(cause, users) {
  const names = users.slice(0, MOST_NAMED).map((user) => sentence`${named(user, "primal")}`);
  return sentence`${joined(users.length > MOST_NAMED ? [...names, [`${users.length - MOST_NAMED} more`]] : names)} (${cause})`;
}

/** @param {Scene} scene @param {SceneEdge} edge @returns {string} */
function blockage(scene, edge) {
  const user = at(scene, edge.to);
  if (user.op === "detach") return "detached";
  if (user.isControl) return "comparing has no slope";
  if (isWhole(scene, user)) return "a whole number has no slope";
  if (traced(scene, user.id).requires_grad === false) return "computed under no_grad";
  if (user.adjointValue !== null) return "it is read in a place that has no slope";
  return user.isOutput ? "an output without a seed" : "no path leads on to the output";
}
