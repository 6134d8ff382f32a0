/** What the page knows: one frozen state, one way to change it, and everybody who wants to hear of it. */

/** @typedef {import("./scene/trace.js").Trace} Trace */
/** @typedef {import("./scene/trace.js").Verification} Verification */
/** @typedef {import("./values.js").InputValue} InputValue */
/** @typedef {import("./api.js").Problem} Problem */
/** @typedef {import("./api.js").Example} Example */
/** @typedef {import("./link.js").Mode} Mode */
/** @typedef {ReadonlyMap<string, InputValue>} Values */

/**
 * @typedef {object} State
 * @property {string} source the program as it stands in the editor
 * @property {Values} values every value that was ever given, by name
 * @property {readonly string[]} active names that are inputs of the program now, in the order of the tape
 * @property {Values} seed tangents of inputs and cotangents of outputs by name; empty for the default
 * @property {readonly string[] | null} outputs null for the last statement's
 * @property {readonly string[] | null} wrt null for every input
 * @property {Mode} mode
 * @property {number} cursor how many steps were played
 * @property {number | null} sub how many sub-steps of the current step; null for all
 * @property {boolean} playing
 * @property {number} speed Infinity draws without motion
 * @property {number | "all"} digits
 * @property {"light" | "dark" | "system"} theme
 * @property {import("./narrate.js").Verbosity} verbosity how much a step's sentence says
 * @property {boolean} letters whether single-letter keys work
 * @property {"system" | "reduced"} motion
 * @property {"cpu" | "cuda" | "auto"} device where torch checks
 * @property {Example | null} example
 * @property {Trace | null} trace the last good answer
 * @property {string} traced the source it belongs to
 * @property {string} asked the source that the engine has answered last, with a graph or a problem
 * @property {Problem | null} problem why the present source has no graph
 * @property {boolean} building
 * @property {{status: "idle" | "asking" | "done" | "failed", text: string}} check
 * @property {readonly number[]} lit nodes under the pointer, the focus or the caret
 * @property {readonly string[] | null} litEdges edges that are lit, by key; null lights those between lit nodes
 * @property {string} side which view stands beside the graph
 * @property {string} path the node whose paths to the output are listed, by its label; empty for the first input
 * @property {string} number the value that is explained, "v3.adjoint"; empty for that of the current step
 * @property {boolean} table whether the numbers of a tensor stand as a table too
 * @property {import("./steps.js").Grain} grain how much one press plays
 * @property {import("./notation.js").Notation} notation how quantities are called
 * @property {string} fold which groups of the graph were folded or unfolded by hand: "l2:open,c7:shut"
 * @property {"stay" | "follow"} groups whether folded groups open where the step is
 * @property {"graph" | "sweeps"} view what stands in the middle
 * @property {import("./predict/questions.js").Density} predict which steps ask before they write
 * @property {ReadonlyMap<string, import("./predict/questions.js").Marked[]>} questions written by hand, by the example's id; empty until predict mode asks for them
 * @property {import("./predict/questions.js").Question | null} question what is asked now: the step waits for it
 * @property {string} plot one or two inputs over which the output is drawn, with a comma between
 * @property {import("./presenter/index.js").Wall} wall what is shown on a wall; off at a desk
 * @property {string} hint one line for the first visit
 */

/** @typedef {{get: () => State, set: (patch: Partial<State>) => void, subscribe: (listener: (state: State, before: State) => void) => void}} Store */

/** @type {State} */
export const INITIAL = Object.freeze({
  source: "",
  values: new Map(),
  active: [],
  seed: new Map(),
  outputs: null,
  wrt: null,
  mode: "reverse",
  cursor: 0,
  sub: null,
  playing: false,
  speed: 1,
  digits: 4,
  theme: "system",
  verbosity: "normal",
  letters: true,
  motion: "system",
  device: "cpu",
  example: null,
  trace: null,
  traced: "",
  asked: "",
  problem: null,
  building: false,
  check: { status: /** @type {const} */ ("idle"), text: "" },
  lit: [],
  litEdges: null,
  side: "trace",
  path: "",
  number: "",
  table: false,
  predict: "off",
  questions: new Map(),
  question: null,
  plot: "",
  wall: "off",
  grain: /** @type {const} */ ("edge"),
  fold: "",
  groups: /** @type {const} */ ("stay"),
  notation: /** @type {const} */ ("names"),
  view: /** @type {const} */ ("graph"),
  hint: "",
});

/** @param {Partial<State>} [start] @returns {Store} listeners hear of a change at once, in the order in which they came */
export function createStore(start = {}) {
  let state = Object.freeze({ ...INITIAL, ...start });
  /** @type {((state: State, before: State) => void)[]} */
  const listeners = [];
  return {
    get: () => state,
    set(patch) {
      const before = state;
      const keys = /** @type {(keyof State)[]} */ (Object.keys(patch));
      if (keys.every((key) => Object.is(before[key], patch[key]))) return;
      state = Object.freeze({ ...before, ...patch });
      for (const listener of listeners) listener(state, before);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
