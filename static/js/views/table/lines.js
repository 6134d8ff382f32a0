/** The lines of the trace's table: which there are, and which one belongs to the step. */

import { nodesOf } from "../../scene/trace.js";
import { stepsOf } from "../../steps.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../steps.js").Step} Step */

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
    const writes = reverse.get(step.node);
    if (writes === undefined) reverse.set(step.node, [step]);
    else writes.push(step);
  }
  return nodesOf(scene.trace).flatMap((node) => {
    const own = forward.get(node.id) ?? null;
    const writes = (reverse.get(node.id) ?? []).reverse();
    if (own === null && writes.length === 0) return [];
    const parts = writes.length > 0 ? writes : [null];
    return parts.map((step, index) => ({ node: node.id, forward: index === 0 ? own : null, reverse: step, span: index === 0 ? parts.length : 0 }));
  });
}

/** @param {Line[]} lines @param {number} steps how many there are @returns {{ofStep: Int32Array, ofNode: Map<number, number>}} places of lines: of each step, and the first of each node */
export function placesOf(lines, steps) {
  const ofStep = new Int32Array(steps).fill(-1);
  const ofNode = new Map();
  lines.forEach(({ node, forward, reverse, span }, place) => {
    if (span > 0) ofNode.set(node, place);
    if (forward !== null) ofStep[forward.index] = place;
    if (reverse !== null) ofStep[reverse.index] = place;
  });
  return { ofStep, ofNode };
}

/** @param {Step | null} step @param {Scene} scene @returns {boolean} steps are compared by place: a checked trace has new ones */
export const isStep = (step, scene) => step !== null && step.index === scene.step?.index;
