/**
 * Which edges are drawn as chips beside the port that reads them, instead of lines: constants, and values read far away.
 *
 * Shared parameters of a long loop would otherwise fill the picture with parallel lines, and the layout with points.
 */

import { GAP } from "./types.js";

/** @typedef {import("./types.js").LayoutGraph} LayoutGraph */

const FAR = 8;
const NEAR = 3;
const MANY_USES = 4;
const POINTS_PER_NODE = 6;
const FREE_POINTS = 4000;

/**
 * @param {LayoutGraph} graph
 * @param {Map<number, number>} place node id → index
 * @returns {Uint8Array} edge → 0 line, 1 chip of a constant, 2 chip that refers to a node drawn elsewhere
 */
export function chipsOf(graph, place) {
  const chips = Uint8Array.from(graph.edges, (edge) => (edge.chip === null && place.has(edge.from) ? 0 : 1));
  const depth = depths(graph, place, chips);
  const uses = new Int32Array(graph.nodes.length);
  const ends = graph.edges.map((edge) => ({ from: place.get(edge.from) ?? -1, to: place.get(edge.to) ?? -1 }));
  ends.forEach(({ from }, edge) => {
    if (chips[edge] === 0) uses[from] += 1;
  });
  const span = (/** @type {number} */ edge) => depth[ends[edge].to] - depth[ends[edge].from];
  const farthest = new Int32Array(graph.nodes.length);
  ends.forEach(({ from }, edge) => {
    if (chips[edge] === 0) farthest[from] = Math.max(farthest[from], span(edge));
  });
  ends.forEach(({ from }, edge) => {
    const isShared = chips[edge] === 0 && graph.nodes[from].isInput && uses[from] >= MANY_USES && farthest[from] > FAR;
    if (isShared && span(edge) > NEAR) chips[edge] = 2;
  });
  for (let most = 4096; most >= FAR && points(graph, chips, ends, span) > POINTS_PER_NODE * graph.nodes.length + FREE_POINTS; most /= 2) {
    for (let edge = 0; edge < chips.length; edge += 1) if (chips[edge] === 0 && span(edge) > most) chips[edge] = 2;
  }
  return chips;
}

/** @param {LayoutGraph} graph @param {Map<number, number>} place @param {Uint8Array} chips @returns {Int32Array} longest path to each node */
function depths(graph, place, chips) {
  const depth = new Int32Array(graph.nodes.length);
  graph.edges.forEach((edge, index) => {
    if (chips[index] !== 0) return;
    const to = /** @type {number} */ (place.get(edge.to));
    depth[to] = Math.max(depth[to], depth[/** @type {number} */ (place.get(edge.from))] + 1);
  });
  return depth;
}

/** @param {LayoutGraph} graph @param {Uint8Array} chips @param {{from: number, to: number}[]} ends @param {(edge: number) => number} span @returns {number} how many points the lines would need */
function points(graph, chips, ends, span) {
  const longest = new Int32Array(graph.nodes.length);
  for (let edge = 0; edge < chips.length; edge += 1) if (chips[edge] === 0) longest[ends[edge].from] = Math.max(longest[ends[edge].from], span(edge));
  return longest.reduce((sum, length) => sum + Math.max(length - 1, 0), 0);
}

/** @param {LayoutGraph} graph @param {Map<number, number>} place @param {Uint8Array} chips @returns {{along: Float64Array, size: (edge: number) => {width: number, height: number}}} room in front of each node */
export function chipRoom(graph, place, chips) {
  const size = (/** @type {number} */ edge) => graph.edges[edge].chip ?? graph.nodes[place.get(graph.edges[edge].from) ?? 0].reference;
  const along = new Float64Array(graph.nodes.length);
  chips.forEach((kind, edge) => {
    if (kind === 0) return;
    const to = /** @type {number} */ (place.get(graph.edges[edge].to));
    along[to] = Math.max(along[to], (graph.direction === "right" ? size(edge).width : size(edge).height) + GAP.chip);
  });
  return { along, size };
}
