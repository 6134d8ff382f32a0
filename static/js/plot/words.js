/** What a plot says in words: the same for the eyes and the ears. */

import { format } from "../format.js";

/** @typedef {import("../format.js").FormatOptions} FormatOptions */

/** @param {{input: string, output: string, x: number, y: number, slope: number, low: number, high: number, ys: number[]}} curve @param {FormatOptions} options @returns {string} */
export function curveSentence({ input, output, x, y, slope, low, high, ys }, options) {
  const finite = ys.filter(Number.isFinite);
  const range = finite.length === 0 ? "" : ` From ${format(low, options)} to ${format(high, options)}, ${output} lies between ${format(Math.min(...finite), options)} and ${format(Math.max(...finite), options)}.`;
  const missing = finite.length < ys.length ? ` At ${ys.length - finite.length} of ${ys.length} points it has no finite value.` : "";
  const turn = Math.abs(slope) === 0 ? "flat" : slope > 0 ? "rising" : "falling";
  return `At ${input} = ${format(x, options)}, ${output} is ${format(y, options)} and its slope is ${format(slope, options)}: it is ${turn}.${range}${missing}`;
}

/** @param {{inputs: [string, string], output: string, at: [number, number], y: number, gradient: [number, number]}} field @param {FormatOptions} options @returns {string} */
export function contourSentence({ inputs, output, at, y, gradient }, options) {
  const point = inputs.map((name, place) => `${name} = ${format(at[place], options)}`).join(", ");
  const slopes = gradient.map((slope) => format(slope, options)).join(", ");
  return `At ${point}, ${output} is ${format(y, options)}. The gradient is (${slopes}): it points straight uphill, across the contour line.`;
}
