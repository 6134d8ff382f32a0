/** Moves the cursor: one press, a jump, or by itself with time to look. */

import { sceneOf } from "./scene.js";
import { forwardCount, stepsOf } from "./steps.js";

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
 */

/** @param {Store} store @param {{calm: () => boolean}} surroundings calm: whether motion is unwanted @returns {Player} */
export function createPlayer(store, { calm }) {
  let timer = 0;

  const total = () => {
    const { trace } = store.get();
    return trace === null ? 0 : stepsOf(trace).length;
  };

  /** @param {number} cursor @param {number | null} [sub] */
  function move(cursor, sub = null) {
    store.set({ cursor: Math.min(Math.max(cursor, 0), total()), sub, hint: "" });
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
    if (store.get().cursor >= total()) {
      pause();
      return;
    }
    move(store.get().cursor + 1);
    timer = setTimeout(tick, duration(store, calm()));
  }

  /** @param {1 | -1} direction */
  function sub(direction) {
    const { trace, cursor, sub: at } = store.get();
    if (trace === null) return;
    pause();
    const { subSteps } = sceneOf(trace, cursor);
    const played = (at ?? subSteps) + direction;
    if (cursor > 0 && played >= 1 && played <= subSteps) move(cursor, played === subSteps ? null : played);
    else if (direction > 0 && cursor < total()) move(cursor + 1, sceneOf(trace, cursor + 1).subSteps > 1 ? 1 : null);
    else if (direction < 0) move(cursor - 1);
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
    back: () => go(store.get().cursor - 1),
    next: () => go(store.get().cursor + 1),
    last: () => go(total()),
    play,
    pause,
    toggle: () => (store.get().playing ? pause() : play()),
    phase,
    sub,
    speed: (direction) => store.set({ speed: nextSpeed(store.get().speed, direction) }),
  };
}

/** @param {Store} store @param {boolean} calm @returns {number} milliseconds from this step to the next */
function duration(store, calm) {
  const { speed, trace, cursor } = store.get();
  const phase = trace === null || cursor <= forwardCount(trace) ? "forward" : "reverse";
  const time = Number.isFinite(speed) ? (MOTION[phase] + HOLD[phase]) / speed : INSTANT_HOLD;
  return calm ? Math.max(time, CALM) : time;
}

/** @param {number} speed @param {1 | -1} direction @returns {number} */
export function nextSpeed(speed, direction) {
  const at = SPEEDS.indexOf(speed);
  return SPEEDS[Math.min(Math.max(at + direction, 0), SPEEDS.length - 1)];
}
