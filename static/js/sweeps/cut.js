/** Where the cursor cuts the tape: what lies before the cut has its tangent, what lies behind it its adjoint. */

import { forwardCount, stepsOf } from "../steps.js";

/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {{node: number, adjoint: AnyValue, product: Scalar}} Term a node that crosses the cut; its adjoint as far as it comes from beyond */
/** @typedef {{after: number, sum: Scalar, terms: Term[] | null}} Place */
/** @typedef {{spread: Scalar, steady: boolean, places: Place[]}} Cuts as the engine answers */

/** @param {Trace} trace @param {number} cursor @param {readonly Place[]} places @returns {number} which place: forward behind the newest node, in reverse behind the next that gives */
export function placeAt(trace, cursor, places) {
  if (cursor <= forwardCount(trace) && cursor < stepsOf(trace).length) return behind(places, cursor === 0 ? -1 : stepsOf(trace)[cursor - 1].node);
  const next = stepsOf(trace)[cursor];
  if (next === undefined) return cursor === forwardCount(trace) ? places.length - 1 : 0;
  return next.kind === "seed" ? places.length - 1 : behind(places, next.node);
}

/** @param {readonly Place[]} places @param {number} node @returns {number} the last place that is not behind a later node */
function behind(places, node) {
  const after = places.findLastIndex((place) => place.after <= node);
  return Math.max(after, 0);
}

/** @param {Trace} trace @param {number} cursor where it stands now: the sweep that is played goes on @param {Place} place @returns {number} a cursor that cuts there */
export function cursorFor(trace, cursor, place) {
  const steps = stepsOf(trace);
  const forward = forwardCount(trace);
  if (cursor <= forward) return steps.findLastIndex((step) => step.phase === "forward" && step.node <= place.after) + 1;
  const first = steps.findIndex((step) => step.kind === "contribution" && step.node <= place.after);
  return first < 0 ? steps.length : first;
}

/** @param {Cuts} cuts @param {number} at @returns {Map<number, Term>} */
export const termsAt = (cuts, at) => new Map((cuts.places[at]?.terms ?? []).map((term) => [term.node, term]));
