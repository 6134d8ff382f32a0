/** What the views show at one moment of a plan: texts that are not written yet, outlined cells, lines of the formula. */

import { ABSENT } from "./format.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Move} Move */
/** @typedef {import("./plan.js").Mark} Mark */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {"draft" | "full" | null} LineState */

/**
 * @typedef {object} Picture
 * @property {Map<string, string>} texts by "3 primal", "row 12" (what the adjoint's cell of step 12 shows) and "gift 12" (what the step adds)
 * @property {Map<string, Mark>} cells by "1 primal"
 * @property {LineState[]} lines of the formula; null: not yet there
 * @property {boolean} tape whether the tape is open
 */

/** @param {Plan} plan @param {number} time milliseconds at speed 1 @param {Scene} before @returns {Picture} */
export function pictureAt(plan, time, before) {
  /** @type {Picture} */
  const picture = { texts: textsBefore(plan, before), cells: new Map(), lines: [null, null, null], tape: false };
  for (const move of plan.earlier) apply(picture, move);
  for (const move of plan.moves) if (move.at <= time) apply(picture, move);
  return picture;
}

/** @param {Plan} plan @param {Scene} before @returns {Map<string, string>} whatever the plan will write, as it stands now */
function textsBefore(plan, before) {
  const texts = new Map();
  for (const { kind, node, slot, step } of plan.moves) {
    if (kind === "write" && node !== undefined && slot !== undefined) texts.set(`${node} ${slot}`, before.node(node)?.[slot] ?? ABSENT);
    if (kind === "row" || kind === "gift") texts.set(`${kind} ${step}`, kind === "row" ? ABSENT : "");
  }
  return texts;
}

/** @param {Picture} picture @param {Move} move */
function apply(picture, { kind, node, slot, step, text = "", mark, line, draft }) {
  if (kind === "write") picture.texts.set(`${node} ${slot}`, text);
  else if (kind === "row" || kind === "gift") picture.texts.set(`${kind} ${step}`, text);
  else if (kind === "cell" && mark !== undefined) picture.cells.set(`${node} ${slot}`, mark);
  else if (kind === "line" && line !== undefined) picture.lines[line] = draft ? "draft" : "full";
  else if (kind === "tape") picture.tape = true;
}
