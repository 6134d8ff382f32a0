/** The address of a comparison: two programs, their inputs, and what of the table is shown. */

import { valueText } from "../values.js";
import { FIRST, PAIRS, pairOf } from "./pairs.js";

/** @typedef {import("../link.js").Link} Link */
/** @typedef {"all" | "differences"} Rows */
/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {"forward" | "reverse" | "both"} Mode */

/**
 * @typedef {object} Comparison
 * @property {{left: string, right: string}} sources
 * @property {ReadonlyMap<string, InputValue>} values every name that has had a value
 * @property {Mode} mode in which the explorer opens either program
 * @property {Rows} rows
 * @property {number | "all"} [digits] handed on to the explorer
 * @property {"light" | "dark" | "system"} [theme]
 */

/** @param {Link} link @param {(text: string) => void} notify @returns {Comparison} */
export function comparisonOf(link, notify) {
  const named = PAIRS.find(({ id }) => id === link.pair);
  if (link.pair !== undefined && named === undefined) notify(`There is no pair “${link.pair.slice(0, 40)}”; the first one is shown.`);
  const given = link.left !== undefined || link.right !== undefined;
  const pair = named ?? (given ? null : FIRST);
  return {
    sources: { left: link.left ?? pair?.left ?? "", right: link.right ?? pair?.right ?? "" },
    values: new Map([...(pair?.at ?? []), ...(link.at ?? [])]),
    mode: link.mode ?? "reverse",
    rows: link.rows ?? "all",
    ...(link.digits === undefined ? {} : { digits: link.digits }),
    ...(link.theme === undefined ? {} : { theme: link.theme }),
  };
}

/** @param {Comparison} comparison @param {readonly string[]} active the inputs that are used @returns {Link} a pair is named while nothing but its inputs was changed */
export function linkOf({ sources, values, mode, rows, digits, theme }, active) {
  const pair = pairOf(sources);
  const own = new Map(pair?.at ?? []);
  const at = new Map(active.map((name) => [name, values.get(name) ?? 1]));
  const changed = pair === undefined || [...at].some(([name, value]) => valueText(value) !== valueText(own.get(name) ?? 1));
  return {
    ...(pair === undefined ? sources : { pair: pair.id }),
    ...(changed && at.size > 0 ? { at } : {}),
    ...(mode === "reverse" ? {} : { mode }),
    ...(rows === "all" ? {} : { rows }),
    ...(digits === undefined ? {} : { digits }),
    ...(theme === undefined ? {} : { theme }),
  };
}
