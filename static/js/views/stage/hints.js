/** Where cards stood in the picture before, for a layout that shall look like it: after an edit, another value, a fold. */

import { nodesOf } from "../../scene/trace.js";
import { unitId } from "./lines.js";

/** @typedef {import("./painter.js").Stand} Stand */
/** @typedef {import("../../layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {Pick<import("./graph.js").Drawing, "graph" | "cards" | "folding">} Drawn */

/** A picture with fewer of its cards known is another one. */
const ALIKE = 0.6;

/** @param {Drawn} drawn its nodes learn where they stood @param {import("../../scene/trace.js").Trace} trace @param {Stand | null} before */
export function giveHints({ graph, cards, folding }, trace, before) {
  if (before === null || before.layout.direction !== graph.direction) return;
  const sameTape = nodesOf(before.trace).length === nodesOf(trace).length && nodesOf(trace).every(({ op }, at) => op === nodesOf(before.trace)[at].op);
  const stood = middlesOf(before, sameTape);
  const hints = graph.nodes.map(({ id }) => stood.get(keyOf(id, { cards, folding }, sameTape)));
  if (hints.filter((hint) => hint !== undefined).length < ALIKE * Math.min(graph.nodes.length, before.drawing.graph.nodes.length)) return;
  graph.nodes.forEach((node, at) => (node.hint = hints[at]));
}

/** @param {Stand} stand @param {boolean} sameTape @returns {Map<string, number>} middles across, by key; none for keys that are not of one card */
function middlesOf({ drawing, layout }, sameTape) {
  const right = layout.direction === "right";
  /** @type {Map<string, number>} */
  const middles = new Map();
  drawing.graph.nodes.forEach(({ id, width, height }, at) => {
    const key = keyOf(id, drawing, sameTape);
    middles.set(key, middles.has(key) ? NaN : right ? layout.nodeY[at] + height / 2 : layout.nodeX[at] + width / 2);
  });
  return new Map([...middles].filter(([, middle]) => !Number.isNaN(middle)));
}

/** @param {number} id @param {Pick<Drawn, "cards" | "folding">} drawing @param {boolean} sameTape @returns {string} a folded group by its key, a node by its number, or by its title where numbers have moved */
function keyOf(id, { cards, folding }, sameTape) {
  if (id < 0) return `fold ${folding.folds[unitId(id)].key}`;
  return sameTape ? `node ${id}` : `title ${cards.get(id)?.fullTitle}`;
}
