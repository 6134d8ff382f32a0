/** Boxes around the nodes of one call or one iteration. */

import { groupsOf } from "../../scene/trace.js";

/** @typedef {import("../../layout/types.js").Layout} Layout */
/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */

/** @param {Group} layer @param {Layout} layout @param {Scene} scene */
export function paintBoxes(layer, layout, scene) {
  const groups = groupsOf(scene.trace);
  const parents = new Map(groups.map((group) => [group.id, group.parent]));
  const inside = groupsAround(scene, parents);
  const data = groups
    .map((group, at) => ({ group, box: layout.groupBox.subarray(4 * at, 4 * at + 4), depth: depthOf(group.id, parents) }))
    .filter(({ box }) => !Number.isNaN(box[0]))
    .sort((a, b) => a.depth - b.depth);
  const boxes = layer
    .selectAll("g.group")
    .data(data, (/** @type {any} */ item) => item.group.id)
    .join((enter) => {
      const box = enter.append("g");
      box.append("rect").attr("rx", 10);
      box.append("text").attr("x", 14).attr("y", 16);
      return box;
    })
    .order();
  boxes
    .attr("class", ({ group, depth }) => `group ${group.kind} depth${Math.min(depth, 3)}${inside.has(group.id) ? " current" : ""}`)
    .attr("transform", ({ box }) => `translate(${box[0]},${box[1]})`);
  boxes.select("rect").attr("width", ({ box }) => box[2]).attr("height", ({ box }) => box[3]);
  boxes.select("text").text(({ group }) => group.label);
}

/** @param {number} id @param {Map<number, number | null>} parents @returns {number} */
function depthOf(id, parents) {
  let depth = 0;
  for (let at = parents.get(id) ?? null; at !== null && depth < parents.size; at = parents.get(at) ?? null) depth += 1;
  return depth;
}

/** @param {Scene} scene @param {Map<number, number | null>} parents @returns {Set<number>} the groups that the current step is in */
function groupsAround(scene, parents) {
  const around = new Set();
  const node = scene.step === null ? undefined : scene.node(scene.step.node);
  for (let at = node?.group ?? null; at !== null && !around.has(at); at = parents.get(at) ?? null) around.add(at);
  return around;
}
