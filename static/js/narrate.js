/** One sentence for each step: printed, spoken and exported, always the same. */

import { capital, counted, listed, numberWord, phrase, say, speakText } from "./narrate/words.js";
import { giftClauses, pathsClause, slopeClause, sumClause } from "./narrate/reverse.js";
import { tensorClause } from "./narrate/tensor.js";
import { giftsOf } from "./plan/reverse.js";
import { indexOf, usersOf } from "./scene/index.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").SceneNode} SceneNode */
/** @typedef {import("./steps.js").Step} Step */
/** @typedef {"brief" | "normal" | "full"} Verbosity */
/** @typedef {{digits?: number | "all", verbosity?: Verbosity, keys?: boolean}} Options brief: the result; normal: the rule with its numbers; full: also who uses it and what was kept; keys: whether they are spoken of */

/** Adjoints of so many inputs are read out at the end, if they are numbers; the table has them all. */
const MOST_TOLD = 4;

/** @param {Scene} scene @param {Options} [options] @returns {string} */
export function sentenceOf(scene, options = {}) {
  const { step } = scene;
  if (step === null) return startSentence(scene);
  const done = scene.cursor === scene.total ? ` ${endSentence(scene, options)}` : "";
  if (step.kind === "forward") return forwardSentence(scene, step, options) + done;
  if (step.kind === "seed") return seedSentence(scene, step, options) + done;
  const gifts = giftsOf(scene);
  return (gifts.length === 1 ? contributionSentence(scene, gifts[0], options) : giftsSentence(scene, gifts, options)) + done;
}

/** @param {Scene} scene @returns {string} */
function startSentence(scene) {
  const { nodes } = scene.trace;
  const inputs = nodes.filter((node) => node.kind === "input").length;
  const operations = nodes.filter((node) => node.kind !== "input" && node.kind !== "constant").length;
  const parts = [counted(inputs, "input"), counted(operations, "operation"), counted(scene.trace.outputs.length, "output")].join(", ");
  const sweeps = [counted(scene.counts.forward.total, "forward step"), ...(scene.counts.reverse.total > 0 ? [counted(scene.counts.reverse.total, "reverse step")] : [])];
  return `Graph ready. ${parts}. ${sweeps.join(", ")}. Press dot for the next step.`;
}

/** @param {Scene} scene @param {SceneNode} node @returns {SceneNode[]} */
const operandsOf = (scene, node) => scene.edgesInto(node.id).flatMap((edge) => scene.node(edge.from) ?? []);

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {string} */
function forwardSentence(scene, step, options) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  const value = say(node.primalValue, node, options);
  const isWhole = scene.sub >= scene.subSteps;
  if (options.verbosity === "brief") {
    const tangent = scene.showsTangents && isWhole && node.tangentValue !== null ? `, tangent ${say(node.tangentValue, node, options)}` : "";
    return `${node.spoken} is ${value}${tangent}.`;
  }
  const head = `Forward step ${scene.counts.forward.done} of ${scene.counts.forward.total}. `;
  const tangent = scene.showsTangents && isWhole && !node.isControl ? tangentClause(scene, node, options) : "";
  const notes = node.notes.length > 0 ? ` Note: ${node.notes.join(" ")}` : "";
  const uses = options.verbosity === "full" ? fanOutClause(scene, node) : "";
  return head + ruleClause(scene, node, value, options) + tangent + tensorClause(node.primalValue, node.shape, options) + uses + notes;
}

/** @param {Scene} scene @param {SceneNode} node @param {string} value @param {Options} options @returns {string} */
function ruleClause(scene, node, value, options) {
  const operands = operandsOf(scene, node);
  if (operands.length === 0) return `${node.spoken} is ${node.kind === "input" ? "an input" : "given"}: ${value}.`;
  const names = operands.map((operand) => operand.spoken);
  if (isCondition(scene, node)) return conditionClause(scene, node, phrase(node.op, names), value);
  const numbers = operands.map((operand) => say(operand.primalValue, operand, options));
  const worked = operands.every((operand) => operand.shape.length === 0) ? `${phrase(node.op, numbers)} is ${value}` : `its value is ${value}`;
  return `${node.spoken} is ${phrase(node.op, names)}: ${worked}.`;
}

/** @param {Scene} scene @param {SceneNode} node @returns {boolean} a comparison whose value nothing reads decides which line runs */
const isCondition = (scene, node) => node.isControl && !node.isOutput && usersOf(scene.trace, node.id).length === 0;

/** @param {Scene} scene @param {SceneNode} node @param {string} comparison @param {string} value @returns {string} */
function conditionClause(scene, node, comparison, value) {
  const at = indexOf(scene.trace).positionOf(node.id);
  const [here, next] = [scene.trace.nodes[at].span?.line, scene.trace.nodes.slice(at + 1).find((other) => other.kind === "op")?.span?.line];
  const ran = here !== undefined && next !== undefined && next !== here ? `; line ${next} ran. The other branch has no part in this derivative` : "";
  return `The condition ${comparison} is ${value}${ran}.`;
}

/** @param {Scene} scene @param {SceneNode} node @param {Options} options @returns {string} */
function tangentClause(scene, node, options) {
  const isDual = scene.notation === "dual";
  const [part, none] = isDual ? ["ε part", "ε"] : ["tangent", "tangent"];
  if (node.tangentValue === null) return ` No ${none} flows into ${node.spoken}.`;
  const tangent = say(node.tangentValue, node, options);
  const whole = isDual && node.shape.length === 0 ? ` The dual number is ${say(node.primalValue, node, options)} plus ε ${tangent}.` : "";
  if (node.kind === "input") return ` Its ${part} is the seed, ${tangent}.${whole}`;
  const terms = tangentTerms(scene, node, options);
  if (node.shape.length > 0 || terms.length === 0 || (terms.length === 1 && terms[0] === tangent)) return ` Its ${part} is ${tangent}.${whole}`;
  return ` Its ${part} is ${terms.join(" plus ").replaceAll(" plus minus ", " minus ")}, which is ${tangent}.${whole}`;
}

/** @param {Scene} scene @param {SceneNode} node @param {Options} options @returns {string[]} as the product rule has them: the tangent stands where its operand stands */
function tangentTerms(scene, node, options) {
  return scene.edgesInto(node.id).flatMap((edge) => {
    const from = scene.node(edge.from);
    if (from === undefined || from.tangentValue === null) return [];
    const tangent = say(from.tangentValue, from, options);
    if (edge.partialLatex === "1") return [tangent];
    if (edge.partialLatex === "-1") return [tangent.startsWith("minus ") ? `minus ${tangent}` : `minus ${tangent}`];
    const slope = speakText(edge.partial);
    return [edge.slot === 0 ? `${tangent} times ${slope}` : `${slope} times ${tangent}`];
  });
}

/** @param {Scene} scene @param {SceneNode} node @returns {string} */
function fanOutClause(scene, node) {
  const uses = usersOf(scene.trace, node.id);
  if (uses.length < 2) return "";
  const users = [...new Set(uses)];
  const said = (/** @type {number[]} */ ids) => ids.map((id) => scene.node(id)?.spoken ?? "");
  const shown = users.length > MOST_TOLD ? `${said(users.slice(0, MOST_TOLD - 1)).join(", ")} and ${users.length - MOST_TOLD + 1} more` : listed(said(users));
  return ` ${node.spoken} is used by ${shown}, so its adjoint is a sum of ${numberWord(uses.length)} contributions.`;
}

/** @param {Scene} scene @returns {string} */
const reverseHead = (scene) => `Reverse step ${scene.counts.reverse.done} of ${scene.counts.reverse.total}. `;

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {string} */
function seedSentence(scene, step, options) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  const seed = say(step.value ?? null, node, options);
  return options.verbosity === "brief" ? `${node.spoken} bar starts with ${seed}.` : `${reverseHead(scene)}${node.spoken} is the output: its adjoint starts with the seed ${seed}.`;
}

/** @param {Scene} scene @param {Step} gift @param {Options} options @returns {string} */
function contributionSentence(scene, gift, options) {
  const giver = /** @type {SceneNode} */ (scene.node(gift.node));
  const taker = /** @type {SceneNode} */ (scene.node(/** @type {number} */ (gift.to)));
  if (options.verbosity === "brief") return `${taker.spoken} bar is ${say(gift.adjoint_after ?? null, taker, options)}.`;
  const passes = `${giver.spoken} passes its adjoint ${say(giver.adjointValue, giver, options)} to ${taker.spoken}.`;
  return `${reverseHead(scene)}${passes}${slopeClause(scene, gift, options)}${sumClause(scene, gift, options)}${tensorClause(gift.adjoint_after ?? null, taker.shape, options)}${pathsClause(taker)}`;
}

/** @param {Scene} scene @param {Step[]} gifts @param {Options} options @returns {string} all that a node gives, in one */
function giftsSentence(scene, gifts, options) {
  const giver = /** @type {SceneNode} */ (scene.node(gifts[0].node));
  const takers = [...new Set(gifts.map((gift) => /** @type {number} */ (gift.to)))].flatMap((id) => scene.node(id) ?? []);
  if (options.verbosity === "brief") return `${capital(listed(takers.map((taker) => `${taker.spoken} bar is ${say(taker.adjointValue, taker, options)}`)))}.`;
  const { done, total } = scene.counts.reverse;
  const passes = `${giver.spoken} passes its adjoint ${say(giver.adjointValue, giver, options)} to ${listed(takers.map((taker) => taker.spoken))}.`;
  return `Reverse steps ${done - gifts.length + 1} to ${done} of ${total}. ${passes}${giftClauses(scene, gifts, options)}`;
}

/** @param {Scene} scene @param {Options} options @returns {string} */
function endSentence(scene, options) {
  if (!scene.showsAdjoints) {
    const outputs = scene.trace.outputs.flatMap((id) => scene.node(id) ?? []);
    return `Done. ${outputs.map((node) => `${node.spoken} dot is ${say(node.tangentValue, node, options)}`).join(", ")}.`;
  }
  const inputs = scene.trace.nodes.filter((node) => node.kind === "input").flatMap(({ id }) => scene.node(id) ?? []);
  const reached = inputs.filter((node) => node.adjointValue !== null);
  if (reached.length === 0) return "Done. Nothing flows to the inputs.";
  if (reached.length === 1 && scene.step?.to === reached[0].id) return "Done."; // its adjoint has just been said
  if (reached.length > MOST_TOLD) return `Done. One reverse sweep gave the adjoints of ${reached.length} inputs.`;
  if (reached.some((node) => node.shape.length > 0)) return `Done. One reverse sweep gave ${listed(reached.map((node) => `${node.spoken} bar`))}.`;
  const parts = reached.map((node) => `${node.spoken} bar ${say(node.adjointValue, node, options)}`);
  const gave = reached.length > 1 ? ` One reverse sweep gave ${reached.length === 2 ? "both" : "all"}.` : "";
  return `Done. Gradient: ${parts.join(", ")}.${gave}`;
}
