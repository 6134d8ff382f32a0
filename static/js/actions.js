/** What a person can do to the program and its playing: each by a button, a field or a key. */

import { createFrames } from "./frames.js";
import { mendedRange } from "./spans.js";
import { stateOf } from "./opening.js";
import { filledLike } from "./values.js";

/** @typedef {import("./state.js").Store} Store */
/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./api.js").Example} Example */
/** @typedef {import("./api.js").Fix} Fix */
/** @typedef {import("./link.js").Mode} Mode */
/** @typedef {import("./values.js").InputValue} InputValue */
/** @typedef {ReturnType<typeof import("./build.js").createBuilder>} Builder */
/** @typedef {ReturnType<typeof createActions>} Actions */

/** Milliseconds of rest after the last key before the program is read. */
export const DEBOUNCE = 400;

/** @param {{store: Store, builder: Builder, player: Player, address: {push: () => void, write: () => void}}} page */
export function createActions({ store, builder, player, address }) {
  let timer = 0;
  let sliding = false;
  const frames = createFrames(store);

  /** @param {string} source */
  function edit(source) {
    store.set({ source, playing: false, hint: "", problem: source.trim() === "" ? null : store.get().problem });
    clearTimeout(timer);
    if (source.trim() !== "") timer = setTimeout(() => builder.build(), DEBOUNCE);
  }

  /** @param {string} source */
  async function run(source) {
    clearTimeout(timer);
    player.pause();
    store.set({ source });
    if (source.trim() !== "") await builder.build({ cursor: 0 });
  }

  /** @param {string} name @param {InputValue} value */
  function setInput(name, value) {
    store.set({ values: new Map([...store.get().values, [name, value]]) });
    clearTimeout(timer);
    timer = setTimeout(() => builder.build(), Array.isArray(value) ? DEBOUNCE / 2 : 60);
  }

  /** While the slider moves: from its frames where they are there; else the newest value waits until the answer for an earlier one is drawn. @param {string} name @param {InputValue} value */
  async function slide(name, value) {
    store.set({ values: new Map([...store.get().values, [name, value]]) });
    if (sliding || frames.show(name, value)) return;
    sliding = true;
    let { values } = store.get();
    await builder.build({ check: false });
    sliding = false;
    if (values !== store.get().values) {
      values = store.get().values;
      await slide(name, /** @type {InputValue} */ (values.get(name)));
    }
  }

  /** @param {Mode} mode */
  function setMode(mode) {
    if (mode === store.get().mode) return;
    player.pause();
    store.set({ mode, seed: new Map() });
    void builder.build();
  }

  /** @param {ReadonlyMap<string, InputValue>} seed */
  function setSeed(seed) {
    store.set({ seed });
    clearTimeout(timer);
    timer = setTimeout(() => builder.build(), DEBOUNCE / 2);
  }

  /** One number stands for every entry where the shape of an output is not known. */
  function seedOfOnes() {
    const { problem, seed } = store.get();
    if (problem?.ones) return setSeed(new Map([...seed, ...Object.entries(problem.ones)]));
    const { values } = store.get();
    const tangents = (problem?.inputs ?? []).map((name) => /** @type {[string, InputValue]} */ ([name, filledLike(values.get(name) ?? 1)]));
    const cotangents = (problem?.outputs ?? []).map((name) => /** @type {[string, InputValue]} */ ([name, 1]));
    setSeed(new Map([...seed, ...tangents, ...cotangents]));
  }

  /** @param {Fix} fix @param {(from: number, to: number, insert: string) => void} replace in the editor */
  function applyFix(fix, replace) {
    if (fix.input) {
      const { values, active } = store.get();
      store.set({ values: new Map([...values, [fix.input, fix.value ?? 1]]), active: [...new Set([...active, fix.input])] });
      void builder.build();
    } else if (fix.span) {
      const { from, to } = mendedRange(store.get().source, fix.span);
      replace(from, to, fix.replacement ?? "");
      clearTimeout(timer);
      void builder.build();
    }
  }

  /** @param {Example} example */
  async function openExample(example) {
    player.pause();
    address.push();
    store.set({ ...stateOf(example), hint: "" });
    await builder.build({ cursor: example.step ?? 0, adopt: true });
    address.write();
  }

  return {
    edit,
    run,
    setInput,
    hold: frames.hold,
    slide,
    setMode,
    setSeed,
    seedOfOnes,
    applyFix,
    openExample,
    rebuild: () => builder.build(),
    setOutputs: (/** @type {readonly string[] | null} */ outputs) => {
      store.set({ outputs, seed: new Map() });
      void builder.build();
    },
    keys: {
      toggle: player.toggle,
      next: player.next,
      back: player.back,
      first: player.first,
      last: player.last,
      subNext: () => player.sub(1),
      subBack: () => player.sub(-1),
      phaseNext: () => player.phase(1),
      phaseBack: () => player.phase(-1),
      grain: player.nextGrain,
      slower: () => player.speed(-1),
      faster: () => player.speed(1),
      modeForward: () => setMode("forward"),
      modeReverse: () => setMode("reverse"),
      modeBoth: () => setMode("both"),
    },
  };
}
