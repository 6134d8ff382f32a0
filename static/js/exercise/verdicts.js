/** Verdicts in signs and words, and the sheet's result as one sentence, which is printed and spoken. */

/** @typedef {"correct" | "follow_through" | "incorrect" | "missing" | "malformed" | "not_gradable"} Verdict */
/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {{node: string, id: number, quantity: string, slot: number | null, index: number[] | null, given: string | null, verdict: Verdict, credit: number, weight: number, expected?: Scalar, expected_from_own_work?: Scalar, diagnosis: {name: string, sentence: string}[], note?: string}} Item */
/** @typedef {{node: string, id: number, quantity: string, slot: number | null, carried_to: string[], sentence: string}} Root */
/** @typedef {{score: number, max_score: number, items?: Item[], root_causes?: Root[], summary?: string, dual_check?: {forward: Scalar, reverse: Scalar, agree: boolean}}} Grade */

/** @type {ReadonlyMap<Verdict, {sign: string, words: string}>} the worst first */
export const VERDICTS = new Map([
  ["incorrect", { sign: "✗", words: "wrong" }],
  ["malformed", { sign: "?", words: "unreadable" }],
  ["not_gradable", { sign: "…", words: "cannot be judged" }],
  ["missing", { sign: "○", words: "missing" }],
  ["follow_through", { sign: "↪", words: "follows from your own numbers" }],
  ["correct", { sign: "✓", words: "correct" }],
]);

/** @param {readonly Verdict[]} verdicts @returns {Verdict | null} the worst of them */
export const worstOf = (verdicts) => [...VERDICTS.keys()].find((verdict) => verdicts.includes(verdict)) ?? null;

/** @param {Grade} grade @returns {string} */
export function sentenceOf({ score, max_score: most, summary }) {
  const points = `${rounded(score)} of ${rounded(most)} ${most === 1 ? "point" : "points"}.`;
  return summary === undefined ? `${points} What is right and what is not is not told here.` : `${points} ${summary}`;
}

/** @param {number} number @returns {string} */
export const rounded = (number) => String(Math.round(number * 100) / 100);
