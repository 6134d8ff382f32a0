/** Broadcasting as it happens: forward an operand's cells are repeated as ghosts, in reverse the cells of the adjoint are added up again. */

import { h } from "../dom.js";
import { arrivalsOf, at, contributionOf, operandsOf, traced } from "../explain/facts.js";
import { format } from "../format.js";
import { gridOf, shapeText, sizeOf } from "../scene/values.js";
import { math } from "../views/math.js";
import { widthOf } from "../views/stage/measure.js";
import { alongWords, ghostsOf, stretchOf } from "./broadcast.js";
import { drawFolding } from "./fold.js";
import { foldingOf } from "./folding.js";
import { numbersOf } from "./kinds.js";
import { isProduct } from "./product.js";
import { LONGEST_OF_NUMBERS, MOST_HEAT, cellOf } from "./sizes.js";
import { reachOf } from "./statistics.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("./broadcast.js").Stretch} Stretch */
/** @typedef {{operand: SceneNode, result: SceneNode, stretch: Stretch, edge: SceneEdge}} Repeat */
/** @typedef {{values: Float64Array | null, cells: (string | null)[], sums: Float64Array | null}} Numbers cells: texts in the cells of the result; values: what tints them */

const MOST = 3;

/** @param {import("../features.js").Page} page */
export function createBroadcast({ calm, store }) {
  const element = h("section", { class: "tensor-broadcasts", "aria-label": "Broadcasting", hidden: true });
  /** @type {string} */
  let drawn = "";

  /** @param {Repeat} repeat @param {"forward" | "reverse"} way @param {Scene} end @param {boolean} isFresh */
  function panelOf(repeat, way, end, isFresh) {
    const words = way === "forward" ? forwardWords(repeat) : reverseWords(repeat, end);
    const { rows, columns } = gridOf(repeat.result.shape);
    if (Math.max(rows, columns) > MOST_HEAT) return [words];
    const numbers = way === "forward" ? forwardNumbers(repeat) : reverseNumbers(repeat, end);
    const cell = cellFor(repeat, numbers, end);
    const folding = foldingOf(repeat.stretch, repeat.result.shape, ghostsOf(repeat.stretch), cell);
    const drawing = drawFolding({ ...folding, cell, way, numbers, reach: reachOf(numbers.values ?? []), sumReach: reachOf(numbers.sums ?? []), digits: end.digits });
    const { speed } = store.get();
    const play = () => drawing.play(speed);
    if (isFresh && !calm() && Number.isFinite(speed)) play();
    const button = h("button", { type: "button", class: "button small", onclick: () => calm() || play() }, "Play");
    button.hidden = calm();
    return [words, h("div", { class: "tensor-fold" }, drawing.element), button];
  }

  return {
    element,
    /** @param {Scene} end @param {number} id @param {import("../explain/choice.js").Quantity} quantity */
    draw(end, id, quantity) {
      const way = quantity === "adjoint" ? "reverse" : "forward";
      const key = `${id} ${way}`;
      const repeats = (way === "forward" ? forwardRepeats(end, at(end, id)) : reverseRepeats(end, at(end, id))).slice(0, MOST);
      element.hidden = repeats.length === 0;
      const panels = repeats.flatMap((repeat) => panelOf(repeat, way, end, key !== drawn));
      element.replaceChildren(...(repeats.length === 0 ? [] : [h("h3", {}, way === "forward" ? "Broadcasting" : "Broadcasting, going back"), ...panels]));
      drawn = key;
    },
  };
}

/** @param {Repeat} repeat @param {Numbers} numbers @param {Scene} end @returns {import("./sizes.js").Cell & {isSaid: boolean}} room for every number that is drawn; where there are many cells they are tinted only */
function cellFor({ result, stretch }, { cells, values, sums }, end) {
  const { rows, columns } = gridOf(result.shape);
  if (columns > LONGEST_OF_NUMBERS || rows > MOST_HEAT) return { ...cellOf("heat", columns), isSaid: false };
  const drawn = Array.from({ length: rows * columns }, (_, place) => [cells[place] ?? (values === null ? "" : format(values[place], end)), sums === null ? "" : format(sums[stretch.places[place]], end)]);
  return { ...cellOf("numbers", columns, Math.max(...drawn.flat().map((text) => widthOf(text, "cell")))), isSaid: true };
}

/** @param {Scene} end @param {SceneNode} node @returns {Repeat[]} operands that it repeats; plain numbers say nothing */
function forwardRepeats(end, node) {
  if (isProduct(node.op, operandsOf(end, node).map(({ shape }) => shape))) return [];
  return end.edgesInto(node.id).flatMap((edge) => {
    const operand = at(end, edge.from);
    const isNumber = operand.kind === "constant" && operand.shape.length === 0;
    return isNumber ? [] : repeatOf(end, operand, node, edge);
  });
}

/** @param {Scene} end @param {SceneNode} node @returns {Repeat[]} */
const reverseRepeats = (end, node) => arrivalsOf(end, node).flatMap((edge) => repeatOf(end, node, at(end, edge.to), edge));

/** @param {Scene} end @param {SceneNode} operand @param {SceneNode} result @param {SceneEdge} edge @returns {Repeat[]} */
function repeatOf(end, operand, result, edge) {
  if (traced(end, result.id).partials?.[edge.slot]?.structure !== "broadcast") return [];
  const stretch = stretchOf(operand.shape, result.shape);
  return stretch === null ? [] : [{ operand, result, stretch, edge }];
}

/** @param {Repeat} repeat */
function forwardWords({ operand, result, stretch }) {
  return h("p", {}, math(operand.name), ` ${sizeWords(operand)} is repeated ${stretch.times} times along ${alongWords(stretch, result.shape)}, so that it fits `, math(result.name), ` ${result.shapeText}. Ghosts are dashed: no number is copied.`);
}

/** @param {SceneNode} node */
const sizeWords = (node) => (node.shape.length === 0 ? "(one number)" : shapeText(node.shape));

/** @param {Repeat} repeat @param {Scene} end */
function reverseWords({ operand, result, stretch, edge }, end) {
  const slope = edge.partialLatex === "1" ? "" : ", each times its local slope";
  const note = sizeOf(result.shape) > gridSize(result.shape) ? " The first slice is drawn." : "";
  return h("p", {}, "Every copy brings its share: the cells of ", math(result.adjointName), ` are added along ${alongWords(stretch, result.shape)}${slope}. ${stretch.times} cells become one of `, math(operand.adjointName), arrivalsOf(end, operand).length > 1 ? `, as one of its ${arrivalsOf(end, operand).length} contributions.` : ".", note);
}

/** @param {number[]} shape */
function gridSize(shape) {
  const { rows, columns } = gridOf(shape);
  return rows * columns;
}

/** @param {Repeat} repeat @returns {Numbers} */
function forwardNumbers({ operand, stretch }) {
  const own = numbersOf(operand.primalValue, operand.shape);
  if (own === null) return { values: null, cells: [], sums: null };
  return { values: Float64Array.from(stretch.places, (place) => own[place]), cells: [], sums: own };
}

/** @param {Repeat} repeat @param {Scene} end @returns {Numbers} the shares where the trace has them: the adjoint itself, or the adjoint and its slope, unmultiplied */
function reverseNumbers({ operand, result, edge }, end) {
  const bar = numbersOf(result.adjointValue, result.shape);
  const sums = numbersOf(contributionOf(end, edge), operand.shape);
  if (bar === null) return { values: null, cells: [], sums };
  if (edge.partialLatex === "1") return { values: bar, cells: [], sums };
  const entries = traced(end, result.id).partials?.[edge.slot]?.entries;
  const slopes = entries === undefined ? null : numbersOf(entries, result.shape);
  const factor = (/** @type {number} */ value) => (value < 0 ? `(${format(value, end)})` : format(value, end));
  return { values: null, cells: slopes === null || slopes.length !== bar.length ? [] : Array.from(bar, (value, place) => `${format(value, end)}·${factor(slopes[place])}`), sums };
}
