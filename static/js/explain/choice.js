/** Which value a card is about, as links and selections write it: "v3.adjoint", or "#5.primal" where a name has no single owner. */

import { facesOf } from "../scene/face.js";

/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {"primal" | "tangent" | "adjoint"} Quantity */

/** @type {readonly Quantity[]} */
export const QUANTITIES = Object.freeze(["primal", "tangent", "adjoint"]);

/** @param {Trace} trace @param {number} id @param {Quantity} quantity @returns {string} */
export function keyOf(trace, id, quantity) {
  const faces = facesOf(trace, { digits: 4 });
  const face = faces.find((candidate) => candidate.id === id);
  const alone = face !== undefined && faces.filter(({ label }) => label === face.label).length === 1;
  return `${alone ? face.label : `#${id}`}.${quantity}`;
}

/** @param {Trace} trace @param {string} key @returns {{id: number, quantity: Quantity} | null} */
export function chosen(trace, key) {
  const point = key.lastIndexOf(".");
  const quantity = QUANTITIES.find((one) => one === key.slice(point + 1));
  if (point < 1 || quantity === undefined) return null;
  const name = key.slice(0, point);
  const faces = facesOf(trace, { digits: 4 });
  const face = faces.find((candidate) => `#${candidate.id}` === name) ?? faces.findLast((candidate) => candidate.label === name);
  return face === undefined ? null : { id: face.id, quantity };
}
