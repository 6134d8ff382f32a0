/**
 * The picture as a function of (trace, cursor): every view draws what stands here, so back, scrub and link follow by themselves.
 *
 * A slot shows "–" until the cursor has passed the step that writes it; "0" is shown only after a 0 was written.
 */

import { DEFAULT_DIGITS } from "./format.js";
import { facesFor } from "./scene/face.js";
import { edgeScene } from "./scene/edge.js";
import { indexOf } from "./scene/index.js";
import { remembered } from "./scene/lazy.js";
import { nodeScene } from "./scene/node.js";
import { stopBefore } from "./steps.js";
import { hasAdjoints, hasTangents } from "./scene/trace.js";
import { cellsOf } from "./scene/values.js";

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
 * @property {{verdict: string, sign: string, words: string} | null} [graded] what a check said of a student's numbers
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

/** @typedef {{digits?: number | "all", sub?: number, grain?: import("./steps.js").Grain, notation?: import("./notation.js").Notation}} SceneOptions sub: how many sub-steps of the current step were played (all by default); grain: how much is one step */

/**
 * @typedef {object} Scene
 * @property {Trace} trace
 * @property {number} cursor how many steps were played
 * @property {number} from the cursor before what is played now: with the grain of nodes, before all contributions of one
 * @property {number | "all"} digits
 * @property {import("./notation.js").Notation} notation
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
 * @property {(place: number) => SceneEdge} edge by its place among the edges
 * @property {(id: number) => SceneEdge[]} edgesOutOf in the order of their consumers
 * @property {(id: number) => SceneEdge[]} edgesInto by slot
 * @property {number} [asks] the step that a learner is asked about: its cell shows a question mark
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
  const moment = { index, from: stopBefore(trace, at, options.grain), cursor: at, step, sub: Math.min(options.sub ?? subSteps, subSteps), subSteps, digits: options.digits ?? DEFAULT_DIGITS, notation: options.notation ?? "names" };
  const faceAt = facesFor(trace, moment).one;
  const operands = new Set(step?.kind === "forward" ? index.nodes[index.positionOf(step.node)].inputs : []);
  const nodeAt = remembered(index.nodes.length, (position) => nodeScene(moment, faceAt(position), position, operands));
  const edgeAt = remembered(index.edgeFrom.length, (edge) => edgeScene(moment, faceAt, edge));
  const { edgeStart, useStart, uses, positionOf } = index;
  return {
    trace,
    cursor: at,
    from: moment.from,
    digits: moment.digits,
    notation: moment.notation,
    sub: moment.sub,
    subSteps,
    total: index.steps.length,
    step,
    next: index.steps[at] ?? null,
    phase: step === null ? "start" : step.phase,
    counts: countsOf(index, at),
    get nodes() {
      return nodeAt.all();
    },
    get edges() {
      return edgeAt.all();
    },
    edge: edgeAt.one,
    edgesInto: (id) => range(edgeStart[positionOf(id)], edgeStart[positionOf(id) + 1]).map(edgeAt.one),
    edgesOutOf: (id) => range(useStart[positionOf(id)], useStart[positionOf(id) + 1]).map((use) => edgeAt.one(uses[use])),
    node: (id) => (positionOf(id) < 0 ? undefined : nodeAt.one(positionOf(id))),
    showsTangents: hasTangents(trace),
    showsAdjoints: hasAdjoints(trace),
  };
}

/** @param {number} from @param {number} to @returns {number[]} */
const range = (from, to) => Array.from({ length: Math.max(to - from, 0) || 0 }, (_, place) => from + place);

/** @param {TraceIndex} index @param {number} cursor */
function countsOf(index, cursor) {
  const reverse = index.steps.length - index.forwardSteps;
  return {
    forward: { done: Math.min(cursor, index.forwardSteps), total: index.forwardSteps },
    reverse: { done: Math.max(cursor - index.forwardSteps, 0), total: reverse },
  };
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

export { contributionText } from "./scene/edge.js";
