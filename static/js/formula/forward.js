/** A forward step: the operation with its operands' numbers, then the tangent as a sum over the operands. */

import { latexNumber } from "../format.js";
import { substituted } from "../formula-text.js";
import { escaped } from "../latex.js";
import { usersOf } from "../scene/index.js";
import { dualLines, isDualStep } from "./dual.js";
import { equals, latexValue, tracedNode } from "./parts.js";
import { joined, termsOf } from "./terms.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("./parts.js").Options} Options */
/** @typedef {import("../formula.js").Lines} Lines */

/** An input that a long loop reads has thousands of users: the names of so many are asked for. */
const MOST_ASKED = 32;

/** @param {Scene} scene @param {Step} step @param {Options} options @returns {Lines} */
export function forwardLines(scene, step, options) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  const operands = tracedNode(scene, node.id).inputs.map((id) => /** @type {SceneNode} */ (scene.node(id)));
  const value = latexValue(node.primalValue, node.shape, options);
  if (operands.length === 0) return inputLines(scene, node, value, options);
  if (isDualStep(scene, node, operands)) return dualLines(scene, node, operands, options);
  const worked = workedFormula(node, operands, options);
  const sign = equals([node.primalValue, ...operands.map((from) => from.primalValue)], options);
  const shape = node.shapeText !== "" ? `\\qquad\\scriptsize\\text{${node.shapeText}}` : "";
  const third = scene.showsTangents ? tangentLine(scene, node, operands, options) : slopesLine(scene, node, operands, options);
  return [`${node.latexName} = ${node.latexFormula}${shape}`, `\\phantom{${node.latexName}} = ${worked} ${sign} ${value}`, third];
}

/** @param {SceneNode} node @param {SceneNode[]} operands @param {Options} options @returns {string} the operation with numbers for its operands' names */
export function workedFormula(node, operands, options) {
  const numbers = operands.map((from) => {
    const number = latexValue(from.primalValue, from.shape, options);
    return operands.length > 1 && number.includes("…") ? `(${number})` : number; // "4×5: −5 … 5" ends where?
  });
  return substituted(node.latexFormula, operands.map((from) => from.latexName), numbers) ?? `\\operatorname{${escaped(node.op)}}(${numbers.join(",\\, ")})`;
}

/** @param {Scene} scene @param {SceneNode} node @param {string} value @param {Options} options @returns {Lines} */
function inputLines(scene, node, value, options) {
  const uses = usersOf(scene.trace, node.id);
  const users = [...new Set([...new Set(uses)].slice(0, MOST_ASKED).map((id) => scene.node(id)?.latexName ?? ""))];
  const shown = users.length > 4 ? `${users.slice(0, 3).join(",\\ ")},\\ \\ldots` : users.join(",\\ ");
  const times = uses.length > 1 ? `\\text{: its adjoint is a sum of ${uses.length} contributions}` : "";
  const used = uses.length > 0 ? `\\text{used by } ${shown}${scene.showsAdjoints ? times : ""}` : "\\text{not used}";
  const seed = node.tangentValue === null ? `${node.latexTangent} = \\ldots` : `${node.latexTangent} = ${latexValue(node.tangentValue, node.shape, options)}\\quad\\text{(seed)}`;
  const dual = scene.notation === "dual" && node.shape.length === 0 && node.tangentValue !== null;
  const whole = dual ? `\\qquad ${node.latexName} + \\varepsilon\\,${node.latexTangent} = ${value} + \\varepsilon\\,${latexValue(node.tangentValue, [], options)}` : "";
  return [`${node.latexName}\\quad\\text{is ${node.kind === "input" ? "an input" : "given"}}`, `${node.latexName} = ${value}`, scene.showsTangents ? seed + whole : used];
}

/** @param {Scene} scene @param {SceneNode} node @param {SceneNode[]} operands @param {Options} options @returns {string} the slopes that the reverse sweep will use */
function slopesLine(scene, node, operands, options) {
  const partials = tracedNode(scene, node.id).partials ?? [];
  return scene
    .edgesInto(node.id)
    .map((edge, slot) => ({ edge, from: operands[slot], value: partials[slot]?.value }))
    .filter(({ from, edge }) => from.kind !== "constant" && edge.partialLatex !== "")
    .slice(0, 3)
    .map(({ edge, from, value }) => {
      const number = typeof value === "number" && edge.partialLatex !== String(value) ? ` ${equals([value], options)} ${latexNumber(value, options)}` : "";
      return `\\partial ${node.latexName}/\\partial ${from.latexName} = ${edge.partialLatex}${number}`;
    })
    .join(",\\quad ");
}

/** @param {Scene} scene @param {SceneNode} node @param {SceneNode[]} operands @param {Options} options @returns {string} */
function tangentLine(scene, node, operands, options) {
  if (scene.sub < scene.subSteps) return `${node.latexTangent} = \\ldots`;
  if (node.tangentValue === null) return `${node.latexTangent}\\quad\\text{no tangent flows here}`;
  const value = latexValue(node.tangentValue, node.shape, options);
  const terms = termsOf(scene, node, operands, options);
  const named = joined(terms.map((term) => term.named)) || "0";
  if (options.draft) return `${node.latexTangent} = ${named}`;
  if (terms.some((term) => term.worked === null)) return `${node.latexTangent} = ${named} = ${value}`;
  const worked = joined(terms.map((term) => term.worked ?? "")) || "0";
  if (worked === value) return `${node.latexTangent} = ${named} = ${value}`;
  const sign = equals([node.tangentValue, ...terms.flatMap((term) => term.values)], options);
  return `${node.latexTangent} = ${named} = ${worked} ${sign} ${value}`;
}
