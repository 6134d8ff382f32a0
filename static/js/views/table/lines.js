/** The lines of the trace's table: which there are, which are drawn, which one belongs to the step. */

import { nodesOf } from "../../scene/trace.js";
import { stepsOf } from "../../steps.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../steps.js").Step} Step */

/** Rows that are drawn at a time; a longer trace shows the part around the cursor. */
export const MOST_ROWS = 600;

/**
 * @typedef {object} Line one line of the table: a node's forward part, or one write to an adjoint
 * @property {number} node
 * @property {Step | null} forward
 * @property {Step | null} reverse
 * @property {number} span how many lines the node takes; 0 below its first line
 */

/** @param {Scene} scene @returns {Line[]} from top to bottom; the reverse sweep rises, so a node's last write stands highest */
export function linesOf(scene) {
  const steps = stepsOf(scene.trace);
  const forward = new Map(steps.filter((step) => step.kind === "forward").map((step) => [step.node, step]));
  /** @type {Map<number, Step[]>} */
  const reverse = new Map();
  for (const step of steps) {
    if (step.phase !== "reverse") continue;
    reverse.set(step.node, [step, ...(reverse.get(step.node) ?? [])]);
  }
  return nodesOf(scene.trace).flatMap((node) => {
    const own = forward.get(node.id) ?? null;
    const writes = reverse.get(node.id) ?? [];
    if (own === null && writes.length === 0) return [];
    const parts = writes.length > 0 ? writes : [null];
    return parts.map((step, index) => ({ node: node.id, forward: index === 0 ? own : null, reverse: step, span: index === 0 ? parts.length : 0 }));
  });
}

/** @param {Line[]} lines @param {Scene} scene @returns {number} */
export function windowStart(lines, scene) {
  if (lines.length <= MOST_ROWS) return 0;
  const at = lines.findIndex((line) => isLineOf(line, scene));
  let start = Math.max(0, Math.min(Math.floor((at - MOST_ROWS / 4) / (MOST_ROWS / 2)) * (MOST_ROWS / 2), lines.length - MOST_ROWS));
  while (start > 0 && lines[start].span === 0) start -= 1;
  return start;
}

/** @param {Step | null} step @param {Scene} scene @returns {boolean} steps are compared by place: a checked trace has new ones */
export const isStep = (step, scene) => step !== null && step.index === scene.step?.index;

/** @param {Line} line @param {Scene} scene @returns {boolean} */
export const isLineOf = (line, scene) => isStep(line.forward, scene) || isStep(line.reverse, scene);
