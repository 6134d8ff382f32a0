/** What a step of a reverse sweep does, what an adjoint is the sum of, and what is wrong with one: in words. */

import { MINUS, format } from "../../format.js";

/** @typedef {import("../../format.js").Scalar} Scalar */
/** @typedef {import("../names.js").Called} Called */
/** @typedef {"added" | "overwritten" | "code_order" | "first_come"} Rule */
/** @typedef {{from: number, to: number, slot: number, value: any, adjoint_after: any}} Contribution */
/** @typedef {{from: number, slot: number, kind: "overwritten" | "missing" | "changed", value: any, instead: any}} Fault */
/** @typedef {{node: number, adjoint: any, right: any, faults: Fault[]}} Wrong */
/** @typedef {{rule: Rule, contributions: Contribution[], adjoints: any[], wrong: Wrong[]}} Sweep */
/** @typedef {{seed: Object<string, any>, sweeps: Record<Rule, Sweep>, gradients: Record<Rule, Object<string, any>>}} Backpropagation */
/** @typedef {{digits: number | "all"}} Look */

/** @type {readonly (readonly [Rule, string])[]} */
export const RULES = Object.freeze([["added", "right: += from the end"], ["overwritten", "= for +="], ["code_order", "in the order of the code"], ["first_come", "passed on at once"]]);

/** @type {Readonly<Record<Rule, string>>} */
export const HAPPENS = Object.freeze({
  added: "Backwards from the result: by the time a node passes on, all who use it have passed on to it, and what arrives is added.",
  overwritten: "Each arrival is written over the one before: of several paths the last alone is left.",
  code_order: "From the first line to the last: most nodes are asked to pass on before anything has reached them.",
  first_come: "A node passes on as soon as anything has arrived, once: what comes later stays with it and goes no further.",
});

const MOST_ENTRIES = 4;

/** @param {any} value @param {Look} look @returns {string} a number, or the first entries of a tensor */
export function shownValue(value, look) {
  if (!Array.isArray(value)) return value !== null && typeof value === "object" ? "a tensor" : format(value, look);
  const all = /** @type {Scalar[]} */ (value.flat(Infinity));
  return `[${all.slice(0, MOST_ENTRIES).map((one) => format(one, look)).join(", ")}${all.length > MOST_ENTRIES ? ", …" : ""}]`;
}

/** @param {string} text */
export const bracketed = (text) => (text.startsWith(MINUS) || text.includes("×") ? `(${text})` : text);

/** @param {Sweep} sweep @param {number} step how many contributions were played @param {number} node @returns {Contribution[]} those that have reached a node */
export const arrivals = ({ contributions }, step, node) => contributions.slice(0, step).filter(({ to }) => to === node);

/** @param {Sweep} sweep @param {number} step @param {number} node @param {any} seeded what it was seeded with, null where it was not @returns {any} its adjoint after so many contributions; null where nothing has reached it */
export const adjointAt = (sweep, step, node, seeded) => arrivals(sweep, step, node).at(-1)?.adjoint_after ?? seeded;

/** @param {Sweep} sweep @param {number} step @param {number} node @param {any} seeded @param {Look} look @returns {{terms: {text: string, lost: boolean}[], total: string} | null} "5 + 2 = 7"; what is overwritten is lost */
export function sumOf(sweep, step, node, seeded, look) {
  const come = arrivals(sweep, step, node).map(({ value }) => value);
  const all = seeded === null ? come : [seeded, ...come];
  if (all.length === 0) return null;
  const lost = (/** @type {number} */ place) => sweep.rule === "overwritten" && place < all.length - 1;
  const terms = all.map((value, place) => ({ text: place === 0 ? shownValue(value, look) : bracketed(shownValue(value, look)), lost: lost(place) }));
  return { terms, total: shownValue(adjointAt(sweep, step, node, seeded), look) };
}

/**
 * @param {Sweep} sweep @param {number} step @param {readonly Called[]} names @param {(node: number) => any} seededAt @param {(node: number, slot: number) => string} partialOf @param {Look} look
 * @returns {string} what the last contribution did
 */
export function stepSentence(sweep, step, names, seededAt, partialOf, look) {
  if (step === 0) return "The result is seeded: its derivative by itself is 1. Everything else is still empty.";
  const { from, to, slot, value } = sweep.contributions[step - 1];
  const bar = bracketed(shownValue(adjointAt(sweep, step - 1, from, seededAt(from)), look));
  const factor = partialOf(from, slot);
  const passed = `${names[from].shown} passes on to ${names[to].shown}: ${names[from].adjoint} · ∂${names[from].shown}/∂${names[to].shown} = ${bar} · ${bracketed(factor)} = ${shownValue(value, look)}.`;
  const sum = sumOf(sweep, step, to, seededAt(to), look);
  if (sum === null || sum.terms.length === 1) return `${passed} ${names[to].adjoint} is ${sum?.total ?? ""}.`;
  const before = sum.terms.slice(0, -1).map(({ text }) => text).join(" + ");
  return sweep.rule === "overwritten" ? `${passed} It overwrites ${before}: ${names[to].adjoint} is ${sum.total}.` : `${passed} It is added: ${names[to].adjoint} = ${sum.terms.map(({ text }) => text).join(" + ")} = ${sum.total}.`;
}

/** @param {Wrong} wrong @param {readonly Called[]} names @param {Look} look @returns {string} every reason of one wrong adjoint */
export function wrongSentence({ node, adjoint, right, faults }, names, look) {
  const is = adjoint === null ? "stays empty" : `is ${shownValue(adjoint, look)}`;
  return `${names[node].adjoint} ${is}, not ${shownValue(right, look)}: ${[...new Set(faults.map((fault) => faultWords(fault, names, look)))].join("; ")}.`;
}

/** @param {Fault} fault @param {readonly Called[]} names @param {Look} look */
function faultWords({ from, kind, value, instead }, names, look) {
  if (kind === "overwritten") return `${shownValue(value, look)} from ${names[from].shown} was overwritten by ${shownValue(instead, look)}`;
  if (kind === "missing") return `${shownValue(value, look)} from ${names[from].shown} never came, for ${names[from].shown} had nothing when it was its turn`;
  return `${names[from].shown} passed on ${shownValue(instead, look)}, not ${shownValue(value, look)}, since ${names[from].adjoint} was not finished or wrong itself`;
}

/** @param {Sweep} sweep @param {Object<string, any>} gradients @param {readonly Called[]} names @param {Look} look @returns {string} how the sweep ends */
export function endSentence(sweep, gradients, names, look) {
  const said = Object.entries(gradients).map(([name, value]) => (value === null ? `nothing for ${name}` : `${shownValue(value, look)} for ${name}`)).join(", ");
  if (sweep.rule === "added") return `The sweep gives ${said}.`;
  if (sweep.wrong.length === 0) return `This sweep gives ${said}: the same as the right one. Here the mistake goes unnoticed.`;
  const inputs = sweep.wrong.map(({ node }) => names[node].shown);
  return `This sweep gives ${said}. Wrong: ${inputs.join(", ")}.`;
}
