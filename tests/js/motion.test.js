import assert from "node:assert/strict";
import { test } from "node:test";

import { createMotion } from "../../static/js/views/stage/motion.js";

/** A clock that moves when told. */
function handClock() {
  let time = 0;
  /** @type {Map<number, () => void>} */
  const waiting = new Map();
  let ticket = 0;
  return {
    now: () => time,
    frame(/** @type {() => void} */ callback) {
      waiting.set((ticket += 1), callback);
      return ticket;
    },
    cancel: (/** @type {number} */ old) => void waiting.delete(old),
    pass(/** @type {number} */ milliseconds) {
      time += milliseconds;
      const due = [...waiting.values()];
      waiting.clear();
      for (const callback of due) callback();
    },
  };
}

/** @param {number} speed @returns {number} how long a plan of one second takes */
function lengthAt(speed) {
  const clock = handClock();
  let ended = -1;
  const motion = createMotion(clock, { start() {}, travel() {}, end: () => (ended = clock.now()) });
  motion.play({ moves: [{ kind: "rail", at: 0, duration: 150 }], duration: 1000 }, speed);
  for (let frame = 0; frame < 2000 && ended < 0; frame += 1) clock.pass(5);
  return ended;
}

test("speeds change the length of the motion by their factor", () => {
  for (const speed of [0.25, 0.5, 1, 2, 4]) assert.ok(Math.abs(lengthAt(speed) * speed - 1000) <= 100, `${speed}`);
});

test("moves start in order and at their time", () => {
  const clock = handClock();
  /** @type {string[]} */
  const seen = [];
  const motion = createMotion(clock, { start: (move) => seen.push(move.text ?? ""), travel() {}, end() {} });
  motion.play({ moves: [{ kind: "write", text: "second", at: 300, duration: 100 }, { kind: "write", text: "first", at: 0, duration: 100 }], duration: 400 }, 1);
  assert.deepEqual(seen, ["first"]);
  clock.pass(299);
  assert.deepEqual(seen, ["first"]);
  clock.pass(1);
  assert.deepEqual(seen, ["first", "second"]);
});

test("finishing ends the motion at once, and only once", () => {
  const clock = handClock();
  let ends = 0;
  const motion = createMotion(clock, { start() {}, travel() {}, end: () => (ends += 1) });
  motion.play({ moves: [], duration: 1000 }, 1);
  motion.finish();
  motion.finish();
  clock.pass(2000);
  assert.equal(ends, 1);
  assert.equal(motion.isRunning(), false);
});
