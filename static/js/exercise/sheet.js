/** A blank sheet as the engine answers it, and the same as a trace, from which the graph is drawn. */

/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../scene/trace.js").TraceNode} TraceNode */
/** @typedef {import("../scene/trace.js").Value} Value */
/** @typedef {"primal" | "partial" | "tangent" | "adjoint" | "gradient" | "output"} Quantity */
/** @typedef {{node: string, id: number, quantity: Quantity, slot: number | null, index: number[] | null, weight: number, latex: string}} Asked one cell; node, quantity and slot are what an answer says */
/** @typedef {Omit<TraceNode, "primal"> & {name: string, value?: Value}} BlankNode name: the spelling that answers take */
/** @typedef {{attempts: number | null, feedback: "none" | "verdicts" | "hints" | "full", carry: "off" | "best" | "always_local", opens: string | null, closes: string | null, late: number | null}} Policy */

/**
 * @typedef {object} Sheet
 * @property {string} title
 * @property {string} statement
 * @property {string} source
 * @property {"primal" | "forward" | "reverse" | "both"} mode
 * @property {Object<string, Value>} inputs
 * @property {number | null} seed of the variant
 * @property {{node: string, id: number, quantity: "tangent" | "adjoint", value: Value}[]} seeds what the sweeps start from
 * @property {Policy} policy
 * @property {string} tolerance
 * @property {boolean} decimal_comma
 * @property {number} points
 * @property {BlankNode[]} nodes
 * @property {import("../scene/trace.js").Group[]} groups
 * @property {number[]} outputs
 * @property {Asked[]} asked in working order
 */

/** Stands where a number will be written, so that the cards have room for it; it is never shown. */
const ROOM = -0.8888;

/** @param {Sheet} sheet @returns {Trace} with room for every number, and one step for each adjoint */
export function traceOf({ nodes, groups, outputs, mode }) {
  const filled = nodes.map((node) => ({ ...node, primal: node.value ?? roomFor(node.shape), tangent: roomFor(node.shape) }));
  const steps = mode === "reverse" || mode === "both" ? nodes.map(({ id, shape }) => ({ phase: "seed", node: id, value: roomFor(shape) })) : [];
  return { nodes: filled, groups, outputs, mode, names: {}, steps };
}

/** @param {number[]} shape @returns {Value} */
const roomFor = (shape) => (shape.length === 0 ? ROOM : Array.from({ length: shape[0] }, () => /** @type {any} */ (roomFor(shape.slice(1)))));
