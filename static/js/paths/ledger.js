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
 * @property {Path[]} paths in the order in which the reverse sweep completes them
 * @property {Scalar} sum
 * @property {import("../scene/trace.js").AnyValue} adjoint
 * @property {number} edge_multiplications
 * @property {number | string} path_multiplications
 * @property {string | null} note
 * @property {{overwritten: Scalar, code_order: Scalar}} mistakes
 */
/** @typedef {"added" | "overwritten" | "code_order"} Rule how what arrives is put together: as it must be, or by one of two mistakes */

const MOST_FACTORS = 8;
const MOST_TERMS = 24;

/** @param {string} text @returns {string} */
const bracketed = (text) => (text.startsWith("−") || text.includes("×") ? `(${text})` : text);

/** @template T @param {readonly T[]} items @param {T} gap stands for those left out @param {number} [most] @returns {T[]} the first and the last of many */
export const shortened = (items, gap, most = MOST_FACTORS) => (items.length <= most ? [...items] : [...items.slice(0, most / 2), gap, ...items.slice(-most / 2 + 1)]);

/** @param {Path} path @param {FormatOptions} options @returns {string} "5 · 1 · 1 = 5", from the input to the output; structures where tensors are on the way */
export function productText(path, options) {
  if (path.partials.length === 0) return "1";
  const factors = shortened(path.partials.map((partial, place) => (partial === null ? (path.structures[place] ?? ABSENT) : bracketed(format(partial, options)))), "…");
  if (path.product === null) return factors.join(" · ");
  const rounded = path.product !== 0 && [...path.partials, path.product].some((number) => isRounded(number, options));
  return path.partials.length === 1 ? format(path.product, options) : `${factors.join(" · ")} ${rounded ? "≈" : "="} ${format(path.product, options)}`;
}

/** @param {Path} path @param {Rule} rule @param {boolean} isLast @returns {boolean} whether a mistake loses what comes along this path */
export const isLost = (path, rule, isLast) => (rule === "overwritten" ? !isLast : rule === "code_order" ? path.edges.length > 1 : false);

/** @typedef {{text: string, lost: boolean}} Summand */

/** @param {Ledger} ledger @param {Rule} rule @param {FormatOptions} options @returns {{terms: Summand[], sign: string, result: string} | null} "5 + 0.5 = 5.5"; null where not all paths are listed */
export function sumOf(ledger, rule, options) {
  if (ledger.sum === null || ledger.paths.length === 0) return null;
  const result = rule === "added" ? ledger.sum : ledger.mistakes[rule];
  const all = ledger.paths.map((path, place) => ({ text: place === 0 ? format(path.product, options) : bracketed(format(path.product, options)), lost: isLost(path, rule, place === ledger.paths.length - 1) }));
  const rounded = ledger.paths.some((path) => isRounded(path.product, options)) || isRounded(result, options);
  const isAlone = all.length === 1 && !all[0].lost;
  return { terms: isAlone ? [] : shortened(all, { text: "…", lost: false }, MOST_TERMS), sign: rounded && result !== 0 ? "≈" : "=", result: result === null ? ABSENT : format(result, options) };
}

/** @param {number | string} count @param {string} one @param {string} [many] @returns {string} */
const counted = (count, one, many = `${one}s`) => `${grouped(count)} ${count === 1 ? one : many}`;

/** @param {number | string} count @returns {string} digits in groups of three */
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+(?!\d))/g, /^\d+$/.test(String(count)) ? "\u202f" : "");

/** @param {Ledger} ledger @param {string} from @param {string} to @returns {string} how many paths there are, and what the sweep saves */
export function costSentence(ledger, from, to) {
  if (ledger.count === 0) return `No path leads from ${from} to ${to}: nothing flows.`;
  if (ledger.from === ledger.to) return `${from} is the end itself: its derivative by itself is 1.`;
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

/** @type {readonly {rule: Rule, words: string, happens: string}[]} */
export const RULES = Object.freeze([
  { rule: "added", words: "+= adds up", happens: "Each arrival is added to those before." },
  { rule: "overwritten", words: "= overwrites", happens: "Each arrival overwrites the one before" },
  { rule: "code_order", words: "in the order of the code", happens: "Nodes pass on what has not arrived yet" },
]);

/** @param {Ledger} ledger @param {Rule} rule @param {string} name of what is computed @param {FormatOptions} options @returns {string} what happens by that rule, and what it gives */
export function ruleSentence(ledger, rule, name, options) {
  const { happens } = /** @type {{happens: string}} */ (RULES.find((one) => one.rule === rule));
  if (rule === "added") return happens;
  const wrong = ledger.mistakes[rule];
  const right = toNumber(/** @type {Scalar} */ (ledger.adjoint));
  if (wrong === null) return `${happens}: ${name} stays empty.`;
  return toNumber(wrong) === right ? `${happens}: ${name} is ${format(wrong, options)} all the same; here it goes unnoticed.` : `${happens}: ${name} would be ${format(wrong, options)}, not ${format(right, options)}.`;
}
