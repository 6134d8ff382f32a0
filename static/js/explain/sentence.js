/** Sentences in which nodes are named: parts of text and of names, so that a page can make links of the names and a reader hears one string. */

/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {{id: number, quantity: Quantity, name: string}} Named */
/** @typedef {string | Named} Part */
/** @typedef {Part[]} Sentence */

/** @param {TemplateStringsArray} texts @param {...(Part | number | Sentence)} between @returns {Sentence} */
export function sentence(texts, ...between) {
  const parts = texts.flatMap((text, at) => [text, ...(at < between.length ? partsOf(between[at]) : [])]);
  return parts.filter((part) => part !== "");
}

/** @param {Part | number | Sentence} given @returns {Part[]} */
const partsOf = (given) => (Array.isArray(given) ? given : [typeof given === "number" ? String(given) : given]);

/** @param {Sentence} parts @returns {string} */
export const wordsOf = (parts) => parts.map((part) => (typeof part === "string" ? part : part.name)).join("");

/** @param {Sentence[]} items @param {string} [last] the word before the last @returns {Sentence} "a, b and c" */
export const joined = (items, last = " and ") => items.flatMap((item, at) => (at === 0 ? item : [at === items.length - 1 ? last : ", ", ...item]));

/** @param {Sentence[]} items @returns {Sentence[]} each once */
export const distinct = (items) => [...new Map(items.map((item) => [wordsOf(item), item])).values()];
