/** What a step reads and where it writes, as marks on the cards: the tape's icon, what it has kept, and numbered badges where nothing moves. */

import { giftsOf } from "../../plan/reverse.js";
import { storedFor } from "../../stored.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */
/** @typedef {{key: string, kind: "tape" | "stored" | "badge", text: string, x: number, y: number, width: number, height: number}} Sign */

const CASSETTE = "M-8 -5.5h16a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-16a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM-4.2 -2.6a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM4.2 -2.6a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z";
const NUMBERS = "①②③④⑤⑥⑦⑧⑨";

/**
 * @typedef {object} Ground
 * @property {(id: number) => Box | null} boxOf
 * @property {(id: number) => import("./sizes.js").Card | undefined} cardOf
 * @property {boolean} isOpen whether the tape is read already
 * @property {boolean} down whether the graph runs down: labels then stand above the cards
 */

/** @param {Group} layer @param {Scene} scene @param {Ground} ground */
export function paintMemory(layer, scene, ground) {
  const signs = [...(ground.isOpen ? tapeSigns(scene, ground) : []), ...badges(scene, ground.boxOf)];
  const marks = layer.selectAll("g.sign").data(signs, (/** @type {any} */ sign) => sign.key).join((enter) => {
    const mark = enter.append("g").attr("class", ({ kind }) => `sign ${kind}`);
    mark.filter(({ kind }) => kind === "tape").append("path").attr("d", CASSETTE);
    mark.filter(({ kind }) => kind === "stored").append("rect").attr("rx", 6);
    mark.filter(({ kind }) => kind === "badge").append("text");
    return mark;
  });
  marks.attr("transform", ({ x, y }) => `translate(${x},${y})`);
  marks.select("rect").attr("x", ({ width }) => -width / 2).attr("width", ({ width }) => width).attr("y", ({ height }) => -height / 2).attr("height", ({ height }) => height);
  marks.select("text").text(({ text }) => text);
}

/** @param {Scene} scene @param {Ground} ground @returns {Sign[]} */
function tapeSigns(scene, { boxOf, cardOf, down }) {
  if (scene.step?.kind !== "contribution") return [];
  const gifts = giftsOf(scene);
  const stored = [...new Set(gifts.flatMap((gift) => storedFor(scene, gift.node, /** @type {number} */ (gift.slot))))];
  if (stored.length === 0) return [];
  const giver = boxOf(scene.step.node);
  const kept = stored.flatMap((id) => {
    const [box, card] = [boxOf(id), cardOf(id)];
    if (box === null || card === undefined || card.display !== "scalar") return [];
    return [{ ...sign(`stored ${id}`, "stored", box.x + box.width / 2, box.y + card.primalY, Math.max(40, box.width - 74)), height: card.density.primal - 2 }];
  });
  return [...(giver === null ? [] : [down ? sign("tape", "tape", giver.x + 22, giver.y + giver.height + 12, 0) : sign("tape", "tape", giver.x + giver.width / 2, giver.y - 12, 0)]), ...kept];
}

/** @param {string} key @param {Sign["kind"]} kind @param {number} x @param {number} y @param {number} width @param {string} [text] @returns {Sign} */
const sign = (key, kind, x, y, width, text = "") => ({ key, kind, text, x, y, width, height: 0 });

/** @param {Scene} scene @param {(id: number) => Box | null} boxOf @returns {Sign[]} ①② on what is read, ③ where it is written; shown where motion is unwanted */
function badges(scene, boxOf) {
  const { step } = scene;
  if (step === null || step.kind === "seed") return [];
  const giver = step.node;
  const read = step.kind === "forward" ? scene.edgesInto(giver).map((edge) => edge.from) : [giver];
  const written = step.kind === "forward" ? [giver] : giftsOf(scene).map((gift) => /** @type {number} */ (gift.to));
  /** @type {Map<number, string>} */
  const texts = new Map();
  [...read, ...new Set(written)].forEach((id, at) => texts.set(id, (texts.get(id) ?? "") + (NUMBERS[at] ?? "")));
  return [...texts].flatMap(([id, text]) => {
    const box = boxOf(id);
    return box === null ? [] : [sign(`badge ${id}`, "badge", box.x - 2, box.y - 4, 0, text)];
  });
}
