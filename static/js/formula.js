/** The three lines of the formula card: the rule, the rule with this step's numbers, and what it gives. */

import { forwardLines } from "./formula/forward.js";
import { contributionLines, seedLines } from "./formula/reverse.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./formula/parts.js").Options} Options */
/** @typedef {[string, string, string]} Lines */

/** @param {Scene} scene @param {Options} options @returns {Lines} LaTeX; a line may be empty */
export function formulaLines(scene, options) {
  const { step } = scene;
  if (step === null) return ["\\text{Nothing is computed yet.}", "", ""];
  if (step.kind === "forward") return forwardLines(scene, step, options);
  return step.kind === "seed" ? seedLines(scene, step, options) : contributionLines(scene, options);
}

export { substituted } from "./formula-text.js";
