/** A forward step on dual numbers: the operation on x + ε x′, expanded, with ε² = 0. */

import { latexNumber } from "../format.js";
import { replacedNames } from "../formula-text.js";
import { equals, factor, latexValue, operand } from "./parts.js";
import { joined, termsOf } from "./terms.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("./parts.js").Options} Options */

const EPSILON = "\\varepsilon\\,";

/** @param {Scene} scene @param {SceneNode} node @param {SceneNode[]} operands @returns {boolean} */
export const isDualStep = (scene, node, operands) => scene.notation === "dual" && scene.showsTangents && [node, ...operands].every((one) => one.shape.length === 0);

/** @param {Scene} scene @param {SceneNode} node @param {SceneNode[]} operands @param {Options} options @returns {[string, string, string]} */
export function dualLines(scene, node, operands, options) {
  const number = (/** @type {import("../scene/trace.js").AnyValue} */ value) => latexNumber(/** @type {import("../format.js").Scalar} */ (value), options);
  const names = operands.map((from) => from.latexName);
  const flows = (/** @type {SceneNode} */ from) => from.tangentValue !== null;
  const left = `${node.latexName} + ${EPSILON}${node.latexTangent}`;
  const named = replacedNames(node.latexFormula, names, operands.map((from) => (flows(from) ? `${from.latexName} + ${EPSILON}${from.latexTangent}` : from.latexName))).text;
  const worked = replacedNames(node.latexFormula, names, operands.map((from) => (flows(from) ? pair(number(from.primalValue), number(from.tangentValue)) : number(from.primalValue)))).text;
  const value = number(node.primalValue);
  const isHalf = scene.sub < scene.subSteps;
  if (node.tangentValue === null && !isHalf) return [`${node.latexName} = ${node.latexFormula}`, `\\phantom{${node.latexName}} = ${worked} ${equals([node.primalValue], options)} ${value}`, "\\text{no tangent flows here}"];
  const sign = equals([node.primalValue, ...operands.map((from) => from.primalValue)], options);
  const expanded = `${value} + ${EPSILON}${grouped(joined(termsOf(scene, node, operands, options).map((term) => term.worked ?? "")) || "0")}${squared(node, operands, number)}`;
  const result = `${left} = ${pair(value, latexValue(node.tangentValue, [], options))}`;
  return [`${left} = ${named}`, `\\phantom{${node.latexName}} = ${worked} ${sign} ${expanded}`, isHalf || options.draft ? "\\varepsilon^2 = 0\\text{:}" : `\\varepsilon^2 = 0\\text{:}\\quad ${result}`];
}

/** @param {string} latex @returns {string} */
const grouped = (latex) => (latex.includes("\\cdot") ? `\\left(${latex}\\right)` : factor(latex));

/** @param {string} primal @param {string} tangent @returns {string} the sign of a negative part stands before ε */
const pair = (primal, tangent) => (tangent.startsWith("-") ? `${primal} - ${EPSILON}${tangent.slice(1)}` : `${primal} + ${EPSILON}${tangent}`);

/** @param {SceneNode} node @param {SceneNode[]} operands @param {(value: import("../scene/trace.js").AnyValue) => string} number @returns {string} of a product of two dual numbers, what vanishes */
function squared(node, operands, number) {
  if (node.op !== "mul" || operands.some((from) => from.tangentValue === null)) return "";
  return ` + \\varepsilon^2 (${operands.map((from) => operand(number(from.tangentValue))).join(" \\cdot ")})`;
}
