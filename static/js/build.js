/**
 * From the text in the editor to a graph: asks the engine, finds out which names are inputs, and has torch check the answer afterwards.
 *
 * A program that cannot be read leaves the last good graph where it is.
 */

import { Refusal, askTrace, waitOf } from "./api.js";
import { stepsOf } from "./steps.js";

/** @typedef {import("./state.js").Store} Store */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./api.js").Problem} Problem */
/** @typedef {import("./api.js").TraceRequest} TraceRequest */
/** @typedef {import("./scene/trace.js").Trace} Trace */

/**
 * @typedef {object} BuildOptions
 * @property {number} [cursor] where to stand afterwards; by default where it stood
 * @property {boolean} [adopt] give every free name a value without asking
 * @property {boolean} [check] whether torch looks at it too
 */

export const NEW_INPUT = 1;
const MOST_INPUTS = 256;

/**
 * @param {Store} store
 * @returns {{build: (options?: BuildOptions) => Promise<boolean>}} whether the program has a graph now
 */
export function createBuilder(store) {
  let turn = new AbortController();
  let again = 0;

  /** @param {BuildOptions} [options] */
  async function build(options = {}) {
    turn.abort();
    clearTimeout(again);
    turn = new AbortController();
    const { signal } = turn;
    store.set({ building: true });
    try {
      const { trace, request } = await traceWithInputs(store, options.adopt ?? false, signal);
      accept(store, trace, request, options);
      if (options.check ?? true) void check(store, request, trace, signal);
      return true;
    } catch (reason) {
      if (signal.aborted) return false;
      store.set({ building: false, asked: store.get().source, problem: problemOf(reason), playing: false });
      const wait = waitOf(problemOf(reason));
      if (wait !== null) again = setTimeout(() => build(options), 1000 * wait);
      return false;
    }
  }
  return { build };
}

/** @param {unknown} reason @returns {Problem} a mistake of the page itself is thrown on */
function problemOf(reason) {
  if (reason instanceof Refusal) return reason.problem;
  throw reason;
}

/**
 * Asks until every free name has a value: names seen before keep theirs, and a program with no known input at all gets 1 for each.
 * @param {Store} store @param {boolean} adopt @param {AbortSignal} signal
 * @returns {Promise<{trace: Trace, request: TraceRequest}>}
 */
async function traceWithInputs(store, adopt, signal) {
  const { source, active } = store.get();
  const words = wordsOf(source);
  let names = active.filter((name) => words.has(name));
  const fresh = adopt || names.length === 0;
  for (let attempt = 0; attempt < MOST_INPUTS; attempt += 1) {
    const request = requestOf(store.get(), names);
    try {
      return { trace: await askTrace(request, signal), request };
    } catch (reason) {
      const changed = namesAfter(problemOf(reason), names, store, fresh);
      if (changed === null) throw reason;
      names = changed;
    }
  }
  throw new Refusal({ code: "page.inputs", title: "Too many inputs", status: 0, detail: `The page gives values to at most ${MOST_INPUTS} inputs.` });
}

/**
 * @param {Problem} problem
 * @param {string[]} names
 * @param {Store} store
 * @param {boolean} fresh
 * @returns {string[] | null} other names to try with; null where only a person can decide
 */
function namesAfter(problem, names, store, fresh) {
  const wanted = problem.code === "input.missing" ? (problem.missing ?? [problem.fix?.input ?? ""]) : [];
  const missing = wanted.filter((name) => name !== "" && !names.includes(name));
  const { values } = store.get();
  const fit = fresh ? missing : missing.filter((name) => values.has(name));
  if (fit.length === 0) return null;
  const added = fit.filter((name) => !values.has(name)).map((name) => /** @type {[string, number]} */ ([name, NEW_INPUT]));
  if (added.length > 0) store.set({ values: new Map([...values, ...added]) });
  return [...names, ...fit];
}

/** @param {string} source @returns {Set<string>} every word outside comments */
export function wordsOf(source) {
  return new Set(source.replace(/#.*/g, "").match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
}

/** @param {State} state @param {readonly string[]} names @returns {TraceRequest} */
export function requestOf(state, names) {
  const inputs = Object.fromEntries(names.map((name) => [name, state.values.get(name) ?? NEW_INPUT]));
  return { source: state.source, inputs, mode: state.mode, seed: seedOf(state, names), outputs: state.outputs, wrt: state.wrt };
}

/** @param {State} state @param {readonly string[]} names @returns {Object<string, unknown> | null} what of the seed belongs to the mode */
function seedOf(state, names) {
  const wanted = [...state.seed].filter(([name]) => (state.mode === "forward" ? names.includes(name) : state.mode === "both" || !names.includes(name)));
  return wanted.length > 0 ? Object.fromEntries(wanted) : null;
}

/** @param {Store} store @param {Trace} trace @param {TraceRequest} request @param {BuildOptions} options */
function accept(store, trace, request, { cursor, check: checked = true }) {
  const before = store.get();
  const total = stepsOf(trace).length;
  const wasAtEnd = before.trace !== null && before.cursor === stepsOf(before.trace).length;
  const given = Object.keys(request.inputs);
  const active = trace.free?.filter((name) => Object.hasOwn(request.inputs, name)) ?? given;
  store.set({
    trace,
    traced: request.source,
    asked: request.source,
    active,
    problem: null,
    building: false,
    cursor: Math.min(cursor ?? (wasAtEnd && before.cursor > 0 ? total : before.cursor), total),
    sub: null,
    question: null,
    lit: [],
    check: { status: checked ? "asking" : "idle", text: "" },
  });
}

/** Has torch evaluate the same program and marks every node. @param {Store} store @param {TraceRequest} request @param {Trace} trace @param {AbortSignal} signal */
async function check(store, request, trace, signal) {
  try {
    const { verification } = await askTrace({ ...request, verify: { device: store.get().device }, include: [] }, signal);
    const present = store.get().trace;
    if (signal.aborted || present !== trace) return;
    store.set({ trace: { ...trace, verification }, check: { status: "done", text: "" } });
  } catch (reason) {
    if (signal.aborted) return;
    store.set({ check: { status: "failed", text: problemOf(reason).detail } });
  }
}
