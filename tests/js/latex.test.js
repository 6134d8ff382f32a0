import assert from "node:assert/strict";
import { test } from "node:test";

import { adjointName, displayName, latexAdjoint, latexName, plainLatex, tangentName } from "../../static/js/latex.js";

test("indices go down, Greek words become letters, words stay", () => {
  assert.deepEqual(["x1", "v_{-1}", "alpha", "theta2", "loss", "W_out", "c'"].map(displayName), ["x₁", "v₋₁", "α", "θ₂", "loss", "W_out", "c′"]);
});

test("tangents have a dot and adjoints a bar on the letter", () => {
  assert.equal(tangentName("v_{2}"), "v\u0307₂");
  assert.equal(adjointName("x1"), "x\u0304₁");
  assert.equal(latexAdjoint("x1"), "\\bar{x}_{1}");
  assert.equal(latexAdjoint("alpha"), "\\bar{\\alpha}");
});

test("a later version has its number above, an index is below: h₄ of the API is shown as h⁽⁴⁾, which is not h4", () => {
  assert.deepEqual(["h4", "h₄", "h1''", "total₁₂"].map(displayName), ["h₄", "h⁽⁴⁾", "h₁′′", "total⁽¹²⁾"]);
  assert.deepEqual(["h₄", "x1₅", "total'", "total₁₂"].map(latexName), ["h^{(4)}", "x_{1}^{(5)}", "\\text{total}'", "\\text{total}^{(12)}"]);
  assert.equal(latexAdjoint("h₄"), "\\bar{h}^{(4)}");
  assert.equal(adjointName("h₄"), "h\u0304⁽⁴⁾");
});

test("one letter after an underscore is an index", () => {
  assert.deepEqual(["W_h", "x_t'", "W_q", "next_h"].map(displayName), ["Wₕ", "xₜ′", "W_q", "next_h"]);
  assert.equal(latexName("W_h"), "W_{h}");
  assert.equal(latexAdjoint("W_h"), "\\bar{W}_{h}");
  assert.equal(plainLatex("\\left\\lVert W_{h} \\right\\rVert_F"), "‖Wₕ‖");
});

test("no name can smuggle a command into a formula", () => {
  for (const name of ["__proto__", "<img onerror=1>", "\\href{x}", "a}b{", "50%"]) {
    assert.doesNotMatch(latexName(name), /\\href|(?<!\\)%|<img/);
    assert.match(latexName(name), /^\\text\{/);
  }
});

const PLAIN = new Map([
  ["x_{1} \\cdot x_{2}", "x₁ · x₂"], ["\\ln x_{1}", "ln x₁"], ["v_{4} - v_{3}", "v₄ − v₃"], ["x^{3}", "x³"], ["x_{[3]}", "x[3]"], ["x^{(599)}", "x⁽⁵⁹⁹⁾"],
  ["\\frac{ 1}{x_{1}}", "1 / x₁"], ["\\frac{a + b}{c}", "(a + b) / c"], ["\\sqrt{x}", "√x"], ["\\left(a + b\\right)^{2}", "(a + b)²"],
  ["\\operatorname{relu}(x)", "relu(x)"], ["A^\\top x", "Aᵀ x"], ["e^{x}", "eˣ"], ["e^{-x}", "e⁻ˣ"], ["\\tanh(h)", "tanh(h)"],
]);

test("short formulas become text for the cards", () => {
  for (const [latex, text] of PLAIN) assert.equal(plainLatex(latex), text, latex);
});

test("what cannot be written in a line is left to others", () => {
  assert.equal(plainLatex("\\begin{pmatrix}1\\end{pmatrix}"), null);
});
