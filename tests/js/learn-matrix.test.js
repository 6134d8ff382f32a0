import assert from "node:assert/strict";
import test from "node:test";

import { COOKBOOK, ROWS, rowOf } from "../../static/js/learn/tools/matrix/rows.js";
import { guessed, isSide, isSquare, squared, symbolsOf, withSides } from "../../static/js/learn/tools/matrix/symbols.js";
import { badgeOf } from "../../static/js/learn/tools/matrix/words.js";

test("the symbols of an expression stand in the order in which they are met", () => {
  assert.deepEqual(symbolsOf("(x - A @ s).T @ W @ (x - A @ s)"), ["x", "A", "s", "W"]);
});

test("functions, methods, options, modules, constants and comments are no symbols", () => {
  assert.deepEqual(symbolsOf("torch.sum(exp(v), dim=0) * pi + x.norm()  # and y"), ["v", "x"]);
  assert.deepEqual(symbolsOf("1e3 * x + 2e * y"), ["x", "y"]);
});

test("a transposed F is a matrix and not the module of that name", () => {
  assert.deepEqual(symbolsOf("F.T @ x"), ["F", "x"]);
  assert.deepEqual(symbolsOf("F.softplus(x)"), ["x"]);
});

test("a name that an earlier line assigns is no symbol, one that it reads is", () => {
  assert.deepEqual(symbolsOf("r = x - A @ s\ny = r.T @ r"), ["x", "A", "s"]);
  assert.deepEqual(symbolsOf("x = 2 * x"), ["x"]);
  assert.deepEqual(symbolsOf("x == y"), ["x", "y"]);
});

test("odd names are symbols as others are", () => {
  assert.deepEqual(symbolsOf("__proto__ * constructor"), ["__proto__", "constructor"]);
});

test("lower case is guessed a vector, upper case a matrix, Greek letters and t scalars", () => {
  assert.deepEqual(["x", "x1", "A", "Sigma", "t", "alpha", "λ", "w_2"].map((name) => guessed(name).length), [1, 1, 2, 2, 0, 0, 0, 1]);
});

test("a guess that does not fit becomes square", () => {
  assert.deepEqual(squared(["m", "n"]), ["n", "n"]);
  assert.deepEqual(squared(["n"]), ["n"]);
  assert.ok(isSquare(["n", "n"]));
  assert.ok(!isSquare(["m", "n"]));
  assert.ok(!isSquare(["n"]));
});

test("a symbol of another kind keeps the sides that it has", () => {
  assert.deepEqual(withSides(["3"], 2), ["m", "3"]);
  assert.deepEqual(withSides(["m", "k"], 1), ["k"]);
  assert.deepEqual(withSides([], 2), ["m", "n"]);
  assert.deepEqual(withSides([], 1), ["n"]);
  assert.deepEqual(withSides(["n"], 0), []);
});

test("a side is a letter or a number", () => {
  assert.deepEqual(["n", "m2", "3", "120"].map(isSide), [true, true, true, true]);
  assert.deepEqual(["", "0", "-1", "n m", "n,m", "<b>", "1.5", "12345"].map(isSide), Array(8).fill(false));
});

test("every row of the course says the shape of each of its symbols and no other", () => {
  for (const row of ROWS) {
    assert.deepEqual(new Set(row.shapes.keys()), new Set(symbolsOf(row.source)), row.source);
    assert.ok(row.shapes.has(row.wrt));
    assert.equal(rowOf(row.source)?.source, row.source);
  }
});

test("twelve identities of the Cookbook are at hand", () => {
  assert.equal(COOKBOOK.length, 12);
});

test("a product of sizes is written as one", () => {
  assert.equal(badgeOf(["m*l", "n*k"]), "matrix m·l × n·k");
});
