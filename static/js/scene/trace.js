/**
 * An answer of POST /api/v1/trace, and the only functions that know how it is laid out.
 *
 * Everything else asks through these, so that the columns form can be read as well without a change elsewhere.
 */

/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {Scalar | NestedList} Value a number, or nested lists of the tensor's shape */
/** @typedef {Array<Scalar | NestedList>} NestedList */
/** @typedef {{shape: number[], min: Scalar, max: Scalar, mean: Scalar, norm: Scalar, corner?: Value}} Summary what stands for a tensor too large to send */
/** @typedef {Value | Summary} AnyValue */
/** @typedef {{line: number, column: number, end_line: number, end_column: number}} Span line from 1, column from 0 in UTF-16 units */
/** @typedef {{latex: string, value?: AnyValue, structure?: string, entries?: AnyValue}} Partial */
/** @typedef {string | {code?: string, sentence?: string, detail?: string, message?: string}} Note */

/**
 * @typedef {object} TraceNode
 * @property {number} id
 * @property {string | null} label
 * @property {string | null} [v] Griewank's number as LaTeX, "v_{-1}"; null for constants
 * @property {string} op
 * @property {string} kind "input", "constant" or "op"
 * @property {number[]} inputs producers, one per slot
 * @property {number[]} shape
 * @property {string} [dtype]
 * @property {AnyValue} primal
 * @property {AnyValue} [tangent]
 * @property {AnyValue} [adjoint]
 * @property {boolean} [requires_grad]
 * @property {string | null} [grad_fn]
 * @property {Span | null} [span]
 * @property {number | null} [group]
 * @property {string} [latex]
 * @property {Partial[]} [partials]
 * @property {Note[]} [notes]
 * @property {Object<string, unknown>} [attributes]
 * @property {number} [result]
 */

/** @typedef {{to: number, slot: number, value: AnyValue, adjoint_after: AnyValue}} Contribution */
/** @typedef {{phase: string, node: number, contributions?: Contribution[], value?: AnyValue}} TraceStep */
/** @typedef {{id: number, kind: string, label: string, span?: Span | null, parent: number | null, first: number, last: number}} Group nodes first … last of one call or iteration */
/** @typedef {{id: number, primal_error: number | null, derivative_error: number | null, reason?: string, agrees?: boolean}} NodeVerdict */
/** @typedef {{agrees: boolean, backend?: string, device?: string, max_abs_error?: number | null, max_rel_error?: number | null, nodes?: NodeVerdict[]}} Verification */

/**
 * @typedef {object} Trace
 * @property {TraceNode[]} nodes
 * @property {number[]} outputs
 * @property {string[]} [output_names]
 * @property {Object<string, number>} names
 * @property {"primal" | "forward" | "reverse" | "both"} mode
 * @property {any} [seed] in mode both, tangents and cotangents by name in one object
 * @property {string[]} [free] names that need a value, in the order of the text
 * @property {{span: Span, code: string, sentence: string}[]} [warnings]
 * @property {Object<string, AnyValue>} [gradients]
 * @property {Object<string, AnyValue>} [output_tangents]
 * @property {TraceStep[]} [steps]
 * @property {Group[]} [groups]
 * @property {Object<string, number>} [cost]
 * @property {Verification | null} [verification]
 */

/** @param {Trace} trace @returns {TraceNode[]} in evaluation order */
export const nodesOf = (trace) => trace.nodes;

/** @param {Trace} trace @returns {Group[]} */
export const groupsOf = (trace) => trace.groups ?? [];

/** @param {Trace} trace @returns {boolean} */
export const hasTangents = (trace) => trace.mode === "forward" || trace.mode === "both";

/** @param {Trace} trace @returns {boolean} */
export const hasAdjoints = (trace) => trace.mode === "reverse" || trace.mode === "both";

/** @param {Trace} trace @returns {number[]} nodes of the forward sweep in order, constants left out */
export function forwardNodes(trace) {
  const constants = new Set(nodesOf(trace).filter((node) => node.kind === "constant").map((node) => node.id));
  const listed = (trace.steps ?? []).filter((step) => step.phase === "forward").map((step) => step.node);
  const order = listed.length > 0 ? listed : nodesOf(trace).map((node) => node.id);
  return order.filter((id) => !constants.has(id));
}

/**
 * The cotangents given at outputs, in the order of the outputs.
 * @param {Trace} trace
 * @returns {{node: number, value: AnyValue}[]}
 */
export function seedsOf(trace) {
  if (!hasAdjoints(trace)) return [];
  const told = (trace.steps ?? []).filter((step) => step.phase === "seed");
  if (told.length > 0) return told.map((step) => ({ node: step.node, value: step.value ?? null }));
  const { seed } = trace;
  if (seed === null || seed === undefined) return [];
  if (typeof seed !== "object" || Array.isArray(seed)) return trace.outputs.map((node) => ({ node, value: seed }));
  return outputNames(trace).flatMap((name, place) => (Object.hasOwn(seed, name) ? [{ node: trace.outputs[place], value: seed[name] }] : []));
}

/** @param {Trace} trace @returns {string[]} as the seed calls the outputs */
function outputNames(trace) {
  if (trace.output_names) return trace.output_names;
  const names = new Map(Object.entries(trace.names).map(([name, node]) => [node, name]));
  return trace.outputs.map((node) => names.get(node) ?? "out");
}

/** @param {Trace} trace @returns {TraceStep[]} the reverse sweep, one entry per node that gives */
export const reverseSteps = (trace) => (trace.steps ?? []).filter((step) => step.phase === "reverse");

/** @param {AnyValue} value @returns {value is Summary} */
export function isSummary(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {Note} note @returns {string} */
export function noteText(note) {
  return typeof note === "string" ? note : (note.sentence ?? note.detail ?? note.message ?? note.code ?? "");
}
