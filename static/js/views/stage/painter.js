/** Draws a scene on a stand: which marks are in view, what they show now, and what pointer and focus ask for. */

import { indexOf } from "../../scene/index.js";
import { d3 } from "../../vendor.js";
import { paintBoxes } from "./boxes.js";
import { paintCards } from "./cards.js";
import { paintFolded } from "./folded.js";
import { labelOf, paintChips, paintLabels, paintLines } from "./edges.js";
import { FAR_NODES } from "./far.js";
import { contributionLabel, partialLabel } from "./graph.js";
import { lineScene, unitId } from "./lines.js";
import { isInView } from "./paths.js";
import { paintMemory } from "./memory.js";
import { createPills, endPulse, pulse } from "./pills.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../plan.js").Move} Move */
/** @typedef {import("./skeleton.js").Layers} Layers */
/** @typedef {import("./cards.js").Held} Held */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {{hover: (id: number | null) => void, edge: () => void, select: (id: number) => void, fold: (key: string, shut: boolean) => void}} Told what the pointer does */

/** @typedef {{trace: import("../../scene/trace.js").Trace, drawing: import("./graph.js").Drawing, layout: import("../../layout/types.js").Layout, digits: number | "all", notation: import("../../notation.js").Notation, key: string}} Stand a trace with places; key: how much of it is drawn */

/** @param {Layers} layers */
export function createPainter(layers) {
  /** @type {Map<string, Held>} */
  const held = new Map();
  /** @type {Map<string, string> | null} labels while moves are under way */
  let labels = null;
  let tapeIsOpen = true;
  /** @type {Set<number>} */
  let lit = new Set();
  /** @type {Set<string> | null} */
  let litEdges = null;
  /** @type {{node: number | null, edge: string | null}} */
  const asked = { node: null, edge: null };
  const pills = createPills(layers.pills);
  /** @type {{stand: Stand, scene: Scene, seen: Box | null} | null} */
  let last = null;

  /** @param {Stand} stand @param {Scene} scene @param {Box | null} seen what is in sight; null draws all @returns {boolean} whether the far view must stand in */
  function paint(stand, scene, seen) {
    last = { stand, scene, seen };
    const { layout } = stand;
    const units = unitsLit(stand, lit);
    const inView = placesInView(stand, seen);
    const isFar = inView.length > FAR_NODES;
    const { items, folded } = itemsOf(stand, scene, isFar ? [] : inView, units);
    paintBoxes(layers.boxes, stand, scene, { isFar, seen });
    const edges = isFar ? [] : edgesOf(stand, scene, seen, units);
    paintLines(layers.lines, edges, layout);
    paintChips(layers.chips, edges, layout);
    paintFolded(layers.folded, isFar ? [] : folded, stand, scene);
    paintCards(layers.cards, isFar ? [] : items, { scene, held });
    paintLabels(layers.labels, edges, layout);
    paintMemory(layers.signs, scene, { boxOf: (id) => (isFar ? null : boxOf(stand, id)), cardOf: (id) => stand.drawing.cards.get(id), isOpen: tapeIsOpen, down: layout.direction === "down" });
    return isFar;
  }

  /** @param {Stand} stand @param {Scene} scene @param {Box | null} seen @param {Set<number>} units */
  function edgesOf({ layout, drawing }, scene, seen, units) {
    return drawing.lines.flatMap((line, index) => {
      const isChip = !Number.isNaN(layout.chipX[index]);
      const isSeen = seen === null || (isChip ? meets(seen, layout.chipX[index], layout.chipY[index], 110, 24) : isInView(layout, index, seen));
      if (!isSeen) return [];
      const edge = lineScene(scene, line);
      const wanted = asked.edge === edge.key || asked.node === edge.to;
      const label = labels === null ? labelOf(edge, wanted, drawing.room) : (edge.keys.map((key) => labels?.get(key)).find((text) => text !== undefined) ?? null);
      return [{ edge, index, shown: true, label, chip: drawing.chipText(index), lit: wanted || (litEdges === null ? units.has(edge.from) && units.has(edge.to) : line.places.some((place) => litEdges?.has(scene.edge(place).key))) }];
    });
  }

  function again() {
    if (last !== null) paint(last.stand, last.scene, last.seen);
  }

  /** @param {Move} move */
  function start(move) {
    if (last === null) return;
    if (move.kind === "write") {
      const node = last.scene.node(/** @type {number} */ (move.node));
      if (node !== undefined) held.set(`${move.node} ${move.slot}`, { text: move.text ?? "", node, open: move.draft });
    } else if (move.kind === "label") labels?.set(move.edge ?? "", labelText(last.scene, move, last.stand.drawing.room));
    else if (move.kind === "travel") pills.launch(move);
    else if (move.kind === "tape") tapeIsOpen = true;
    else return;
    again();
  }

  return {
    paint,
    start,
    travel: (/** @type {Move} */ move, /** @type {number} */ progress) => (move.kind === "pulse" ? pulse(layers.cards, move, progress) : pills.move(layers.lines, move, progress)),
    /** @param {Move[]} moves @param {Scene} before slots keep showing this until they are written @param {Scene} after */
    hold(moves, before, after) {
      tapeIsOpen = !moves.some((move) => move.kind === "tape");
      labels = new Map(after.sub > 1 && before.cursor === after.cursor ? after.edges.flatMap((edge) => (edge.contribution === null ? [] : [[edge.key, contributionLabel(edge.contribution, last?.stand.drawing.room ?? 0)]])) : []);
      for (const { kind, node = -1, slot = "primal" } of moves) {
        const shown = before.node(node);
        const text = shown?.[slot] ?? "";
        const sum = slot === "adjoint" && before.cursor === after.cursor ? (shown?.arrival.sum ?? text) : text;
        if (kind === "write" && shown !== undefined && !held.has(`${node} ${slot}`)) held.set(`${node} ${slot}`, { text: sum, node: shown });
      }
    },
    settle() {
      held.clear();
      tapeIsOpen = true;
      labels = null;
      pills.clear();
      endPulse(layers.cards);
    },
    /** @param {Iterable<number>} ids @param {readonly string[] | null} edges */
    light(ids, edges) {
      lit = new Set(ids);
      litEdges = edges === null ? null : new Set(edges);
    },
    /** @param {Stand} stand @param {number} id @returns {Box | null} */
    box: (stand, id) => boxOf(stand, id),
    foldBox,
    /** @param {Told} told */
    listen(told) {
      listenTo(layers, asked, told);
    },
  };
}

/** @param {Scene} scene @param {Move} move @param {number} room @returns {string} */
function labelText(scene, move, room) {
  const edge = scene.edges.find((one) => one.key === move.edge);
  return edge !== undefined && move.text === edge.partial ? partialLabel(edge, room) : contributionLabel(move.text ?? "", room);
}

/** @param {Stand} stand @param {Set<number>} lit @returns {Set<number>} the cards to light: of nodes, and of the folded groups that hold them */
function unitsLit({ trace, drawing: { folding } }, lit) {
  if (folding.shut.length === 0) return lit;
  const { positionOf } = indexOf(trace);
  return new Set([...lit].map((id) => (folding.unit[positionOf(id)] < 0 ? id : unitId(folding.unit[positionOf(id)]))));
}

/** @param {Stand} stand @param {Box | null} seen @returns {number[]} which cards are in sight, by their places in the graph */
function placesInView({ drawing, layout }, seen) {
  return drawing.graph.nodes.flatMap(({ width, height }, at) => (seen === null || meets(seen, layout.nodeX[at], layout.nodeY[at], width, height) ? [at] : []));
}

/** @param {Stand} stand @param {Scene} scene @param {number[]} places @param {Set<number>} units @returns {{items: import("./cards.js").Item[], folded: import("./folded.js").FoldedItem[]}} */
function itemsOf({ drawing, layout }, scene, places, units) {
  /** @type {ReturnType<typeof itemsOf>} */
  const { items, folded } = { items: [], folded: [] };
  for (const at of places) {
    const { id, width, height } = drawing.graph.nodes[at];
    const [x, y] = [layout.nodeX[at], layout.nodeY[at]];
    const [node, card, shut] = id < 0 ? [undefined, undefined, drawing.folded.get(unitId(id))] : [scene.node(id), drawing.cards.get(id), undefined];
    if (shut !== undefined) folded.push({ id, place: unitId(id), fold: drawing.folding.folds[unitId(id)], card: { ...shut, width, height }, x, y, lit: units.has(id) });
    else if (node !== undefined && card !== undefined) items.push({ node, card, x, y, lit: units.has(id) });
  }
  return { items, folded };
}

/** @param {Box} view @param {number} x @param {number} y @param {number} width @param {number} height */
const meets = (view, x, y, width, height) => x + width >= view.x && x <= view.x + view.width && y + height >= view.y && y <= view.y + view.height;

/** @type {WeakMap<Stand, Map<number, number>>} */
const placesOf = new WeakMap();

/** @param {Stand} stand @param {number} id @returns {Box | null} of its card, or of the folded group that holds it */
function boxOf(stand, id) {
  let places = placesOf.get(stand);
  if (places === undefined) placesOf.set(stand, (places = new Map(stand.drawing.graph.nodes.map((node, at) => [node.id, at]))));
  const { unit } = stand.drawing.folding;
  const place = unit[indexOf(stand.trace).positionOf(id)] ?? -1;
  const at = places.get(place < 0 ? id : unitId(place));
  if (at === undefined) return null;
  const { width, height } = stand.drawing.graph.nodes[at];
  return { x: stand.layout.nodeX[at], y: stand.layout.nodeY[at], width, height };
}

/** @param {Stand} stand @param {string} key @returns {Box | null} of a fold's card, or of the box around it */
function foldBox({ drawing, layout }, key) {
  const place = drawing.folding.folds.findIndex((fold) => fold.key === key);
  const at = drawing.graph.nodes.findIndex(({ id }) => id === unitId(place));
  if (at >= 0) return { x: layout.nodeX[at], y: layout.nodeY[at], width: drawing.graph.nodes[at].width, height: drawing.graph.nodes[at].height };
  const box = drawing.boxes.indexOf(place);
  if (box < 0) return null;
  const [x, y, width, height] = layout.groupBox.subarray(4 * box, 4 * box + 4);
  return { x, y, width: Math.min(width, 200), height: Math.min(height, 100) };
}

/** @param {Layers} layers @param {{node: number | null, edge: string | null}} asked @param {Told} told */
function listenTo(layers, asked, told) {
  const nodeUnder = (/** @type {Event} */ event) => /** @type {any} */ (d3.select(/** @type {Element} */ (event.target).closest("g.node"))).datum()?.node.id ?? null;
  const edgeUnder = (/** @type {Event} */ event) => /** @type {Element} */ (event.target).closest("[data-edge], [data-label]");
  layers.cards.on("pointerover", (/** @type {Event} */ event) => {
    const id = nodeUnder(event);
    if (id === asked.node) return;
    asked.node = id;
    told.hover(id);
  });
  layers.cards.on("pointerleave", () => {
    asked.node = null;
    told.hover(null);
  });
  layers.cards.on("click", (/** @type {Event} */ event) => {
    const id = nodeUnder(event);
    if (id !== null) told.select(id);
  });
  const foldUnder = (/** @type {Event} */ event) => /** @type {Element} */ (event.target).closest("[data-fold]")?.getAttribute("data-fold") ?? null;
  for (const [layer, part, shut] of /** @type {const} */ ([[layers.folded, ".folded", false], [layers.boxes, ".head", true]])) {
    layer.on("click", (/** @type {Event} */ event) => {
      const key = /** @type {Element} */ (event.target).closest(part) === null ? null : foldUnder(event);
      if (key !== null) told.fold(key, shut);
    });
  }
  layers.lines.on("pointerover", (/** @type {Event} */ event) => {
    asked.edge = edgeUnder(event)?.getAttribute("data-edge") ?? null;
    told.edge();
  });
  layers.lines.on("pointerleave", () => {
    asked.edge = null;
    told.edge();
  });
}
