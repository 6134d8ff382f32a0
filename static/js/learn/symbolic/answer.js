/** What POST /api/v1/symbolic answers, as far as the lesson reads it. */

/** @typedef {number | string} Count a whole number; as text where no number of JSON is so large */
/** @typedef {[number, number]} Place from and to, in characters of a text */
/** @typedef {{symbolic: Count, shared: Count, forward_ad: Count, reverse_ad: Count, symbolic_exact: string}} Sizes */
/** @typedef {Sizes & {name: string, node: number, round: number | null, terms: Count, log10_symbolic: number}} Grown */
/** @typedef {{rule: string, sentence: string, text: string, latex: string, marked: string, terms: number, span: Place | null, rewrites: Place | null}} Line */
/** @typedef {{text: string | null, latex: string, terms: Count, truncated?: {terms: string, limit: number}}} Written */
/** @typedef {{text: string | null, latex: string | null, count: Count, operations: Count, wasted: Count, spans: Place[]}} Duplicate */

/**
 * @typedef {object} Symbolic
 * @property {string} wrt
 * @property {string | null} output
 * @property {Written} expression
 * @property {Written} derivative
 * @property {{text: string, latex: string} | null} simplified
 * @property {Sizes} operations
 * @property {Count} terms
 * @property {Grown[]} growth
 * @property {{lines: Line[], complete: boolean}} steps
 * @property {Duplicate[]} duplicates
 * @property {string | null} statements
 * @property {{inputs: Object<string, import("../../values.js").InputValue>, symbolic: import("../../format.js").Scalar, engine: import("../../format.js").Scalar, error: import("../../format.js").Scalar}} check
 * @property {string[]} conventions
 */

export {};
