/** Sparse matrices without their pictures: what their entries are called, their shares in words, and blocks where there are too many. */

import { toNumber } from "../../../format.js";
import { entryNames } from "../../entries.js";

/** @typedef {import("../../../format.js").Scalar} Scalar */
/** @typedef {{row: number, column: number, value: Scalar}} Entry */
/** @typedef {{node: number | null, label: string | null, start: number, size: number, shape: number[]}} Stretch */

/** @param {readonly Stretch[]} state @returns {string[]} "x[0]", "x[1]", "v" …: what stands at every place of a state */
export const placesOf = (state) => state.flatMap(({ label, shape }) => entryNames(label ?? "", shape));

/** @param {readonly Stretch[]} state @returns {string} "x (3), v" */
export const stateText = (state) => state.map(({ label, size }) => `${label}${size > 1 ? ` (${size})` : ""}`).join(", ");

/** @param {number} part @param {number} all @returns {string} "33 %" */
export function percent(part, all) {
  if (part === 0 || all === 0) return "0 %";
  const rounded = Math.round((100 * part) / all);
  if (rounded === 0) return "under 1 %";
  return rounded === 100 && part < all ? "over 99 %" : `${rounded} %`;
}

/** @param {{rows: number, columns: number, nonzeros: number, entries: readonly Entry[]}} matrix @returns {string} what its picture shows, in words */
export function factsText({ rows, columns, nonzeros, entries }) {
  const negative = entries.filter(({ value }) => toNumber(value) < 0).length;
  return `${rows} × ${columns}, ${nonzeros} of ${rows * columns} (${percent(nonzeros, rows * columns)})${negative > 0 ? `, ${negative} negative` : ""}`;
}

/**
 * Squares for blocks of entries, where single ones would be too small to be seen.
 * @param {readonly (readonly [number, number])[]} places
 * @param {number} side of a block
 * @returns {[number, number][]} rows and columns of the blocks that hold a place
 */
export function blocksHolding(places, side) {
  const found = new Set(places.map(([row, column]) => `${Math.floor(row / side)} ${Math.floor(column / side)}`));
  return [...found].map((key) => /** @type {[number, number]} */ (key.split(" ").map(Number)));
}
