/** The answer of `POST /api/v1/matrix-derivative`. */

/** @typedef {import("../../../format.js").Scalar} Scalar */
/** @typedef {import("../../entries.js").Nested} Nested */
/** @typedef {"denominator" | "numerator" | "mixed"} Layout */
/** @typedef {{text: string | null, latex: string, latex_shapes: string, shape: string[]}} Form */
/** @typedef {{phase: "forward" | "reverse" | "simplify", latex: string, rule: string, sentence: string}} Step */
/** @typedef {{name: string, latex: string, shape: string[], kind: string, assume: string[]}} Symbol */
/** @typedef {{max_abs_error: Scalar, max_rel_error: Scalar, against: string[], sizes: Object<string, number>[]}} Check */
/** @typedef {{sizes: Object<string, number>, inputs: Object<string, Nested>, derivative: Nested | null}} Numbers */

/**
 * @typedef {object} Answer
 * @property {string | null} text
 * @property {string} latex
 * @property {string} latex_shapes
 * @property {string[]} shape
 * @property {Layout} layout
 * @property {boolean} closed
 * @property {string | null} [reason]
 * @property {string} left
 * @property {{numpy: string | null, torch: string | null, jax: string | null}} code
 * @property {{latex: string, latex_shapes: string, shape: string[], kind: string}} expression
 * @property {Symbol[]} symbols
 * @property {Object<Layout, Form>} layouts
 * @property {{text: string, latex: string} | null} map
 * @property {Step[]} steps
 * @property {Check | null} check
 * @property {Numbers | null} numbers
 * @property {{text: string, latex: string}} [gradient] of a second derivative: what was differentiated again
 * @property {string} wrt as it was asked
 * @property {1 | 2} order as it was asked
 */

export {};
