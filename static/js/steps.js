/**
 * The steps that a cursor walks over: one per node forward, one per seeded output, one per contribution.
 *
 * A cursor k means that the first k steps were played; step k − 1 is the current one. Links store that count.
 */

import { forwardNodes, reverseSteps, seedsOf } from "./scene/trace.js";

/** @typedef {import("./scene/trace.js").Trace} Trace */
/** @typedef {import("./scene/trace.js").AnyValue} AnyValue */
/** @typedef {"forward" | "seed" | "contribution"} StepKind */
/** @typedef {"forward" | "reverse"} Phase */

/**
 * @typedef {object} Step
 * @property {StepKind} kind
 * @property {Phase} phase
 * @property {number} index place in the list, from 0
 * @property {number} node forward: the node evaluated; seed: the output; contribution: the node that gives
 * @property {number} [to] contribution: the node that receives
 * @property {number} [slot] contribution: which operand of `node` the receiver is
 * @property {AnyValue} [value] seed or contribution: what is added
 * @property {AnyValue} [adjoint_after] seed or contribution: the adjoint of the receiver afterwards
 */

/** @type {readonly StepKind[]} */
export const STEP_KINDS = Object.freeze(["forward", "seed", "contribution"]);

/** @type {WeakMap<Trace, Step[]>} */
const known = new WeakMap();

/** @param {Trace} trace @returns {Step[]} the same list for the same trace */
export function stepsOf(trace) {
  let steps = known.get(trace);
  if (steps === undefined) {
    steps = [...forwardSteps(trace), ...seedSteps(trace), ...contributionSteps(trace)];
    steps.forEach((step, index) => {
      step.index = index;
    });
    known.set(trace, steps);
  }
  return steps;
}

/** @type {WeakMap<Trace, number>} */
const forwardCounts = new WeakMap();

/** @param {Trace} trace @returns {number} how many steps the forward sweep has */
export function forwardCount(trace) {
  let count = forwardCounts.get(trace);
  if (count === undefined) {
    const firstReverse = stepsOf(trace).findIndex((step) => step.phase === "reverse");
    forwardCounts.set(trace, (count = firstReverse < 0 ? stepsOf(trace).length : firstReverse));
  }
  return count;
}

/** @typedef {"edge" | "node" | "half"} Grain what one press plays: a contribution, all contributions that a node gives, or half a step */

/** @type {readonly Grain[]} */
export const GRAINS = Object.freeze(["half", "edge", "node"]);

/** @param {Trace} trace @param {number} cursor @param {Grain} [grain] @returns {number} the cursor after one more step */
export function stopAfter(trace, cursor, grain = "edge") {
  const steps = stepsOf(trace);
  let stop = Math.min(cursor + 1, steps.length);
  if (grain === "node") while (stop < steps.length && isSameGift(steps[stop], steps[stop - 1])) stop += 1;
  return stop;
}

/** @param {Trace} trace @param {number} cursor @param {Grain} [grain] @returns {number} the cursor before the step that ends here */
export function stopBefore(trace, cursor, grain = "edge") {
  const steps = stepsOf(trace);
  let stop = Math.max(Math.min(cursor, steps.length) - 1, 0);
  if (grain === "node") while (stop > 0 && isSameGift(steps[stop], steps[stop - 1])) stop -= 1;
  return stop;
}

/** @param {Step} step @param {Step} before @returns {boolean} whether one node gives both */
const isSameGift = (step, before) => step.kind === "contribution" && before.kind === "contribution" && step.node === before.node;

/** @param {Trace} trace @returns {Step[]} */
function forwardSteps(trace) {
  return forwardNodes(trace).map((node) => ({ kind: "forward", phase: "forward", index: 0, node }));
}

/** @param {Trace} trace @returns {Step[]} */
function seedSteps(trace) {
  return seedsOf(trace).map(({ node, value }) => ({ kind: "seed", phase: "reverse", index: 0, node, value, adjoint_after: value }));
}

/** @param {Trace} trace @returns {Step[]} */
function contributionSteps(trace) {
  /** @type {Step[]} */
  const steps = [];
  for (const { node, contributions } of reverseSteps(trace)) {
    for (const { to, slot, value, adjoint_after } of contributions ?? []) {
      steps.push({ kind: "contribution", phase: "reverse", index: 0, node, to, slot, value, adjoint_after });
    }
  }
  return steps;
}
