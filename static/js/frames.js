/** The traces at every stop of a slider, asked for when it is pressed: while it moves, each picture is there already. */

import { Refusal, ask } from "./api.js";
import { requestOf } from "./build.js";
import { stepsOf } from "./steps.js";

/** @typedef {import("./state.js").Store} Store */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./values.js").InputValue} InputValue */
/** @typedef {import("./scene/trace.js").Trace} Trace */
/** @typedef {{vary: Object<string, number[]>, first: Trace, columns: {at: (string | number)[], values: unknown[]}[], frames: (number | null)[]}} Frames */

/** @param {Store} store @returns {{hold: (name: string, stops: number[]) => Promise<void>, show: (name: string, value: InputValue) => boolean}} show: whether the value had a frame, which is drawn then */
export function createFrames(store) {
  let wanted = "";
  /** @type {Map<InputValue, () => Trace>} by the slider's stops */
  let found = new Map();

  /** @param {string} name @param {number[]} stops */
  async function hold(name, stops) {
    const key = keyOf(store.get(), name, stops);
    if (key === wanted) return;
    wanted = key;
    found = new Map();
    try {
      const answer = await ask("frames", JSON.parse(key));
      if (wanted === key) found = tracesOf(answer, name);
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason; // refused: every picture is asked for as it is needed
    }
  }

  /** @param {string} name @param {InputValue} value */
  function show(name, value) {
    const state = store.get();
    const trace = found.get(value);
    if (trace === undefined || state.traced !== state.source || !isOf(wanted, state, name)) return false;
    store.set(withTrace(state, trace()));
    return true;
  }
  return { hold, show };
}

/** @param {State} state @param {string} name @param {number[]} stops @returns {string} the question, which is the same while nothing else changes */
function keyOf(state, name, stops) {
  const { inputs, ...rest } = requestOf(state, state.active);
  const others = Object.fromEntries(Object.entries(inputs).filter(([other]) => other !== name));
  return JSON.stringify({ ...rest, inputs: others, vary: Object.fromEntries([[name, stops]]) });
}

/** @param {string} key @param {State} state @param {string} name */
const isOf = (key, state, name) => key === keyOf(state, name, Object.values(JSON.parse(key).vary)[0]);

/** @param {Frames} answer @param {string} name @returns {Map<InputValue, () => Trace>} */
function tracesOf({ vary, first, columns, frames }, name) {
  const stands = frames.flatMap((frame, stop) => (frame === null ? [] : [/** @type {[number, number]} */ ([vary[name][stop], frame])]));
  return new Map(stands.map(([value, frame]) => [value, () => frameOf(first, columns, frame)]));
}

/** @param {Trace} first @param {Frames["columns"]} columns @param {number} frame @returns {Trace} */
export function frameOf(first, columns, frame) {
  const whole = { trace: structuredClone(first) };
  for (const { at, values } of columns) {
    const way = ["trace", ...at];
    const last = /** @type {string | number} */ (way.pop());
    const holder = way.reduce((/** @type {any} */ inside, key) => inside[key], whole);
    Object.defineProperty(holder, last, { value: values[frame], writable: true, enumerable: true, configurable: true }); // a name may be __proto__
  }
  return whole.trace;
}

/** @param {State} state @param {Trace} trace @returns {Partial<State>} where the cursor stood, unless the tape is shorter there */
function withTrace(state, trace) {
  const total = stepsOf(trace).length;
  const wasAtEnd = state.trace !== null && state.cursor > 0 && state.cursor === stepsOf(state.trace).length;
  return { trace, problem: null, cursor: wasAtEnd ? total : Math.min(state.cursor, total), sub: null, question: null, check: { status: "idle", text: "" } };
}
