/** A trace as the layout wants it: cards with their sizes, constants as chips, labels with their widths. */

import { groupsOf } from "../../scene/trace.js";
import { fitted, widthOf } from "./measure.js";
import { cardsOf } from "./sizes.js";

/** @typedef {import("../../layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("../../layout/types.js").Direction} Direction */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("./sizes.js").Card} Card */

/**
 * @typedef {object} Drawing what is known about a trace's picture before it has places
 * @property {LayoutGraph} graph
 * @property {SceneEdge[]} edges in the order of the graph's edges
 * @property {Map<number, Card>} cards
 * @property {Map<string, string>} chipTexts edge key → text of its chip, should it have one
 */

const LABEL_HEIGHT = 22;
const CHIP_HEIGHT = 24;
const MOST_LABEL = 190;
const MOST_CHIP = 110;

/** @param {import("../../scene/trace.js").Trace} trace @param {number | "all"} digits @param {Direction} direction @returns {Drawing} */
export function drawingOf(trace, digits, direction) {
  const { scene, cards } = cardsOf(trace, digits, direction);
  const chipTexts = new Map(scene.edges.map((edge) => [edge.key, chipText(scene, edge.from)]));
  const known = new Set(groupsOf(trace).map((group) => group.id));
  return {
    cards,
    chipTexts,
    edges: scene.edges,
    graph: {
      direction,
      nodes: scene.nodes.flatMap((node, position) => {
        const card = cards.get(node.id);
        const group = node.group !== null && known.has(node.group) ? node.group : null;
        const { width, height } = card ?? { width: 0, height: 0 };
        const slots = trace.nodes[position].inputs.length;
        return card === undefined ? [] : [{ id: node.id, width, height, slots, group, isInput: node.kind === "input", reference: chipSize(node.name) }];
      }),
      edges: scene.edges.map((edge) => ({
        from: edge.from,
        to: edge.to,
        slot: edge.slot,
        label: { width: labelWidth(scene, edge), height: LABEL_HEIGHT },
        chip: cards.has(edge.from) ? null : chipSize(chipTexts.get(edge.key) ?? ""),
      })),
      groups: groupsOf(trace).map((group) => ({ id: group.id, parent: group.parent, labelWidth: widthOf(group.label, "label") + 40 })),
    },
  };
}

/** @param {Scene} scene @param {number} id @returns {string} a constant's number, with its name where it has one; else the name */
function chipText(scene, id) {
  const node = scene.node(id);
  if (node === undefined) return "";
  const text = node.kind === "constant" && node.name !== node.primal ? `${node.name} = ${node.primal}` : node.name;
  return fitted(text, "slot", MOST_CHIP);
}

/** @param {string} text */
const chipSize = (text) => ({ width: Math.ceil(Math.min(widthOf(text, "slot"), MOST_CHIP)) + 14, height: CHIP_HEIGHT });

/** @param {SceneEdge} edge @returns {string} */
export const partialLabel = (edge) => `${edge.partialName} = ${edge.partial}`;

/** @param {Scene} scene @param {SceneEdge} edge @returns {number} of the longer of "∂v₂/∂x₁ = 5" and "1 × 5 = 5" */
function labelWidth(scene, edge) {
  if (scene.node(edge.from)?.kind === "constant") return 0;
  const giver = scene.node(edge.to);
  const product = giver !== undefined && giver.shape.length === 0 ? widthOf(`${giver.adjoint} × ${edge.partial} = ${edge.partial}`, "label") : 0;
  return Math.min(Math.max(widthOf(partialLabel(edge), "label"), product) + 14, MOST_LABEL);
}
