/** The nodes whose cells may say something else than before: a step changes a handful of them. */

import { indexOf } from "../../scene/index.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../picture.js").Picture} Picture */
/** @typedef {{scene: Scene, digits?: number | "all", picture: Picture | null, marks: Map<string, import("../../plan.js").Mark>}} Shown what the table shows at one time */

/** Beyond so many steps all rows are looked at. */
const FEW = 64;

/** @param {Shown | null} before @param {Shown} after @returns {Set<number> | null} null for all of them */
export function touchedBetween(before, after) {
  if (before === null || before.scene.trace !== after.scene.trace || before.digits !== after.digits || before.scene.notation !== after.scene.notation) return null;
  if (before.scene.asks !== undefined || after.scene.asks !== undefined) return null;
  const from = Math.min(before.scene.from, before.scene.cursor, after.scene.from, after.scene.cursor);
  const to = Math.max(before.scene.cursor, after.scene.cursor);
  if (to - from > FEW) return null;
  return new Set([...nodesOfSteps(after.scene, from, to), ...nodesShown(before), ...nodesShown(after)]);
}

/** @param {Scene} scene @param {number} from @param {number} to @returns {number[]} who gives and who receives */
function nodesOfSteps({ trace }, from, to) {
  return indexOf(trace).steps.slice(from, to).flatMap(({ node, to: receiver }) => (receiver === undefined ? [node] : [node, receiver]));
}

/** @param {Shown} shown @returns {number[]} of what is outlined, and of what is written while a step is played */
function nodesShown({ scene, picture, marks }) {
  const { steps } = indexOf(scene.trace);
  const texts = [...(picture?.texts.keys() ?? [])].map((key) => {
    const [first, second] = key.split(" ");
    return first === "row" || first === "gift" ? steps[Number(second)].node : Number(first);
  });
  return [...texts, ...[...marks.keys()].map((key) => Number(key.split(" ")[0]))];
}
