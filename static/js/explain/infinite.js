/** Why a value is infinite: a pole, a vertical tangent, a number too large for float64, or another that is infinite. */

import { arrivalsOf, at, every, isInfinite, isZero, movedBy, named, operandsOf, slopeIs, some, textFor } from "./facts.js";
import { sentence } from "./sentence.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {import("./sentence.js").Sentence} Sentence */

const POLES = new Set(["log", "log2", "log10", "log1p", "tan", "rsqrt", "reciprocal", "atanh", "lgamma", "logit"]);

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Sentence[]} */
export function infiniteReasons(scene, node, quantity) {
  if (quantity === "primal") return primalInfinite(scene, node);
  const edges = quantity === "adjoint" ? arrivalsOf(scene, node) : movedBy(scene, node);
  const steep = edges.find((edge) => slopeIs(scene, edge, isInfinite));
  if (steep !== undefined) {
    const user = at(scene, steep.to);
    const why = some(user, "primal", isInfinite) ? sentence`for ${named(user, "primal")} itself is` : sentence`a vertical tangent or a pole`;
    return [sentence`It is infinite because the local slope ${steep.partialName} is: ${why}.`];
  }
  const from = edges.map((edge) => at(scene, quantity === "adjoint" ? edge.to : edge.from)).find((other) => some(other, quantity, isInfinite));
  if (from !== undefined) return [sentence`It is infinite because ${named(from, quantity)} is.`];
  return edges.length === 0 ? [sentence`The seed that was given is infinite.`] : [sentence`Its factors are finite, but what they give is beyond the largest number of float64: overflow.`];
}

/** @param {Scene} scene @param {SceneNode} node @returns {Sentence[]} */
function primalInfinite(scene, node) {
  const operands = operandsOf(scene, node);
  if (operands.length === 0) return [node.kind === "input" ? sentence`It was given as the input.` : sentence`It is written in the program.`];
  const from = operands.find((one) => some(one, "primal", isInfinite));
  if (from !== undefined) return [sentence`It is infinite because ${named(from, "primal")} is.`];
  const op = node.op.replaceAll("_", " ");
  if (node.op === "div" && every(operands[1], "primal", isZero)) return [sentence`It is infinite because it divides by 0: a pole.`];
  if (POLES.has(node.op) || (node.op === "pow" && every(operands[0], "primal", isZero))) return [sentence`It is infinite because ${op} has a pole at ${textFor(scene, operands[0], "primal")}.`];
  return [sentence`${op} of ${operands.map((one) => textFor(scene, one, "primal")).join(" and ")} is beyond the largest number of float64, about 1.8 × 10³⁰⁸: overflow.`];
}
