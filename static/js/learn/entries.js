/** Tensors entry by entry: what each entry is called, and one-hot seeds. */

/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {Scalar | Nested[]} Nested */

/** @param {Nested} value @returns {Scalar[]} in the order of memory */
export const flat = (value) => (Array.isArray(value) ? value.flatMap(flat) : [/** @type {Scalar} */ (value)]);

/** @param {readonly number[]} shape @returns {number} */
export const sizeOf = (shape) => shape.reduce((count, side) => count * side, 1);

/** @param {string} name @param {readonly number[]} shape @returns {string[]} "x", or "x[0]", "x[1]" …: as a program writes them */
export function entryNames(name, shape) {
  if (shape.length === 0) return [name];
  const places = shape.reduce((/** @type {number[][]} */ found, side) => found.flatMap((place) => Array.from({ length: side }, (_, at) => [...place, at])), [[]]);
  return places.map((place) => `${name}[${place.join(", ")}]`);
}

/** @param {readonly Scalar[]} entries @param {readonly number[]} shape @returns {Nested} nested again */
export function shaped(entries, shape) {
  if (shape.length === 0) return entries[0];
  const step = sizeOf(shape.slice(1));
  return Array.from({ length: shape[0] }, (_, at) => shaped(entries.slice(at * step, (at + 1) * step), shape.slice(1)));
}

/** @param {number} count @param {number} at @returns {number[]} */
export const oneHot = (count, at) => Array.from({ length: count }, (_, place) => (place === at ? 1 : 0));
