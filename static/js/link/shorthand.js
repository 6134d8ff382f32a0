/** Links as people write them by hand: /learn/numerical?f=sin(x)&x=1&h=1e-3 has its values, and the tool's own choices, as parameters. */

import { BY_KEY } from "./parameters.js";

const NAME = /^[\p{L}_][\p{L}\p{N}_]{0,60}$/u;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @param {string} search @param {readonly string[]} own the names that belong to the tool @returns {string} the same link in full: numbers by name under at, the tool's under lab */
export function written(search, own) {
  const query = new URLSearchParams(search);
  const [at, lab] = [[query.get("at")], [query.get("lab")]];
  for (const [key, text] of [...query]) {
    if (BY_KEY.has(key) || key === "v" || key === "s" || !NAME.test(key) || !NUMBER.test(text)) continue;
    (own.includes(key) ? lab : at).push(`${key}:${Number(text)}`);
    query.delete(key);
  }
  for (const [key, parts] of /** @type {const} */ ([["at", at], ["lab", lab]])) if (parts.length > 1) query.set(key, parts.filter((part) => part !== null && part !== "").join(","));
  return query.toString();
}
