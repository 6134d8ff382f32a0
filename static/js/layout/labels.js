/** The room that labels take: in front of the ports that they belong to, and beside their card where they are wider. */

import { GAP } from "./types.js";

/** @typedef {import("./types.js").LayoutGraph} LayoutGraph */

/** What is written at the ports of neighbours keeps this far apart. */
const APART = 4;

/** @param {LayoutGraph} graph @param {Map<number, number>} place @param {Uint8Array} chips @returns {Float64Array} room that the labels at a node's ports need in front of it */
export function labelRooms(graph, place, chips) {
  const room = new Float64Array(graph.nodes.length);
  graph.edges.forEach((edge, index) => {
    if (chips[index] !== 0 || edge.label.width === 0) return;
    const to = /** @type {number} */ (place.get(edge.to));
    const need = graph.direction === "right" ? edge.label.width + 28 : graph.nodes[to].slots * (edge.label.height + 3) + 22;
    room[to] = Math.max(room[to], need);
  });
  return room;
}

/**
 * Downwards, what is written at the ports may be wider than the card: then neighbours stand further apart.
 * @param {LayoutGraph} graph @param {Map<number, number>} place @param {Uint8Array} chips @param {(edge: number) => {width: number}} chipSize
 * @returns {Float64Array} size across of each node with what is written at its ports, less what fits into the gap between two
 */
export function outlinesOf({ nodes, edges, direction, nodeGap = GAP.nodes }, place, chips, chipSize) {
  const right = direction === "right";
  const outline = new Float64Array(nodes.length);
  for (let at = 0; at < nodes.length; at += 1) outline[at] = right ? nodes[at].height : nodes[at].width;
  if (right) return outline;
  edges.forEach(({ to, slot, label }, edge) => {
    const at = /** @type {number} */ (place.get(to));
    const written = chips[edge] === 0 ? label.width : chipSize(edge).width;
    const port = nodes[at].width * Math.abs((slot + 1) / (nodes[at].slots + 1) - 0.5);
    if (written > 0) outline[at] = Math.max(outline[at], 2 * port + written + APART - nodeGap);
  });
  return outline;
}
