/** The sentences and products of a path ledger: text from the answer of POST /api/v1/paths and the faces of the nodes. */

import { ABSENT, format, isRounded, toNumber } from "../format.js";

/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {import("../format.js").FormatOptions} FormatOptions */

/** @typedef {{nodes: number[], edges: [number, number, number][], partials: (Scalar)[], structures: (string | null)[], product: Scalar}} Path */
/**
 * @typedef {object} Ledger
 * @property {number} from
 * @property {number} to
 * @property {number | string} count
 * @property {number} listed
 * @property {Path[]} paths
 * @property {Scalar} sum
 * @property {import("../scene/trace.js").AnyValue} adjoint
 * @property {number} edge_multiplications
 * @property {number | string} path_multiplications
 * @property {string | null} note
 * @property {{overwritten: Scalar, code_order: Scalar}} mistakes
 */

/** @param {string} text @returns {string} */
const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);

/** @param {Path} path @param {FormatOptions} options @returns {string} "5 · 1 · 1 = 5", from the input to the output; structures where tensors are on the way */
export function productText(path, options) {
  if (path.partials.length === 0) return "1";
  const factors = path.partials.map((partial, place) => (partial === null ? (path.structures[place] ?? ABSENT) : bracketed(format(partial, options))));
  if (path.product === null) return factors.join(" · ");
  const rounded = [...path.partials, path.product].some((number) => isRounded(number, options));
  return `${factors.join(" · ")} ${rounded ? "≈" : "="} ${format(path.product, options)}`;
}

/** @param {Ledger} ledger @param {FormatOptions} options @returns {string} "5 + 0.5 = 5.5"; empty where not all paths are listed */
export function sumLine(ledger, options) {
  if (ledger.sum === null || ledger.paths.length === 0) return "";
  const terms = ledger.paths.map((path) => bracketed(format(path.product, options)));
  if (terms.length === 1) return format(ledger.sum, options);
  const rounded = ledger.paths.some((path) => isRounded(path.product, options)) || isRounded(ledger.sum, options);
  return `${terms.join(" + ")} ${rounded ? "≈" : "="} ${format(ledger.sum, options)}`;
}

/** @param {number | string} count @param {string} one @param {string} [many] @returns {string} */
const counted = (count, one, many = `${one}s`) => `${grouped(count)} ${count === 1 ? one : many}`;

/** @param {number | string} count @returns {string} digits in groups of three */
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+(?!\d))/g, /^\d+$/.test(String(count)) ? "\u202f" : "");

/** @param {Ledger} ledger @param {string} from @param {string} to @returns {string} how many paths there are, and what the sweep saves */
export function costSentence(ledger, from, to) {
  if (ledger.count === 0) return `No path leads from ${from} to ${to}: nothing flows.`;
  const paths = `${counted(ledger.count, "path")} ${ledger.count === 1 ? "leads" : "lead"} from ${from} to ${to}.`;
  const alone = `Path by path that takes ${counted(ledger.path_multiplications, "multiplication")}`;
  const shared = `edge by edge, as the reverse sweep goes, ${grouped(ledger.edge_multiplications)}`;
  return `${paths} ${alone}; ${shared}.`;
}

/** @param {Ledger} ledger @returns {string} */
export function listedSentence(ledger) {
  if (ledger.listed === 0 || Number(ledger.count) === ledger.listed) return "";
  return `The first ${ledger.listed} are listed; the sweep adds up all of them.`;
}

/** @param {Ledger} ledger @param {string} name of the adjoint @param {FormatOptions} options @returns {{rule: string, sentence: string}[]} what two mistakes would give */
export function mistakeLines(ledger, name, options) {
  const right = toNumber(/** @type {Scalar} */ (ledger.adjoint));
  const told = (/** @type {Scalar} */ wrong) => (wrong === null ? `${name} would stay empty` : toNumber(wrong) === right ? `${name} is ${format(wrong, options)} all the same: here it goes unnoticed` : `${name} would be ${format(wrong, options)}, not ${format(right, options)}`);
  return [
    { rule: "With = in place of +=", sentence: `Each arrival overwrites the one before: ${told(ledger.mistakes.overwritten)}.` },
    { rule: "In the order of the code", sentence: `Nodes pass on what has not arrived yet: ${told(ledger.mistakes.code_order)}.` },
  ];
}
