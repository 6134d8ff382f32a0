/** What is said of a node, and of an edge, to somebody who walks through the graph. */

import { slopeWords } from "./reverse.js";
import { tensorClause } from "./tensor.js";
import { say, speakText } from "./words.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */

const WORDS = new Map(Object.entries({ add: "add", sub: "subtract", mul: "multiply", div: "divide", neg: "change the sign", pow: "power", log: "natural logarithm", exp: "exponential", sin: "sine", cos: "cosine", sqrt: "square root", abs: "absolute value", matmul: "matrix product" }));

/** @param {Scene} scene @param {number} id @returns {string} "v 2, multiply. Value 10. Adjoint not computed yet. 2 inputs: x 1, x 2. Used by v 4. 4 of 7." */
export function nodeSentence(scene, id) {
  const node = /** @type {SceneNode} */ (scene.node(id));
  const listed = scene.nodes.filter(({ kind }) => kind !== "constant");
  const inputs = scene.edgesInto(id).map((edge) => scene.node(edge.from)?.spoken ?? "");
  const users = [...new Set(scene.edgesOutOf(id).map((edge) => scene.node(edge.to)?.spoken ?? ""))];
  const told = (/** @type {import("../scene/trace.js").AnyValue} */ value) => (value === null || value === undefined ? "not computed yet" : say(value, node, scene));
  const parts = [`${node.spoken}, ${node.kind === "op" ? (WORDS.get(node.op) ?? node.op.replaceAll("_", " ")) : node.kind}.`, `Value ${told(node.primalValue)}.`];
  if (scene.showsTangents) parts.push(`Tangent ${told(node.tangentValue)}.`);
  if (scene.showsAdjoints) parts.push(`Adjoint ${told(node.adjointValue)}.`);
  const clause = tensorClause(node.primalValue, node.shape, {});
  if (clause !== "") parts.splice(2, 0, clause.trim());
  if (inputs.length > 0) parts.push(`${inputs.length} input${inputs.length === 1 ? "" : "s"}: ${inputs.join(", ")}.`);
  parts.push(users.length > 0 ? `Used by ${users.join(", ")}.` : node.isOutput ? "Output." : "Not used.");
  const place = listed.findIndex((one) => one.id === id);
  if (place >= 0) parts.push(`${place + 1} of ${listed.length}.`);
  return [...parts, ...node.notes].join(" ");
}

/** @param {Scene} scene @param {SceneEdge} edge @returns {string} "From x 1 to v 2. Local slope 5, because the other factor is x 2, which is 5." */
export function edgeSentence(scene, edge) {
  const [from, to] = [scene.node(edge.from), scene.node(edge.to)];
  const ends = `From ${from?.spoken ?? ""} to ${to?.spoken ?? ""}.`;
  if (edge.partial === "–") return `${ends} Local slope not computed yet.`;
  const { slope, number } = slopeWords(scene, { kind: "contribution", phase: "reverse", index: -1, node: edge.to, to: edge.from, slot: edge.slot });
  if (slope === number) return `${ends} Local slope ${speakText(edge.partial)}.`;
  if (to?.op === "mul" && edge.from !== otherFactor(scene, edge)) return `${ends} Local slope ${number}, because the other factor is ${slope}.`;
  return `${ends} Local slope ${slope}.`;
}

/** @param {Scene} scene @param {SceneEdge} edge @returns {number} */
const otherFactor = (scene, edge) => scene.edgesInto(edge.to).find((one) => one.slot !== edge.slot)?.from ?? -1;
