/** One forward step: operands travel in, the value is written, local partials show, then tangents come the same way. */

import { textOf } from "../scene/values.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("../plan.js").Move} Move */
/** @typedef {import("../plan.js").Whole} Whole */

/** Where on an edge its label stands. */
export const AT_LABEL = 0.62;

/** Nothing travels to an input: it is written at once. */
const STILL = Object.freeze({ written: 150, partials: 450, tangents: 450, tangent: 450, line: 450 });
const MOVING = Object.freeze({ written: 450, partials: 700, tangents: 1000, tangent: 1250, line: 1000 });

/** @param {Scene} scene @param {number} id @returns {Whole} */
export function forwardMoves(scene, id) {
  const node = /** @type {SceneNode} */ (scene.node(id));
  const edges = scene.edgesInto(id);
  const times = edges.length === 0 ? STILL : MOVING;
  const isDual = scene.notation === "dual" && node.shape.length === 0;
  /** @type {Move[]} */
  const moves = [
    { kind: "rail", node: id, at: 0, duration: 150 },
    { kind: "line", line: 0, at: 0, duration: 150 },
    ...edges.map((edge) => /** @type {Move} */ ({ kind: "travel", edge: edge.key, slot: "primal", text: scene.node(edge.from)?.primal ?? "", at: 150, duration: 300, from: 0, to: 1 })),
    ...edges.map((edge) => /** @type {Move} */ ({ kind: "cell", node: edge.from, slot: "primal", mark: "operand", at: 150, duration: 300 })),
    { kind: "write", node: id, slot: "primal", text: textOf(node.primalValue, node.shape, scene), at: times.written, duration: 250 },
    { kind: "line", line: 1, at: times.written, duration: 150 },
    ...edges.map((edge) => /** @type {Move} */ ({ kind: "label", edge: edge.key, text: edge.partial, at: 700, duration: 300 })),
    { kind: "line", line: 2, draft: edges.length > 0 && scene.showsTangents, at: times.partials, duration: 150 },
  ];
  const tangents = scene.showsTangents ? tangentMoves(scene, node, edges, times, isDual) : [];
  return { moves: [...moves, ...tangents], halt: times.partials };
}

/** @param {Scene} scene @param {SceneNode} node @param {SceneEdge[]} edges @param {typeof MOVING | typeof STILL} times @param {boolean} isDual @returns {Move[]} */
function tangentMoves(scene, node, edges, times, isDual) {
  const carried = edges.filter((edge) => (scene.node(edge.from)?.tangentValue ?? null) !== null);
  return [
    ...(isDual ? [] : carried.flatMap((edge) => ride(edge, scene.node(edge.from)?.tangent ?? "", times.tangents))),
    ...carried.map((edge) => /** @type {Move} */ ({ kind: "cell", node: edge.from, slot: "tangent", mark: "operand", at: times.tangents, duration: 250 })),
    ...(edges.length > 0 ? [/** @type {Move} */ ({ kind: "line", line: 2, at: times.line, duration: 150 })] : []),
    { kind: "write", node: node.id, slot: "tangent", text: node.tangent, at: times.tangent, duration: 150 },
    ...(isDual ? [/** @type {Move} */ ({ kind: "write", node: node.id, slot: "primal", text: node.primal, at: times.tangent, duration: 150 })] : []),
  ];
}

/** @param {SceneEdge} edge @param {string} tangent @param {number} at @returns {Move[]} as far as the label, where the partial joins it */
function ride(edge, tangent, at) {
  const bracketed = (/** @type {string} */ text) => (text.startsWith("−") ? `(${text})` : text);
  const isNumber = /^[−\d∞≈]/.test(edge.partial) && /^[−\d∞≈]/.test(tangent);
  const product = isNumber ? `${bracketed(tangent)} · ${bracketed(edge.partial)}` : tangent;
  return [
    { kind: "travel", edge: edge.key, slot: "tangent", text: tangent, at, duration: 130, from: 0, to: AT_LABEL },
    { kind: "travel", edge: edge.key, slot: "tangent", text: product, at: at + 130, duration: 120, from: AT_LABEL, to: 1 },
  ];
}
