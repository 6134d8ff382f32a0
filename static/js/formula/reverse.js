/** A reverse step: adjoint times partial, and the sum that the receiver's adjoint is. */

import { latexNumber } from "../format.js";
import { escaped } from "../latex.js";
import { giftsOf } from "../plan/reverse.js";
import { equals, latexValue, operand, tracedNode } from "./parts.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("./parts.js").Options} Options */
/** @typedef {import("../formula.js").Lines} Lines */

/** A sum of vectors so long fills its line: what it gives stands on the card of the node. */
const LONG_SUM = 44;
/** So many contributions at once have room in a line. */
const MOST_GIFTS = 3;

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {Lines} */
export function seedLines(scene, step, options) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  const start = scene.trace.outputs.length === 1 ? "\\text{the reverse sweep starts at the output}" : "\\text{the reverse sweep starts at the outputs}";
  return [`${node.latexAdjoint} = \\text{seed}`, `${node.latexAdjoint} = ${latexValue(step.value ?? null, node.shape, options)}`, start];
}

/** @param {Scene} scene @param {Options} options @returns {Lines} of one contribution, or of all that a node gives at once */
export function contributionLines(scene, options) {
  const gifts = giftsOf(scene);
  if (gifts.length === 1) return giftLines(scene, gifts[0], options);
  const shown = gifts.slice(0, MOST_GIFTS).map((gift) => giftLines(scene, gift, options, true));
  const rest = gifts.length > MOST_GIFTS ? "\\qquad \\ldots" : "";
  const takers = [...new Set(gifts.map((gift) => /** @type {number} */ (gift.to)))].slice(0, MOST_GIFTS);
  const sums = takers.map((id) => sumLine(scene, /** @type {SceneNode} */ (scene.node(id)), options, true));
  return [shown.map((lines) => lines[0]).join(",\\qquad ") + rest, shown.map((lines) => lines[1]).join(",\\qquad ") + rest, sums.join(",\\qquad ") + rest];
}

/** @param {Scene} scene @param {Step} gift @param {Options} options @param {boolean} [short] beside others @returns {Lines} */
function giftLines(scene, gift, options, short = false) {
  const giver = /** @type {SceneNode} */ (scene.node(gift.node));
  const taker = /** @type {SceneNode} */ (scene.node(/** @type {number} */ (gift.to)));
  const value = tracedNode(scene, giver.id).partials?.[/** @type {number} */ (gift.slot)]?.value;
  const latex = scene.edgesInto(giver.id).find((edge) => edge.slot === gift.slot)?.partialLatex || "\\ldots";
  const slope = `\\tfrac{\\partial ${giver.latexName}}{\\partial ${taker.latexName}}`;
  const added = latexValue(gift.value ?? null, taker.shape, options);
  const carried = /\\mapsto(?![A-Za-z])\s*(.*)$/s.exec(latex);
  const product = carried !== null ? carried[1] : `${giver.latexAdjoint} \\cdot ${slope}`;
  const told = carried !== null || short ? "" : `\\,,\\qquad ${slope} = ${latex}`;
  const scalar = typeof value === "number" && giver.shape.length === 0 && taker.shape.length === 0;
  const sign = equals([gift.value ?? null, giver.adjointValue, value ?? null], options);
  const worked = scalar ? `${operand(latexValue(giver.adjointValue, [], options))} \\cdot ${operand(latexNumber(/** @type {number} */ (value), options))} ${sign} ${added}` : added;
  return [`${taker.latexAdjoint} \\mathrel{+}= ${product}${told}`, `${product} = ${worked}`, short ? "" : sumLine(scene, taker, options)];
}

/** @param {Scene} scene @param {SceneNode} taker @param {Options} options @param {boolean} [short] @returns {string} the sum stands alone until it is settled */
function sumLine(scene, taker, options, short = false) {
  const { sum, arrived, total } = taker.arrival;
  const gift = giftsOf(scene).findLast((one) => one.to === taker.id);
  const after = latexValue(gift?.adjoint_after ?? null, taker.shape, options);
  const paths = total > 1 && !short ? `\\qquad\\text{${arrived} of ${total} paths}` : "";
  if (sum === null) return `${taker.latexAdjoint} = ${after}${paths}`;
  const isOpen = options.draft || scene.sub < scene.subSteps || sum.length > LONG_SUM;
  const sign = equals([gift?.adjoint_after ?? null, gift?.value ?? null], options);
  return `${taker.latexAdjoint} = \\text{${escaped(sum)}}${isOpen ? "" : ` ${sign} ${after}`}${paths}`;
}
