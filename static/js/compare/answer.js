/** What `POST /api/v1/compare` answers, and asking it until every input has a value. */

import { Refusal, ask } from "../api.js";
import { NEW_INPUT, wordsOf } from "../build.js";

/** @typedef {import("../api.js").Problem} Problem */
/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {import("../format.js").Scalar} Scalar */

/** @typedef {{exact: InputValue | null, digits: string | null, absolute: Scalar, relative: Scalar, ulps: Scalar, index: number[], reason: string | null}} RoundingError */
/** @typedef {{name: string, shape: number[], value: InputValue | null, error: RoundingError}} Quantity */
/** @typedef {{nodes: number, inputs: number, constants: number, operations: Object<string, number>, edges: number, edge_multiplications: number, depth: number}} Counts */
/** @typedef {{problem: null, inputs: string[], outputs: Quantity[], gradients: Quantity[], no_gradients: string | null, counts: Counts}} Good */
/** @typedef {Good | {problem: Problem}} Side */
/** @typedef {{left: string | null, right: string | null, verdict: string, digit: number | null, absolute: Scalar, relative: Scalar, ulps: Scalar, index: number[]}} Difference */
/** @typedef {{left: Side, right: Side, differences: {outputs: Difference[], gradients: Difference[]} | null}} Answer */
/** @typedef {"left" | "right"} SideName */

export const SIDES = Object.freeze(/** @type {readonly SideName[]} */ (["left", "right"]));
export const SIDE_WORDS = Object.freeze({ left: "Left", right: "Right" });
const MOST_ROUNDS = 256;

/** @param {Side} side @returns {side is Good} */
export const isGood = (side) => side.problem === null;

/** @typedef {{sources: {left: string, right: string}, values: ReadonlyMap<string, InputValue>, active: readonly string[]}} Asked active: the names that are inputs already */

/**
 * Asks until no name is without a value: names that had one keep it, new ones get 1 where `adopt` says so.
 * @param {Asked} asked @param {boolean} adopt @param {AbortSignal} signal
 * @returns {Promise<{answer: Answer, active: string[], values: ReadonlyMap<string, InputValue>}>}
 */
export async function comparison({ sources, values: known, active }, adopt, signal) {
  const words = new Set(SIDES.flatMap((side) => [...wordsOf(sources[side])]));
  const values = new Map(known);
  let names = active.filter((name) => words.has(name));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const inputs = Object.fromEntries(names.map((name) => [name, values.get(name) ?? NEW_INPUT]));
    /** @type {Answer} */
    const answer = await ask("compare", { left: { source: sources.left }, right: { source: sources.right }, inputs }, signal);
    const missing = SIDES.flatMap((side) => missingIn(answer[side])).filter((name) => !names.includes(name));
    const fit = [...new Set(missing)].filter((name) => adopt || values.has(name));
    if (fit.length === 0) return { answer, active: used(answer, names), values };
    for (const name of fit) if (!values.has(name)) values.set(name, NEW_INPUT);
    names = [...names, ...fit];
  }
  throw new Refusal({ code: "page.inputs", title: "Too many inputs", status: 0, detail: `The page gives values to at most ${MOST_ROUNDS} inputs.` });
}

/** @param {Side} side @returns {string[]} */
const missingIn = ({ problem }) => (problem?.code === "input.missing" ? (problem.missing ?? [problem.fix?.input ?? ""]).filter((name) => name !== "") : []);

/** @param {Answer} answer @param {string[]} names @returns {string[]} those that a program takes; while one is wrong, nobody knows which are its own */
function used(answer, names) {
  const sides = SIDES.map((side) => answer[side]);
  const taken = sides.flatMap((side) => (isGood(side) ? side.inputs : []));
  return sides.every(isGood) ? [...new Set(taken)] : names;
}
