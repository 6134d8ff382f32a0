/** Where a NaN was born, and what it tainted. */

import { arrivalsOf, at, isInfinite, isNan, movedBy, named, operandsOf, slopeIs, slopeOf, some, textFor, usesOf } from "./facts.js";
import { format } from "../format.js";
import { joined, sentence } from "./sentence.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {import("./sentence.js").Sentence} Sentence */

const MOST_NAMED = 6;
const SIGNS = new Map([["add", "+"], ["sub", "−"], ["mul", "·"], ["div", "/"], ["pow", "^"]]);

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Sentence[]} */
export function nanReasons(scene, node, quantity) {
  const way = wayToBirth(scene, node, quantity);
  const birth = /** @type {SceneNode} */ (way.at(-1));
  const told = described(scene, birth, quantity);
  const tainted = taintedBy(scene, node, quantity);
  const taint = tainted.length > 0 ? [sentence`It taints ${listOf(tainted, quantity)}.`] : [];
  if (birth === node) return [sentence`The NaN was born here: ${told}.`, ...taint];
  const via = birth === way[1] ? [] : sentence`, and so on back to ${named(birth, quantity)}`;
  return [sentence`It is NaN because ${named(way[1], quantity)} is${via}. There the NaN was born: ${told}.`, ...taint];
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {SceneNode[]} what it is made of */
function sourcesOf(scene, node, quantity) {
  if (quantity === "adjoint") return arrivalsOf(scene, node).map((edge) => at(scene, edge.to));
  return quantity === "tangent" ? movedBy(scene, node).map((edge) => at(scene, edge.from)) : operandsOf(scene, node);
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {SceneNode[]} the node, a source that is NaN, a source of that, … */
function wayToBirth(scene, node, quantity) {
  const way = [node];
  for (;;) {
    const next = sourcesOf(scene, way[way.length - 1], quantity).find((source) => some(source, quantity, isNan));
    if (next === undefined) return way;
    way.push(next);
  }
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {SceneNode[]} what became NaN through it, in the order of the sweep */
function taintedBy(scene, node, quantity) {
  const found = new Set([node]);
  for (const one of found) {
    const reached = quantity === "adjoint" ? operandsOf(scene, one) : usesOf(scene, one).map((edge) => at(scene, edge.to));
    for (const next of reached) if (some(next, quantity, isNan)) found.add(next);
  }
  return [...found].slice(1);
}

/** @param {SceneNode[]} nodes @param {Quantity} quantity @returns {Sentence} */
function listOf(nodes, quantity) {
  const items = nodes.slice(0, MOST_NAMED).map((node) => sentence`${named(node, quantity)}`);
  return joined(nodes.length > MOST_NAMED ? [...items, [`${nodes.length - MOST_NAMED} more`]] : items);
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Sentence} */
function described(scene, node, quantity) {
  if (quantity === "primal") return primalBirth(scene, node);
  const edges = quantity === "adjoint" ? arrivalsOf(scene, node) : movedBy(scene, node);
  const partner = (/** @type {SceneEdge} */ edge) => at(scene, quantity === "adjoint" ? edge.to : edge.from);
  const bad = edges.find((edge) => slopeIs(scene, edge, isNan)) ?? edges.find((edge) => slopeIs(scene, edge, isInfinite) || some(partner(edge), quantity, isInfinite));
  if (bad === undefined) return node.shape.length > 0 ? sentence`a product or a sum in it is no number, such as 0 · ∞` : edges.length === 0 ? sentence`it was given as the seed` : sentence`its contributions are infinite with opposite signs, and their sum is no number`;
  const user = at(scene, bad.to);
  if (slopeIs(scene, bad, isNan)) return sentence`the local slope ${bad.partialName} is no number${some(user, "primal", isNan) ? sentence`, for ${named(user, "primal")} is none` : []}`;
  const other = partner(bad);
  if (slopeOf(scene, bad) === null) return sentence`on the edge from ${named(other, "primal")}, where an infinite ${quantity} meets a slope of 0`;
  return sentence`on the edge from ${named(other, "primal")}, ${named(other, quantity)} = ${textFor(scene, other, quantity)} times the local slope ${format(slopeOf(scene, bad), scene)} is no number`;
}

/** @param {Scene} scene @param {SceneNode} node @returns {Sentence} "sqrt of −1 has no value" */
function primalBirth(scene, node) {
  if (node.kind === "input") return sentence`it was given as the input`;
  if (node.kind === "constant") return sentence`it was written into the program`;
  const values = operandsOf(scene, node).map((from) => textFor(scene, from, "primal"));
  const sign = SIGNS.get(node.op);
  if (sign !== undefined && values.length === 2) return sentence`${values[0]} ${sign} ${values[1].startsWith("−") ? `(${values[1]})` : values[1]} has no value`;
  return sentence`${node.op.replaceAll("_", " ")} of ${values.join(" and ")} has no value${node.shape.length > 0 ? " in some of its places" : ""}`;
}
