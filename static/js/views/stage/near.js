/** Of a very long tape the stage shows what lies around the current step, until all of it is asked for. */

import { indexOf } from "../../scene/index.js";

/** @typedef {import("../../scene/trace.js").Trace} Trace */

/** Traces with more nodes are not drawn whole of their own accord. */
export const LARGE = 2000;
const REACH = 2;
const MOST = 48;
/** A parameter that everything reads leads everywhere: its other readers are no neighbours. */
const SHARED = 8;

/** @param {Trace} trace @param {number} focus a node's id @returns {Set<number>} the nodes within two edges of it */
export function nearOf(trace, focus) {
  const index = indexOf(trace);
  const start = Math.max(index.positionOf(focus), 0);
  const near = new Set([start]);
  let rim = [start];
  for (let reach = 0; reach < REACH; reach += 1) {
    const next = [];
    for (const position of rim) {
      for (const neighbour of neighboursOf(index, position)) {
        if (near.has(neighbour) || near.size >= MOST) continue;
        near.add(neighbour);
        next.push(neighbour);
      }
    }
    rim = next;
  }
  return new Set([...near].sort((a, b) => a - b).map((position) => index.nodes[position].id));
}

/** @param {import("../../scene/index.js").TraceIndex} index @param {number} position @returns {number[]} producers, then consumers */
function neighboursOf({ edgeStart, edgeFrom, edgeTo, useStart, uses }, position) {
  const producers = Array.from(edgeFrom.subarray(edgeStart[position], edgeStart[position + 1]));
  const all = uses.subarray(useStart[position], useStart[position + 1]);
  return [...producers, ...Array.from(all.length > SHARED ? all.subarray(0, SHARED) : all, (edge) => edgeTo[edge])];
}

/** @param {number} count @returns {string} a whole number in groups of three */
export const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
