/** Moves the cursor: one press, a jump, or by itself with time to look. */

import { subStepsOf } from "./scene.js";
import { forwardCount, GRAINS, stepsOf, stopAfter, stopBefore } from "./steps.js";

/** @typedef {import("./state.js").Store} Store */

export const SPEEDS = Object.freeze([0.25, 0.5, 1, 2, 4, Infinity]);

/** Milliseconds of motion of one step at speed 1, then of stillness. */
export const MOTION = Object.freeze({ forward: 1400, reverse: 1600 });
const HOLD = Object.freeze({ forward: 900, reverse: 1000 });
const INSTANT_HOLD = 700;
const CALM = 2000;

/**
 * @typedef {object} Player
 * @property {(cursor: number) => void} go
 * @property {() => void} first
 * @property {() => void} back
 * @property {() => void} next
 * @property {() => void} last
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} toggle
 * @property {(direction: 1 | -1) => void} phase
 * @property {(direction: 1 | -1) => void} sub
 * @property {(direction: 1 | -1) => void} speed
 * @property {() => void} nextGrain
 */

/** @param {Store} store @param {{calm: () => boolean, waits?: () => boolean}} surroundings calm: whether motion is unwanted; waits: whether the next step asks something first @returns {Player} */
export function createPlayer(store, { calm, waits = () => false }) {
  let timer = 0;

  const total = () => {
    const { trace } = store.get();
    return trace === null ? 0 : stepsOf(trace).length;
  };

  /** @param {number} cursor @param {number | null} [sub] */
  function move(cursor, sub = null) {
    store.set({ cursor: Math.min(Math.max(cursor, 0), total()), sub, hint: "", question: null });
  }

  /** @param {number} cursor a jump by hand ends the playing */
  function go(cursor) {
    pause();
    move(cursor);
  }

  function pause() {
    clearTimeout(timer);
    store.set({ playing: false });
  }

  function play() {
    if (total() === 0) return;
    if (store.get().cursor >= total()) move(0);
    store.set({ playing: true });
    tick();
  }

  function tick() {
    if (!store.get().playing) return;
    if (store.get().cursor >= total() && store.get().sub === null) {
      pause();
      return;
    }
    if (store.get().sub === null && waits()) return pause();
    if (store.get().grain === "half") half(1);
    else move(stop(1));
    timer = setTimeout(tick, duration(store, calm()));
  }

  /** @param {1 | -1} direction @returns {number} the cursor one step on or back */
  function stop(direction) {
    const { trace, cursor, grain } = store.get();
    if (trace === null) return 0;
    return direction > 0 ? stopAfter(trace, cursor, grain) : stopBefore(trace, cursor, grain);
  }

  /** @param {1 | -1} direction */
  function step(direction) {
    pause();
    if (direction > 0 && store.get().sub === null && waits()) return;
    if (store.get().grain === "half") half(direction);
    else move(stop(direction));
  }

  /** @param {1 | -1} direction */
  function half(direction) {
    const { trace, cursor, sub: at } = store.get();
    if (trace === null) return;
    const parts = (/** @type {number} */ end) => subStepsOf(trace, stepsOf(trace)[end - 1] ?? null);
    const played = (at ?? parts(cursor)) + direction;
    if (cursor > 0 && played >= 1 && played <= parts(cursor)) move(cursor, played === parts(cursor) ? null : played);
    else if (direction > 0 && cursor < total()) move(stop(1), parts(stop(1)) > 1 ? 1 : null);
    else if (direction < 0) move(stop(-1));
  }

  /** @param {1 | -1} direction */
  function sub(direction) {
    pause();
    if (direction > 0 && store.get().sub === null && waits()) return;
    half(direction);
  }

  /** @param {1 | -1} direction */
  function phase(direction) {
    const { trace, cursor } = store.get();
    if (trace === null) return;
    const marks = [...new Set([0, forwardCount(trace), total()])];
    const next = direction > 0 ? marks.find((mark) => mark > cursor) : marks.findLast((mark) => mark < cursor);
    go(next ?? cursor);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) pause();
  });
  return {
    go,
    first: () => go(0),
    back: () => step(-1),
    next: () => step(1),
    last: () => go(total()),
    play,
    pause,
    toggle: () => (store.get().playing ? pause() : play()),
    phase,
    sub,
    speed: (direction) => store.set({ speed: nextSpeed(store.get().speed, direction) }),
    nextGrain: () => store.set({ grain: GRAINS[(GRAINS.indexOf(store.get().grain) + 1) % GRAINS.length], sub: null }),
  };
}

/** @param {Store} store @param {boolean} calm @returns {number} milliseconds from this step to the next */
export function duration(store, calm) {
  const { speed, trace, cursor, grain } = store.get();
  const phase = trace === null || cursor <= forwardCount(trace) ? "forward" : "reverse";
  const time = Number.isFinite(speed) ? ((grain === "half" ? MOTION[phase] / 2 : MOTION[phase]) + HOLD[phase]) / speed : INSTANT_HOLD;
  return calm ? Math.max(time, CALM) : time;
}

/** @param {number} speed @param {1 | -1} direction @returns {number} */
export function nextSpeed(speed, direction) {
  const at = SPEEDS.indexOf(speed);
  return SPEEDS[Math.min(Math.max(at + direction, 0), SPEEDS.length - 1)];
}
