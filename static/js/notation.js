/**
 * How quantities are called: by the names of the program with dots and bars, as dual numbers, or by Griewank's numbers alone.
 *
 * Strings of names are made here and in latex.js; numbers are never touched.
 */

import { displayName, isLetter, latexAdjoint, latexName, latexTangent, adjointName, tangentName } from "./latex.js";
import { replacedNames } from "./formula-text.js";

/** @typedef {"names" | "dual" | "griewank"} Notation */
/** @typedef {import("./scene/trace.js").TraceNode} TraceNode */

/** @type {readonly Notation[]} */
export const NOTATIONS = Object.freeze(["names", "dual", "griewank"]);

/** @param {TraceNode} node @returns {string | null} the name in the program; nodes without one carry their operation's */
export const givenName = (node) => (node.label !== null && node.label !== undefined && node.label !== node.op && (node.kind !== "constant" || isWord(node.label)) ? node.label : null);

/** @param {string} text @returns {boolean} a name, not a number */
const isWord = (text) => /^[\p{L}_]/u.test(text) && !["inf", "nan", "True", "False"].includes(text);

/** @param {TraceNode} node @param {Notation} [notation] @returns {string | null} what a node is called; null for constants that have a number alone */
export function calledName(node, notation = "names") {
  const number = node.v ?? null;
  return notation === "griewank" ? (number ?? givenName(node)) : (givenName(node) ?? number);
}

/**
 * The dot and the bar sit on one letter: longer names use the v-number for them.
 * @param {string} name @param {string | null | undefined} number the v-number @param {Notation} [notation]
 */
export function markedNames(name, number, notation = "names") {
  const base = isLetter(name) ? name : (number ?? name);
  const dual = notation === "dual";
  return {
    latexName: latexName(name),
    latexTangent: dual ? `${latexName(base)}'` : latexTangent(base),
    latexAdjoint: latexAdjoint(base),
    tangentName: dual ? `${displayName(base)}′` : tangentName(base),
    adjointName: adjointName(base),
  };
}

/**
 * A formula of the engine, which has the names of the program, in another notation.
 * @param {string} latex @param {readonly TraceNode[]} nodes that may occur in it @param {Notation} [notation]
 */
export function inNotation(latex, nodes, notation = "names") {
  if (notation !== "griewank") return latex;
  const named = nodes.flatMap((node) => {
    const [from, to] = [calledName(node), calledName(node, notation)];
    return from === null || to === null || from === to ? [] : [{ from: latexName(from), to: latexName(to) }];
  });
  return replacedNames(latex, named.map(({ from }) => from), named.map(({ to }) => to)).text;
}

const PRIMES = Object.freeze(["", " prime", " double prime", " triple prime"]);

/** @param {string} name "x1", "v_{-1}", "W_h", "x''" @returns {string} as it is read aloud: «x 1», «v minus 1», «W h», «x double prime» */
export function spokenName(name) {
  const [, word, version] = /^(.*?)('*|[₀-₉]+)$/su.exec(name) ?? ["", name, ""];
  const read = word
    .replace(/_?\{?-(\d+)\}?$/u, " minus $1")
    .replace(/_\{(\w+)\}/gu, " $1")
    .replace(/(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu, " ")
    .replace(/(?<=\p{L})(?=\d)/gu, " ");
  if (version.startsWith("'")) return read + (PRIMES[version.length] ?? ` with ${version.length} primes`);
  return version === "" ? read : `${read}, version ${[...version].map((digit) => "₀₁₂₃₄₅₆₇₈₉".indexOf(digit)).join("")}`;
}

/** @param {string} primal @param {string} tangent display strings @returns {string} "10 + ε 5"; the sign of a negative part stands before ε */
export function dualText(primal, tangent) {
  return tangent.startsWith("−") ? `${primal} − ε ${tangent.slice(1)}` : `${primal} + ε ${tangent}`;
}
