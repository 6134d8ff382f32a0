/** One reverse step: the finished adjoint is copied to each edge, multiplied at the label, arrives, and is added to what was there. */

import { AT_LABEL } from "./forward.js";
import { storedFor } from "../stored.js";
import { indexOf } from "../scene/index.js";
import { sumText, textOf } from "../scene/values.js";
import { stepsOf } from "../steps.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("../plan.js").Move} Move */
/** @typedef {import("../plan.js").Whole} Whole */

/** @param {Scene} scene @param {Step} step @returns {Whole} */
export function seedMoves(scene, step) {
  const text = scene.node(step.node)?.adjoint ?? "";
  return {
    moves: [
      { kind: "rail", node: step.node, at: 0, duration: 150 },
      { kind: "line", line: 0, at: 0, duration: 150 },
      { kind: "write", node: step.node, slot: "adjoint", text, at: 150, duration: 300 },
      { kind: "row", step: step.index, text, at: 150, duration: 300 },
      { kind: "line", line: 1, at: 150, duration: 150 },
      { kind: "line", line: 2, at: 300, duration: 150 },
    ],
    halt: 450,
  };
}

/** @param {Scene} scene @returns {Step[]} the contributions that are played now: one, or all that a node gives */
export const giftsOf = (scene) => stepsOf(scene.trace).slice(scene.from, scene.cursor).filter((step) => step.kind === "contribution");

/** @param {Scene} scene @returns {Whole} */
export function contributionMoves(scene) {
  const gifts = giftsOf(scene);
  const giver = gifts[0].node;
  const takers = [...new Set(gifts.map((gift) => /** @type {number} */ (gift.to)))];
  const stored = [...new Set(gifts.flatMap((gift) => storedFor(scene, giver, /** @type {number} */ (gift.slot))))];
  /** @type {Move[]} */
  const moves = [
    { kind: "rail", node: giver, at: 0, duration: 150 },
    { kind: "pulse", node: giver, at: 0, duration: 300 },
    { kind: "line", line: 0, at: 0, duration: 150 },
    { kind: "tape", node: giver, at: 150, duration: 200 },
    ...stored.map((node) => /** @type {Move} */ ({ kind: "cell", node, slot: "primal", mark: "remembered", at: 150, duration: 200 })),
    { kind: "line", line: 1, at: 650, duration: 150 },
    ...gifts.flatMap((gift) => giftMoves(scene, gift)),
    { kind: "line", line: 2, draft: true, at: 1200, duration: 150 },
    ...takers.flatMap((id) => arrivalMoves(/** @type {SceneNode} */ (scene.node(id)))),
    { kind: "line", line: 2, at: 1450, duration: 150 },
  ];
  return { moves, halt: 1450 };
}

/** @param {Scene} scene @param {Step} gift @returns {Move[]} */
function giftMoves(scene, gift) {
  const edge = /** @type {SceneEdge} */ (scene.edgesInto(gift.node).find((one) => one.slot === gift.slot));
  const giver = /** @type {SceneNode} */ (scene.node(gift.node));
  const taker = /** @type {SceneNode} */ (scene.node(/** @type {number} */ (gift.to)));
  const added = textOf(gift.value ?? null, taker.shape, scene);
  const after = textOf(gift.adjoint_after ?? null, taker.shape, scene);
  const earlier = earlierText(scene, gift, taker);
  return [
    { kind: "label", edge: edge.key, text: edge.partial, at: 150, duration: 200 },
    { kind: "travel", edge: edge.key, slot: "adjoint", text: giver.adjoint, at: 350, duration: 300, from: 1, to: AT_LABEL },
    { kind: "label", edge: edge.key, text: edge.contribution ?? "", at: 650, duration: 250 },
    { kind: "gift", step: gift.index, text: added, at: 650, duration: 250 },
    { kind: "travel", edge: edge.key, slot: "adjoint", text: added, at: 900, duration: 300, from: AT_LABEL, to: 0 },
    { kind: "row", step: gift.index, text: earlier === null ? added : sumText(earlier, added), at: 1200, duration: 250 },
    { kind: "row", step: gift.index, text: after, at: 1450, duration: 150 },
  ];
}

/** @param {Scene} scene @param {Step} gift @param {SceneNode} taker @returns {string | null} the adjoint just before; null before the first arrival, to which nothing is added */
function earlierText(scene, gift, taker) {
  const { steps, writes, writeStart, positionOf } = indexOf(scene.trace);
  const first = writeStart[positionOf(taker.id)];
  const at = writes.indexOf(gift.index, first);
  return at > first ? textOf(steps[writes[at - 1]].adjoint_after ?? null, taker.shape, scene) : null;
}

/** @param {SceneNode} taker @returns {Move[]} the sum stands as a sum for a whole beat; a first arrival is no sum */
function arrivalMoves(taker) {
  const { sum, added } = taker.arrival;
  const settled = taker.adjoint;
  return [
    { kind: "write", node: taker.id, slot: "adjoint", text: sum ?? added ?? "", draft: true, at: 1200, duration: 250 },
    { kind: "write", node: taker.id, slot: "adjoint", text: settled, at: 1450, duration: 150 },
  ];
}
