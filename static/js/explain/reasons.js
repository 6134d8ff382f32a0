/** Why a value is what it is, where that is not plain arithmetic: empty, 0, 1, NaN, infinite, or decided by a convention. */

import { emptyReasons } from "./empty.js";
import { arrivalsOf, at, every, isInfinite, isNan, isZero, named, some, valueOf } from "./facts.js";
import { infiniteReasons } from "./infinite.js";
import { nanReasons } from "./nan.js";
import { distinct, sentence } from "./sentence.js";
import { zeroReasons } from "./zero.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {import("./sentence.js").Sentence} Sentence */

const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** @param {Scene} scene at its end @param {SceneNode} node @param {Quantity} quantity @returns {Sentence[]} the most telling first */
export const reasonsOf = (scene, node, quantity) => distinct([...valueReasons(scene, node, quantity), ...conventions(scene, node, quantity)]);

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Sentence[]} */
function valueReasons(scene, node, quantity) {
  const value = valueOf(node, quantity);
  if (value === null || value === undefined) return emptyReasons(scene, node, quantity);
  if (some(node, quantity, isNan)) return nanReasons(scene, node, quantity);
  if (some(node, quantity, isInfinite)) return infiniteReasons(scene, node, quantity);
  if (every(node, quantity, isZero)) return zeroReasons(scene, node, quantity);
  if (some(node, quantity, (number) => number !== 0 && Math.abs(number) < SMALLEST_NORMAL)) return [sentence`It is so close to 0 that float64 holds only some of its digits: underflow. It is not 0.`];
  return quantity === "adjoint" && node.isOutput && arrivalsOf(scene, node).length === 0 ? [seedReason(Number(value))] : [];
}

/** @param {number} seed */
const seedReason = (seed) => (seed === 1 ? sentence`It is 1 because the output grows exactly as fast as itself: that is the seed.` : sentence`It is the seed that was given for this output.`);

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Sentence[]} what was chosen where there is no derivative: for an adjoint, by the operations that send it back */
function conventions(scene, node, quantity) {
  if ((valueOf(node, quantity) ?? null) === null) return [];
  if (quantity !== "adjoint") return node.notes.map((note) => [note]);
  const users = new Set(arrivalsOf(scene, node).map((edge) => at(scene, edge.to)));
  return [...users].flatMap((user) => user.notes.map((note) => sentence`At ${named(user, "primal")}: ${note}`));
}
