/** The rule of a value as formulas: with names, with the slopes written out, with one number after the other in the place of its name, and the result. */

import { isRounded, latexNumber } from "../format.js";
import { equals, factor, latexValue, operand } from "../formula/parts.js";
import { mentions, replacedNames } from "../formula-text.js";
import { escaped } from "../latex.js";
import { seedsOf } from "../scene/trace.js";
import { aloud } from "./aloud.js";
import { arrivalsOf, at, contributionOf, latexOf, movedBy, operandsOf, slopeOf, usesOf, valueOf } from "./facts.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {{latex: string, words: string, fine: boolean}} Stage words: as it is read aloud; fine: shown only to those who go stage by stage */
/** @typedef {{latex: string, fine?: boolean}} Line */
/** @typedef {{latex: string, value: AnyValue, shape: number[]}} Known a name in a formula, and what it stands for */

const MOST_TERMS = 6;
const MOST_ONE_BY_ONE = 6;
const LONG_SUM = 90;

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Stage[]} */
export function stagesOf(scene, node, quantity) {
  const lines = quantity === "primal" ? primalLines(scene, node) : derivativeLines(scene, node, quantity);
  const told = lines.filter(({ latex }, at) => lines.findIndex((line) => essence(line) === essence({ latex })) === at);
  const names = namesNear(scene, node);
  return told.map(({ latex, fine = false }) => ({ latex, words: aloud(latex, names), fine }));
}

/** @param {Line} line @returns {string} without its sign, and without what is bold */
const essence = ({ latex }) => latex.replace(/^(?:=|\\approx)\s*/, "").replace(/\\mathbf\{([^{}]*)\}/g, "$1");

/** @param {Scene} scene @param {SceneNode} node @returns {import("./aloud.js").Heard[]} all that its formulas may name */
function namesNear(scene, node) {
  const users = usesOf(scene, node).map((edge) => at(scene, edge.to));
  const near = [...new Set([node, ...users].flatMap((one) => [one, ...operandsOf(scene, one)]))].filter(({ kind }) => kind !== "constant");
  const marked = near.flatMap((one) => [{ name: one.adjointName, spoken: `${one.spoken} bar` }, { name: one.tangentName, spoken: `${one.spoken} dot` }, { name: one.name, spoken: one.spoken }]);
  return marked.filter(({ name }) => name !== "");
}

/** @param {Scene} scene @param {SceneNode} node @returns {import("../scene/trace.js").AnyValue} the cotangent given at this node; null where none is */
export const seedOf = (scene, node) => seedsOf(scene.trace).find((seed) => seed.node === node.id)?.value ?? null;

/** @param {SceneNode} node @returns {Known} */
const known = (node) => ({ latex: node.latexName, value: node.primalValue, shape: node.shape });

/** @param {Scene} scene @param {SceneNode} node @returns {Line[]} */
function primalLines(scene, node) {
  const value = latexValue(node.primalValue, node.shape, scene);
  const operands = operandsOf(scene, node);
  if (operands.length === 0) return [{ latex: `${node.latexName} = ${value}` }];
  const given = operands.map((from) => known(from));
  const replaced = oneByOne(scene, node.latexFormula, given);
  const formula = node.latexFormula || `\\text{${escaped(node.op)}}`;
  return [{ latex: `${node.latexName} = ${formula}` }, ...replaced, { latex: `${equals([node.primalValue, ...given.map((one) => one.value)], scene)} ${value}` }];
}

/** @param {Scene} scene @param {string} formula @param {Known[]} given @returns {Line[]} the formula with one more name replaced in each line; all at once where they are many */
function oneByOne(scene, formula, given) {
  if (/\\begin|\\mapsto/.test(formula)) return [];
  const open = [...new Map(given.map((one) => [one.latex, one])).values()].filter((one) => mentions(formula, one.latex));
  const first = (/** @type {Known} */ one) => formula.search(one.latex.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  open.sort((a, b) => first(a) - first(b));
  const counts = open.length > MOST_ONE_BY_ONE ? [open.length] : open.map((_, count) => count + 1);
  return counts.flatMap((count) => {
    const shown = open.map((one, at) => (at < count ? fresh(latexValue(one.value, one.shape, scene), at === count - 1 && count < open.length) : one.latex));
    const isNew = latexValue(open[count - 1].value, open[count - 1].shape, scene) !== open[count - 1].latex;
    const rounded = open.slice(0, count).some(({ value }) => typeof value === "number" && isRounded(value, scene));
    const text = replacedNames(formula, open.map(({ latex }) => latex), shown).text;
    return isNew ? [{ latex: `${rounded ? "\\approx" : "="} ${text}`, fine: count < open.length }] : [];
  });
}

/** @param {string} number @param {boolean} isFresh @returns {string} bold where it has just taken the place of its name and others wait */
const fresh = (number, isFresh) => (!isFresh || number.includes("\\text") ? number : number.startsWith("-") ? `-\\mathbf{${number.slice(1)}}` : `\\mathbf{${number}}`);

/** @typedef {{edge: SceneEdge, partner: SceneNode, slope: string, value: AnyValue}} Term one summand; value: what it brings */

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Line[]} */
function derivativeLines(scene, node, quantity) {
  const isAdjoint = quantity === "adjoint";
  const value = latexValue(valueOf(node, quantity), node.shape, scene);
  const edges = isAdjoint ? arrivalsOf(scene, node) : movedBy(scene, node);
  if (edges.length === 0 || (node.kind === "input" && !isAdjoint)) return [{ latex: `${latexOf(node, quantity)} = ${value}` }];
  const terms = edges.slice(0, MOST_TERMS).map((edge) => termOf(scene, edge, isAdjoint));
  const seed = isAdjoint ? seedOf(scene, node) : null;
  const join = sumOf(seed === null ? [] : [latexValue(seed, node.shape, scene)], edges.length > terms.length, isAdjoint);
  const names = terms.map((term) => latexOf(term.partner, quantity));
  const rule = { latex: `${latexOf(node, quantity)} = ${join(names, terms.map(({ edge }) => slopeName(scene, edge)))}` };
  const formulas = terms.map(({ edge }) => edge.partialLatex);
  const isWritten = formulas.every((formula) => isFactor(formula) || (isAdjoint && formula.includes("\\mapsto")));
  const written = isWritten ? join(names, formulas.map(factor), terms.map((term) => (isAdjoint ? carriedBy(term) : null))) : "";
  const slopes = isWritten ? [{ latex: `= ${written}` }] : [];
  if (!isScalar(node, terms)) return [rule, ...slopes, ...tensorSum(scene, node, terms, edges.length), { latex: `= ${value}` }];
  return [rule, ...slopes, ...oneByOne(scene, written, namesIn(scene, terms, quantity)), ...numberLines(scene, node, quantity, terms, join, seed)];
}

/** @param {string} formula @returns {boolean} whether it can stand in a product: no map, no statement */
const isFactor = (formula) => formula !== "" && !formula.includes("\\mapsto") && (!formula.includes("=") || formula.includes("\\begin"));

/** @param {Term} term @returns {string | null} what a map makes of the adjoint, as the partial of a tensor writes it */
const carriedBy = ({ edge, partner }) => /\\mapsto(?![A-Za-z])\s*(.*)$/s.exec(edge.partialLatex)?.[1].replaceAll(`\\bar{${partner.latexName}}`, partner.latexAdjoint) ?? null;

/** @param {Scene} scene @param {SceneNode} node @param {Term[]} terms @param {number} count @returns {Line[]} what arrived, as a sum, where it fits a line */
function tensorSum(scene, node, terms, count) {
  const summands = terms.map(({ value }) => latexValue(value, node.shape, scene));
  const isShort = terms.length > 1 && count === terms.length && terms.every(({ value }) => value !== null) && summands.join("").length < LONG_SUM;
  return isShort ? [{ latex: `= ${summands.join(" + ")}` }] : [];
}

/** @param {Scene} scene @param {SceneEdge} edge @returns {string} */
const slopeName = (scene, edge) => `\\tfrac{\\partial ${at(scene, edge.to).latexName}}{\\partial ${at(scene, edge.from).latexName}}`;

/** @param {Scene} scene @param {SceneEdge} edge @param {boolean} isAdjoint @returns {Term} */
const termOf = (scene, edge, isAdjoint) => ({ edge, partner: at(scene, isAdjoint ? edge.to : edge.from), slope: operand(latexNumber(slopeOf(scene, edge), scene)), value: isAdjoint ? contributionOf(scene, edge) : null });

/** @param {SceneNode} node @param {Term[]} terms @returns {boolean} */
const isScalar = (node, terms) => node.shape.length === 0 && terms.every(({ partner, slope }) => partner.shape.length === 0 && slope !== "\\text{–}");

/** @param {Scene} scene @param {Term[]} terms @param {Quantity} quantity @returns {Known[]} what occurs in the terms: derivatives of the partners, primals in the slopes */
function namesIn(scene, terms, quantity) {
  const derivatives = terms.map(({ partner }) => ({ latex: latexOf(partner, quantity), value: valueOf(partner, quantity), shape: [] }));
  const primals = terms.flatMap(({ edge }) => [...operandsOf(scene, at(scene, edge.to)), at(scene, edge.to)]).filter((one) => one.kind !== "constant" && one.shape.length === 0);
  return [...derivatives, ...primals.map((one) => known(one))];
}

/** @param {string[]} before summands in front @param {boolean} more whether summands are left out @param {boolean} isAdjoint */
const sumOf = (before, more, isAdjoint) => (/** @type {string[]} */ partners, /** @type {string[]} */ slopes, /** @type {(string | null)[]} */ whole = []) => {
  const products = partners.map((partner, at) => whole[at] ?? (isAdjoint ? `${partner} \\cdot ${slopes[at]}` : `${slopes[at]} \\cdot ${partner}`));
  return [...before, ...products, ...(more ? ["\\cdots"] : [])].join(" + ");
};

/**
 * The last lines: slopes as numbers, products as numbers, and the value.
 * @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @param {Term[]} terms @param {(partners: string[], slopes: string[]) => string} join @param {AnyValue} seed
 * @returns {Line[]}
 */
function numberLines(scene, node, quantity, terms, join, seed) {
  const value = valueOf(node, quantity);
  const partners = terms.map(({ partner }) => valueOf(partner, quantity));
  const rounded = [...partners, ...terms.map(({ edge }) => slopeOf(scene, edge))].some((one) => typeof one === "number" && isRounded(one, scene));
  const sign = rounded ? "\\approx" : "=";
  const brought = [...(seed === null ? [] : [seed]), ...terms.map((term) => term.value)];
  const isSum = brought.length > 1 && brought.every((one) => one !== null);
  const summands = [...brought.map((one, at) => (at === 0 ? latexValue(one, [], scene) : operand(latexValue(one, [], scene)))), ...(arrivalsOf(scene, node).length > terms.length ? ["\\cdots"] : [])];
  const last = typeof value === "string" || value === 0 ? "=" : rounded ? sign : equals([value, ...brought], scene);
  return [
    { latex: `${sign} ${join(partners.map((one) => operand(latexValue(one, [], scene))), terms.map(({ slope }) => slope))}` },
    ...(isSum ? [{ latex: `${last} ${summands.join(" + ")}` }] : []),
    { latex: `${last} ${latexValue(value, node.shape, scene)}` },
  ];
}
