import assert from "node:assert/strict";
import test from "node:test";

import { actionSentence, bytesText, lensSentence, lifeSentence, pointSentence, readersOf, stepText } from "../../static/js/learn/reverse-mode/words.js";
import { seedOf } from "../../static/js/learn/tools/reverse-mode.js";

/** @type {any[]} */
const NODES = [{ inputs: [] }, { inputs: [] }, { inputs: [0, 1] }, { inputs: [0, 2] }];
/** @type {any[]} */
const NAMES = ["a", "b", "c", "d"].map((said) => ({ said, shown: said, tangent: said, adjoint: said, rule: said }));
/** @type {any} */
const LIFE = { node: 0, born: 0, elements: 1, bytes: 8, forward_until: 2, reverse_until: 3, reads: [{ step: 3, node: 3, place: 0, slots: [1] }] };
const PEAK = { step: 1, values: 2, bytes: 16 };
/** @type {any} */
const MEMORY = { forward: [2, 3], reverse: [3, 2], peaks: { kept: PEAK, held: PEAK, alone: { step: 0, values: 1, bytes: 8 } }, steps: { forward: 2, reverse: 2 }, segments: [1, 2, 3, 4], plain: { bytes: 80, operations: 20 }, checkpoints: { same: true, note: null } };

test("a step is called by what it does", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map((step) => stepText(step, MEMORY, NAMES)), ["the start", "step 1, forward to c", "step 2, forward to d", "step 3, back through d", "step 4, back through c"]);
});

test("a life says from when to when, and for which slope", () => {
  assert.equal(lifeSentence(LIFE, NODES, NAMES), "a is kept from the start to step 3, 8 bytes: step 3, back through d, reads it for the slope by c.");
});

test("a step that reads a value in two places reads it once", () => {
  const square = { ...LIFE, reads: [{ step: 3, node: 3, place: 0, slots: [1] }, { step: 3, node: 3, place: 1, slots: [0] }] };
  assert.deepEqual(readersOf(square, NODES), [{ step: 3, node: 3, by: [2, 0] }]);
});

test("the lens says the peak and where it is", () => {
  assert.equal(lensSentence(MEMORY, NAMES), "At most 16 bytes are held, after step 1, forward to c; 16 bytes wait for the reverse sweep at the most. The program alone holds at most 8 bytes.");
});

test("a linear program keeps nothing, and the lens says so", () => {
  const nothing = { ...MEMORY, peaks: { ...MEMORY.peaks, kept: { step: 0, values: 0, bytes: 0 } } };
  assert.match(lensSentence(nothing, NAMES), /^Nothing has to be kept/);
});

test("every action has its sentence, and segments count from 1", () => {
  const told = (/** @type {any} */ more) => actionSentence({ from: 0, to: 3, values: 2, bytes: 16, stored: [0, 3], again: 12, ...more });
  assert.equal(told({ do: "store" }), "Store the state before segment 1: 2 snapshots, 16 bytes held.");
  assert.equal(told({ do: "advance" }), "Run segments 1 to 3 and keep only the state behind: 2 snapshots, 16 bytes held. 12 operations so far will be run once more with the tape.");
  assert.equal(told({ do: "advance", to: 1 }).startsWith("Run segment 1 and"), true);
  assert.match(told({ do: "reverse", from: 4 }), /^Run segment 5 with its tape and sweep back/);
  assert.match(told({ do: "restore" }), /^Take the state before segment 1 from its snapshot/);
  assert.match(told({ do: "drop", stored: [0] }), /1 snapshot, 16 bytes/);
});

test("a point of the curve says what it saves, what it costs and that the adjoints are the same", () => {
  const told = pointSentence({ slots: 1, values: 2, bytes: 16, advances: 6, operations: 12, times: 3 }, MEMORY);
  assert.equal(told, "1 snapshot for 4 segments: at most 16 bytes held instead of 80 bytes, 12 operations run again beside the program’s 20, no segment more than 3 times. Every adjoint has the same bits as in the sweep that keeps everything.");
});

test("one byte is one byte", () => assert.deepEqual([bytesText(1), bytesText(16)], ["1 byte", "16 bytes"]));

test("a cotangent of the address fills the outputs in their order, or is left out", () => {
  const outputs = [{ name: "u", node: 1, shape: [] }, { name: "v", node: 2, shape: [2] }];
  assert.deepEqual(seedOf(outputs, "1_0_-2.5"), { u: 1, v: [0, -2.5] });
  assert.equal(seedOf(outputs, "1_0"), null);
  assert.equal(seedOf(outputs, "1_0_x"), null);
  assert.equal(seedOf(outputs, undefined), null);
});
