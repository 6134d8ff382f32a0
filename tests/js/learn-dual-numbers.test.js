import assert from "node:assert/strict";
import test from "node:test";

import { dualWords, shownTerms, struckSentence, unit } from "../../static/js/learn/dual-numbers/words.js";

const term = (coefficient, power, struck) => ({ coefficient, power, struck, latex: "" });

test("powers of ε are raised, the first is bare", () => {
  assert.deepEqual([0, 1, 2, 12].map(unit), ["", "ε", "ε²", "ε¹²"]);
});

test("a dual number is a sum whose signs stand between its parts", () => {
  assert.equal(dualWords([6, -10], 4), "6 − 10 ε");
  assert.equal(dualWords([-2, 0], 4), "−2 + 0 ε");
});

test("higher powers that are 0 are left out", () => {
  assert.equal(dualWords([1, 2, 0, -4], 4), "1 + 2 ε − 4 ε³");
});

test("infinities and what is no number are words", () => {
  assert.equal(dualWords(["-Infinity", "NaN"], 4), "−∞ + NaN ε");
});

test("what is struck is said with the power that is 0", () => {
  assert.equal(struckSentence([term(6, 0, false), term(-4, 2, true)], 1, 4), "ε² = 0: −4 ε² is struck.");
  assert.equal(struckSentence([term(-4, 3, true), term(1, 4, true)], 2, 4), "Only powers up to ε² are kept, so ε³ = 0: −4 ε³ is struck, with 1 more.");
});

test("a term that is 0 anyway is not said to be struck", () => {
  assert.equal(struckSentence([term(0, 2, true)], 1, 4), "ε² = 0: 0 ε² is 0 anyway.");
  assert.equal(struckSentence([term(1, 1, false)], 1, 4), "Nothing is struck here.");
});

test("of many terms some are shown, and one that is struck is among them", () => {
  const many = [...Array.from({ length: 40 }, (_, place) => term(place, 1, false)), term(1, 9, true)];
  assert.equal(shownTerms(many).length, 19);
  assert.ok(shownTerms(many).some(({ struck }) => struck));
});
