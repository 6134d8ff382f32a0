/** The three lines of the formula card: the rule, the rule with this step's numbers, and what it gives. */

import { isRounded, latexNumber, toNumber } from "./format.js";
import { substituted } from "./formula-text.js";
import { escaped } from "./latex.js";
import { textOf } from "./scene/values.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").SceneNode} SceneNode */
/** @typedef {import("./steps.js").Step} Step */
/** @typedef {import("./scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("./scene/trace.js").TraceNode} TraceNode */
/** @typedef {{digits?: number | "all"}} Options */

/** @param {Scene} scene @param {Options} options @returns {[string, string, string]} LaTeX; a line may be empty */
export function formulaLines(scene, options) {
  const { step } = scene;
  if (step === null) return ["\\text{Nothing is computed yet.}", "", ""];
  if (step.kind === "forward") return forwardLines(scene, step, options);
  if (step.kind === "seed") return seedLines(scene, step, options);
  return contributionLines(scene, step, options);
}

/** @param {AnyValue} value @param {number[]} shape @param {Options} options @returns {string} */
function latexValue(value, shape, options) {
  if (shape.length === 0 && !Array.isArray(value) && (typeof value !== "object" || value === null)) return latexNumber(value, options);
  return `\\text{${escaped(textOf(value, shape, options))}}`;
}

/** @param {string} latex @returns {string} a negative number in brackets */
const operand = (latex) => (latex.startsWith("-") ? `(${latex})` : latex);

/** @param {AnyValue[]} values @param {Options} options @returns {string} ≈ where the printed numbers would not give the printed result */
function equals(values, options) {
  const rounded = values.some((value) => typeof value === "number" && isRounded(toNumber(value), options));
  return rounded ? "\\approx" : "=";
}

/** @param {Scene} scene @param {number} id @returns {TraceNode} */
const tracedNode = (scene, id) => /** @type {TraceNode} */ (scene.trace.nodes.find((node) => node.id === id));

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {[string, string, string]} */
function forwardLines(scene, step, options) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  const value = latexValue(node.primalValue, node.shape, options);
  const traced = tracedNode(scene, node.id);
  const operands = traced.inputs.map((id) => /** @type {SceneNode} */ (scene.node(id)));
  if (operands.length === 0) return inputLines(scene, node, value, options);
  const numbers = operands.map((from) => latexValue(from.primalValue, from.shape, options));
  const names = operands.map((from) => from.latexName);
  const formula = traced.latex ?? "";
  const worked = substituted(formula, names, numbers) ?? `\\operatorname{${escaped(node.op)}}(${numbers.join(",\\, ")})`;
  const sign = equals([node.primalValue, ...operands.map((from) => from.primalValue)], options);
  const shape = node.shapeText !== "" ? `\\qquad\\scriptsize\\text{${node.shapeText}}` : "";
  return [`${node.latexName} = ${formula}${shape}`, `\\phantom{${node.latexName}} = ${worked} ${sign} ${value}`, thirdLine(scene, node, traced, operands, options)];
}

/** @param {Scene} scene @param {SceneNode} node @param {string} value @param {Options} options @returns {[string, string, string]} */
function inputLines(scene, node, value, options) {
  const uses = scene.edges.filter((edge) => edge.from === node.id).map((edge) => scene.node(edge.to)?.latexName ?? "");
  const users = [...new Set(uses)];
  const shown = users.length > 4 ? `${users.slice(0, 3).join(",\\ ")},\\ \\ldots` : users.join(",\\ ");
  const times = uses.length > 1 ? `\\text{: its adjoint is a sum of ${uses.length} contributions}` : "";
  const third = scene.showsTangents ? `${node.latexTangent} = ${latexValue(node.tangentValue, node.shape, options)}\\quad\\text{(seed)}` : uses.length > 0 ? `\\text{used by } ${shown}${scene.showsAdjoints ? times : ""}` : "\\text{not used}";
  return [`${node.latexName}\\quad\\text{is ${node.kind === "input" ? "an input" : "given"}}`, `${node.latexName} = ${value}`, third];
}

/** @param {Scene} scene @param {SceneNode} node @param {TraceNode} traced @param {SceneNode[]} operands @param {Options} options @returns {string} the tangent, or the slopes that the reverse sweep will use */
function thirdLine(scene, node, traced, operands, options) {
  const partials = traced.partials ?? [];
  if (scene.showsTangents) return tangentLine(scene, node, traced, operands, options);
  const slopes = partials
    .map((partial, slot) => ({ partial, from: operands[slot] }))
    .filter(({ from }) => from !== undefined && from.kind !== "constant")
    .slice(0, 3)
    .map(({ partial, from }) => {
      const number = typeof partial.value === "number" && partial.latex !== String(partial.value) ? ` ${equals([partial.value], options)} ${latexNumber(partial.value, options)}` : "";
      return `\\partial ${node.latexName}/\\partial ${from.latexName} = ${partial.latex}${number}`;
    });
  return slopes.join(",\\quad ");
}

/** @param {Scene} scene @param {SceneNode} node @param {TraceNode} traced @param {SceneNode[]} operands @param {Options} options @returns {string} */
function tangentLine(scene, node, traced, operands, options) {
  if (scene.sub < scene.subSteps) return `${node.latexTangent} = \\ldots`;
  if (node.tangentValue === null) return `${node.latexTangent}\\quad\\text{no tangent flows here}`;
  const value = latexValue(node.tangentValue, node.shape, options);
  const terms = (traced.partials ?? []).map((partial, slot) => ({ partial, from: operands[slot] })).filter(({ from }) => from !== undefined && from.tangentValue !== null);
  const named = terms.map(({ from }) => `\\tfrac{\\partial ${node.latexName}}{\\partial ${from.latexName}}\\,${from.latexTangent}`).join(" + ");
  const scalar = node.shape.length === 0 && terms.every(({ partial, from }) => typeof partial.value === "number" && from.shape.length === 0);
  if (!scalar) return `${node.latexTangent} = ${named || "0"} = ${value}`;
  const worked = terms.map(({ partial, from }) => `${operand(latexNumber(/** @type {number} */ (partial.value), options))} \\cdot ${operand(latexValue(from.tangentValue, [], options))}`).join(" + ");
  const sign = equals([node.tangentValue, ...terms.flatMap(({ partial, from }) => [/** @type {AnyValue} */ (partial.value ?? null), from.tangentValue])], options);
  return `${node.latexTangent} = ${named} = ${worked} ${sign} ${value}`;
}

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {[string, string, string]} */
function seedLines(scene, step, options) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  const start = scene.trace.outputs.length === 1 ? "\\text{the reverse sweep starts at the output}" : "\\text{the reverse sweep starts at the outputs}";
  return [`${node.latexAdjoint} = \\text{seed}`, `${node.latexAdjoint} = ${latexValue(step.value ?? null, node.shape, options)}`, start];
}

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {[string, string, string]} */
function contributionLines(scene, step, options) {
  const giver = /** @type {SceneNode} */ (scene.node(step.node));
  const taker = /** @type {SceneNode} */ (scene.node(/** @type {number} */ (step.to)));
  const partial = tracedNode(scene, giver.id).partials?.[/** @type {number} */ (step.slot)];
  const slope = `\\tfrac{\\partial ${giver.latexName}}{\\partial ${taker.latexName}}`;
  const added = latexValue(step.value ?? null, taker.shape, options);
  const carried = /\\mapsto(?![A-Za-z])\s*(.*)$/s.exec(partial?.latex ?? "");
  const rule = carried !== null
    ? `${taker.latexAdjoint} \\mathrel{+}= ${carried[1]}`
    : `${taker.latexAdjoint} \\mathrel{+}= ${giver.latexAdjoint} \\cdot ${slope}\\,,\\qquad ${slope} = ${partial?.latex ?? "\\ldots"}`;
  const scalar = typeof partial?.value === "number" && giver.shape.length === 0 && taker.shape.length === 0;
  const given = latexValue(giver.adjointValue, giver.shape, options);
  const sign = equals([step.value ?? null, giver.adjointValue, partial?.value ?? null], options);
  const worked = scalar ? `${operand(given)} \\cdot ${operand(latexNumber(/** @type {number} */ (partial?.value), options))} ${sign} ${added}` : added;
  const product = carried !== null ? carried[1] : `${giver.latexAdjoint} \\cdot ${slope}`;
  return [rule, `${product} = ${worked}`, sumLine(taker, step, options)];
}

/** A sum of vectors so long fills its line: what it gives stands on the card of the node. */
const LONG_SUM = 44;

/** @param {SceneNode} taker @param {Step} step @param {Options} options @returns {string} */
function sumLine(taker, step, options) {
  const after = latexValue(step.adjoint_after ?? null, taker.shape, options);
  const paths = taker.arrival.total > 1 ? `\\qquad\\text{${taker.arrival.arrived} of ${taker.arrival.total} paths}` : "";
  const { sum } = taker.arrival;
  if (sum === null) return `${taker.latexAdjoint} = ${after}${paths}`;
  if (sum.length > LONG_SUM) return `${taker.latexAdjoint} = ${plainSum(sum)}${paths}`;
  const sign = equals([step.adjoint_after ?? null, step.value ?? null], options);
  return `${taker.latexAdjoint} = ${plainSum(sum)} ${sign} ${after}${paths}`;
}

/** @param {string} sum "−0.2837 + 2" @returns {string} */
const plainSum = (sum) => `\\text{${escaped(sum)}}`;

export { substituted } from "./formula-text.js";
