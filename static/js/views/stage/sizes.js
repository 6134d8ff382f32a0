/**
 * The size of every card, from all that it will ever show: nothing moves while a trace is played.
 *
 * A scalar's card has a title, the primal, a row of derivatives and a row of paths; a tensor's has one grid of cells per slot.
 */

import { sceneOf } from "../../scene.js";
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
 * @property {"scalar" | "numbers" | "heat" | "chip"} display
 * @property {{slot: Slot, x: number, width: number}[]} blocks columns of the body; scalars have one for the primal
 * @property {{rows: number, columns: number, width: number, height: number}} grid of one block
 * @property {number} derivativeY middle of the row of derivatives
 * @property {number} pathsY middle of the row of paths
 */

const PADDING = 12;
const HEADER = 30;
const LEAST = 128;
const MOST_TITLE = 230;
const PRIMAL = 30;
const ROW = 25;
const PATHS = 18;
const CAPTION = 18;
const BLOCK_GAP = 14;
const PORT = 26;

/** @param {Trace} trace @param {number | "all"} digits @param {"right" | "down"} direction @returns {{scene: Scene, cards: Map<number, Card>}} cards of all nodes but constants that are only read */
export function cardsOf(trace, digits, direction) {
  const scene = sceneOf(trace, stepsOf(trace).length, { digits });
  const sums = sumWidths(scene);
  const cards = new Map();
  scene.nodes.forEach((node, position) => {
    if (isCard(node)) cards.set(node.id, roomy(cardOf(scene, node, sums.get(node.id) ?? 0), trace.nodes[position].inputs.length, direction));
  });
  return { scene, cards };
}

/** @param {Card} card @param {number} slots @param {"right" | "down"} direction @returns {Card} with room for a port per slot */
function roomy(card, slots, direction) {
  const least = slots * PORT + 8;
  return direction === "right" ? { ...card, height: Math.max(card.height, least) } : { ...card, width: Math.max(card.width, least) };
}

/** @param {SceneNode} node @returns {boolean} a constant has a card only where it is a result */
const isCard = (node) => node.kind !== "constant" || node.isOutput;

/** @param {Scene} scene @returns {Map<number, number>} the widest sum that each adjoint will show */
function sumWidths(scene) {
  const widest = new Map();
  const before = new Map();
  for (const step of stepsOf(scene.trace)) {
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

/** @param {Scene} scene @param {SceneNode} node @param {number} sum @returns {Card} */
function cardOf(scene, node, sum) {
  const fullTitle = node.expression === "" ? node.name : `${node.name} = ${node.expression}`;
  const title = fitted(fullTitle, "title", MOST_TITLE);
  const glyph = node.kind === "op" ? fitted(node.glyph, "small", 64) : node.symbol !== node.name ? node.symbol : "";
  const head = widthOf(title, "title") + (glyph === "" ? 0 : widthOf(glyph, "small") + 26) + 2 * PADDING;
  const display = displayOf(node.shape);
  const body = display === "scalar" ? scalarBody(scene, node, sum) : display === "chip" ? chipBody(scene, node) : gridBody(scene, node, display);
  const width = Math.ceil(Math.max(LEAST, head, body.width + 2 * PADDING));
  const shift = (width - body.width) / 2;
  return { id: node.id, title, fullTitle, glyph, display, ...body, width, blocks: body.blocks.map((block) => ({ ...block, x: block.x + shift })) };
}

/** @param {Scene} scene @param {SceneNode} node @param {number} sum */
function scalarBody(scene, node, sum) {
  const tangent = scene.showsTangents ? slotWidth(node.tangentName, node.tangent) : 0;
  const adjoint = scene.showsAdjoints ? Math.max(slotWidth(node.adjointName, node.adjoint), sum === 0 ? 0 : sum + slotWidth(node.adjointName, "")) : 0;
  const derivatives = tangent + adjoint + (tangent > 0 && adjoint > 0 ? 10 : 0);
  const paths = scene.showsAdjoints && node.arrival.total > 0 ? widthOf("88 of 88 paths ✓", "small") + 8 : 0;
  const width = Math.max(widthOf(node.primal, "primal") + 44, derivatives, paths);
  const derivativeY = HEADER + PRIMAL + ROW / 2;
  const rows = (derivatives > 0 ? ROW : 0) + (scene.showsAdjoints ? PATHS : 0);
  return {
    width,
    height: HEADER + PRIMAL + rows + 8,
    blocks: [{ slot: /** @type {Slot} */ ("primal"), x: 0, width }],
    grid: { rows: 1, columns: 1, width, height: PRIMAL },
    derivativeY,
    pathsY: derivativeY + ROW / 2 + PATHS / 2 - 1,
  };
}

/** @param {string} name @param {string} value @returns {number} of one chip: mark, name, value */
const slotWidth = (name, value) => widthOf(`▸ ${name} ${value}`, "slot") + 14;

/** @param {Scene} scene @returns {Slot[]} in the order in which they stand */
const slotsOf = (scene) => [...(scene.showsTangents ? [/** @type {Slot} */ ("tangent")] : []), "primal", ...(scene.showsAdjoints ? [/** @type {Slot} */ ("adjoint")] : [])];

/** @param {Scene} scene @param {SceneNode} node @param {"numbers" | "heat"} display one block of cells per slot, all with the same geometry */
function gridBody(scene, node, display) {
  const { rows, columns } = gridOf(node.shape);
  const side = display === "heat" ? Math.max(10, Math.min(24, Math.floor(200 / Math.max(rows, columns)))) : 0;
  const widest = display === "heat" ? 0 : Math.max(...slotsOf(scene).map((slot) => widestCell(node, slot, scene)), 26);
  const cell = display === "heat" ? { width: side, height: side } : { width: Math.ceil(widest) + 10, height: 22 };
  return blocksBody(scene, node, { rows, columns, ...cell }, columns * cell.width, rows * cell.height);
}

/** @param {Scene} scene @param {SceneNode} node one line of text per slot */
function chipBody(scene, node) {
  const widest = Math.max(...slotsOf(scene).map((slot) => widthOf(node[slot], "cell")), 40) + 12;
  return blocksBody(scene, node, { rows: 1, columns: 1, width: widest, height: 24 }, widest, 24);
}

/** @param {Scene} scene @param {SceneNode} node @param {{rows: number, columns: number, width: number, height: number}} grid @param {number} blockWidth @param {number} blockHeight */
function blocksBody(scene, node, grid, blockWidth, blockHeight) {
  const slots = slotsOf(scene);
  const each = Math.max(blockWidth, ...slots.map((slot) => widthOf(captionOf(node, slot), "small") + 4));
  const inset = (each - blockWidth) / 2;
  const below = HEADER + CAPTION + blockHeight + 8;
  return {
    width: slots.length * each + (slots.length - 1) * BLOCK_GAP,
    height: below + (scene.showsAdjoints ? PATHS : 0) + 4,
    blocks: slots.map((slot, index) => ({ slot, x: index * (each + BLOCK_GAP) + inset, width: blockWidth })),
    grid,
    derivativeY: HEADER + CAPTION / 2,
    pathsY: below + PATHS / 2 - 2,
  };
}

/** @param {SceneNode} node @param {Slot} slot @returns {string} */
export const captionOf = (node, slot) => (slot === "primal" ? `${node.name} ${node.shapeText}` : slot === "tangent" ? `▸ ${node.tangentName}` : `${node.adjointName} ◂`);

/** @param {SceneNode} node @param {Slot} slot @param {Scene} scene @returns {number} */
function widestCell(node, slot, scene) {
  const value = slot === "primal" ? node.primalValue : slot === "tangent" ? node.tangentValue : node.adjointValue;
  return flat(value, node.shape).reduce((most, number) => Math.max(most, widthOf(format(number, scene), "cell")), 0);
}
