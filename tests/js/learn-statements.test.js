import assert from "node:assert/strict";
import test from "node:test";

import { cutsOf } from "../../static/js/learn/statements.js";

/** @param {string} source */
const names = (source) => cutsOf(source).map(({ name }) => name);

test("a program is cut after every assignment but the last", () => {
  assert.deepEqual(cutsOf("g = x\nh = g * g\nf = sin(h)"), [
    { name: "g", inner: "g = x", outer: "h = g * g\nf = sin(h)" },
    { name: "h", inner: "g = x\nh = g * g", outer: "f = sin(h)" },
  ]);
});

test("one statement cannot be cut", () => {
  assert.deepEqual(names("y = x * x"), []);
  assert.deepEqual(names(""), []);
});

test("comments and empty lines at the end are no statements to cut before", () => {
  assert.deepEqual(names("y = x * x\n\n# the end\n"), []);
  assert.deepEqual(names("g = x  # inner\ny = g * g\n# the end"), ["g"]);
});

test("a program with blocks is not cut", () => {
  assert.deepEqual(names("for i in range(3):\n    x = x * x\ny = x"), []);
});

test("a comparison is no assignment", () => {
  assert.deepEqual(names("x == 2\ny = x"), []);
});

test("a last line that only names the output counts as the rest", () => {
  assert.deepEqual(names("u = x * x\nu"), ["u"]);
});

test("names of other alphabets and of the language's own parts are names", () => {
  assert.deepEqual(names("α1 = x\n__proto__ = α1\ny = __proto__"), ["α1", "__proto__"]);
});

test("several names at once are not cut at", () => {
  assert.deepEqual(names("a, b = x, x\ny = a * b"), []);
});
