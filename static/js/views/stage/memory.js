/** What a step reads and where it writes, as marks on the cards: the tape's icon, what it has kept, and numbered badges where nothing moves. */

import { giftsOf } from "../../plan/reverse.js";
import { storedFor } from "../../stored.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */
/** @typedef {{key: string, kind: "tape" | "stored" | "badge", text: string, x: number, y: number, width: number}} Sign */

const CASSETTE = "M-8 -5.5h16a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-16a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM-4.2 -2.6a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM4.2 -2.6a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z";
const NUMBERS = "①②③④⑤⑥⑦⑧⑨";

/** @param {Group} layer @param {Scene} scene @param {(id: number) => Box | null} boxOf @param {boolean} isOpen whether the tape is read already */
export function paintMemory(layer, scene, boxOf, isOpen) {
  const signs = [...(isOpen ? tapeSigns(scene, boxOf) : []), ...badges(scene, boxOf)];
  const marks = layer.selectAll("g.sign").data(signs, (/** @type {any} */ sign) => sign.key).join((enter) => {
    const mark = enter.append("g").attr("class", ({ kind }) => `sign ${kind}`);
    mark.filter(({ kind }) => kind === "tape").append("path").attr("d", CASSETTE);
    mark.filter(({ kind }) => kind === "stored").append("rect").attr("rx", 6).attr("height", 28).attr("y", -14);
    mark.filter(({ kind }) => kind === "badge").append("text");
    return mark;
  });
  marks.attr("transform", ({ x, y }) => `translate(${x},${y})`);
  marks.select("rect").attr("x", ({ width }) => -width / 2).attr("width", ({ width }) => width);
  marks.select("text").text(({ text }) => text);
}

/** @param {Scene} scene @param {(id: number) => Box | null} boxOf @returns {Sign[]} */
function tapeSigns(scene, boxOf) {
  if (scene.step?.kind !== "contribution") return [];
  const gifts = giftsOf(scene);
  const stored = [...new Set(gifts.flatMap((gift) => storedFor(scene, gift.node, /** @type {number} */ (gift.slot))))];
  if (stored.length === 0) return [];
  const giver = boxOf(scene.step.node);
  const kept = stored.flatMap((id) => {
    const box = boxOf(id);
    const node = scene.node(id);
    if (box === null || node === undefined || node.shape.length > 0) return [];
    return [sign(`stored ${id}`, "stored", box.x + box.width / 2, box.y + middleOf(box), Math.max(40, box.width - 74))];
  });
  return [...(giver === null ? [] : [sign("tape", "tape", giver.x + giver.width / 2, giver.y - 12, 0)]), ...kept];
}

/** @param {Box} box @returns {number} where a scalar's primal stands on its card */
const middleOf = (box) => (box.height > 86 ? 45 : 36);

/** @param {string} key @param {Sign["kind"]} kind @param {number} x @param {number} y @param {number} width @param {string} [text] @returns {Sign} */
const sign = (key, kind, x, y, width, text = "") => ({ key, kind, text, x, y, width });

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
