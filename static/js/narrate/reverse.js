/** What is said of a contribution: the local slope, the product, the sum, and how many paths have arrived. */

import { plainLatex } from "../latex.js";
import { storedFor } from "../stored.js";
import { textOf } from "../scene/values.js";
import { capital, listed, numberWord, say, speakText, spokenFormula } from "./words.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("../narrate.js").Options} Options */

/** @param {Scene} scene @param {Step} gift @returns {{giver: SceneNode, taker: SceneNode, isScalar: boolean}} */
function endsOf(scene, gift) {
  const giver = /** @type {SceneNode} */ (scene.node(gift.node));
  const taker = /** @type {SceneNode} */ (scene.node(/** @type {number} */ (gift.to)));
  return { giver, taker, isScalar: giver.shape.length === 0 && taker.shape.length === 0 };
}

/** @param {Scene} scene @param {Step} gift @param {Options} options @returns {string} */
export function slopeClause(scene, gift, options) {
  const { giver, taker, isScalar } = endsOf(scene, gift);
  const added = say(gift.value ?? null, taker, options);
  if (!isScalar) return ` What arrives is ${added}.`;
  const { slope, number } = slopeWords(scene, gift);
  const kept = options.verbosity === "full" ? keptClause(scene, gift) : "";
  return ` The local slope is ${slope}.${kept} ${capital(say(giver.adjointValue, giver, options))} times ${number} is ${added}.`;
}

/** @param {Scene} scene @param {Step} gift @returns {{slope: string, number: string}} «x 1, which is 2», or the number alone where it is one or has no short name */
export function slopeWords(scene, gift) {
  const edges = scene.edgesInto(gift.node);
  const edge = edges.find((one) => one.slot === gift.slot);
  const number = speakText(edge?.partial ?? "");
  const plain = edge === undefined ? null : plainLatex(edge.partialLatex);
  const named = [...edges.flatMap(({ from }) => scene.node(from) ?? []), .../** @type {SceneNode[]} */ ([scene.node(gift.node)])].filter((node) => node.kind !== "constant");
  const words = plain === null ? null : spokenFormula(plain, named);
  return { slope: words === null || words === number ? number : `${words}, which is ${number}`, number };
}

/** @param {Scene} scene @param {Step} gift @returns {string} */
function keptClause(scene, gift) {
  const kept = storedFor(scene, gift.node, /** @type {number} */ (gift.slot)).flatMap((id) => scene.node(id)?.spoken ?? []);
  return kept.length === 0 ? "" : ` The tape has kept ${listed(kept)} for it.`;
}

/** @param {Scene} scene @param {Step} gift @param {Options} options @returns {string} */
export function sumClause(scene, gift, options) {
  const { taker } = endsOf(scene, gift);
  const after = say(gift.adjoint_after ?? null, taker, options);
  const { sum, before } = taker.arrival;
  if (sum === null || before === null || before === "–") return ` ${taker.spoken} bar is now ${after}.`;
  if (scene.sub < scene.subSteps) return ` ${taker.spoken} bar is ${speakText(sum.replaceAll(/[()]/g, ""))}.`;
  return taker.shape.length === 0 ? ` Added to ${speakText(before)}, ${taker.spoken} bar is now ${after}.` : ` Added to what was there, ${taker.spoken} bar is now ${after}.`;
}

/** @param {SceneNode} taker @returns {string} */
export function pathsClause(taker) {
  const { arrived, total } = taker.arrival;
  if (total < 2) return "";
  const paths = `${capital(numberWord(arrived))} of ${numberWord(total)} paths ${arrived === 1 ? "has" : "have"} arrived`;
  return arrived === total ? ` ${paths}; ${taker.spoken} is finished.` : ` ${paths}.`;
}

/** @param {Scene} scene @param {Step[]} gifts @param {Options} options @returns {string} one clause for each that receives */
export function giftClauses(scene, gifts, options) {
  const takers = [...new Set(gifts.map((gift) => /** @type {number} */ (gift.to)))];
  return takers
    .map((id) => {
      const own = gifts.filter((gift) => gift.to === id);
      const { taker, giver, isScalar } = endsOf(scene, own[0]);
      const products = own.map((gift) => (isScalar ? `${say(giver.adjointValue, giver, options)} times ${slopeWords(scene, gift).number} is ${say(gift.value ?? null, taker, options)}` : `what arrives is ${say(gift.value ?? null, taker, options)}`));
      const { before, sum } = taker.arrival;
      const earlier = sum !== null && before !== null && before !== textOf(null, []) && taker.shape.length === 0 ? `added to ${speakText(before)}, ` : "";
      return ` To ${taker.spoken}: ${products.join(", ")}; ${earlier}${taker.spoken} bar is now ${say(own.at(-1)?.adjoint_after ?? null, taker, options)}.${pathsClause(taker)}`;
    })
    .join("");
}
