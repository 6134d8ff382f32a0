/** A trace as the layout wants it: cards with their sizes, constants as chips, labels with their widths. */

import { UNFOLDED, foldingOf } from "../../fold/folding.js";
import { contributionText } from "../../scene.js";
import { indexOf } from "../../scene/index.js";
import { foldedCard } from "./folded.js";
import { linesOf, unitId } from "./lines.js";
import { LARGE } from "./near.js";
import { wholeDrawing } from "./whole.js";
import { fitted, widthOf } from "./measure.js";
import { cardsOf } from "./sizes.js";

/** @typedef {import("../../layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("../../scene/trace.js").Trace} Trace */
/** @typedef {import("../../layout/types.js").Direction} Direction */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {Pick<import("../../scene.js").SceneEdge, "partial" | "partialName">} Labelled */
/** @typedef {import("./sizes.js").Card} Card */
/** @typedef {import("../../fold/folding.js").Folding} Folding */

/**
 * @typedef {object} Drawing what is known about a trace's picture before it has places
 * @property {LayoutGraph} graph
 * @property {import("./lines.js").Line[]} lines in the order of the graph's edges
 * @property {Map<number, Card>} cards
 * @property {Folding} folding
 * @property {Map<number, import("./folded.js").FoldedCard>} folded cards of shut folds, by their places
 * @property {number[]} boxes places of the folds with boxes, in the order of the graph's groups
 * @property {number} room how wide a label may be
 * @property {(line: number) => string} chipText what a line's chip says, should it have one
 */

/** @typedef {{near?: ReadonlySet<number> | null, folding?: Folding}} Part near: only these nodes, and what they read as chips */

const LABEL_HEIGHT = 22;
const CHIP_HEIGHT = 24;
const MOST_LABEL = 140;
const MOST_COMPACT = 84;
const MOST_NARROW = 60;
const NARROW = 760;
const MOST_CHIP = 110;
/** What stands beside a box's title: its sign, and the space around both. */
const BOX_SIGNS = 58;
/** The labels of so many edges decide how much room the line of them has. */
const MOST_MEASURED = 40;

/** @param {Trace} trace @param {number | "all"} digits @param {Direction} direction @param {number} width of the stage: narrow ones have short labels @param {import("../../notation.js").Notation} [notation] @param {Part} [part] @returns {Drawing} */
export function drawingOf(trace, digits, direction, width, notation = "names", { near = null, folding = foldingOf(trace, UNFOLDED, null) } = {}) {
  if (near === null && trace.nodes.length > LARGE && folding.shut.length === 0) return wholeDrawing(trace, { digits, direction, notation }, folding, chipText);
  const { scene, cards } = cardsOf(trace, digits, direction, notation, near ?? shownBeside(trace, folding));
  const places = near === null ? null : placesInto(trace, near);
  const lines = linesOf(trace, folding, places ?? Array.from({ length: indexOf(trace).edgeFrom.length }, (_, place) => place));
  const ports = portsOf(lines);
  const folded = new Map(folding.shut.map((place) => [place, foldedCard(scene, folding.folds, place, ports.get(place) ?? 0, direction)]));
  const chipTexts = lines.map(({ from }) => (from < 0 ? fitted(folding.folds[unitId(from)].label, "slot", MOST_CHIP) : chipText(scene, from)));
  const compact = [...cards.values()].some((card) => card.density.compact);
  const room = direction === "right" && width < NARROW ? MOST_NARROW : compact ? MOST_COMPACT : MOST_LABEL;
  const nodes = unitsOf(scene, { near, folding, cards, folded, ports });
  const boxes = boxesAround(folding, nodes);
  return {
    cards, room, chipText: (line) => chipTexts[line], lines, folding, folded, boxes,
    graph: {
      direction,
      nodeGap: compact ? 20 : 32,
      nodes,
      edges: lines.map((line, index) => ({
        from: line.from,
        to: line.to,
        slot: line.slot,
        label: { width: labelWidth(scene, line, room), height: LABEL_HEIGHT },
        chip: line.from < 0 || cards.has(line.from) ? null : chipSize(chipTexts[index]),
      })),
      groups: boxes.map((place) => ({ id: place, parent: folding.home[place] < 0 ? null : folding.home[place], labelWidth: widthOf(folding.folds[place].label, "label") + BOX_SIGNS })),
    },
  };
}

/** @param {Trace} trace @param {Folding} folding @returns {ReadonlySet<number> | null} the nodes that no shut fold holds; null for all */
function shownBeside(trace, { shut, unit }) {
  return shut.length === 0 ? null : new Set(trace.nodes.flatMap(({ id }, at) => (unit[at] < 0 ? [id] : [])));
}

/** @param {import("./lines.js").Line[]} lines @returns {Map<number, number>} how many lines lead into each shut fold */
function portsOf(lines) {
  const ports = new Map();
  for (const { to } of lines) if (to < 0) ports.set(unitId(to), (ports.get(unitId(to)) ?? 0) + 1);
  return ports;
}

/** @param {Scene} scene @param {Required<Part> & {cards: Map<number, Card>, folded: Drawing["folded"], ports: Map<number, number>}} drawn @returns {LayoutGraph["nodes"]} in evaluation order */
function unitsOf(scene, { near, folding, cards, folded, ports }) {
  const { nodes, positionOf } = indexOf(scene.trace);
  const groupAt = (/** @type {number} */ place) => (place < 0 ? null : place);
  const positions = near === null ? nodes.keys() : [...near].map(positionOf).values();
  /** @type {LayoutGraph["nodes"]} */
  const units = [];
  for (const at of positions) {
    const place = folding.unit[at];
    const card = place < 0 ? cards.get(nodes[at].id) : folded.get(place);
    if (card === undefined || (place >= 0 && folding.folds[place].first !== at)) continue;
    const { width, height } = card;
    if (place < 0) units.push({ id: nodes[at].id, width, height, slots: nodes[at].inputs.length, group: groupAt(folding.boxOf(at)), isInput: nodes[at].kind === "input", reference: chipSize(scene.node(nodes[at].id)?.name ?? "") });
    else units.push({ id: unitId(place), width, height, slots: ports.get(place) ?? 0, group: groupAt(folding.home[place]), isInput: false, reference: chipSize(fitted(folding.folds[place].label, "slot", MOST_CHIP)) });
  }
  return units;
}

/** @param {Folding} folding @param {LayoutGraph["nodes"]} nodes @returns {number[]} the boxes that hold any of them */
function boxesAround({ open, home }, nodes) {
  const used = new Set();
  for (const { group } of nodes) for (let at = group ?? -1; at >= 0 && !used.has(at); at = home[at]) used.add(at);
  return open.filter((place) => used.has(place));
}

/** @param {Trace} trace @param {ReadonlySet<number>} near @returns {number[]} of the edges into these nodes */
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

/** @param {Labelled} edge @param {number} room @returns {string} the partial with its name where there is room */
export function partialLabel(edge, room) {
  const named = `${edge.partialName} = ${edge.partial}`;
  return widthOf(named, "label") <= room ? named : edge.partial;
}

/** @param {string} contribution "1 × 5 = 5" @param {number} room @returns {string} the product where there is room, else its value */
export function contributionLabel(contribution, room) {
  return widthOf(contribution, "label") <= room ? contribution : (contribution.split(/ [=≈] /).at(-1) ?? contribution);
}

/** @param {Scene} scene @param {import("./lines.js").Line} line @param {number} room @returns {number} of the longest that its edges will say */
function labelWidth(scene, { from, places }, room) {
  if (from >= 0 && scene.node(from)?.kind === "constant") return 0;
  return places.slice(0, MOST_MEASURED).reduce((most, place) => Math.max(most, edgeLabelWidth(scene, place, room)), 0);
}

/** @param {Scene} scene @param {number} place @param {number} room @returns {number} of the longer of "∂v₂/∂x₁ = 5" and "1 × 5 = 5" */
function edgeLabelWidth(scene, place, room) {
  const { usedAt, steps } = indexOf(scene.trace);
  const edge = scene.edge(place);
  const used = usedAt[place] < 0 ? null : steps[usedAt[place]];
  const product = used === null ? 0 : widthOf(contributionLabel(contributionText(scene, edge, used), room), "label");
  return Math.ceil(Math.max(widthOf(partialLabel(edge, room), "label"), product)) + 12;
}
