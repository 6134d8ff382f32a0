/**
 * The difference of two scenes as moves in time: what lights, what travels along which edge, what is written, in every view.
 *
 * A plan exists only for one step (or sub-step) forward; every other change is a cut. Times are milliseconds at speed 1.
 */

import { forwardMoves } from "./plan/forward.js";
import { contributionMoves, seedMoves } from "./plan/reverse.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {"primal" | "tangent" | "adjoint"} Slot */
/** @typedef {"operand" | "remembered"} Mark */

/**
 * @typedef {object} Move
 * @property {"rail" | "travel" | "write" | "label" | "pulse" | "cell" | "row" | "gift" | "line" | "tape"} kind cell, row and gift are the table's, line the formula card's
 * @property {number} at
 * @property {number} duration at most 400
 * @property {number} [node] rail, write, pulse, cell, tape
 * @property {Slot} [slot] write and cell: which slot; travel: whose colour
 * @property {string} [edge] travel and label: the edge's key
 * @property {string} [text] what is written or carried
 * @property {number} [from] travel: where on the edge, 0 at the producer, 1 at the consumer
 * @property {number} [to]
 * @property {Mark} [mark] cell: what the outline says
 * @property {number} [step] row and gift: the contribution whose line it is
 * @property {number} [line] which line of the formula, from 0
 * @property {boolean} [draft] line: without its result; write: not yet settled
 */

/** @typedef {{moves: Move[], halt: number}} Whole all moves of a step; halt: where its first sub-step ends */
/** @typedef {{moves: Move[], duration: number, earlier: Move[]}} Plan earlier: moves of the first sub-step where this is the second */

/** @type {Plan} */
export const CUT = Object.freeze({ moves: [], duration: 0, earlier: [] });

/** @param {Scene | null} before @param {Scene} after @returns {Plan} */
export function planOf(before, after) {
  if (before === null || before.trace !== after.trace || after.step === null) return CUT;
  const opens = before.cursor === after.from && before.sub >= before.subSteps;
  const goesOn = before.cursor === after.cursor && before.sub < after.sub;
  if (!opens && !goesOn) return CUT;
  const whole = movesOf(after);
  const start = goesOn ? whole.halt : 0;
  const end = after.sub < after.subSteps ? whole.halt : Infinity;
  const moves = whole.moves.toSorted((a, b) => a.at - b.at).filter((move) => move.at >= start && move.at < end).map((move) => ({ ...move, at: move.at - start }));
  const earlier = whole.moves.filter((move) => move.at < start);
  return { moves, earlier, duration: moves.reduce((last, move) => Math.max(last, move.at + move.duration), 0) };
}

/** @param {Scene} scene @returns {Whole} */
function movesOf(scene) {
  const { step } = scene;
  if (step === null) return { moves: [], halt: 0 };
  if (step.kind === "forward") return forwardMoves(scene, step.node);
  return step.kind === "seed" ? seedMoves(scene, step) : contributionMoves(scene);
}
