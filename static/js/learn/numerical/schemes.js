/** The schemes of difference quotients: how they are called and drawn, and what a step gives, in words. */

import { format } from "../../format.js";

/** @typedef {"forward" | "backward" | "central" | "richardson" | "complex"} Scheme */
/** @typedef {import("../../format.js").Scalar} Scalar */
/** @typedef {{h: number, error: Record<Scheme, Scalar>} & Record<Scheme, Scalar>} Row */
/** @typedef {{points: [Scalar, Scalar][], slope: Scalar}} Secant */
/** @typedef {{slope: number, height: number, steps: number[], expected: number | null}} Fit */

/**
 * @typedef {object} Numerical what the engine answers
 * @property {number} point
 * @property {Scalar} value
 * @property {"float64" | "float32"} dtype
 * @property {Scalar} exact
 * @property {Row[]} estimates
 * @property {{h: number, scheme: Scheme | null, error: Scalar, why: string}} best
 * @property {string | null} complex_reason
 * @property {Record<Scheme, {h: Scalar, error: Scalar, text: string, latex: string, reason: string | null}>} theory
 * @property {Record<Scheme, {h: number, error: Scalar} | null>} measured
 * @property {Record<Scheme, {truncation: Fit | null, rounding: Fit | null}>} fit
 * @property {{inputs: number, one: Record<Scheme, number>, all: Record<Scheme, number>, operations: {evaluation: number, reverse_sweep: number}}} evaluations
 * @property {({h: number} & Record<"forward" | "backward" | "central", Secant>)[]} secants
 * @property {{h: number | null, at: string | null, text: string}[]} notes
 * @property {{window: number, x: Scalar[], f: Scalar[]}} curve
 * @property {{slope: Scalar, points: [Scalar, Scalar][]} | null} tangent
 */

/** @type {readonly Scheme[]} */
export const SCHEMES = Object.freeze(["forward", "backward", "central", "richardson", "complex"]);

/** @type {Readonly<Record<Scheme, {words: string, formula: string, mark: string}>>} mark: a path around 0, so that schemes differ without colour */
export const SHOWN = Object.freeze({
  forward: { words: "forward", formula: "(f(x + h) − f(x)) / h", mark: "M0 -4.5L4.5 4H-4.5Z" },
  backward: { words: "backward", formula: "(f(x) − f(x − h)) / h", mark: "M0 4.5L4.5 -4H-4.5Z" },
  central: { words: "central", formula: "(f(x + h) − f(x − h)) / 2h", mark: "M-4 -4H4V4H-4Z" },
  richardson: { words: "Richardson", formula: "(4 central(h/2) − central(h)) / 3", mark: "M0 -5L5 0L0 5L-5 0Z" },
  complex: { words: "complex step", formula: "Im f(x + ih) / h", mark: "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0Z" },
});

/** Half decades from 1 down: √10 apart on the logarithmic axis. */
export const STEPS = Object.freeze(Array.from({ length: 33 }, (_, place) => Number((10 ** (-place / 2)).toPrecision(3))));

/** @param {number} h @returns {number} the place of the step that is nearest on a logarithmic axis */
export function nearest(h) {
  const place = Math.round(-2 * Math.log10(h));
  return Number.isFinite(place) ? Math.min(Math.max(place, 0), STEPS.length - 1) : 0;
}

/** @param {Row} row @param {Scheme} scheme @param {Scalar} exact @param {number | "all"} digits @returns {string} one step of one scheme, said aloud and printed */
export function sentenceOf(row, scheme, exact, digits) {
  const h = format(row.h, { digits: 3 });
  const { words } = SHOWN[scheme];
  if (row[scheme] === null) return `h = ${h}: ${words} has no value here.`;
  const found = `h = ${h}: ${words} gives ${format(row[scheme], { digits })}`;
  if (exact === null) return `${found}. There is no exact derivative to compare with.`;
  const error = row.error[scheme];
  return `${found}; exact is ${format(exact, { digits })}, the error ${error === 0 ? "0" : format(error, { digits: 2 })}.`;
}
