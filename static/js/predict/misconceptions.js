/**
 * Wrong ideas that give a number of their own: what each would write at a step, and the hint that meets it.
 *
 * Every entry is computed from the numbers of the trace; one that would give the right number says nothing.
 */

import { toNumber } from "../format.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {{id: string, value: number, hint: string}} Misconception */

/** @param {AnyValue | undefined} value @returns {number} */
const number = (value) => (value === null || value === undefined || typeof value === "object" ? NaN : toNumber(/** @type {any} */ (value)));

/**
 * @param {Scene} scene after the step
 * @param {Step} step of scalars
 * @param {"primal" | "tangent" | "adjoint"} quantity
 * @returns {Misconception[]} in the order in which they are looked for
 */
export function misconceptionsOf(scene, step, quantity) {
  const found = step.kind === "contribution" ? contributionErrors(scene, step) : step.kind === "seed" ? seedErrors(scene, step) : quantity === "tangent" ? tangentErrors(scene, step) : primalErrors(scene, step);
  return found.filter(({ value }) => Number.isFinite(value));
}

/** @param {Scene} scene @param {Step} step @returns {{giver: SceneNode, taker: SceneNode, bar: number, slope: number, before: number, added: number, siblings: number}} */
function gift(scene, step) {
  const giver = /** @type {SceneNode} */ (scene.node(step.node));
  const taker = /** @type {SceneNode} */ (scene.node(/** @type {number} */ (step.to)));
  const traced = scene.trace.nodes.find((node) => node.id === step.node);
  const slope = number(traced?.partials?.[/** @type {number} */ (step.slot)]?.value);
  const added = number(step.value);
  const after = number(step.adjoint_after);
  const first = taker.arrival.sum === null;
  return { giver, taker, bar: number(giver.adjointValue), slope, before: first ? NaN : after - added, added, siblings: traced?.inputs.length ?? 1 };
}

/** @param {Scene} scene @param {Step} step @returns {Misconception[]} */
function contributionErrors(scene, step) {
  const { giver, taker, bar, slope, before, added, siblings } = gift(scene, step);
  const carried = Number.isNaN(before) ? 0 : before;
  const { total } = taker.arrival;
  const uses = total === 2 ? "twice" : `${total} times`;
  const sum = (/** @type {number} */ part) => carried + part;
  return [
    { id: "M1", value: Number.isNaN(before) ? NaN : added, hint: `You have the contribution from ${giver.name}. ${taker.name} is used ${uses}: what had arrived before counts too. Both are added.` },
    { id: "M5", value: sum(-added), hint: `The size is right, the sign is not: look at the sign of the slope on the edge from ${giver.name}.` },
    { id: "M6", value: siblings > 1 ? sum(added / siblings) : NaN, hint: `The adjoint of ${giver.name} is not divided among its operands: each of them gets all of it, times its own slope.` },
    { id: "M8", value: sum(slope), hint: `That is the local slope alone. It is multiplied by the adjoint of ${giver.name}, which comes from outside.` },
    { id: "M8", value: sum(bar), hint: `That is the adjoint of ${giver.name} alone. On its way back it is multiplied by the local slope of the edge.` },
    { id: "M2", value: sum(bar * number(giver.primalValue)), hint: `The slope is taken at the operands that were stored on the way forward, not at the new value ${giver.primal} of ${giver.name}.` },
    { id: "M3", value: sum(number(taker.primalValue) * number(giver.primalValue)), hint: `Values are not multiplied with each other here: the adjoint that arrives is multiplied with a slope.` },
    { id: "M7", value: number(giver.primalValue), hint: `That is the value of ${giver.name}, not an adjoint. Take its adjoint ${giver.adjoint}, times the local slope.` },
  ];
}

/** @param {Scene} scene @param {Step} step @returns {Misconception[]} */
function seedErrors(scene, step) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  return [
    { id: "M7", value: number(node.primalValue), hint: `That is the value of the output. Its adjoint is how fast the output grows with itself.` },
    { id: "M7", value: 0, hint: `A seed of 0 would make every adjoint 0. The output grows exactly as fast as itself.` },
  ];
}

/** @param {Scene} scene @param {Step} step @returns {Misconception[]} */
function tangentErrors(scene, step) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  const traced = scene.trace.nodes.find((one) => one.id === step.node);
  const operands = (traced?.inputs ?? []).flatMap((id) => scene.node(id) ?? []);
  const slopes = (traced?.partials ?? []).map((partial) => number(partial.value));
  const terms = operands.map((from, slot) => slopes[slot] * (from.tangentValue === null ? 0 : number(from.tangentValue)));
  const truth = number(node.tangentValue);
  const several = terms.length > 1;
  const name = node.op === "mul" ? "The product rule has two terms" : "Every operand brings a term";
  return [
    ...terms.map((term) => ({ id: "M4", value: several ? term : NaN, hint: `${name}: slope times tangent of each operand, added. You have one of them.` })),
    { id: "M5", value: -truth, hint: "The size is right, the sign is not: look at the signs of the slopes." },
    ...slopes.map((slope) => ({ id: "M8", value: slope, hint: "That is the local slope alone. It is multiplied by the tangent of the operand: how fast that one moves." })),
    { id: "M3", value: operands.length === 1 ? number(operands[0].primalValue) * number(node.primalValue) : NaN, hint: "A function of a function is no product of values: slopes are multiplied, each taken where it belongs." },
    { id: "M7", value: number(node.primalValue), hint: `That is the value of ${node.name}; asked is its tangent, how fast it moves.` },
    { id: "M4", value: node.op === "mul" && several ? operands.reduce((product, from) => product * number(from.tangentValue ?? 0), 1) : NaN, hint: "The tangent of a product is not the product of the tangents: each tangent is multiplied by the value of the other factor." },
  ];
}

/** @param {Scene} scene @param {Step} step @returns {Misconception[]} */
function primalErrors(scene, step) {
  const node = /** @type {SceneNode} */ (scene.node(step.node));
  const traced = scene.trace.nodes.find((one) => one.id === step.node);
  const values = (traced?.inputs ?? []).map((id) => number(scene.node(id)?.primalValue));
  const truth = number(node.primalValue);
  const composed = values.length === 1 ? values[0] * truth : NaN;
  return [
    { id: "M3", value: composed, hint: `${node.expression || node.name} applies the function to its operand; the two are not multiplied.` },
    { id: "M5", value: -truth, hint: "The size is right, the sign is not." },
    { id: "M5", value: node.op === "sub" ? values[0] + values[1] : NaN, hint: `${node.expression} is a difference: the second operand is taken away.` },
    { id: "M2", value: values.length === 1 ? values[0] : NaN, hint: `That is the operand; ${node.name} is what the operation makes of it.` },
  ];
}

/** @param {Misconception[]} list @param {number} guess @param {number} truth @param {(guess: number, value: number) => boolean} same @returns {Misconception | null} the first one that gives the guess, unless the truth gives it too */
export function recognised(list, guess, truth, same) {
  return list.find(({ value }) => same(guess, value) && !same(truth, value)) ?? null;
}
