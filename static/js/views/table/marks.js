/** Which cells of the trace are outlined, and the dotted line from what the tape remembers to the line that uses it. */

import { d3 } from "../../vendor.js";
import { giftsOf } from "../../plan/reverse.js";
import { storedFor } from "../../stored.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../plan.js").Mark} Mark */
/** @typedef {{row: HTMLTableRowElement, line: {node: number}, cells: Object<string, HTMLElement>}} Row */

/** @param {Scene} scene @returns {Map<string, Mark>} by "1 primal": what the step has read, or what the tape has kept for it */
export function marksOf(scene) {
  const { step } = scene;
  /** @type {[string, Mark][]} */
  let marks = [];
  if (step?.kind === "forward") {
    const operands = scene.edgesInto(step.node).map((edge) => edge.from);
    const slots = scene.showsTangents && scene.sub >= scene.subSteps ? ["primal", "tangent"] : ["primal"];
    marks = operands.flatMap((id) => slots.map((slot) => /** @type {[string, Mark]} */ ([`${id} ${slot}`, "operand"])));
  } else if (step?.kind === "contribution") {
    marks = rememberedIn(scene).map((id) => [`${id} primal`, "remembered"]);
  }
  return new Map(marks);
}

/** @param {Scene} scene @returns {number[]} nodes whose stored primals the contributions of this step use */
function rememberedIn(scene) {
  return scene.step?.kind === "contribution" ? [...new Set(giftsOf(scene).flatMap((gift) => storedFor(scene, gift.node, /** @type {number} */ (gift.slot))))] : [];
}

/** @param {HTMLElement} root the panel that scrolls @param {Iterable<Row>} drawn @param {Scene} scene @returns {string[]} paths from what the tape remembers to the line that uses it; only read */
export function pathsBetween(root, drawn, scene) {
  const remembered = new Set(rememberedIn(scene));
  if (remembered.size === 0) return [];
  const rows = [...drawn];
  const target = rows.find(({ cells }) => cells.reverseRule?.getAttribute("aria-current") === "step")?.cells.reverseRule;
  if (target === undefined) return [];
  const base = root.getBoundingClientRect();
  const at = (/** @type {DOMRect} */ box, /** @type {number} */ x) => [x - base.left + root.scrollLeft, (box.top + box.bottom) / 2 - base.top + root.scrollTop];
  const end = target.getBoundingClientRect();
  const [toX, toY] = at(end, end.left + 3);
  return rows.filter(({ line, cells }) => cells.primal !== undefined && remembered.has(line.node)).map(({ cells }) => {
    const box = cells.primal.getBoundingClientRect();
    const [x, y] = at(box, box.right - 3);
    return `M${x} ${y}C${x + 18} ${y} ${toX - 18} ${toY} ${toX} ${toY}`;
  });
}

/** @param {HTMLElement} root @param {string[]} paths */
export function connect(root, paths) {
  const host = d3.select(root).selectAll("svg.tape-lines").data(paths.length > 0 ? [0] : []).join((enter) => enter.append("svg").attr("class", "tape-lines").attr("aria-hidden", "true"));
  host.selectAll("path").data(paths).join("path").attr("d", String);
}
