/** Boxes around the nodes of one call, one iteration or one loop; a press on the title folds it. */

import { foldsAround } from "../../fold/folding.js";
import { indexOf } from "../../scene/index.js";
import { widthOf } from "./measure.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("./painter.js").Stand} Stand */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */

const HEADER = 28;

/** @param {Group} layer @param {Stand} stand @param {Scene} scene @param {{isFar: boolean, seen: import("./painter.js").Box | null}} view isFar: they are drawn elsewhere then; seen: only those in sight */
export function paintBoxes(layer, { drawing, layout }, scene, { isFar, seen }) {
  const { folding } = drawing;
  const inside = scene.step === null ? new Set() : new Set(foldsAround(folding.folds, indexOf(scene.trace).positionOf(scene.step.node)));
  const data = (isFar ? [] : drawing.boxes)
    .map((place, at) => ({ place, fold: folding.folds[place], box: layout.groupBox.subarray(4 * at, 4 * at + 4), depth: depthOf(place, folding.home) }))
    .filter(({ box: [x, y, width, height] }) => !Number.isNaN(x) && (seen === null || (x + width >= seen.x && x <= seen.x + seen.width && y + height >= seen.y && y <= seen.y + seen.height)))
    .sort((a, b) => a.depth - b.depth);
  const boxes = layer
    .selectAll("g.group")
    .data(data, (/** @type {any} */ item) => item.fold.key)
    .join((enter) => {
      const box = enter.append("g").attr("data-fold", ({ fold }) => fold.key);
      box.append("rect").attr("class", "frame").attr("rx", 10);
      const head = box.append("g").attr("class", "head");
      head.append("rect").attr("height", HEADER).attr("rx", 8);
      head.append("text").attr("x", 14).attr("y", 16);
      head.append("text").attr("class", "shut").attr("y", 16).text("⊟");
      head.append("title");
      return box;
    })
    .order();
  const label = (/** @type {{fold: import("../../fold/tree.js").Fold}} */ { fold }) => widthOf(fold.label, "label");
  boxes
    .attr("class", ({ place, fold, depth }) => `group ${fold.kind} depth${Math.min(depth, 3)}${inside.has(place) ? " current" : ""}`)
    .attr("transform", ({ box }) => `translate(${box[0]},${box[1]})`);
  boxes.select("rect.frame").attr("width", ({ box }) => box[2]).attr("height", ({ box }) => box[3]);
  boxes.select("g.head > rect").attr("width", (item) => label(item) + 46);
  boxes.select("g.head > text").text(({ fold }) => fold.label);
  boxes.select("text.shut").attr("x", (item) => label(item) + 22);
  boxes.select("title").text(({ fold }) => `${fold.label}: press to fold`);
}

/** @param {number} place @param {Int32Array} home @returns {number} how many boxes stand around it */
function depthOf(place, home) {
  let depth = 0;
  for (let at = home[place]; at >= 0; at = home[at]) depth += 1;
  return depth;
}
