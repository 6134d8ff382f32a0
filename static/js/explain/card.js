/**
 * What a card says about one value: its rule, the rule with numbers put in one after the other, where they come from, who uses it.
 *
 * Everything is read from the trace at its end; nothing is computed here that the engine has not computed.
 */

import { full, latexNumber, isRounded, toNumber } from "../format.js";
import { substituted } from "../formula.js";
import { escaped } from "../latex.js";
import { textOf } from "../scene/values.js";
import { reasonsOf } from "./reasons.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {{id: number, quantity: Quantity, name: string, value: string}} Source a value that another is made of, or that uses it */

/**
 * @typedef {object} Card
 * @property {string} name v̄₂
 * @property {string} value in the digits of the page
 * @property {string} full all digits, for copying; empty for tensors
 * @property {string[]} stages LaTeX: the rule, then numbers in the place of names, one more in each, then the result
 * @property {string} words the rule as a sentence
 * @property {Source[]} sources
 * @property {Source[]} uses
 * @property {string[]} reasons
 * @property {AnyValue} raw
 * @property {number[]} shape
 */

/** @param {Scene} scene at its end @param {number} id @param {Quantity} quantity @returns {Card | null} */
export function cardOf(scene, id, quantity) {
  const node = scene.node(id);
  if (node === undefined) return null;
  const raw = valueOf(node, quantity);
  const parts = quantity === "primal" ? primalParts(scene, node) : quantity === "tangent" ? tangentParts(scene, node) : adjointParts(scene, node);
  return {
    name: nameOf(node, quantity),
    value: node[quantity],
    full: node.shape.length === 0 && raw !== null && raw !== undefined ? full(/** @type {any} */ (raw)) : "",
    ...parts,
    uses: usesOf(scene, node, quantity),
    reasons: reasonsOf(scene, node, quantity),
    raw,
    shape: node.shape,
  };
}

/** @param {SceneNode} node @param {Quantity} quantity @returns {AnyValue} */
export const valueOf = (node, quantity) => (quantity === "primal" ? node.primalValue : quantity === "tangent" ? node.tangentValue : node.adjointValue);

/** @param {SceneNode} node @param {Quantity} quantity @returns {string} */
export const nameOf = (node, quantity) => (quantity === "primal" ? node.name : quantity === "tangent" ? node.tangentName : node.adjointName) || node.name;

/** @param {SceneNode} node @param {Quantity} quantity @returns {string} */
const latexOf = (node, quantity) => (quantity === "primal" ? node.latexName : quantity === "tangent" ? node.latexTangent : node.latexAdjoint);

/** @param {SceneNode} node @param {Quantity} quantity @returns {Source} */
const source = (node, quantity) => ({ id: node.id, quantity, name: nameOf(node, quantity), value: node[quantity] });

/** @param {Scene} scene @param {AnyValue} value @param {number[]} shape @returns {string} a number as LaTeX, a tensor by its short text */
function latexValue(scene, value, shape) {
  const scalar = shape.length === 0 && !Array.isArray(value) && (typeof value !== "object" || value === null);
  return scalar ? latexNumber(/** @type {any} */ (value), scene) : `\\text{${escaped(textOf(value, shape, scene))}}`;
}

/** @param {string} latex @returns {string} */
const bracketed = (latex) => (latex.startsWith("-") ? `(${latex})` : latex);

/** @param {Scene} scene @param {AnyValue[]} values @returns {string} */
const equals = (scene, values) => (values.some((value) => (typeof value === "number" || typeof value === "string") && isRounded(toNumber(/** @type {any} */ (value)), scene)) ? "\\approx" : "=");

/** @param {Scene} scene @param {SceneNode} node @returns {{stages: string[], words: string, sources: Source[]}} */
function primalParts(scene, node) {
  const traced = scene.trace.nodes.find((one) => one.id === node.id);
  const operands = (traced?.inputs ?? []).flatMap((id) => scene.node(id) ?? []);
  const value = latexValue(scene, node.primalValue, node.shape);
  if (operands.length === 0) return { stages: [`${node.latexName} = ${value}`], words: node.kind === "input" ? `${node.name} is an input: its value is given.` : `${node.name} is a constant of the program.`, sources: [] };
  const formula = traced?.latex ?? "";
  const names = operands.map((from) => from.latexName);
  const numbers = operands.map((from) => latexValue(scene, from.primalValue, from.shape));
  const stages = [`${node.latexName} = ${formula}`];
  const distinct = [...new Set(names)];
  distinct.forEach((_, count) => {
    const known = new Set(distinct.slice(0, count + 1));
    const shown = names.map((name, at) => (known.has(name) ? numbers[at] : name));
    const line = substituted(formula, names, shown);
    if (line !== null && operands.some((from) => from.kind !== "constant" && known.has(from.latexName)) && !stages.includes(`= ${line}`)) stages.push(`= ${line}`);
  });
  stages.push(`${equals(scene, [node.primalValue, ...operands.map((from) => from.primalValue)])} ${value}`);
  return { stages, words: `${node.name} is computed from ${listed(operands.map((from) => from.name))}.`, sources: uniqueSources(operands.map((from) => source(from, "primal"))) };
}

/** @param {Source[]} sources @returns {Source[]} */
const uniqueSources = (sources) => [...new Map(sources.map((one) => [`${one.id} ${one.quantity}`, one])).values()];

/** @param {string[]} names @returns {string} "a, b and c" */
const listed = (names) => [...new Set(names)].join(", ").replace(/, ([^,]*)$/, " and $1");

/** @param {Scene} scene @param {SceneNode} node @returns {{stages: string[], words: string, sources: Source[]}} */
function tangentParts(scene, node) {
  const edges = scene.edges.filter((edge) => edge.to === node.id).filter((edge) => (scene.node(edge.from)?.tangentValue ?? null) !== null);
  const value = latexValue(scene, node.tangentValue, node.shape);
  if (node.kind === "input") return { stages: [`${node.latexTangent} = ${value}`], words: `The tangent of an input is the seed: how fast ${node.name} moves.`, sources: [] };
  if (edges.length === 0) return { stages: [], words: `No tangent reaches ${node.name}.`, sources: [] };
  const terms = edges.map((edge) => /** @type {[SceneEdge, SceneNode]} */ ([edge, /** @type {SceneNode} */ (scene.node(edge.from))]));
  const stages = sumStages(scene, node, "tangent", terms.map(([edge, from]) => ({ edge, partner: from, quantity: /** @type {Quantity} */ ("tangent"), name: `\\tfrac{\\partial ${node.latexName}}{\\partial ${from.latexName}}` })));
  return { stages, words: `The tangent of ${node.name} adds up what each operand brings: its slope times its tangent.`, sources: terms.flatMap(([, from]) => [source(from, "tangent")]) };
}

/** @param {Scene} scene @param {SceneNode} node @returns {{stages: string[], words: string, sources: Source[]}} */
function adjointParts(scene, node) {
  const edges = scene.edges.filter((edge) => edge.from === node.id && edge.passed);
  const value = latexValue(scene, node.adjointValue, node.shape);
  if (edges.length === 0) {
    const seeded = node.isOutput && node.adjointValue !== null;
    return { stages: node.adjointValue === null ? [] : [`${node.latexAdjoint} = ${value}`], words: seeded ? "The adjoint of the output is the seed: the reverse sweep starts with it." : `Nothing flows to ${node.name}.`, sources: [] };
  }
  const terms = edges.map((edge) => {
    const user = /** @type {SceneNode} */ (scene.node(edge.to));
    return { edge, partner: user, quantity: /** @type {Quantity} */ ("adjoint"), name: `\\tfrac{\\partial ${user.latexName}}{\\partial ${node.latexName}}` };
  });
  terms.reverse();
  const many = terms.length > 1 ? `${node.name} is used ${terms.length === 2 ? "twice" : `${terms.length} times`}, so its adjoint is a sum: ` : "";
  return { stages: sumStages(scene, node, "adjoint", terms), words: `${many}${many === "" ? "E" : "e"}ach use sends back its own adjoint times the local slope.`, sources: uniqueSources(terms.map(({ partner }) => source(partner, "adjoint"))) };
}

/** @typedef {{edge: SceneEdge, partner: SceneNode, quantity: Quantity, name: string}} Term */

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @param {Term[]} terms @returns {string[]} with names, with the slopes' formulas, with numbers, as a sum, and the result */
function sumStages(scene, node, quantity, terms) {
  const value = latexValue(scene, quantity === "tangent" ? node.tangentValue : node.adjointValue, node.shape);
  const shown = terms.slice(0, 6);
  const rest = terms.length > shown.length ? " + \\cdots" : "";
  const order = (/** @type {string} */ partner, /** @type {string} */ slope) => (quantity === "adjoint" ? `${partner} \\cdot ${slope}` : `${slope} \\cdot ${partner}`);
  const join = (/** @type {(term: Term) => string} */ write) => shown.map(write).join(" + ") + rest;
  const stages = [`${latexOf(node, quantity)} = ${join((term) => order(latexOf(term.partner, quantity), term.name))}`];
  const formulas = shown.map(({ edge }) => edge.partialLatex);
  if (formulas.every((formula) => formula !== "" && !formula.includes("\\mapsto"))) stages.push(`= ${join((term) => order(latexOf(term.partner, quantity), `\\left(${term.edge.partialLatex}\\right)`))}`);
  const scalar = node.shape.length === 0 && shown.every(({ partner, edge }) => partner.shape.length === 0 && /^[−\d∞N≈]/.test(edge.partial));
  if (!scalar) return [...stages, `= ${value}`];
  const values = shown.map(({ partner }) => valueOf(partner, quantity));
  stages.push(`= ${join((term) => order(bracketed(latexValue(scene, valueOf(term.partner, quantity), [])), bracketed(plainLatex(term.edge.partial))))}`);
  const added = quantity === "adjoint" && terms.length > 1 ? contributions(scene, shown) : [];
  if (added.length > 1) stages.push(`${equals(scene, values)} ${added.join(" + ").replace(/^\((-[^()]*)\)/, "$1")}${rest}`);
  stages.push(`${equals(scene, [quantity === "tangent" ? node.tangentValue : node.adjointValue, ...values])} ${value}`);
  return stages;
}

/** @param {string} text a display string @returns {string} as LaTeX */
const plainLatex = (text) => text.replaceAll("−", "-").replaceAll("∞", "\\infty").replace(/ × 10(.*)$/, (_, raised) => ` \\times 10^{${[...raised].map((sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".indexOf(sign)).map((digit) => (digit === 10 ? "-" : String(digit))).join("")}}`);

/** @param {Scene} scene @param {Term[]} terms @returns {string[]} each contribution as the engine added it */
function contributions(scene, terms) {
  return terms.flatMap(({ edge }) => {
    const step = (scene.trace.steps ?? []).find((one) => one.phase === "reverse" && one.node === edge.to);
    const given = step?.contributions?.find((one) => one.slot === edge.slot);
    return given === undefined ? [] : [bracketed(latexValue(scene, given.value, []))];
  });
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Source[]} the values that are made of this one */
function usesOf(scene, node, quantity) {
  if (quantity === "adjoint") {
    return uniqueSources(scene.edges.filter((edge) => edge.to === node.id && edge.passed).flatMap((edge) => scene.node(edge.from) ?? []).map((from) => source(from, "adjoint")));
  }
  return uniqueSources(scene.edges.filter((edge) => edge.from === node.id).flatMap((edge) => scene.node(edge.to) ?? []).map((to) => source(to, quantity)));
}
