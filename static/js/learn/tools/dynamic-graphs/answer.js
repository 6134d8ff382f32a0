/** An answer of POST /api/v1/dynamics, as the tool reads it. */

/** @typedef {import("../../../format.js").Scalar} Scalar */
/** @typedef {import("../../../scene/trace.js").Span} Span */
/** @typedef {import("../../../scene/trace.js").Trace} Trace */

/**
 * @typedef {object} Branch one decision; a loop has its rounds and how it ended
 * @property {"if" | "elif" | "conditional" | "and" | "or" | "while" | "for"} kind
 * @property {Span} span of the condition, or of what a for goes over
 * @property {string} text
 * @property {number | null} node
 * @property {boolean | null} truth
 * @property {Span | null} taken
 * @property {Span | null} skipped
 * @property {number | null} rounds
 * @property {"condition" | "items" | "break" | "return" | null} ended
 */

/** @typedef {{factor: Scalar, word: "vanishing" | "shrinking" | "steady" | "growing" | "exploding" | "nan"}} Trend */
/** @typedef {{name: string, start: number | null, start_size: Scalar, nodes: number[][], sizes: Scalar[], trend: Trend | null}} Carried */
/** @typedef {{group: number, depth: number, nodes: number, first: number, last: number, pattern: number}} Step */

/**
 * @typedef {object} Repeated a loop that was entered, or a function that called itself
 * @property {"while" | "for" | "recursion"} kind
 * @property {string | null} name
 * @property {Span} span
 * @property {number} patterns
 * @property {Step[]} steps
 * @property {Carried[]} carried
 */

/** @typedef {{from: number, to: number, slot: number, carried: boolean, count: number}} RolledEdge */
/** @typedef {{stands_for: number[], nodes: number, unrolled_nodes: number, edges: RolledEdge[], unrolled_edges: number}} Rolled */
/** @typedef {{line: number, times: number, partly: boolean}} Line */

/**
 * @typedef {object} Run
 * @property {Trace} trace
 * @property {string | null} no_gradients
 * @property {Branch[]} branches
 * @property {number} branches_left_out
 * @property {Line[]} lines
 * @property {Span[]} skipped
 * @property {{name: string, times: number, depth: number}[]} calls
 * @property {Repeated[]} repeated
 * @property {number} repeated_left_out
 * @property {Rolled} rolled
 */

/** @typedef {{both: [number, number, boolean][], left: number[], right: number[]}} Alignment */
/** @typedef {{problem: import("../../../api.js").Problem}} Refused */
/** @typedef {{run: Run, other: (Run & {problem: null}) | Refused | null, alignment: Alignment | null}} Answer */

/** @param {Answer} answer @returns {Run | null} the other run, where there is one */
export const otherOf = ({ other }) => (other !== null && "trace" in other ? other : null);

/** @param {Answer} answer @returns {import("../../../api.js").Problem | null} why there is none */
export const refusalOf = ({ other }) => other?.problem ?? null;
