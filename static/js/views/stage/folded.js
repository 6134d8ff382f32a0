/** A folded group as one card: what it is, how far its sweeps have come, what leaves it. A press opens it. */

import { momentOf } from "../../fold/moment.js";
import { fitted, widthOf } from "./measure.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../fold/tree.js").Fold} Fold */
/** @typedef {import("./painter.js").Stand} Stand */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */
/** @typedef {{width: number, height: number, title: string}} FoldedCard */
/** @typedef {{fold: Fold, place: number, id: number, card: FoldedCard, x: number, y: number, lit: boolean}} FoldedItem */

const MOST = 230;
const PAD = 14;
const SIGN = 30;
const ROWS = Object.freeze({ title: 18, counter: 42, leaves: 62, adjoints: 82 });

/** @param {Scene} scene at the end of the sweeps @param {Fold[]} folds @param {number} place @param {number} ports @param {"right" | "down"} direction @returns {FoldedCard} as wide as its longest texts: nothing moves while it is played */
export function foldedCard(scene, folds, place, ports, direction) {
  const title = fitted(folds[place].label, "title", MOST);
  const end = momentOf(scene, folds, place);
  const texts = [end.counter, "between iterations", `iteration ${folds[place].rounds} of ${folds[place].rounds}`, end.leaves, end.adjoints];
  const widest = Math.max(widthOf(title, "title") + SIGN, ...texts.map((text) => widthOf(text, "small")));
  const width = Math.ceil((Math.min(widest, MOST + 60) + 2 * PAD) / 8) * 8;
  const height = end.adjoints === "" ? 76 : 96;
  return direction === "right" ? { title, width, height: Math.max(height, ports * 26 + 8) } : { title, width: Math.max(width, ports * 26 + 8), height };
}

/** @param {Group} layer @param {FoldedItem[]} items @param {Stand} stand @param {Scene} scene */
export function paintFolded(layer, items, stand, scene) {
  const cards = layer.selectAll("g.folded").data(items, (/** @type {any} */ item) => item.id).join((enter) => {
    const card = enter.append("g").attr("data-fold", ({ fold }) => fold.key);
    for (const part of ["halo", "behind", "frame", "bar"]) card.append("rect").attr("class", part).attr("rx", 8);
    for (const row of ["title", "open", "counter", "leaves", "adjoints"]) card.append("text").attr("class", row);
    card.append("title");
    return card;
  });
  const now = new Map(items.map(({ place }) => [place, momentOf(scene, stand.drawing.folding.folds, place)]));
  const momentAt = (/** @type {FoldedItem} */ { place }) => /** @type {import("../../fold/moment.js").FoldMoment} */ (now.get(place));
  cards
    .attr("class", (item) => classOf(item, momentAt(item)))
    .attr("transform", ({ x, y }) => `translate(${x},${y})`)
    .attr("aria-current", (item) => (momentAt(item).isCurrent ? "step" : null))
    .attr("data-step", (item) => (momentAt(item).isCurrent ? (scene.step?.index ?? null) : null));
  cards.select("rect.halo").attr("x", -6).attr("y", -6).attr("width", ({ card }) => card.width + 16).attr("height", ({ card }) => card.height + 16);
  cards.select("rect.behind").attr("x", 4).attr("y", 4).attr("width", ({ card }) => card.width).attr("height", ({ card }) => card.height);
  cards.select("rect.frame").attr("width", ({ card }) => card.width).attr("height", ({ card }) => card.height);
  cards.select("rect.bar").attr("width", 5).attr("height", ({ card }) => card.height);
  cards.select("text.title").attr("x", PAD).attr("y", ROWS.title).text(({ card }) => card.title);
  cards.select("text.open").attr("x", ({ card }) => card.width - PAD).attr("y", ROWS.title).text("⊞");
  for (const row of /** @type {const} */ (["counter", "leaves", "adjoints"])) cards.select(`text.${row}`).attr("x", PAD).attr("y", ROWS[row]).text((item) => fitted(momentAt(item)[row], "small", item.card.width - 2 * PAD + 4));
  cards.select("title").text(({ fold }) => `${fold.label}: press to unfold`);
}

/** @param {FoldedItem} item @param {import("../../fold/moment.js").FoldMoment} moment @returns {string} */
function classOf({ fold, lit }, { isCurrent, isDone, isOutput }) {
  return ["folded", fold.kind, isCurrent ? "current" : isDone ? "done" : "todo", isOutput ? "is-output" : "", lit ? "lit" : ""].filter(Boolean).join(" ");
}
