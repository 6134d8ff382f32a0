/** The answer of `POST /api/v1/lagrange`. */

/** @typedef {import("../../format.js").Scalar} Scalar */
/** @typedef {"min" | "max" | "saddle" | "degenerate"} Kind */
/** @typedef {{list: "constraints" | "inequalities", constraint: number, multiplier: Scalar, slope: Scalar, offsets: number[], values: Scalar[]}} Sensitivity */

/**
 * @typedef {object} Stationary
 * @property {Object<string, number | number[]>} point
 * @property {Scalar[]} multipliers
 * @property {Scalar[]} inequality_multipliers
 * @property {number[]} active
 * @property {"min" | "max" | "both" | "neither" | null} kkt
 * @property {Scalar} value
 * @property {Scalar} residual
 * @property {Kind} kind
 * @property {Sensitivity[]} sensitivity
 */

/**
 * @typedef {object} Line a curve g = 0, point by point
 * @property {boolean} closed
 * @property {[number, number][]} points
 * @property {number[]} values
 * @property {[number, number][]} gradients
 * @property {[number, number][]} constraint_gradients
 * @property {number[]} multipliers
 * @property {number[]} angles
 * @property {{place: number, point: number}[]} stationary
 */

/** @typedef {{variables: [string, string], x: number[], y: number[], values: number[][], constraints: {lines: Line[]}[]}} Contours */

/**
 * @typedef {object} Lagrange
 * @property {Object<string, number[]>} variables names and shapes
 * @property {{text: string}[]} constraints
 * @property {{text: string}[]} inequalities
 * @property {Stationary[]} points
 * @property {{point: Object<string, number>, value: Scalar, sentence: string}[]} degenerate
 * @property {{latex: string, unknowns: number, equations: {by: string, text: string, latex: string}[]}} system
 * @property {{source: string, inputs: Object<string, number | number[]>} | null} lagrangian
 * @property {{tried: number, converged: number, complete: boolean}} starts
 * @property {string[]} notes
 * @property {Contours | null} contours
 */

export {};
