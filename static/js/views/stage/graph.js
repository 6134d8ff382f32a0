/** A trace as the layout wants it: cards with their sizes, constants as chips, labels with their widths. */

import { contributionText } from "../../scene.js";
import { indexOf } from "../../scene/index.js";
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
 * @property {number[]} places of the graph's edges among all edges of the scene
 * @property {Map<number, Card>} cards
 * @property {number} room how wide a label may be
 * @property {Map<string, string>} chipTexts edge key → text of its chip, should it have one
 */

const LABEL_HEIGHT = 22;
const CHIP_HEIGHT = 24;
const MOST_LABEL = 140;
const MOST_COMPACT = 84;
const MOST_NARROW = 60;
const NARROW = 760;
const MOST_CHIP = 110;

/** @param {import("../../scene/trace.js").Trace} trace @param {number | "all"} digits @param {Direction} direction @param {number} width of the stage: narrow ones have short labels @param {import("../../notation.js").Notation} [notation] @param {ReadonlySet<number> | null} [near] only these nodes, and what they read as chips @returns {Drawing} */
export function drawingOf(trace, digits, direction, width, notation = "names", near = null) {
  const { scene, cards } = cardsOf(trace, digits, direction, notation, near);
  const places = near === null ? scene.edges.map((_, place) => place) : placesInto(trace, near);
  const edges = places.map(scene.edge);
  const nodes = near === null ? scene.nodes : [...near].flatMap((id) => scene.node(id) ?? []);
  const { positionOf } = indexOf(trace);
  const chipTexts = new Map(edges.map((edge) => [edge.key, chipText(scene, edge.from)]));
  const compact = [...cards.values()].some((card) => card.density.compact);
  const room = direction === "right" && width < NARROW ? MOST_NARROW : compact ? MOST_COMPACT : MOST_LABEL;
  const known = new Set(groupsOf(trace).map((group) => group.id));
  return {
    cards,
    room,
    chipTexts,
    edges,
    places,
    graph: {
      direction,
      nodeGap: compact ? 20 : 32,
      nodes: nodes.flatMap((node) => {
        const card = cards.get(node.id);
        const group = node.group !== null && known.has(node.group) ? node.group : null;
        const { width, height } = card ?? { width: 0, height: 0 };
        const slots = trace.nodes[positionOf(node.id)].inputs.length;
        return card === undefined ? [] : [{ id: node.id, width, height, slots, group, isInput: node.kind === "input", reference: chipSize(node.name) }];
      }),
      edges: edges.map((edge, index) => ({
        from: edge.from,
        to: edge.to,
        slot: edge.slot,
        label: { width: labelWidth(scene, edge, places[index], room), height: LABEL_HEIGHT },
        chip: cards.has(edge.from) ? null : chipSize(chipTexts.get(edge.key) ?? ""),
      })),
      groups: groupsOf(trace).map((group) => ({ id: group.id, parent: group.parent, labelWidth: widthOf(group.label, "label") + 40 })),
    },
  };
}

/** @param {import("../../scene/trace.js").Trace} trace @param {ReadonlySet<number>} near @returns {number[]} of the edges into these nodes */
function placesInto(trace, near) {
  const { positionOf, edgeStart } = indexOf(trace);
  return [...near].flatMap((id) => Array.from({ length: edgeStart[positionOf(id) + 1] - edgeStart[positionOf(id)] }, (_, slot) => edgeStart[positionOf(id)] + slot));
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

/** @param {SceneEdge} edge @param {number} room @returns {string} the partial with its name where there is room */
export function partialLabel(edge, room) {
  const named = `${edge.partialName} = ${edge.partial}`;
  return widthOf(named, "label") <= room ? named : edge.partial;
}

/** @param {string} contribution "1 × 5 = 5" @param {number} room @returns {string} the product where there is room, else its value */
export function contributionLabel(contribution, room) {
  return widthOf(contribution, "label") <= room ? contribution : (contribution.split(/ [=≈] /).at(-1) ?? contribution);
}

/** @param {Scene} scene @param {SceneEdge} edge @param {number} index @param {number} room @returns {number} of the longer of "∂v₂/∂x₁ = 5" and "1 × 5 = 5" */
function labelWidth(scene, edge, index, room) {
  if (scene.node(edge.from)?.kind === "constant") return 0;
  const { usedAt, steps } = indexOf(scene.trace);
  const used = usedAt[index] < 0 ? null : steps[usedAt[index]];
  const product = used === null ? 0 : widthOf(contributionLabel(contributionText(scene, edge, used), room), "label");
  return Math.ceil(Math.max(widthOf(partialLabel(edge, room), "label"), product)) + 12;
}
