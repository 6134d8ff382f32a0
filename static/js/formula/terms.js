/** The summands of a tangent: one for each operand that has one, as the product rule writes them. */

import { latexNumber } from "../format.js";
import { factor, latexValue, operand, tracedNode } from "./parts.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("./parts.js").Options} Options */
/** @typedef {{named: string, worked: string | null, values: AnyValue[]}} Term worked: with numbers; null where one of them is a tensor */

/** @param {Scene} scene @param {SceneNode} node @param {SceneNode[]} operands @param {Options} options @returns {Term[]} */
export function termsOf(scene, node, operands, options) {
  const partials = tracedNode(scene, node.id).partials ?? [];
  return scene.edgesInto(node.id).flatMap((edge, slot) => (operands[slot].tangentValue === null ? [] : termOf(node, operands[slot], edge, partials[slot]?.value ?? null, options)));
}

/** @param {SceneNode} node @param {SceneNode} from @param {import("../scene.js").SceneEdge} edge @param {AnyValue} value the partial @param {Options} options @returns {Term} */
function termOf(node, from, { slot, partialLatex }, value, options) {
  const isScalar = node.shape.length === 0 && from.shape.length === 0 && typeof value !== "object";
  if (!isScalar) return { named: `\\tfrac{\\partial ${node.latexName}}{\\partial ${from.latexName}}\\,${from.latexTangent}`, worked: null, values: [] };
  const tangent = latexValue(from.tangentValue, [], options);
  const number = latexNumber(/** @type {import("../format.js").Scalar} */ (value), options);
  if (partialLatex === "1") return { named: from.latexTangent, worked: tangent, values: [from.tangentValue] };
  if (partialLatex === "-1") return { named: `-${from.latexTangent}`, worked: `-${operand(tangent)}`, values: [from.tangentValue] };
  return { named: product(slot, from.latexTangent, factor(partialLatex)), worked: product(slot, operand(tangent), operand(number)), values: [from.tangentValue, value] };
}

/** @param {number} slot @param {string} tangent @param {string} partial @returns {string} ẋ·y + x·ẏ: the tangent stands where its operand stands */
const product = (slot, tangent, partial) => (slot === 0 ? `${tangent} \\cdot ${partial}` : `${partial} \\cdot ${tangent}`);

/** @param {string[]} terms @returns {string} */
export const joined = (terms) => terms.map((term, at) => (at === 0 ? term : term.startsWith("-") ? ` - ${term.slice(1)}` : ` + ${term}`)).join("");
