/** Broadcasting: which cells of a result repeat one cell of an operand, and so which cells of its adjoint are added up. */

import { sizeOf } from "../scene/values.js";
import { axesOf } from "./slices.js";

/** @typedef {{places: Int32Array, axes: number[], times: number}} Stretch places: for each cell of the result the operand's; axes: of the result, along which it is repeated; times: how often each cell */

/** @param {number[]} from shape of an operand @param {number[]} to shape of the result @returns {Stretch | null} null where nothing is repeated */
export function stretchOf(from, to) {
  const lead = to.length - from.length;
  const axes = to.flatMap((length, axis) => (axis < lead || (from[axis - lead] === 1 && length !== 1) ? [axis] : []));
  const fits = lead >= 0 && to.every((length, axis) => axis < lead || from[axis - lead] === length || from[axis - lead] === 1);
  const times = sizeOf(to) / sizeOf(from);
  if (!fits || axes.length === 0 || times <= 1 || sizeOf(from) === 0) return null;
  return { places: placesOf(from, to, lead), axes, times };
}

/** @param {number[]} from @param {number[]} to @param {number} lead */
function placesOf(from, to, lead) {
  const places = new Int32Array(sizeOf(to));
  const place = to.map(() => 0);
  for (let at = 0; at < places.length; at += 1) {
    places[at] = from.reduce((sum, length, axis) => sum * length + (length === 1 ? 0 : place[axis + lead]), 0);
    for (let axis = to.length - 1; axis >= 0 && ++place[axis] === to[axis]; axis -= 1) place[axis] = 0;
  }
  return places;
}

/** @param {Stretch} stretch @returns {boolean[]} for each cell of the result: whether it repeats one that came before */
export function ghostsOf({ places }) {
  const seen = new Set();
  return Array.from(places, (place) => seen.size === seen.add(place).size);
}

const MANY = new Map(Object.entries({ batch: "batches", channel: "channels" }));

/** @param {Stretch} stretch @param {number[]} shape of the result @returns {string} «rows and columns», as a sentence goes on after «along» */
export function alongWords({ axes }, shape) {
  const leading = axesOf(shape).map(({ word }) => MANY.get(word) ?? word);
  const words = axes.map((axis) => leading[axis] ?? (axis === shape.length - 1 && axis > 0 ? "columns" : "rows"));
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
