/** A matrix product: the cell that is pointed at lights its row and its column in the operands, and its sum is written out. */

import { arrivalsOf, at, contributionOf, operandsOf, usesOf } from "../explain/facts.js";
import { h } from "../dom.js";
import { math } from "../views/math.js";
import { gridOf, sizeOf } from "../scene/values.js";
import { createFactor } from "./factor.js";
import { numbersOf } from "./kinds.js";
import { adjointPairOf, dotText, isProduct, pairOf } from "./product.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../explain/choice.js").Quantity} Quantity */
/** @typedef {import("./factor.js").Factor} Factor */
/** @typedef {import("./factor.js").Line} Line */
/** @typedef {{row: number, column: number, slice: readonly number[]}} Cell */
/** @typedef {{factors: [Factor, Factor], words: (Node | string)[], total: Float64Array | null, shape: number[], lines: (cell: Cell) => [Line, Line]}} Product total: the sums, of the shape of what is pointed at */

export function createProduct() {
  const element = h("section", { class: "tensor-product", "aria-label": "Matrix product", hidden: true });
  /** @type {Product | null} */
  let product = null;
  /** @type {{shown: ReturnType<typeof createFactor>[], text: HTMLElement, digits: number | "all"} | null} */
  let drawn = null;

  return {
    element,
    /** @param {Scene} end @param {number} id @param {Quantity} quantity */
    draw(end, id, quantity) {
      product = productOf(end, at(end, id), quantity);
      element.hidden = product === null;
      element.replaceChildren();
      drawn = null;
      if (product === null) return;
      const shown = product.factors.map((factor) => createFactor(factor, end.digits));
      const text = h("p", { class: "tensor-dot", role: "status" });
      element.append(h("h3", {}, ...product.words), h("div", { class: "tensor-factors" }, ...shown.map((pane) => pane.element)), text);
      for (const pane of shown) pane.draw();
      drawn = { shown, text, digits: end.digits };
      this.point(sizeOf(product.shape) === 1 ? { row: 0, column: 0, slice: [] } : null);
    },
    /** @param {Cell | null} cell */
    point(cell) {
      if (product === null || drawn === null) return;
      const { shown, text, digits } = drawn;
      if (cell === null && sizeOf(product.shape) === 1) return;
      if (cell === null) {
        for (const pane of shown) pane.light(null);
        return text.replaceChildren("Point at a cell: its row and its column light up here.");
      }
      const { factors, total, lines } = product;
      const lit = lines(cell);
      shown.forEach((pane, side) => pane.light(lit[side]));
      const [first, second] = lit.map((line, side) => line.places.map((place) => factors[side].values[place]));
      const sum = total === null ? null : total[flatPlace(product.shape, cell)];
      const who = shown.map((pane, side) => h("span", {}, ` ${"ab"[side]}: ${pane.words(lit[side])} `, math(factors[side].name)));
      text.replaceChildren(h("span", { class: "numeral" }, dotText(first, second, sum, { digits })), h("span", { class: "tensor-where" }, ...who));
    },
  };
}

/** @param {number[]} shape @param {Cell} cell @returns {number} */
function flatPlace(shape, { row, column, slice }) {
  const { rows, columns } = gridOf(shape);
  const start = shape.slice(0, -2).reduce((sum, length, axis) => sum * length + (slice[axis] ?? 0), 0);
  return (start * rows + row) * columns + column;
}

/** @param {Scene} end @param {SceneNode} node @param {Quantity} quantity @returns {Product | null} */
function productOf(end, node, quantity) {
  const operands = operandsOf(end, node);
  if (quantity !== "adjoint" && isProduct(node.op, operands.map(({ shape }) => shape))) return forwardOf(node, operands);
  return quantity === "adjoint" ? reverseOf(end, node) : null;
}

/** @param {SceneNode} node @param {SceneNode[]} operands @returns {Product | null} */
function forwardOf(node, [left, right]) {
  const [a, b] = [factorOf(left, "primal"), factorOf(right, "primal")];
  if (a === null || b === null) return null;
  return {
    factors: [a, b],
    words: ["Row times column: ", math(a.name), " times ", math(b.name)],
    total: numbersOf(node.primalValue, node.shape),
    shape: node.shape,
    lines: (cell) => {
      const { row, column } = pairOf(left.shape, right.shape, cell);
      return [{ axis: "row", places: row.places }, { axis: "column", places: column.places }];
    },
  };
}

/** @param {Scene} end @param {SceneNode} node @returns {Product | null} what the one product that reads it sends back; several, or batches, are left to the formulas */
function reverseOf(end, node) {
  const uses = usesOf(end, node).filter((edge) => isProduct(at(end, edge.to).op, operandsOf(end, at(end, edge.to)).map(({ shape }) => shape)));
  const giver = uses.length === 1 ? at(end, uses[0].to) : null;
  if (giver === null) return null;
  const [left, right] = operandsOf(end, giver);
  const slot = /** @type {0 | 1} */ (uses[0].slot);
  const partner = factorOf(slot === 0 ? right : left, "primal");
  const bar = factorOf(giver, "adjoint");
  if (partner === null || bar === null || left.shape.length > 2 || right.shape.length > 2) return null;
  return {
    factors: slot === 0 ? [bar, partner] : [partner, bar],
    words: ["Going back: ", ...(slot === 0 ? [math(bar.name), " times ", math(partner.name), " transposed"] : [math(partner.name), " transposed times ", math(bar.name)]), ...(arrivalsOf(end, node).length > 1 ? [`, one of ${arrivalsOf(end, node).length} contributions`] : [])],
    total: numbersOf(contributionOf(end, uses[0]), node.shape),
    shape: node.shape,
    lines: (cell) => {
      const pair = adjointPairOf(left.shape, right.shape, slot, cell);
      const line = (/** @type {number[]} */ places) => ({ axis: slot === 0 ? /** @type {const} */ ("row") : /** @type {const} */ ("column"), places });
      return slot === 0 ? [line(pair.bar), line(pair.partner)] : [line(pair.partner), line(pair.bar)];
    },
  };
}

/** @param {SceneNode} node @param {"primal" | "adjoint"} quantity @returns {Factor | null} */
function factorOf(node, quantity) {
  const values = numbersOf(quantity === "primal" ? node.primalValue : node.adjointValue, node.shape);
  return values === null ? null : { name: quantity === "primal" ? node.name : node.adjointName, shape: node.shape, values };
}
