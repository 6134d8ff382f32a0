/** Keeps the address of the page in step with its state, so that every state can be linked, and reads it once at the start. */

import { writeLink } from "./link.js";
import { WAYS, waysOf } from "./link/parameters.js";
import { valueText } from "./values.js";

/** @typedef {import("./state.js").Store} Store */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./link.js").Link} Link */
/** @typedef {import("./api.js").Example} Example */

const PAUSE = 300;

/** What of the state a link says, beside what only a new trace changes. */
const SAID = Object.freeze(/** @type {(keyof State)[]} */ (["cursor", "active", "trace", ...WAYS.map(({ state }) => state)]));

/** @param {State} state @returns {Link} an example is named while nothing but its inputs was changed */
export function linkOf(state) {
  const { example } = state;
  const isExample = example !== null && example.source === state.source;
  const at = new Map(state.active.map((name) => [name, state.values.get(name) ?? 1]));
  const changed = !isExample || [...at].some(([name, value]) => valueText(value) !== valueText(example.inputs[name] ?? 1));
  const seed = new Map([...state.seed]);
  return {
    ...(isExample ? { ex: example.id } : { e: state.source }),
    ...(changed ? { at } : {}),
    ...(isExample && sameSeed(seed, example) ? {} : { seed }),
    ...(state.outputs === null ? {} : { out: [...state.outputs] }),
    ...(isExample && state.mode === (example.mode ?? "reverse") ? {} : { mode: state.mode }),
    step: state.cursor,
    ...waysOf(state),
  };
}

/** @param {Link["seed"]} seed @param {Example} example @returns {boolean} */
function sameSeed(seed, example) {
  const own = seedOf(example);
  return (seed?.size ?? 0) === own.size && [...own].every(([name, value]) => seed?.has(name) && valueText(seed.get(name) ?? 0) === valueText(value));
}

/** @param {Example} example @returns {Map<string, import("./values.js").InputValue>} the example's seed by name */
export function seedOf(example) {
  return example.seed !== null && typeof example.seed === "object" && !Array.isArray(example.seed) ? new Map(Object.entries(example.seed)) : new Map();
}

/** @param {Store} store @returns {{write: () => void, push: () => void, leave: () => void}} write: at once; push: what stands now keeps its address, and what follows gets an entry of its own; leave: write nothing more */
export function createAddress(store) {
  let timer = 0;
  let left = false;
  const write = () => {
    clearTimeout(timer);
    timer = 0;
    if (left) return;
    const address = `${location.pathname}${writeLink(linkOf(store.get()))}`;
    if (address !== location.pathname + location.search + location.hash) history.replaceState(null, "", address);
  };
  store.subscribe((state, before) => {
    const moved = SAID.some((part) => state[part] !== before[part]);
    if (state.trace !== null && moved && timer === 0) timer = setTimeout(write, PAUSE);
  });
  const push = () => {
    write();
    history.pushState(null, "", location.href);
  };
  return { write, push, leave: () => void (left = true) };
}
