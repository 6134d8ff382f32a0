import assert from "node:assert/strict";
import { test } from "node:test";

import { format, full, isRounded, latexNumber, spoken, tooltip } from "../../static/js/format.js";

const SHOWN = new Map([
  [0.6931471805599453, "0.6931"], [11.652071455223084, "11.65"], [-0.9589242746631385, "−0.9589"], [0.5, "0.5"], [10, "10"], [99999, "99999"],
  [100000, "1 × 10⁵"], [123456, "1.235 × 10⁵"], [-1.234e-5, "−1.234 × 10⁻⁵"], [0.001, "0.001"], [0.0009999, "9.999 × 10⁻⁴"], [12345.678, "12346"],
  [99999.7, "1 × 10⁵"], [1e300, "1 × 10³⁰⁰"], [0, "0"], [-0, "0"], [5e-324, "≈0"], [1 / 3, "0.3333"], [2, "2"], [1234.5, "1235"],
]);

test("numbers have four significant digits, true signs and powers of ten", () => {
  for (const [number, text] of SHOWN) assert.equal(format(number), text, `${number}`);
});

test("what is not a finite number has a sign of its own", () => {
  assert.deepEqual(["NaN", "Infinity", "-Infinity", null, undefined, true].map((x) => format(/** @type {any} */ (x))), ["NaN", "∞", "−∞", "–", "–", "true"]);
});

test("a dash is not a zero", () => {
  assert.notEqual(format(null), format(0));
});

test("digits can be chosen, up to all of them", () => {
  assert.deepEqual([3, 6, "all"].map((digits) => format(Math.PI, { digits: /** @type {any} */ (digits) })), ["3.14", "3.14159", "3.141592653589793"]);
});

test("the copied number reads back as the same number", () => {
  for (const number of [Math.PI, -1e-300, 1 / 3, 5e-324, 123456789.123]) assert.equal(Number(full(number)), number);
  assert.ok(Object.is(Number(full(-0)), -0));
});

test("numbers are spoken without signs", () => {
  assert.equal(spoken(-0.28366218546322625), "minus 0.2837");
  assert.equal(spoken(1.234e-5), "1.234 times ten to the minus 5");
  assert.equal(spoken("-Infinity"), "minus infinity");
  assert.equal(spoken(null), "not computed yet");
});

test("formulas show the digits of the other views", () => {
  assert.equal(latexNumber(-1.2341e-5), "-1.234 \\times 10^{-5}");
  assert.equal(latexNumber(0.6931471805599453), "0.6931");
  assert.equal(latexNumber("Infinity"), "\\infty");
});

test("a tooltip tells negative zero from zero", () => {
  assert.match(tooltip(-0), /negative zero/);
  assert.equal(tooltip(0), "0");
});

test("rounding is noticed", () => {
  assert.deepEqual([0.5, 10, 0.6931471805599453, 1e-5, 1.23456e-5].map((x) => isRounded(x)), [false, false, true, false, true]);
});
