/** What a folded group says at one moment: how far its sweeps have come, in which round the step is, what leaves it. */

import { indexOf, writesPlayed } from "../scene/index.js";
import { format, toNumber } from "../format.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./tree.js").Fold} Fold */

/**
 * @typedef {object} FoldMoment
 * @property {boolean} isCurrent whether the step is in it
 * @property {string} counter "iteration 3 of 20", or "60 operations" while the step is elsewhere
 * @property {string} leaves "x = 1.414", and how many more values leave it
 * @property {string} adjoints "12 of 60 adjoints, up to 5.5"; empty outside the reverse sweep
 * @property {boolean} isDone all its primals stand
 * @property {boolean} isOutput whether an output is in it
 */

/** @param {Scene} scene @param {Fold[]} folds @param {number} place @returns {FoldMoment} */
export function momentOf(scene, folds, place) {
  const fold = folds[place];
  const { nodes, writtenAt, positionOf } = indexOf(scene.trace);
  const at = scene.step === null ? -1 : positionOf(scene.step.node);
  const to = scene.step?.to === undefined ? -1 : positionOf(scene.step.to);
  const within = (/** @type {number} */ position) => fold.first <= position && position <= fold.last;
  const leaving = leavingOf(scene, fold);
  const [first, more] = [scene.node(leaving[0]), leaving.length - 1];
  return {
    isCurrent: within(at),
    counter: within(at) ? roundAt(scene, folds, place, at) : within(to) ? "receives" : `${fold.cards} ${fold.cards === 1 ? "operation" : "operations"}`,
    leaves: first === undefined ? "" : `${first.name} = ${first.shapeText === "" ? first.primal : first.shapeText}${more > 0 ? ` and ${more} more` : ""}`,
    adjoints: scene.showsAdjoints ? adjointsIn(scene, fold) : "",
    isDone: writtenAt[lastWritten(nodes, fold)] <= scene.cursor,
    isOutput: leaving.some((id) => scene.trace.outputs.includes(id)),
  };
}

/** @param {{kind: string}[]} nodes @param {Fold} fold @returns {number} */
function lastWritten(nodes, fold) {
  let at = fold.last;
  while (at > fold.first && nodes[at].kind === "constant") at -= 1;
  return at;
}

/** @type {WeakMap<object, Map<string, number[]>>} by the nodes of a trace, then by the fold's key */
const known = new WeakMap();

/** @param {Scene} scene @param {Fold} fold @returns {number[]} nodes whose values are read outside, or are outputs */
function leavingOf({ trace }, fold) {
  let byKey = known.get(trace.nodes);
  if (byKey === undefined) known.set(trace.nodes, (byKey = new Map()));
  let found = byKey.get(fold.key);
  if (found === undefined) {
    const { nodes, useStart, uses, edgeTo } = indexOf(trace);
    found = [];
    for (let at = fold.first; at <= fold.last; at += 1) {
      const isRead = uses.subarray(useStart[at], useStart[at + 1]).some((edge) => edgeTo[edge] > fold.last);
      if (nodes[at].kind !== "constant" && (isRead || trace.outputs.includes(nodes[at].id))) found.push(nodes[at].id);
    }
    byKey.set(fold.key, found);
  }
  return found;
}

/** @param {Scene} scene @param {Fold[]} folds @param {number} place @param {number} at position of the step @returns {string} "iteration 3 of 20" */
function roundAt({ trace }, folds, place, at) {
  const fold = folds[place];
  if (fold.kind === "loop") return folds.find((one) => one.parent === place && one.round > 0 && one.first <= at && at <= one.last)?.label ?? "between iterations";
  const own = trace.nodes.slice(fold.first, at + 1).filter(({ kind }) => kind !== "constant").length;
  return fold.kind === "repeat" ? `time ${Math.ceil((own * fold.rounds) / fold.cards)} of ${fold.rounds}` : `operation ${own} of ${fold.cards}`;
}

/** @param {Scene} scene @param {Fold} fold @returns {string} how many of its adjoints are written, and the largest of them in size */
function adjointsIn(scene, fold) {
  const { nodes, steps, writeStart, writes } = indexOf(scene.trace);
  let [written, all, largest] = [0, 0, -1];
  for (let at = fold.first; at <= fold.last; at += 1) {
    const [start, end] = [writeStart[at], writeStart[at + 1]];
    if (nodes[at].kind === "constant" || start === end) continue;
    all += 1;
    const last = start + writesPlayed(indexOf(scene.trace), at, scene.cursor);
    if (last === start) continue;
    written += 1;
    if (nodes[at].shape.length === 0) largest = Math.max(largest, Math.abs(toNumber(/** @type {import("../format.js").Scalar} */ (steps[writes[last - 1]].adjoint_after))));
  }
  if (all === 0) return "nothing flows back";
  return `${written} of ${all} adjoints${largest === -1 ? "" : `, up to ${format(largest, scene)}`}`;
}
