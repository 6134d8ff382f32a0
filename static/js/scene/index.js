/**
 * What a trace says at any cursor, prepared once: who comes when, which contributions a node receives, where an edge is used.
 *
 * Arrays are indexed by position on the tape; edges of one consumer lie together, slot by slot.
 */

import { stepsOf } from "../steps.js";
import { nodesOf } from "./trace.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").TraceNode} TraceNode */
/** @typedef {import("../steps.js").Step} Step */

/**
 * @typedef {object} TraceIndex
 * @property {Trace} trace
 * @property {TraceNode[]} nodes
 * @property {Step[]} steps
 * @property {number} forwardSteps how many steps the forward sweep has
 * @property {(id: number) => number} positionOf
 * @property {Int32Array} writtenAt position → cursor from which the primal stands (0 for constants)
 * @property {Int32Array} writeStart position → first entry in `writes`, one more at the end
 * @property {Int32Array} writes steps that write a node's adjoint, in order
 * @property {Int32Array} contributions position → how many contributions it receives in all
 * @property {Int32Array} edgeStart position → its first edge, one more at the end
 * @property {Int32Array} edgeFrom edge → position of the producer
 * @property {Int32Array} edgeTo edge → position of the consumer
 * @property {Int32Array} usedAt edge → the step of its contribution, −1 where none flows
 * @property {Int32Array} useCount position → how many edges leave it
 * @property {Int32Array} useStart position → its first entry in `uses`, one more at the end
 * @property {Int32Array} uses edges by their producer, in the order of their consumers
 */

/** @type {WeakMap<Trace, TraceIndex>} */
const known = new WeakMap();

/** @param {Trace} trace @returns {TraceIndex} */
export function indexOf(trace) {
  let index = known.get(trace);
  if (index === undefined) {
    index = build(trace);
    known.set(trace, index);
  }
  return index;
}

/** @param {Trace} trace @returns {TraceIndex} */
function build(trace) {
  const nodes = nodesOf(trace);
  const steps = stepsOf(trace);
  const positions = new Map(nodes.map((node, position) => [node.id, position]));
  const positionOf = (/** @type {number} */ id) => positions.get(id) ?? -1;
  const edges = edgesOf(nodes, positionOf);
  const forwardSteps = steps.findIndex((step) => step.phase === "reverse");
  return {
    trace,
    nodes,
    steps,
    forwardSteps: forwardSteps < 0 ? steps.length : forwardSteps,
    positionOf,
    writtenAt: writtenAtOf(nodes, steps, positionOf),
    ...writesOf(nodes, steps, positionOf),
    ...edges,
    usedAt: usedAtOf(edges, steps, positionOf),
  };
}

/** @param {TraceNode[]} nodes @param {(id: number) => number} positionOf */
function edgesOf(nodes, positionOf) {
  const edgeStart = new Int32Array(nodes.length + 1);
  nodes.forEach((node, position) => {
    edgeStart[position + 1] = edgeStart[position] + node.inputs.length;
  });
  const edgeFrom = new Int32Array(edgeStart[nodes.length]);
  const edgeTo = new Int32Array(edgeStart[nodes.length]);
  const useCount = new Int32Array(nodes.length);
  nodes.forEach((node, position) => {
    node.inputs.forEach((id, slot) => {
      const from = positionOf(id);
      edgeFrom[edgeStart[position] + slot] = from;
      edgeTo[edgeStart[position] + slot] = position;
      useCount[from] += 1;
    });
  });
  return { edgeStart, edgeFrom, edgeTo, useCount, ...usesOf(edgeFrom, useCount) };
}

/** @param {Int32Array} edgeFrom @param {Int32Array} useCount */
function usesOf(edgeFrom, useCount) {
  const useStart = new Int32Array(useCount.length + 1);
  useCount.forEach((count, position) => {
    useStart[position + 1] = useStart[position] + count;
  });
  const filled = useStart.slice();
  const uses = new Int32Array(edgeFrom.length);
  edgeFrom.forEach((from, edge) => {
    uses[filled[from]++] = edge;
  });
  return { useStart, uses };
}

/** @param {Trace} trace @param {number} id @returns {number[]} the nodes that read it, once for each slot */
export function usersOf(trace, id) {
  const { nodes, positionOf, useStart, uses, edgeTo } = indexOf(trace);
  const at = positionOf(id);
  return at < 0 ? [] : Array.from(uses.subarray(useStart[at], useStart[at + 1]), (edge) => nodes[edgeTo[edge]].id);
}

/** @param {TraceNode[]} nodes @param {Step[]} steps @param {(id: number) => number} positionOf */
function writtenAtOf(nodes, steps, positionOf) {
  const writtenAt = new Int32Array(nodes.length);
  for (const step of steps) if (step.kind === "forward") writtenAt[positionOf(step.node)] = step.index + 1;
  return writtenAt;
}

/** @param {Step} step @returns {number} the node whose adjoint a reverse step writes */
export const receiverOf = (step) => (step.kind === "contribution" ? /** @type {number} */ (step.to) : step.node);

/** @param {TraceNode[]} nodes @param {Step[]} steps @param {(id: number) => number} positionOf */
function writesOf(nodes, steps, positionOf) {
  const writeStart = new Int32Array(nodes.length + 1);
  const contributions = new Int32Array(nodes.length);
  const reverse = steps.filter((step) => step.phase === "reverse");
  for (const step of reverse) {
    writeStart[positionOf(receiverOf(step)) + 1] += 1;
    if (step.kind === "contribution") contributions[positionOf(receiverOf(step))] += 1;
  }
  for (let position = 0; position < nodes.length; position += 1) writeStart[position + 1] += writeStart[position];
  const writes = new Int32Array(reverse.length);
  const filled = writeStart.slice();
  for (const step of reverse) writes[filled[positionOf(receiverOf(step))]++] = step.index;
  return { writeStart, writes, contributions };
}

/** @param {{edgeStart: Int32Array}} edges @param {Step[]} steps @param {(id: number) => number} positionOf */
function usedAtOf({ edgeStart }, steps, positionOf) {
  const usedAt = new Int32Array(edgeStart[edgeStart.length - 1]).fill(-1);
  for (const step of steps) {
    if (step.kind === "contribution") usedAt[edgeStart[positionOf(step.node)] + /** @type {number} */ (step.slot)] = step.index;
  }
  return usedAt;
}

/**
 * @param {TraceIndex} index
 * @param {number} position
 * @param {number} cursor
 * @returns {number} how many writes to its adjoint were played
 */
export function writesPlayed(index, position, cursor) {
  let low = index.writeStart[position];
  let high = index.writeStart[position + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (index.writes[middle] < cursor) low = middle + 1;
    else high = middle;
  }
  return low - index.writeStart[position];
}
