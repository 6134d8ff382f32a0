/** The picture on a handout: values as they are after the forward sweep, derivatives not yet, nothing under way. */

import { ABSENT } from "../format.js";
import { sceneOf } from "../scene.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */

/** @param {Scene} like @returns {Scene} */
export function stillOf(like) {
  const end = sceneOf(like.trace, Infinity, { digits: like.digits, notation: like.notation });
  const nodes = end.nodes.map(unsolved);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = end.edges.map((edge) => ({ ...edge, partial: ABSENT, active: null, passed: false, contribution: null }));
  const edgesInto = (/** @type {number} */ id) => edges.filter((edge) => edge.to === id);
  const edgesOutOf = (/** @type {number} */ id) => edges.filter((edge) => edge.from === id);
  return { ...end, cursor: 0, step: null, next: null, phase: "start", nodes, edges, edge: (place) => edges[place], edgesInto, edgesOutOf, node: (id) => byId.get(id) };
}

/** @param {SceneNode} node @returns {SceneNode} */
function unsolved(node) {
  const arrival = { ...node.arrival, arrived: 0, sum: null, before: null, added: null, final: false };
  return { ...node, state: "done", tangent: ABSENT, tangentValue: null, adjoint: ABSENT, adjointValue: null, arrival, verdict: null };
}
