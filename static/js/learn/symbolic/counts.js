/** Counts of operations: how they are called, drawn and written, however large. */

import { format } from "../../format.js";

/** @typedef {import("./answer.js").Count} Count */
/** @typedef {import("./answer.js").Grown} Grown */
/** @typedef {"symbolic" | "shared" | "forward_ad" | "reverse_ad"} Way */

/** @type {readonly Way[]} */
export const WAYS = Object.freeze(["symbolic", "shared", "forward_ad", "reverse_ad"]);

/** @type {Readonly<Record<Way, {words: string, long: string, mark: string}>>} */
export const SHOWN = Object.freeze({
  symbolic: { words: "written out", long: "the derivative as it is written out", mark: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0" },
  shared: { words: "shared", long: "the same, with equal parts worked out once", mark: "M-4 -4H4V4H-4Z" },
  forward_ad: { words: "forward mode", long: "value and one forward sweep", mark: "M0 -5.5L5 4H-5Z" },
  reverse_ad: { words: "reverse mode", long: "value and one reverse sweep", mark: "M0 5.5L5 -4H-5Z" },
});

const DIGITS = 4;

/** @param {Count} count @returns {string} */
export function written(count) {
  if (typeof count === "number") return format(count);
  const exponent = count.length - 1;
  return exponent < 16 ? format(Number(count)) : `${count[0]}.${count.slice(1, DIGITS)} × 10${raised(exponent)}`;
}

/** @param {number} exponent @returns {string} 10 to the power, as ticks say it */
export const powerOfTen = (exponent) => (exponent === 0 ? "1" : exponent === 1 ? "10" : `10${raised(exponent)}`);

/** @param {number} number */
const raised = (number) => [...String(number)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? "⁻").join("");

/** @param {Grown} row @param {Way} way @returns {number} the height on a logarithmic axis; -Infinity of nothing */
export const heightOf = (row, way) => (way === "symbolic" && Number(row.symbolic) !== 0 ? row.log10_symbolic : Math.log10(Number(row[way])));

/** @typedef {{x: number, words: string, row: Grown}} Point */
/** @typedef {{kind: "rounds" | "statements", points: Point[]}} Series */

/** @param {readonly Grown[]} growth @returns {Point[]} by the loop counter: the last name that is bound in a loop; none where counters start again */
export function byRound(growth) {
  const name = growth.findLast(({ round }) => round !== null)?.name;
  const rows = growth.filter((row) => row.round !== null && row.name === name);
  const counts = rows.map(({ round }) => round ?? 0);
  return counts.every((count, place) => place === 0 || count > counts[place - 1]) ? rows.map((row) => ({ x: row.round ?? 0, words: `round ${row.round}`, row })) : [];
}

/** @param {readonly Grown[]} growth @returns {Point[]} statement by statement */
export const byStatement = (growth) => growth.map((row, place) => ({ x: place + 1, words: row.round === null ? row.name : `${row.name} in round ${row.round}`, row }));

/** @param {import("./answer.js").Sizes} sizes @returns {string} */
export const countsSentence = (sizes) => `${written(sizes.symbolic)} operations written out, ${written(sizes.shared)} with equal parts shared, ${written(sizes.forward_ad)} by forward mode, ${written(sizes.reverse_ad)} by reverse mode`;
