/**
 * The size of every card, from all that it will ever show: nothing moves while a trace is played.
 *
 * A scalar's card has a title, the primal, a row of derivatives and a row of paths; a tensor's has one grid of cells per slot.
 */

import { sceneOf } from "../../scene.js";
import { indexOf } from "../../scene/index.js";
import { stepsOf } from "../../steps.js";
import { displayOf, flat, gridOf, sumText, textOf } from "../../scene/values.js";
import { format } from "../../format.js";
import { fitted, widthOf } from "./measure.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").SceneNode} SceneNode */
/** @typedef {import("../../scene/trace.js").Trace} Trace */
/** @typedef {import("../../plan.js").Slot} Slot */

/**
 * @typedef {object} Card
 * @property {number} id
 * @property {number} width
 * @property {number} height
 * @property {string} title
 * @property {string} fullTitle
 * @property {string} glyph
 * @property {Density} density
 * @property {number} primalY middle of a scalar's primal
 * @property {"scalar" | "numbers" | "heat" | "chip"} display
 * @property {{slot: Slot, x: number, width: number}[]} blocks columns of the body; scalars have one for the primal
 * @property {{rows: number, columns: number, width: number, height: number}} grid of one block
 * @property {number} derivativeY middle of the row of derivatives
 * @property {number} pathsY middle of the row of paths
 */

/**
 * @typedef {object} Density measures of a card; long tapes have smaller ones, so that more of them is seen
 * @property {boolean} compact
 * @property {"title" | "titleCompact"} titleFont
 * @property {"primal" | "primalCompact"} primalFont
 * @property {"slot" | "slotCompact"} slotFont
 * @property {number} padding
 * @property {number} header
 * @property {number} least width
 * @property {number} mostTitle
 * @property {number} primal height of its row
 * @property {number} row height of the row of derivatives
 * @property {number} paths height of the row of paths
 * @property {number} foot
 */

/** @type {Density} */
const NORMAL = Object.freeze({
  compact: false, titleFont: "title", primalFont: "primal", slotFont: "slot", padding: 12, header: 30, least: 128, mostTitle: 230, primal: 30, row: 25, paths: 18, foot: 8,
});
/** @type {Density} */
const COMPACT = Object.freeze({
  compact: true, titleFont: "titleCompact", primalFont: "primalCompact", slotFont: "slotCompact", padding: 9, header: 24, least: 96, mostTitle: 170, primal: 23, row: 22, paths: 15, foot: 5,
});
const NORMAL_CARDS = 14;
const CAPTION = 18;
const BLOCK_GAP = 14;
const PORT = 26;
const MARKS = 32;
/** So many sums decide how wide a card of a long trace is. */
const MOST_SUMS = 60;
/** Widths grow in steps, so that a changed digit seldom moves the picture. */
const STEP = 8;

/** @param {Trace} trace @param {number | "all"} digits @param {"right" | "down"} direction @param {import("../../notation.js").Notation} [notation] @param {ReadonlySet<number> | null} [near] only these nodes @returns {{scene: Scene, cards: Map<number, Card>}} cards of all nodes but constants that are only read */
export function cardsOf(trace, digits, direction, notation = "names", near = null) {
  const scene = sceneOf(trace, stepsOf(trace).length, { digits, notation });
  const nodes = (near === null ? scene.nodes : [...near].flatMap((id) => scene.node(id) ?? [])).filter(isCard);
  const sums = sumWidths(scene, near);
  const density = nodes.length > NORMAL_CARDS ? COMPACT : NORMAL;
  const { positionOf } = indexOf(trace);
  const cards = new Map(nodes.map((node) => [node.id, roomy(cardOf(scene, node, sums.get(node.id) ?? 0, density), trace.nodes[positionOf(node.id)].inputs.length, direction)]));
  return { scene, cards };
}

/** @param {Scene} scene @param {number} id @param {"right" | "down"} direction @returns {Card} of one node of a long trace */
export function cardOfNode(scene, id, direction) {
  const node = /** @type {SceneNode} */ (scene.node(id));
  return roomy(cardOf(scene, node, 0, COMPACT), scene.trace.nodes[indexOf(scene.trace).positionOf(id)].inputs.length, direction);
}

/** @param {Card} card @param {number} slots @param {"right" | "down"} direction @returns {Card} with room for a port per slot */
function roomy(card, slots, direction) {
  const least = slots * PORT + 8;
  return direction === "right" ? { ...card, height: Math.max(card.height, least) } : { ...card, width: Math.max(card.width, least) };
}

/** @param {SceneNode} node @returns {boolean} a constant has a card only where it is a result */
const isCard = (node) => node.kind !== "constant" || node.isOutput;

/** @param {Scene} scene @param {ReadonlySet<number> | null} near @returns {Map<number, number>} the widest sum that each adjoint will show */
function sumWidths(scene, near) {
  const widest = new Map();
  const before = new Map();
  for (const step of near === null ? stepsOf(scene.trace) : writesTo(scene.trace, near)) {
    if (step.phase !== "reverse") continue;
    const to = step.kind === "contribution" ? /** @type {number} */ (step.to) : step.node;
    const node = /** @type {SceneNode} */ (scene.node(to));
    if (node.shape.length > 0) continue;
    const added = textOf(step.value ?? null, node.shape, scene);
    const earlier = before.get(to);
    if (earlier !== undefined) widest.set(to, Math.max(widest.get(to) ?? 0, widthOf(sumText(earlier, added), "slot")));
    before.set(to, textOf(step.adjoint_after ?? null, node.shape, scene));
  }
  return widest;
}

/** @param {Trace} trace @param {ReadonlySet<number>} near @returns {import("../../steps.js").Step[]} the first steps that write the adjoints of these nodes: a parameter of a long loop has thousands */
function writesTo(trace, near) {
  const { steps, positionOf, writeStart, writes } = indexOf(trace);
  return [...near].map(positionOf).flatMap((at) => Array.from(writes.subarray(writeStart[at], Math.min(writeStart[at + 1], writeStart[at] + MOST_SUMS)), (step) => steps[step]));
}

/** @param {Scene} scene @param {SceneNode} node @param {number} sum @param {Density} density @returns {Card} */
function cardOf(scene, node, sum, density) {
  const { padding, titleFont } = density;
  const fullTitle = node.expression === "" ? node.name : `${node.name} = ${node.expression}`;
  const title = fitted(fullTitle, titleFont, density.mostTitle);
  const glyph = node.kind === "op" ? fitted(node.glyph, "small", 64) : node.symbol !== node.name ? node.symbol : "";
  const head = widthOf(title, titleFont) + (glyph === "" ? 0 : widthOf(glyph, "small") + 26) + 2 * padding + (node.shape.length === 0 ? 0 : MARKS);
  const display = displayOf(node.shape);
  const body = display === "scalar" ? scalarBody(scene, node, sum, density) : display === "chip" ? chipBody(scene, node, density) : gridBody(scene, node, display, density);
  const width = Math.ceil(Math.max(density.least, head, body.width + 2 * padding) / STEP) * STEP;
  const shift = (width - body.width) / 2;
  return { id: node.id, density, title, fullTitle, glyph, display, ...body, width, blocks: body.blocks.map((block) => ({ ...block, x: block.x + shift })) };
}

/** @param {Scene} scene @param {SceneNode} node @param {number} sum @param {Density} density */
function scalarBody(scene, node, sum, density) {
  const { header, primal, row, paths, slotFont } = density;
  const tangent = scene.showsTangents && scene.notation !== "dual" ? slotWidth(node.tangentName, node.tangent, slotFont) : 0;
  const adjoint = scene.showsAdjoints ? Math.max(slotWidth(node.adjointName, node.adjoint, slotFont), sum === 0 ? 0 : sum + slotWidth(node.adjointName, "", slotFont)) : 0;
  const derivatives = tangent + adjoint + (tangent > 0 && adjoint > 0 ? 10 : 0);
  const arrivals = scene.showsAdjoints && node.arrival.total > 0 ? widthOf("88 of 88 paths ✓", "small") + 8 : 0;
  const width = Math.max(widthOf(node.primal, density.primalFont) + 44, derivatives, arrivals);
  const derivativeY = header + primal + row / 2;
  const rows = (derivatives > 0 ? row : 0) + (scene.showsAdjoints ? paths : 0);
  return {
    width,
    height: header + primal + rows + density.foot,
    blocks: [{ slot: /** @type {Slot} */ ("primal"), x: 0, width }],
    grid: { rows: 1, columns: 1, width, height: primal },
    primalY: header + primal / 2,
    derivativeY,
    pathsY: derivativeY + row / 2 + paths / 2 - 1,
  };
}

/** @param {string} name @param {string} value @param {"slot" | "slotCompact"} font @returns {number} of one chip: mark, name, value */
const slotWidth = (name, value, font) => widthOf(`▸ ${name} ${value}`, font) + 14;

/** @param {Scene} scene @returns {Slot[]} in the order in which they stand */
const slotsOf = (scene) => [...(scene.showsTangents ? [/** @type {Slot} */ ("tangent")] : []), "primal", ...(scene.showsAdjoints ? [/** @type {Slot} */ ("adjoint")] : [])];

/** @param {Scene} scene @param {SceneNode} node @param {"numbers" | "heat"} display @param {Density} density one block of cells per slot, all with the same geometry */
function gridBody(scene, node, display, density) {
  const { rows, columns } = gridOf(node.shape);
  const side = display === "heat" ? Math.max(10, Math.min(24, Math.floor(200 / Math.max(rows, columns)))) : 0;
  const widest = display === "heat" ? 0 : Math.max(...slotsOf(scene).map((slot) => widestCell(node, slot, scene)), 26);
  const cell = display === "heat" ? { width: side, height: side } : { width: Math.ceil(widest) + 10, height: 22 };
  return blocksBody(scene, node, { rows, columns, ...cell }, columns * cell.width, rows * cell.height, density);
}

/** @param {Scene} scene @param {SceneNode} node @param {Density} density one line of text per slot */
function chipBody(scene, node, density) {
  const widest = Math.max(...slotsOf(scene).map((slot) => widthOf(node[slot], "cell")), 40) + 12;
  return blocksBody(scene, node, { rows: 1, columns: 1, width: widest, height: 24 }, widest, 24, density);
}

/** @param {Scene} scene @param {SceneNode} node @param {{rows: number, columns: number, width: number, height: number}} grid @param {number} blockWidth @param {number} blockHeight @param {Density} density */
function blocksBody(scene, node, grid, blockWidth, blockHeight, { header, paths, foot }) {
  const slots = slotsOf(scene);
  const each = Math.max(blockWidth, ...slots.map((slot) => widthOf(captionOf(node, slot), "small") + 4));
  const inset = (each - blockWidth) / 2;
  const top = header + CAPTION;
  const below = top + blockHeight + 6;
  return {
    width: slots.length * each + (slots.length - 1) * BLOCK_GAP,
    height: below + (scene.showsAdjoints ? paths : 0) + foot - 2,
    blocks: slots.map((slot, index) => ({ slot, x: index * (each + BLOCK_GAP) + inset, width: blockWidth })),
    grid,
    primalY: top,
    derivativeY: header + CAPTION / 2,
    pathsY: below + paths / 2 - 1,
  };
}

/** @param {SceneNode} node @param {Slot} slot @returns {string} */
export const captionOf = (node, slot) => (slot === "primal" ? `${node.name} ${node.shapeText}` : slot === "tangent" ? `▸ ${node.tangentName}` : `${node.adjointName} ◂`);

/** @param {SceneNode} node @param {Slot} slot @param {Scene} scene @returns {number} */
function widestCell(node, slot, scene) {
  const value = slot === "primal" ? node.primalValue : slot === "tangent" ? node.tangentValue : node.adjointValue;
  return flat(value, node.shape).reduce((most, number) => Math.max(most, widthOf(format(number, scene), "cell")), 0);
}
