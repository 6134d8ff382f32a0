/**
 * Every parameter of a link of version 1, in the order in which links are written. Rows are added, never changed or removed.
 *
 * A row with `state` is a way of looking: it stands in the link while that part of the state is not what it usually is.
 */

import { assumed, count, flag, folded, named, names, oneOf, predicting, presenting, shaped, site, pairs, someOf, words } from "./kinds.js";

/** @typedef {import("../state.js").State} State */

/**
 * @typedef {object} Parameter
 * @property {string} key
 * @property {import("./kinds.js").Kind<any>} kind
 * @property {keyof State} [state]
 * @property {unknown} [usual]
 */

/** @type {readonly Parameter[]} */
export const PARAMETERS = Object.freeze([
  { key: "ex", kind: words },
  { key: "pair", kind: words },
  { key: "e", kind: words },
  { key: "f", kind: words },
  { key: "left", kind: words },
  { key: "right", kind: words },
  { key: "at", kind: named },
  { key: "seed", kind: named },
  { key: "out", kind: names },
  { key: "mode", kind: oneOf("forward", "reverse", "both") },
  { key: "step", kind: count },
  { key: "view", kind: oneOf("graph", "sweeps"), state: "view", usual: "graph" },
  { key: "grain", kind: oneOf("half", "edge", "node"), state: "grain", usual: "edge" },
  { key: "notation", kind: oneOf("names", "dual", "griewank"), state: "notation", usual: "names" },
  { key: "fold", kind: folded, state: "fold", usual: "" },
  { key: "groups", kind: oneOf("stay", "follow"), state: "groups", usual: "stay" },
  { key: "digits", kind: oneOf(3, 4, 6, "all"), state: "digits", usual: 4 },
  { key: "theme", kind: oneOf("light", "dark", "system"), state: "theme", usual: "system" },
  { key: "side", kind: oneOf("trace", "value", "paths", "plot"), state: "side", usual: "trace" },
  { key: "path", kind: words, state: "path", usual: "" },
  { key: "node", kind: words, state: "number", usual: "" },
  { key: "plot", kind: words, state: "plot", usual: "" },
  { key: "predict", kind: predicting, state: "predict", usual: "off" },
  { key: "present", kind: presenting, state: "wall", usual: "off" },
  { key: "role", kind: oneOf("notes") },
  { key: "ui", kind: oneOf("min", "player", "full") },
  { key: "lock", kind: flag },
  { key: "panels", kind: someOf("program", "graph", "formula", "trace") },
  { key: "reveal", kind: flag },
  { key: "origin", kind: site },
  { key: "rows", kind: oneOf("all", "differences") },
  { key: "lab", kind: pairs },
  { key: "shapes", kind: shaped },
  { key: "assume", kind: assumed },
  { key: "wrt", kind: words },
  { key: "layout", kind: oneOf("denominator", "numerator", "mixed") },
  { key: "g", kind: words },
  { key: "within", kind: words },
  { key: "blank", kind: oneOf("all", "second", "sums") },
]);

/** @type {ReadonlyMap<string, Parameter>} */
export const BY_KEY = new Map(PARAMETERS.map((parameter) => [parameter.key, parameter]));

/** The rows that are ways of looking. */
export const WAYS = Object.freeze(PARAMETERS.filter((parameter) => parameter.state !== undefined));

/** @param {State} state @returns {Object<string, unknown>} what of the state is not as usual, by its key in links */
export const waysOf = (state) =>
  Object.fromEntries(WAYS.filter(({ state: part, usual }) => !Object.is(state[/** @type {keyof State} */ (part)], usual)).map(({ key, state: part }) => [key, state[/** @type {keyof State} */ (part)]]));

/** @param {Object<string, unknown>} link @returns {Partial<State>} what a link says about the ways of looking */
export const stateOfWays = (link) => Object.fromEntries(WAYS.filter(({ key }) => link[key] !== undefined).map(({ key, state }) => [/** @type {string} */ (state), link[key]]));

