/** One node at one moment: what stands in its slots, and how many contributions have arrived. */

import { writesPlayed } from "./index.js";
import { dualText } from "../notation.js";
import { hasTangents } from "./trace.js";
import { sumOf, textOf } from "./values.js";

/** @typedef {import("./trace.js").TraceNode} TraceNode */
/** @typedef {import("./trace.js").AnyValue} AnyValue */
/** @typedef {import("./face.js").Face} Face */
/** @typedef {import("./index.js").TraceIndex} TraceIndex */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").NodeState} NodeState */
/** @typedef {import("../scene.js").Arrival} Arrival */

/** @typedef {{index: TraceIndex, from: number, cursor: number, step: Step | null, sub: number, subSteps: number, digits: number | "all", notation: import("../notation.js").Notation}} Moment a cursor with all that belongs to it; from: the cursor before what is played now */

/** @param {Moment} moment @param {Face} face @param {number} position @param {Set<number>} operands @returns {SceneNode} */
export function nodeScene(moment, face, position, operands) {
  const node = moment.index.nodes[position];
  const known = moment.index.writtenAt[position] <= moment.cursor;
  const isStep = moment.step?.kind === "forward" && moment.step.node === node.id;
  const primalValue = known ? node.primal : null;
  const tangentValue = known && !(isStep && moment.sub < moment.subSteps) ? (node.tangent ?? null) : null;
  const { adjointValue, arrival } = adjointAt(moment, node, position);
  return {
    ...face,
    state: stateOf(moment.step, node.id, known, operands, arrival),
    ...forwardTexts(moment, node, primalValue, tangentValue),
    adjoint: textOf(adjointValue, node.shape, moment),
    primalValue,
    tangentValue,
    adjointValue,
    arrival,
  };
}

/** @param {Moment} moment @param {TraceNode} node @param {AnyValue} primalValue @param {AnyValue} tangentValue @returns {{primal: string, tangent: string}} a dual number is one string, in the primal's place */
function forwardTexts(moment, node, primalValue, tangentValue) {
  const primal = textOf(primalValue, node.shape, moment);
  const tangent = textOf(tangentValue, node.shape, moment);
  const isDual = moment.notation === "dual" && hasTangents(moment.index.trace) && node.shape.length === 0 && tangentValue !== null;
  return { primal: isDual ? dualText(primal, tangent) : primal, tangent };
}

/** @param {Step | null} step @param {number} id @param {boolean} known @param {Set<number>} operands @param {Arrival} arrival @returns {NodeState} */
function stateOf(step, id, known, operands, arrival) {
  if (step !== null && step.node === id) return "current";
  if (step !== null && step.kind === "contribution" && arrival.added !== null) return "target";
  if (operands.has(id)) return "operand";
  return known ? "done" : "todo";
}

/** @param {Moment} moment @param {TraceNode} node @param {number} position @returns {{adjointValue: AnyValue, arrival: Arrival}} */
export function adjointAt(moment, node, position) {
  const { index, cursor, step } = moment;
  const total = index.contributions[position];
  const start = index.writeStart[position];
  const played = writesPlayed(index, position, cursor);
  const all = index.writeStart[position + 1] - start;
  const arrived = Math.max(played - (all - total), 0);
  let fresh = 0;
  while (fresh < played && index.writes[start + played - fresh - 1] >= moment.from) fresh += 1;
  const last = played > 0 ? index.steps[index.writes[start + played - 1]] : null;
  const earlier = played > fresh ? index.steps[index.writes[start + played - fresh - 1]] : null;
  const writing = fresh > 0 && step !== null;
  const settled = !writing || moment.sub >= moment.subSteps;
  const text = (/** @type {AnyValue} */ value) => textOf(value, node.shape, moment);
  const before = writing ? text(earlier?.adjoint_after ?? null) : null;
  const added = writing ? Array.from({ length: fresh }, (_, at) => text(index.steps[index.writes[start + played - fresh + at]].value ?? null)) : [];
  const parts = earlier !== null && before !== null ? [before, ...added] : added;
  return {
    adjointValue: (settled ? last : earlier)?.adjoint_after ?? null,
    arrival: { arrived, total, sum: parts.length > 1 ? sumOf(parts) : null, before, added: writing ? sumOf(added) : null, final: played === all && all > 0 && settled },
  };
}
