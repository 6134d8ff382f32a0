/** Two small pictures of one graph, with the same places: tangents as far as the cut on the left, adjoints behind it on the right. */

import { fitted, widthOf } from "../views/stage/measure.js";
import { pathOf } from "../views/stage/paths.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../layout/types.js").Layout} Layout */
/** @typedef {import("../layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("d3-selection").Selection<SVGSVGElement, any, any, any>} Picture */
/** @typedef {{nodes: SceneNode[], graph: LayoutGraph, layout: Layout}} Plan what both pictures have in common */
/** @typedef {"done" | "crossing" | "todo"} State */
/** @typedef {{side: "tangent" | "adjoint", after: number, text: (id: number) => string, state: (id: number) => State, crossing: ReadonlySet<number>, lit: readonly number[]}} Look */

const HEIGHT = 52;
const MOST_TITLE = 150;
const MARGIN = 26;

/** @param {Scene} scene @param {"right" | "down"} direction @param {(id: number) => string[]} texts everything that a card will show @returns {{nodes: SceneNode[], graph: LayoutGraph}} */
export function graphFor(scene, direction, texts) {
  const nodes = scene.nodes.filter((node) => node.kind !== "constant" || node.isOutput);
  const known = new Set(nodes.map((node) => node.id));
  const at = new Map(scene.trace.nodes.map((node) => [node.id, node]));
  const width = (/** @type {SceneNode} */ node) => Math.ceil(Math.max(72, widthOf(titleOf(node), "titleCompact"), ...texts(node.id).map((text) => widthOf(text, "slot")))) + 24;
  const chip = (/** @type {SceneNode} */ node) => ({ width: Math.ceil(Math.min(widthOf(node.name, "small"), 70)) + 10, height: 20 });
  return {
    nodes,
    graph: {
      direction,
      nodeGap: 22,
      nodes: nodes.map((node) => ({ id: node.id, width: width(node), height: HEIGHT, slots: at.get(node.id)?.inputs.length ?? 0, group: null, isInput: node.kind === "input", reference: chip(node) })),
      edges: scene.edges.map((edge) => ({ from: edge.from, to: edge.to, slot: edge.slot, label: { width: 0, height: 0 }, chip: known.has(edge.from) ? null : chip(/** @type {SceneNode} */ (scene.node(edge.from))) })),
      groups: [],
    },
  };
}

/** @param {SceneNode} node @returns {string} */
const titleOf = (node) => fitted(node.expression === "" ? node.name : `${node.name} = ${node.expression}`, "titleCompact", MOST_TITLE);

/** @param {Picture} svg @param {Scene} scene @param {Plan} plan @param {Look} look */
export function paintSweep(svg, scene, plan, look) {
  const { layout } = plan;
  svg.attr("viewBox", `${-MARGIN} ${-MARGIN} ${layout.width + 2 * MARGIN} ${layout.height + 2 * MARGIN}`).style("--wide", `${layout.width + 2 * MARGIN}px`).style("--tall", `${layout.height + 2 * MARGIN}px`);
  for (const name of ["edges", "cut", "cards"]) svg.selectAll(`g.${name}`).data([0]).join("g").attr("class", name);
  paintEdges(svg, scene, plan, look);
  const atCut = nodesAtCut(scene, plan, look);
  svg.select("g.cut").selectAll("path").data([cutLine(plan, atCut)]).join("path").attr("d", String);
  paintCards(svg, plan, look, atCut);
}

/** @param {Picture} svg @param {Scene} scene @param {Plan} plan @param {Look} look */
function paintEdges(svg, scene, { layout }, look) {
  const drawn = scene.edges.map((edge, index) => ({ edge, index })).filter(({ index }) => Number.isNaN(layout.chipX[index]));
  const done = (/** @type {{edge: import("../scene.js").SceneEdge}} */ { edge }) => (look.side === "tangent" ? edge.to <= look.after : edge.to > look.after);
  const crosses = (/** @type {{edge: import("../scene.js").SceneEdge}} */ { edge }) => edge.from <= look.after && edge.to > look.after && look.crossing.has(edge.from);
  svg.select("g.edges").selectAll("path").data(drawn, (/** @type {any} */ item) => item.edge.key).join("path").attr("d", ({ index }) => pathOf(layout, index)).attr("class", (item) => `${done(item) ? "done" : "todo"} ${crosses(item) ? "crossing" : ""}`);
}

/** @param {Scene} scene @param {Plan} plan @param {Look} look @returns {Set<number>} what crosses by a line; a value that is read from chips alone stands anywhere */
function nodesAtCut(scene, { layout }, { after, crossing }) {
  const beyond = scene.edges.map((edge, index) => ({ edge, isLine: Number.isNaN(layout.chipX[index]) })).filter(({ edge }) => crossing.has(edge.from) && edge.to > after);
  const [read, lines] = [beyond, beyond.filter(({ isLine }) => isLine)].map((edges) => new Set(edges.map(({ edge }) => edge.from)));
  const found = [...crossing].filter((id) => lines.has(id) || !read.has(id));
  return new Set(found.length > 0 ? found : crossing);
}

/** @param {Plan} plan @param {Set<number>} atCut @returns {string} a line behind everything that crosses, from edge to edge of the picture */
function cutLine({ nodes, graph, layout }, atCut) {
  const right = layout.direction === "right";
  const points = nodes.flatMap((node, at) => {
    if (!atCut.has(node.id)) return [];
    const { width, height } = graph.nodes[at];
    const [x, y] = [layout.nodeX[at], layout.nodeY[at]];
    return [right ? [x + width + 11, y + height / 2] : [x + width / 2, y + height + 9]];
  });
  if (points.length === 0) return "";
  const along = right ? 1 : 0;
  points.sort((a, b) => a[along] - b[along]);
  const [first, last] = [points[0], /** @type {number[]} */ (points.at(-1))];
  const ends = right ? [[first[0], -MARGIN], [last[0], layout.height + MARGIN]] : [[-MARGIN, first[1]], [layout.width + MARGIN, last[1]]];
  return smooth([ends[0], ...points, ends[1]], right);
}

/** @param {number[][]} points @param {boolean} down whether the curve runs down, else to the right @returns {string} it leaves and meets every point in its own direction */
function smooth(points, down) {
  const [start, ...rest] = points;
  let [x, y] = start;
  const parts = [`M${x} ${y}`];
  for (const [nextX, nextY] of rest) {
    parts.push(down ? `C${x} ${(y + nextY) / 2} ${nextX} ${(y + nextY) / 2} ${nextX} ${nextY}` : `C${(x + nextX) / 2} ${y} ${(x + nextX) / 2} ${nextY} ${nextX} ${nextY}`);
    [x, y] = [nextX, nextY];
  }
  return parts.join("");
}

/** @param {Picture} svg @param {Plan} plan @param {Look} look @param {Set<number>} atCut */
function paintCards(svg, { nodes, graph, layout }, look, atCut) {
  const items = nodes.map((node, at) => ({ node, x: layout.nodeX[at], y: layout.nodeY[at], width: graph.nodes[at].width }));
  const cards = svg.select("g.cards").selectAll("g").data(items, (/** @type {any} */ item) => item.node.id).join((enter) => {
    const card = enter.append("g").attr("data-node", ({ node }) => node.id);
    card.append("rect").attr("rx", 7).attr("height", HEIGHT);
    card.append("text").attr("class", "title").attr("x", 9).attr("y", 16);
    card.append("text").attr("class", "value").attr("y", 37);
    return card;
  });
  cards.attr("transform", ({ x, y }) => `translate(${x},${y})`).attr("class", ({ node }) => `card ${look.side} ${look.state(node.id)} ${look.lit.includes(node.id) ? "lit" : ""} ${atCut.has(node.id) ? "at-cut" : ""}`);
  cards.select("rect").attr("width", ({ width }) => width);
  cards.select("text.title").text(({ node }) => titleOf(node));
  cards.select("text.value").attr("x", ({ width }) => width / 2).text(({ node }) => look.text(node.id));
}

/** Brings what crosses the cut into the middle of a picture that is larger than its place. @param {HTMLElement} frame @param {Picture} svg */
export function showCut(frame, svg) {
  const boxes = /** @type {Element[]} */ (svg.selectAll("g.at-cut").nodes()).map((card) => card.getBoundingClientRect());
  if (boxes.length === 0 || (frame.scrollHeight <= frame.clientHeight && frame.scrollWidth <= frame.clientWidth)) return;
  const place = frame.getBoundingClientRect();
  const middle = (/** @type {number[]} */ ends) => (Math.min(...ends) + Math.max(...ends)) / 2;
  frame.scrollTop += middle(boxes.flatMap((box) => [box.top, box.bottom])) - (place.top + place.bottom) / 2;
  frame.scrollLeft += middle(boxes.flatMap((box) => [box.left, box.right])) - (place.left + place.right) / 2;
}
