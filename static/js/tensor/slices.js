/** The slices of a tensor of rank three and more: which axes are chosen, what they are called, where a slice begins. */

import { gridOf, sizeOf } from "../scene/values.js";

/** @typedef {{word: string, length: number}} Axis one that a picker moves along */

const WORDS = Object.freeze([[], ["batch"], ["batch", "channel"]]);
const KERNEL_WORDS = Object.freeze(["filter", "channel"]);

/** @param {number[]} shape @param {boolean} [isKernel] whether a convolution reads it as its weights @returns {Axis[]} all but the last two */
export function axesOf(shape, isKernel = false) {
  const lengths = shape.slice(0, -2);
  const words = isKernel && lengths.length === 2 ? KERNEL_WORDS : WORDS[lengths.length];
  return lengths.map((length, at) => ({ word: words?.[at] ?? `axis ${at}`, length }));
}

/** @param {number[]} shape @param {readonly number[]} at one place per axis; those left out are 0 @returns {number} where the slice begins in the flat list */
export function startOf(shape, at) {
  const { rows, columns } = gridOf(shape);
  const place = shape.slice(0, -2).reduce((sum, length, axis) => sum * length + (at[axis] ?? 0), 0);
  return place * rows * columns;
}

/** @template T @param {ArrayLike<T> & {slice: (from: number, to: number) => any}} values @param {number[]} shape @param {readonly number[]} at */
export function sliceOf(values, shape, at) {
  const { rows, columns } = gridOf(shape);
  const start = startOf(shape, at);
  return values.slice(start, start + rows * columns);
}

/** @param {readonly number[]} at @param {Axis[]} axes @returns {number[]} a place that exists, whatever was chosen for another tensor */
export const placed = (at, axes) => axes.map(({ length }, axis) => Math.min(at[axis] ?? 0, length - 1));

/** @param {Axis} axis @param {number} place @returns {string} «batch 2 of 32» */
export const sliceWords = ({ word, length }, place) => `${word} ${place + 1} of ${length}`;

/** @param {number[]} shape @returns {boolean} whether there is something to draw */
export const isDrawn = (shape) => shape.length > 0 && sizeOf(shape) > 0;
