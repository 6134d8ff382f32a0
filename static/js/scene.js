/**
 * The picture as a function of (trace, cursor): every view draws what stands here, so back, scrub and link follow by themselves.
 *
 * A slot shows "–" until the cursor has passed the step that writes it; "0" is shown only after a 0 was written.
 */

import { DEFAULT_DIGITS } from "./format.js";
import { facesOf } from "./scene/face.js";
import { indexOf, receiverOf, writesPlayed } from "./scene/index.js";
import { isSummary, hasTangents } from "./scene/trace.js";
import { cellsOf, shapeText, sumText, textOf } from "./scene/values.js";

/** @typedef {import("./scene/trace.js").Trace} Trace */
/** @typedef {import("./scene/trace.js").TraceNode} TraceNode */
/** @typedef {import("./scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("./scene/face.js").Face} Face */
/** @typedef {import("./scene/index.js").TraceIndex} TraceIndex */
/** @typedef {import("./scene/values.js").Cells} Cells */
/** @typedef {import("./steps.js").Step} Step */
/** @typedef {"todo" | "current" | "operand" | "target" | "done"} NodeState current: the node of the step; operand: read by it; target: its adjoint is written */

/**
 * @typedef {object} Arrival
 * @property {number} arrived contributions so far
 * @property {number} total contributions in all
 * @property {string | null} sum "−0.2837 + 2" while the current step adds to what was there
 * @property {string | null} before the adjoint before the current step, where that step writes it
 * @property {string | null} added what the current step adds
 * @property {boolean} final all have arrived (and the seed, if any)
 */

/**
 * @typedef {object} NodeScene
 * @property {NodeState} state
 * @property {string} primal display string
 * @property {string} tangent
 * @property {string} adjoint
 * @property {AnyValue} primalValue null while it is not computed, else as the answer has it
 * @property {AnyValue} tangentValue
 * @property {AnyValue} adjointValue
 * @property {Arrival} arrival
 */

/** @typedef {Face & NodeScene} SceneNode */

/**
 * @typedef {object} SceneEdge
 * @property {string} key "from-to-slot"
 * @property {number} from producer's id
 * @property {number} to consumer's id
 * @property {number} slot
 * @property {string} partial display string of the local partial; "–" until the consumer is evaluated
 * @property {string} partialName "∂v₂/∂x₁"
 * @property {string} partialLatex the local partial as a formula
 * @property {"forward" | "reverse" | null} active what the current step sends along it
 * @property {boolean} passed its contribution was played
 * @property {string | null} contribution "1 × 5 = 5" while the current step sends it
 */

/** @typedef {{digits?: number | "all", sub?: number}} SceneOptions sub: how many sub-steps of the current step were played (all by default) */

/**
 * @typedef {object} Scene
 * @property {Trace} trace
 * @property {number} cursor how many steps were played
 * @property {number | "all"} digits
 * @property {number} sub
 * @property {number} subSteps how many sub-steps the current step has
 * @property {number} total how many steps there are
 * @property {Step | null} step the current one
 * @property {Step | null} next
 * @property {"start" | "forward" | "reverse"} phase
 * @property {{forward: {done: number, total: number}, reverse: {done: number, total: number}}} counts
 * @property {SceneNode[]} nodes in order of the tape, constants included
 * @property {SceneEdge[]} edges consumer by consumer, slot by slot
 * @property {(id: number) => SceneNode | undefined} node
 * @property {boolean} showsTangents
 * @property {boolean} showsAdjoints
 */

/** @param {Trace} trace @param {Step | null} step @returns {number} forward: primal, then tangent; contribution: the sum, then its value */
export function subStepsOf(trace, step) {
  if (step === null) return 1;
  return step.kind === "contribution" || (step.kind === "forward" && hasTangents(trace)) ? 2 : 1;
}

/**
 * @param {Trace} trace
 * @param {number} cursor
 * @param {SceneOptions} [options]
 * @returns {Scene}
 */
export function sceneOf(trace, cursor, options = {}) {
  const index = indexOf(trace);
  const at = Math.min(Math.max(Math.trunc(cursor) || 0, 0), index.steps.length);
  const step = at > 0 ? index.steps[at - 1] : null;
  const subSteps = subStepsOf(trace, step);
  const moment = { index, cursor: at, step, sub: Math.min(options.sub ?? subSteps, subSteps), subSteps, digits: options.digits ?? DEFAULT_DIGITS };
  const faces = facesOf(trace, moment);
  const operands = new Set(step?.kind === "forward" ? index.nodes[index.positionOf(step.node)].inputs : []);
  const nodes = faces.map((face, position) => nodeScene(moment, face, position, operands));
  return {
    trace,
    cursor: at,
    digits: moment.digits,
    sub: moment.sub,
    subSteps,
    total: index.steps.length,
    step,
    next: index.steps[at] ?? null,
    phase: step === null ? "start" : step.phase,
    counts: countsOf(index, at),
    nodes,
    edges: edgeScenes(moment, faces),
    node: (id) => nodes[index.positionOf(id)],
    showsTangents: trace.mode === "forward" || trace.mode === "both",
    showsAdjoints: trace.mode === "reverse" || trace.mode === "both",
  };
}

/** @typedef {{index: TraceIndex, cursor: number, step: Step | null, sub: number, subSteps: number, digits: number | "all"}} Moment */

/** @param {TraceIndex} index @param {number} cursor */
function countsOf(index, cursor) {
  const reverse = index.steps.length - index.forwardSteps;
  return {
    forward: { done: Math.min(cursor, index.forwardSteps), total: index.forwardSteps },
    reverse: { done: Math.max(cursor - index.forwardSteps, 0), total: reverse },
  };
}

/** @param {Moment} moment @param {Face} face @param {number} position @param {Set<number>} operands @returns {SceneNode} */
function nodeScene(moment, face, position, operands) {
  const node = moment.index.nodes[position];
  const known = moment.index.writtenAt[position] <= moment.cursor;
  const isStep = moment.step?.kind === "forward" && moment.step.node === node.id;
  const primalValue = known ? node.primal : null;
  const tangentValue = known && !(isStep && moment.sub < moment.subSteps) ? (node.tangent ?? null) : null;
  const { adjointValue, arrival } = adjointAt(moment, node, position);
  return {
    ...face,
    state: stateOf(moment.step, node.id, known, operands),
    primal: textOf(primalValue, node.shape, moment),
    tangent: textOf(tangentValue, node.shape, moment),
    adjoint: textOf(adjointValue, node.shape, moment),
    primalValue,
    tangentValue,
    adjointValue,
    arrival,
  };
}

/** @param {Step | null} step @param {number} id @param {boolean} known @param {Set<number>} operands @returns {NodeState} */
function stateOf(step, id, known, operands) {
  if (step !== null && step.node === id) return "current";
  if (step !== null && step.kind === "contribution" && step.to === id) return "target";
  if (operands.has(id)) return "operand";
  return known ? "done" : "todo";
}

/** @param {Moment} moment @param {TraceNode} node @param {number} position @returns {{adjointValue: AnyValue, arrival: Arrival}} */
function adjointAt(moment, node, position) {
  const { index, cursor, step } = moment;
  const total = index.contributions[position];
  const start = index.writeStart[position];
  const played = writesPlayed(index, position, cursor);
  const all = index.writeStart[position + 1] - start;
  const arrived = Math.max(played - (all - total), 0);
  const last = played > 0 ? index.steps[index.writes[start + played - 1]] : null;
  const writing = last !== null && last === step;
  const earlier = writing && played > 1 ? index.steps[index.writes[start + played - 2]] : null;
  const settled = !writing || moment.sub >= moment.subSteps;
  const before = writing ? textOf(earlier?.adjoint_after ?? null, node.shape, moment) : null;
  const added = writing ? textOf(last.value ?? null, node.shape, moment) : null;
  return {
    adjointValue: (settled ? last : earlier)?.adjoint_after ?? null,
    arrival: { arrived, total, sum: earlier && before && added ? sumText(before, added) : null, before, added, final: played === all && all > 0 && settled },
  };
}

/** @param {Moment} moment @param {Face[]} faces @returns {SceneEdge[]} */
function edgeScenes(moment, faces) {
  const { index, cursor, step } = moment;
  return Array.from(index.edgeFrom, (from, edge) => {
    const to = index.edgeTo[edge];
    const slot = edge - index.edgeStart[to];
    const partial = index.nodes[to].partials?.[slot];
    const used = index.usedAt[edge];
    const reverse = step !== null && used === step.index;
    const forward = step?.kind === "forward" && step.node === faces[to].id;
    const text = index.writtenAt[to] <= cursor ? partialText(partial, moment) : "–";
    return {
      key: `${faces[from].id}-${faces[to].id}-${slot}`,
      from: faces[from].id,
      to: faces[to].id,
      slot,
      partial: text,
      partialName: `∂${faces[to].name}/∂${faces[from].name}`,
      partialLatex: partial?.latex ?? "",
      active: reverse ? "reverse" : forward ? "forward" : null,
      passed: used >= 0 && used < cursor,
      contribution: reverse ? contributionNow(moment, faces[to], /** @type {Step} */ (step), text) : null,
    };
  });
}

/** @param {import("./scene/trace.js").Partial | undefined} partial @param {Moment} moment @returns {string} a number, or the structure of a tensor's partial */
function partialText(partial, moment) {
  if (partial === undefined) return "–";
  const value = partial.value;
  if (value === undefined || value === null || Array.isArray(value) || isSummary(value)) return partial.structure ?? "–";
  return textOf(value, [], moment);
}

/** @param {Moment} moment @param {Face} giver @param {Step} step @param {string} partial @returns {string} */
function contributionNow(moment, giver, step, partial) {
  const position = moment.index.positionOf(giver.id);
  const given = adjointAt(moment, moment.index.nodes[position], position).adjointValue;
  return productText(moment, giver, step, partial, given);
}

/**
 * @param {Scene} scene at the end of the reverse sweep
 * @param {SceneEdge} edge
 * @param {Step} step its contribution
 * @returns {string} what the edge says while it is sent
 */
export function contributionText(scene, edge, step) {
  const giver = /** @type {SceneNode} */ (scene.node(edge.to));
  return productText({ index: indexOf(scene.trace), digits: scene.digits }, giver, step, edge.partial, giver.adjointValue);
}

/** @param {{index: TraceIndex, digits: number | "all"}} moment @param {Face} giver @param {Step} step @param {string} partial @param {AnyValue} given @returns {string} "1 × 5 = 5" for scalars */
function productText(moment, giver, step, partial, given) {
  const { index } = moment;
  const receiver = index.nodes[index.positionOf(receiverOf(step))];
  const value = textOf(step.value ?? null, receiver.shape, moment);
  if (giver.shape.length > 0 || receiver.shape.length > 0) return value;
  return `${textOf(given, [], moment)} × ${partial.startsWith("−") ? `(${partial})` : partial} = ${value}`;
}

/**
 * Cells of a node's tensors, for the views that draw them; null where the slot is empty or the shape has no cells.
 * @param {SceneNode} node
 * @param {"primal" | "tangent" | "adjoint"} slot
 * @param {SceneOptions} [options]
 * @returns {Cells | null}
 */
export function cellsFor(node, slot, options = {}) {
  const value = slot === "primal" ? node.primalValue : slot === "tangent" ? node.tangentValue : node.adjointValue;
  return cellsOf(value, node.shape, { digits: options.digits ?? DEFAULT_DIGITS });
}

export { shapeText };
