/** What is said about stationary points, and about places on the curve where there is none. */

import { format } from "../../format.js";

/** @typedef {import("./answer.js").Kind} Kind */
/** @typedef {import("./answer.js").Line} Line */
/** @typedef {import("./answer.js").Stationary} Stationary */
/** @typedef {import("../../format.js").FormatOptions} Options */

/** @type {Readonly<Record<Kind, {words: string, mark: string}>>} mark: a path around 0 */
export const KINDS = Object.freeze({
  min: { words: "minimum", mark: "M0 8L8 -6H-8Z" },
  max: { words: "maximum", mark: "M0 -8L8 6H-8Z" },
  saddle: { words: "saddle", mark: "M0 -8L8 0L0 8L-8 0Z" },
  degenerate: { words: "degenerate", mark: "M-7 -7L7 7M7 -7L-7 7" },
});

/** @param {Object<string, number | number[]>} point @param {Options} options @returns {string} "x = 1, y = 2" */
export const pointText = (point, options) => Object.entries(point).map(([name, value]) => `${name} = ${Array.isArray(value) ? `[${value.map((one) => format(one, options)).join(", ")}]` : format(value, options)}`).join(", ");

/** @param {number} count @returns {string[]} λ, or λ₁, λ₂, … */
export const multiplierNames = (count) => (count === 1 ? ["λ"] : Array.from({ length: count }, (_, at) => `λ${[...String(at + 1)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("")}`));

/** @param {Stationary} found @param {Options} options @returns {string} */
export function stationarySentence(found, options) {
  const factors = multiplierNames(found.multipliers.length).map((name, at) => `${name} = ${format(found.multipliers[at], options)}`);
  const bounds = found.active.map((at) => `${found.inequality_multipliers.length === 1 ? "μ" : `μ${"₁₂₃₄₅₆"[at]}`} = ${format(found.inequality_multipliers[at], options)}`);
  const why = bounds.length > 0 ? `∇f is a sum of the gradients of the constraints and of the active inequalities, with ${[...factors, ...bounds].join(", ")}` : factors.length === 0 ? "∇f is 0" : factors.length === 1 ? `the gradients are parallel, ∇f = λ ∇g with ${factors[0]}` : `∇f is a sum of the constraints' gradients with ${factors.join(", ")}`;
  return `${KINDS[found.kind].words[0].toUpperCase()}${KINDS[found.kind].words.slice(1)} f = ${format(found.value, options)} at ${pointText(found.point, options)}: ${why}.`;
}

/** @param {Line} line @param {number} place @param {[string, string]} names @param {Stationary | undefined} found @param {Options} options @returns {string} */
export function placeSentence(line, place, names, found, options) {
  if (found !== undefined) return stationarySentence(found, options);
  const [x, y] = line.points[place];
  const at = `${names[0]} = ${format(x, options)}, ${names[1]} = ${format(y, options)}: f = ${format(line.values[place], options)}.`;
  return `${at} ∇f and ∇g meet at ${format(line.angles[place], { digits: 3 })}°: not parallel, so a step along the curve changes f.`;
}
