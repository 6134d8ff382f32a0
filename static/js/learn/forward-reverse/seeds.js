/** One entry of the inputs to move, one of the outputs to weigh: what forward and reverse mode begin with. */

import { entryNames, oneHot, shaped, sizeOf } from "../entries.js";

/** @typedef {import("../names.js").End} End */

export const ALL = -1;

/** @param {End[]} ends @returns {string[]} every entry */
export const entriesIn = (ends) => ends.flatMap(({ name, shape }) => entryNames(name, shape));

/** @param {End[]} inputs @param {End[]} outputs @returns {boolean} a name on both sides has one seed for both */
export const clashes = (inputs, outputs) => outputs.some(({ name }) => inputs.some((input) => input.name === name));

/** @param {End[]} ends @param {number} entry among all entries, or ALL @returns {[string, unknown][]} */
export function seedsFor(ends, entry) {
  let before = 0;
  return ends.map(({ name, shape }) => {
    const at = entry - before;
    before += sizeOf(shape);
    return [name, entry === ALL ? 1 : shaped(oneHot(sizeOf(shape), at), shape)];
  });
}

/** @param {string | undefined} text @param {number} count @returns {number} */
export function entryFrom(text, count) {
  if (text === "all") return ALL;
  const entry = Number(text ?? 0);
  return Number.isInteger(entry) && entry >= 0 && entry < count ? entry : 0;
}
