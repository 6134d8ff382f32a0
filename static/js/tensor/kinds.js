/** Primal, tangent and adjoint of one tensor, as far as the trace has come: what stands in each, or why nothing does. */

import { flat } from "../scene/values.js";
import { isSummary } from "../scene/trace.js";
import { QUANTITIES } from "../explain/choice.js";
import { nameOf, valueOf } from "../explain/facts.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("../explain/choice.js").Quantity} Quantity */
/** @typedef {{quantity: Quantity, name: string, values: Float64Array | null, state: string}} Kind state: what is to be said of it, in words */

/** @type {WeakMap<object, Float64Array>} a tensor's numbers in one row: read again at every step */
const rows = new WeakMap();

/** @param {AnyValue} value @param {number[]} shape @returns {Float64Array | null} row by row; null where it is absent */
export function numbersOf(value, shape) {
  if (value === null || value === undefined || isSummary(value)) return null;
  if (typeof value !== "object") return Float64Array.from(flat(value, shape));
  let known = rows.get(value);
  if (known === undefined) rows.set(value, (known = Float64Array.from(flat(value, shape))));
  return known;
}

/**
 * @param {Scene} end the trace at its end, which the card is about
 * @param {Scene} now the trace at the cursor: what the card is not about shows as much as is computed there
 * @param {number} id
 * @param {Quantity} chosen
 * @returns {Kind[]}
 */
export function kindsOf(end, now, id, chosen) {
  const isThere = { primal: true, tangent: end.showsTangents, adjoint: end.showsAdjoints };
  return QUANTITIES.filter((quantity) => isThere[quantity] || quantity === chosen).map((quantity) => {
    const [last, present] = /** @type {SceneNode[]} */ ([end.node(id), now.node(id)]);
    const shown = quantity === chosen ? last : present;
    const values = numbersOf(valueOf(shown, quantity), shown.shape);
    return { quantity, name: nameOf(shown, quantity), values, state: isThere[quantity] ? stateOf(last, present, quantity, chosen, values) : "not computed in this mode" };
  });
}

/** @param {SceneNode} last @param {SceneNode} present @param {Quantity} quantity @param {Quantity} chosen @param {Float64Array | null} values @returns {string} */
function stateOf(last, present, quantity, chosen, values) {
  if (values === null) return (valueOf(last, quantity) ?? null) === null ? "nothing flows here" : "not computed yet";
  const { arrived, total } = present.arrival;
  return quantity === "adjoint" && quantity !== chosen && arrived < total ? `${arrived} of ${total} paths` : "";
}
