/** The small picture of an example's graph: boxes and lines, placed by the layout of the stage. */

import { askOutlines } from "../api.js";
import { layoutOf } from "../layout.js";

/** @typedef {import("../api.js").Outline} Outline */

const SVG = "http://www.w3.org/2000/svg";
const BOX = Object.freeze({ width: 54, height: 34 });
const WIDEST = 2.9;

/** @type {Promise<Map<string, Outline>> | null} */
let asked = null;

/** @param {string} id of an example @returns {Promise<SVGSVGElement | null>} */
export async function thumbnailOf(id) {
  asked ??= askOutlines().catch((reason) => {
    asked = null;
    throw reason;
  });
  const outline = (await asked).get(id);
  return outline === undefined ? null : drawing(outline);
}

/** @param {Outline} outline @returns {SVGSVGElement} wide graphs show how they begin */
function drawing(outline) {
  const layout = layoutOf(graphOf(outline));
  const svg = document.createElementNS(SVG, "svg");
  const height = Math.max(layout.height, 90);
  const width = Math.min(Math.max(layout.width, height), Math.max(height * WIDEST * 1.6, 900));
  svg.setAttribute("viewBox", `0 ${(layout.height - height) / 2} ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", layout.width > width ? "xMinYMid slice" : "xMidYMid meet");
  outline.edges.forEach((_, edge) => svg.append(shape("path", { d: lineOf(layout, edge) })));
  [...outline.nodes].forEach((sign, node) => svg.append(shape("rect", { class: sign, x: layout.nodeX[node], y: layout.nodeY[node], width: BOX.width, height: BOX.height, rx: 8 })));
  return svg;
}

/** @param {Outline} outline @returns {import("../layout/types.js").LayoutGraph} */
function graphOf({ nodes, edges }) {
  const slots = new Int32Array(nodes.length);
  const none = { width: 0, height: 0 };
  const listed = edges.map(([from, to]) => ({ from, to, slot: slots[to]++, label: none, chip: null }));
  return {
    direction: "right",
    nodeGap: 14,
    groups: [],
    nodes: [...nodes].map((sign, id) => ({ id, ...BOX, slots: slots[id], group: null, isInput: sign === "i", reference: { width: 20, height: 20 } })),
    edges: listed,
  };
}

/** @param {import("../layout/types.js").Layout} layout @param {number} edge @returns {string} straight from knot to knot: curves are not seen at this size */
function lineOf(layout, edge) {
  const points = layout.edgePoints.subarray(2 * layout.edgeStart[edge], 2 * layout.edgeStart[edge + 1]);
  return Array.from({ length: points.length / 2 }, (_, knot) => `${knot === 0 ? "M" : "L"}${points[2 * knot]} ${points[2 * knot + 1]}`).join("");
}

/** @param {string} tag @param {Object<string, string | number>} attributes @returns {SVGElement} */
function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
