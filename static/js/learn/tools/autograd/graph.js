/** The graph behind one backward: its nodes in layers from the root, what each kept, and whether that is freed; and the same as a table. */

import { h } from "../../../dom.js";
import { d3 } from "../../../vendor.js";

/** @typedef {{shape: number[], version: number, now: number, result: boolean}} Saved */
/** @typedef {{id: number, name: string, variable: string | null, shape: number[], inputs: (number | null)[], freed: boolean, saved: Saved[]}} GraphNode */
/** @typedef {{line: number, root: string | null, nodes: GraphNode[]}} Graph */

const WIDE = 172;
const HIGH = 58;
const GAP = Object.freeze({ across: 46, down: 18 });
const MOST_DRAWN = 60;

/** @param {Graph} graph @returns {HTMLElement} */
export function graphOf(graph) {
  const drawn = graph.nodes.length <= MOST_DRAWN ? h("div", { class: "autograd-drawing", tabindex: "0", role: "group", "aria-label": "Drawing of the graph, scrolls" }, drawingOf(graph)) : h("p", { class: "autograd-large" }, `${graph.nodes.length} nodes: too many to draw here; the table has them.`);
  return h("div", { class: "autograd-graph" }, drawn, h("details", {}, h("summary", {}, "The graph as a table"), tableOf(graph)));
}

/** @param {Graph} graph @returns {number[]} how many edges lie between the root and each node, at most */
export function layersOf({ nodes }) {
  const layers = nodes.map(() => 0);
  for (let changed = true, round = 0; changed && round <= nodes.length; round += 1) {
    changed = false;
    for (const node of nodes) {
      for (const to of node.inputs) {
        if (to !== null && layers[to] < layers[node.id] + 1) {
          layers[to] = layers[node.id] + 1;
          changed = true;
        }
      }
    }
  }
  return layers;
}

/** @param {GraphNode} node @returns {string} "saves 1 tensor, freed" */
export function keptWords({ saved, freed }) {
  if (saved.length === 0) return "keeps nothing";
  const changed = saved.find(({ version, now }) => version !== now);
  if (changed !== undefined) return `kept version ${changed.version}, now ${changed.now}`;
  return `kept ${saved.length} ${saved.length === 1 ? "tensor" : "tensors"}${freed ? ", freed" : ""}`;
}

/** @param {Graph} graph */
function drawingOf(graph) {
  const layers = layersOf(graph);
  const counts = new Map();
  const places = graph.nodes.map((_, id) => {
    const row = counts.get(layers[id]) ?? 0;
    counts.set(layers[id], row + 1);
    return { x: layers[id] * (WIDE + GAP.across), y: row * (HIGH + GAP.down) };
  });
  const width = (Math.max(...layers) + 1) * (WIDE + GAP.across) - GAP.across + 4;
  const height = Math.max(...counts.values()) * (HIGH + GAP.down) - GAP.down + 4;
  const svg = d3.create("svg").attr("viewBox", `-2 -2 ${width} ${height}`).attr("width", width).attr("height", height).attr("aria-hidden", "true");
  const edges = graph.nodes.flatMap(({ id, inputs }) => inputs.flatMap((to, slot) => (to === null ? [] : [{ from: places[id], to: places[to], key: `${id}.${slot}`, shift: slot * 8 - 4 }])));
  svg
    .selectAll("path")
    .data(edges, (/** @type {any} */ { key }) => key)
    .join("path")
    .attr("class", "autograd-edge")
    .attr("d", ({ from, to, shift }) => `M${from.x + WIDE},${from.y + HIGH / 2 + shift} C${from.x + WIDE + GAP.across / 2},${from.y + HIGH / 2 + shift} ${to.x - GAP.across / 2},${to.y + HIGH / 2 + shift} ${to.x},${to.y + HIGH / 2 + shift}`);
  const groups = svg.selectAll("g").data(graph.nodes).join("g").attr("transform", ({ id }) => `translate(${places[id].x},${places[id].y})`).attr("class", (node) => `autograd-node ${node.name === "AccumulateGrad" ? "is-leaf" : ""} ${node.freed ? "is-freed" : ""}`);
  groups.append("rect").attr("width", WIDE).attr("height", HIGH).attr("rx", 6);
  groups.append("text").attr("class", "autograd-name").attr("x", 10).attr("y", 19).text(({ name }) => name);
  groups.append("text").attr("class", "autograd-what").attr("x", 10).attr("y", 35).text(({ variable, shape }) => `${variable === null ? "" : `${variable} `}${shape.length === 0 ? "a number" : shape.join("×")}`);
  groups.append("text").attr("class", "autograd-kept").attr("x", 10).attr("y", 50).text((node) => (node.name === "AccumulateGrad" ? "adds to .grad" : keptWords(node)));
  return /** @type {SVGElement} */ (svg.node());
}

/** @param {Graph} graph */
function tableOf({ nodes }) {
  const called = (/** @type {number | null} */ id) => (id === null ? "nothing" : `${nodes[id].name}${nodes[id].variable === null ? "" : ` of ${nodes[id].variable}`}`);
  const rows = nodes.map((node) => h("tr", {}, h("th", { scope: "row" }, h("code", {}, node.name)), h("td", {}, node.variable ?? ""), h("td", {}, node.shape.length === 0 ? "number" : node.shape.join("×")), h("td", {}, node.inputs.length === 0 ? "adds to .grad" : node.inputs.map(called).join(", ")), h("td", {}, node.name === "AccumulateGrad" ? "" : keptWords(node))));
  return h("div", { class: "matrix-scroll", tabindex: "0", role: "region", "aria-label": "The graph as a table" }, h("table", { class: "autograd-table" }, h("thead", {}, h("tr", {}, ...["Node", "Name", "Shape", "Passes on to", "Kept"].map((words) => h("th", { scope: "col" }, words)))), h("tbody", {}, ...rows)));
}
