/** One sentence for each step: printed, spoken and exported, always the same. */

import { spoken } from "./format.js";
import { textOf } from "./scene/values.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").SceneNode} SceneNode */
/** @typedef {import("./steps.js").Step} Step */
/** @typedef {import("./scene/trace.js").AnyValue} AnyValue */
/** @typedef {{digits?: number | "all"}} Options */

const INFIX = new Map(Object.entries({ add: "plus", sub: "minus", mul: "times", div: "divided by", pow: "to the power", matmul: "matrix-times" }));
const PREFIX = new Map(
  Object.entries({
    neg: "minus", log: "the natural logarithm of", exp: "the exponential of", sin: "the sine of", cos: "the cosine of", tan: "the tangent of",
    sqrt: "the square root of", square: "the square of", abs: "the absolute value of", sum: "the sum of", mean: "the mean of", tanh: "the hyperbolic tangent of",
    sigmoid: "the logistic function of", reciprocal: "one over", detach: "the detached value of",
  }),
);

/** Adjoints of so many inputs are read out at the end, if they are numbers; the table has them all. */
const MOST_TOLD = 4;

/** @param {Scene} scene @param {Options} [options] @returns {string} */
export function sentenceOf(scene, options = {}) {
  const { step } = scene;
  if (step === null) return startSentence(scene);
  const done = scene.cursor === scene.total ? ` ${endSentence(scene, options)}` : "";
  if (step.kind === "forward") return forwardSentence(scene, step, options) + noteClause(scene, step) + done;
  if (step.kind === "seed") return seedSentence(scene, step, options) + done;
  return contributionSentence(scene, step, options) + done;
}

/** @param {Scene} scene @param {Step} step @returns {string} */
function noteClause(scene, step) {
  const notes = scene.node(step.node)?.notes ?? [];
  return notes.length > 0 ? ` Note: ${notes.join(" ")}` : "";
}

/** @param {number} count @param {string} word @returns {string} */
const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** @param {Scene} scene @returns {string} */
function startSentence(scene) {
  const inputs = scene.nodes.filter((node) => node.kind === "input").length;
  const operations = scene.nodes.filter((node) => node.kind !== "input" && node.kind !== "constant").length;
  const parts = [counted(inputs, "input"), counted(operations, "operation"), counted(scene.trace.outputs.length, "output")].join(", ");
  const sweeps = [counted(scene.counts.forward.total, "forward step"), ...(scene.counts.reverse.total > 0 ? [counted(scene.counts.reverse.total, "reverse step")] : [])];
  return `Graph ready. ${parts}. ${sweeps.join(", ")}. Press dot for the next step.`;
}

/** @param {SceneNode} node @returns {string} how the node is called in a sentence */
const nameOf = (node) => (node.kind === "constant" ? node.name : node.label);

/** @param {AnyValue} value @param {SceneNode} node @param {Options} options @returns {string} scalars as they are read; tensors as their short text */
function say(value, node, options) {
  if (value === null || value === undefined) return "not computed yet";
  if (node.shape.length === 0 && (typeof value === "number" || typeof value === "string" || typeof value === "boolean")) {
    return spoken(/** @type {import("./format.js").Scalar} */ (value), options);
  }
  return textOf(value, node.shape, options);
}

/** @param {string} op @param {string[]} operands @returns {string} */
function phrase(op, operands) {
  const infix = INFIX.get(op);
  if (infix !== undefined && operands.length === 2) return operands.join(` ${infix} `);
  const prefix = PREFIX.get(op);
  if (prefix !== undefined && operands.length === 1) return `${prefix} ${operands[0]}`;
  return `${op.replaceAll("_", " ")} of ${operands.join(" and ")}`;
}

/** @param {Scene} scene @param {SceneNode} node @returns {SceneNode[]} */
function operandsOf(scene, node) {
  const traced = scene.trace.nodes.find((candidate) => candidate.id === node.id);
  return (traced?.inputs ?? []).flatMap((id) => scene.node(id) ?? []);
}

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {string} */
function forwardSentence(scene, step, options) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  const head = `Forward step ${scene.counts.forward.done} of ${scene.counts.forward.total}. `;
  const value = say(node.primalValue, node, options);
  const operands = operandsOf(scene, node);
  if (operands.length === 0) return `${head}${nameOf(node)} is ${node.kind === "input" ? "an input" : "given"}: ${value}.${tangentClause(scene, node, options)}`;
  const numbers = operands.map((operand) => say(operand.primalValue, operand, options));
  const rule = `${nameOf(node)} is ${phrase(node.op, operands.map(nameOf))}`;
  const scalar = operands.every((operand) => operand.shape.length === 0);
  const worked = scalar ? `${phrase(node.op, numbers)} is ${value}` : `its value is ${value}`;
  return `${head}${rule}: ${worked}.${tangentClause(scene, node, options)}`;
}

/** @param {Scene} scene @param {SceneNode} node @param {Options} options @returns {string} */
function tangentClause(scene, node, options) {
  if (!scene.showsTangents || scene.sub < scene.subSteps) return "";
  const tangent = say(node.tangentValue, node, options);
  if (node.tangentValue === null) return ` No tangent flows into ${nameOf(node)}.`;
  if (node.kind === "input") return ` Its tangent is the seed, ${tangent}.`;
  const terms = scene.edges
    .filter((edge) => edge.to === node.id)
    .flatMap((edge) => {
      const from = scene.node(edge.from);
      return from && from.tangentValue !== null ? [`${speakText(edge.partial)} times ${say(from.tangentValue, from, options)}`] : [];
    });
  if (node.shape.length > 0 || terms.length === 0) return ` Its tangent is ${tangent}.`;
  return ` Its tangent is ${terms.join(" plus ")}, which is ${tangent}.`;
}

/** @param {string} text a display string @returns {string} */
const speakText = (text) => text.replaceAll("−", "minus ");

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {string} */
function seedSentence(scene, step, options) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  return `Reverse step ${scene.counts.reverse.done} of ${scene.counts.reverse.total}. ${nameOf(node)} is the output: its adjoint starts with the seed ${say(step.value ?? null, node, options)}.`;
}

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {string} */
function contributionSentence(scene, step, options) {
  const giver = /** @type {SceneNode} */ (scene.node(step.node));
  const taker = /** @type {SceneNode} */ (scene.node(/** @type {number} */ (step.to)));
  const edge = scene.edges.find((candidate) => candidate.to === giver.id && candidate.slot === step.slot);
  const given = say(giver.adjointValue, giver, options);
  const added = say(step.value ?? null, taker, options);
  const scalar = giver.shape.length === 0 && taker.shape.length === 0;
  const slope = scalar && edge ? ` The local slope is ${speakText(edge.partial)}. ${given} times ${speakText(edge.partial)} is ${added}.` : ` What arrives is ${added}.`;
  return `Reverse step ${scene.counts.reverse.done} of ${scene.counts.reverse.total}. ${nameOf(giver)} passes its adjoint ${given} to ${nameOf(taker)}.${slope}${sumClause(taker, step, options)}${pathsClause(taker)}`;
}

/** @param {SceneNode} taker @param {Step} step @param {Options} options @returns {string} */
function sumClause(taker, step, options) {
  const after = say(step.adjoint_after ?? null, taker, options);
  const { sum, before } = taker.arrival;
  if (sum === null || before === null) return ` ${nameOf(taker)} bar is now ${after}.`;
  return ` Added to ${speakText(before)}, ${nameOf(taker)} bar is now ${after}.`;
}

/** @param {SceneNode} taker @returns {string} */
function pathsClause(taker) {
  const { arrived, total } = taker.arrival;
  if (total < 2) return "";
  return arrived === total ? ` ${arrived} of ${total} paths have arrived; ${nameOf(taker)} is finished.` : ` ${arrived} of ${total} paths ${arrived === 1 ? "has" : "have"} arrived.`;
}

/** @param {Scene} scene @param {Options} options @returns {string} */
function endSentence(scene, options) {
  if (!scene.showsAdjoints) {
    const outputs = scene.trace.outputs.flatMap((id) => scene.node(id) ?? []);
    return `Done. ${outputs.map((node) => `${nameOf(node)} dot is ${say(node.tangentValue, node, options)}`).join(", ")}.`;
  }
  const inputs = scene.nodes.filter((node) => node.kind === "input");
  const reached = inputs.filter((node) => node.adjointValue !== null);
  if (reached.length === 0) return "Done. Nothing flows to the inputs.";
  if (reached.length === 1 && scene.step?.to === reached[0].id) return "Done."; // its adjoint has just been said
  if (reached.length > MOST_TOLD) return `Done. One reverse sweep gave the adjoints of ${reached.length} inputs.`;
  if (reached.some((node) => node.shape.length > 0)) return `Done. One reverse sweep gave ${reached.map((node) => `${nameOf(node)} bar`).join(", ").replace(/, ([^,]*)$/, " and $1")}.`;
  const parts = reached.map((node) => `${nameOf(node)} bar ${say(node.adjointValue, node, options)}`);
  const gave = reached.length > 1 ? ` One reverse sweep gave ${reached.length === 2 ? "both" : "all"}.` : "";
  return `Done. Gradient: ${parts.join(", ")}.${gave}`;
}

