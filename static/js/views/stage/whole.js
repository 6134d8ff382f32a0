/**
 * A very long trace drawn whole: cards of one size, whose texts are made when they are seen.
 *
 * What each of 100,000 cards and lines says would take ten seconds to find out, for a picture in which none can be read.
 */

import { sceneOf } from "../../scene.js";
import { indexOf } from "../../scene/index.js";
import { stepsOf } from "../../steps.js";
import { linesOf } from "./lines.js";
import { fitted, widthOf } from "./measure.js";
import { cardOfNode } from "./sizes.js";

/** @typedef {import("../../scene/trace.js").Trace} Trace */
/** @typedef {import("./graph.js").Drawing} Drawing */
/** @typedef {import("./sizes.js").Card} Card */
/** @typedef {import("../../layout/types.js").Direction} Direction */

const CARD = Object.freeze({ width: 152, height: 88 });
const CHIP = Object.freeze({ width: 52, height: 24 });
const LABEL = Object.freeze({ width: 60, height: 22 });

/** Cards by their nodes, each made when it is first asked for. @extends {Map<number, Card>} */
class LateCards extends Map {
  /** @param {(id: number) => boolean} isCard @param {(id: number) => Card} make */
  constructor(isCard, make) {
    super();
    this.isCard = isCard;
    this.make = make;
  }

  /** @param {number} id */
  has(id) {
    return this.isCard(id);
  }

  /** @param {number} id @returns {Card | undefined} */
  get(id) {
    if (!super.has(id) && this.isCard(id)) this.set(id, this.make(id));
    return super.get(id);
  }
}

/** @param {Trace} trace @param {{digits: number | "all", direction: Direction, notation: import("../../notation.js").Notation}} look @param {import("../../fold/folding.js").Folding} folding without shut folds @param {(scene: import("../../scene.js").Scene, id: number) => string} chipText @returns {Drawing} */
export function wholeDrawing(trace, { digits, direction, notation }, folding, chipText) {
  const { nodes, positionOf, edgeFrom } = indexOf(trace);
  const scene = sceneOf(trace, stepsOf(trace).length, { digits, notation });
  const outputs = new Set(trace.outputs);
  const isCard = (/** @type {number} */ id) => nodes[positionOf(id)]?.kind !== "constant" || outputs.has(id);
  const cards = new LateCards(isCard, (id) => alike(cardOfNode(scene, id, direction), nodes[positionOf(id)].shape.length > 0));
  const lines = linesOf(trace, folding, Array.from({ length: edgeFrom.length }, (_, place) => place));
  const sizeOf = (/** @type {typeof nodes[number]} */ node) => (node.shape.length > 0 ? /** @type {Card} */ (cards.get(node.id)) : CARD);
  return {
    cards,
    room: LABEL.width,
    chipText: (index) => chipText(scene, lines[index].from),
    lines,
    folding,
    folded: new Map(),
    boxes: folding.open,
    graph: {
      direction,
      nodeGap: 20,
      nodes: nodes.flatMap((node, at) => {
        if (!isCard(node.id)) return [];
        const { width, height } = sizeOf(node);
        const box = folding.boxOf(at);
        return [{ id: node.id, width, height, slots: node.inputs.length, group: box < 0 ? null : box, isInput: node.kind === "input", reference: CHIP }];
      }),
      edges: lines.map(({ from, to, slot }) => ({ from, to, slot, label: LABEL, chip: isCard(from) ? null : CHIP })),
      groups: folding.open.map((place) => ({ id: place, parent: folding.home[place] < 0 ? null : folding.home[place], labelWidth: 0 })),
    },
  };
}

/** @param {Card} card @param {boolean} isTensor whose grid keeps its size @returns {Card} */
function alike(card, isTensor) {
  if (isTensor) return card;
  const sign = card.glyph === "" ? 0 : widthOf(card.glyph, "small") + 26;
  const title = fitted(card.fullTitle, "titleCompact", CARD.width - sign - 2 * card.density.padding);
  return { ...card, ...CARD, title, blocks: card.blocks.map((block) => ({ ...block, x: (CARD.width - block.width) / 2 })) };
}
