/** The rows of the course, and identities of the Matrix Cookbook: each an expression with its shapes, loaded by one press. */

/** @typedef {import("./symbols.js").Shape} Shape */

/**
 * @typedef {object} Row
 * @property {string} latex
 * @property {string} words the same, spoken
 * @property {string} source
 * @property {string} wrt
 * @property {Map<string, Shape>} shapes
 * @property {Map<string, string[]>} assume
 * @property {1 | 2} order
 */

/**
 * @param {string} latex @param {string} words @param {string} source @param {string} wrt @param {Object<string, string>} shapes sides with a comma between
 * @param {{assume?: Object<string, string[]>, order?: 1 | 2}} [more]
 * @returns {Row}
 */
function row(latex, words, source, wrt, shapes, { assume = {}, order = 1 } = {}) {
  const sides = Object.entries(shapes).map(([name, text]) => /** @type {[string, Shape]} */ ([name, text === "" ? [] : text.split(",")]));
  return { latex, words, source, wrt, shapes: new Map(sides), assume: new Map(Object.entries(assume)), order };
}

const FIT = "(x - A @ s).T @ W @ (x - A @ s)";
const FIT_LATEX = "(x - A s)^\\top W (x - A s)";
const FIT_SHAPES = { x: "m", A: "m,n", s: "n", W: "m,m" };

/** @type {readonly Row[]} */
export const COURSE = Object.freeze([
  row("\\frac{\\partial}{\\partial x}\\, x^\\top a", "x transposed a, by x", "x.T @ a", "x", { x: "n", a: "n" }),
  row("\\frac{\\partial}{\\partial x}\\, A x", "A x, by x", "A @ x", "x", { A: "m,n", x: "n" }),
  row("\\frac{\\partial}{\\partial x}\\, x^\\top A x", "x transposed A x, by x", "x.T @ A @ x", "x", { x: "n", A: "n,n" }),
  row(`\\frac{\\partial}{\\partial s}\\, ${FIT_LATEX}`, "weighted squares, by s, W symmetric", FIT, "s", FIT_SHAPES, { assume: { W: ["symmetric"] } }),
  row(`\\frac{\\partial}{\\partial x}\\, ${FIT_LATEX}`, "weighted squares, by x, W symmetric", FIT, "x", FIT_SHAPES, { assume: { W: ["symmetric"] } }),
  row("\\frac{\\partial}{\\partial A} \\ln \\det A", "log of the determinant of A, by A", "log(det(A))", "A", { A: "n,n" }),
  row("\\frac{\\partial}{\\partial A} \\operatorname{Tr}(A B)", "trace of A B, by A", "trace(A @ B)", "A", { A: "m,n", B: "n,m" }),
  row("\\frac{\\partial}{\\partial x} \\lVert x - a \\rVert", "norm of x minus a, by x", "norm(x - a)", "x", { x: "n", a: "n" }),
  row("\\frac{\\partial}{\\partial x} \\operatorname{softmax}(x)", "softmax of x, by x", "softmax(x)", "x", { x: "n" }),
  row("\\frac{\\partial}{\\partial x}\\, \\sigma(W x + b)", "sigmoid of W x plus b, by x", "sigmoid(W @ x + b)", "x", { W: "m,n", x: "n", b: "m" }),
  row("\\nabla^2 \\bigl(\\tfrac12 x^\\top A x + b^\\top x\\bigr)", "Hessian of a quadratic form, by x", "x.T @ A @ x / 2 + b.T @ x", "x", { x: "n", A: "n,n", b: "n" }, { order: 2 }),
]);

/** @type {readonly Row[]} */
export const COOKBOOK = Object.freeze([
  row("\\frac{\\partial}{\\partial X}\\, a^\\top X b", "a transposed X b, by X", "a.T @ X @ b", "X", { a: "m", X: "m,n", b: "n" }),
  row("\\frac{\\partial}{\\partial X}\\, a^\\top X^\\top X b", "a transposed X transposed X b, by X", "a.T @ X.T @ X @ b", "X", { a: "n", X: "m,n", b: "n" }),
  row("\\frac{\\partial}{\\partial X}\\, a^\\top X^{-1} b", "a transposed, the inverse of X, b, by X", "a.T @ inv(X) @ b", "X", { a: "n", X: "n,n", b: "n" }),
  row("\\frac{\\partial}{\\partial X} \\operatorname{Tr}(A X B)", "trace of A X B, by X", "trace(A @ X @ B)", "X", { A: "k,m", X: "m,n", B: "n,k" }),
  row("\\frac{\\partial}{\\partial X} \\operatorname{Tr}(X^\\top A X)", "trace of X transposed A X, by X", "trace(X.T @ A @ X)", "X", { X: "m,n", A: "m,m" }),
  row("\\frac{\\partial}{\\partial X} \\operatorname{Tr}(X^\\top X)", "trace of X transposed X, by X", "trace(X.T @ X)", "X", { X: "m,n" }),
  row("\\frac{\\partial}{\\partial X} \\operatorname{Tr}(X^3)", "trace of X cubed, by X", "trace(X @ X @ X)", "X", { X: "n,n" }),
  row("\\frac{\\partial}{\\partial X} \\operatorname{Tr}(A X^{-1} B)", "trace of A, the inverse of X, B, by X", "trace(A @ inv(X) @ B)", "X", { A: "m,n", X: "n,n", B: "n,m" }),
  row("\\frac{\\partial}{\\partial X} \\det X", "determinant of X, by X", "det(X)", "X", { X: "n,n" }),
  row("\\frac{\\partial}{\\partial X} \\ln \\det X^\\top X", "log of the determinant of X transposed X, by X", "log(det(X.T @ X))", "X", { X: "m,n" }),
  row("\\frac{\\partial}{\\partial x} \\lVert A x - b \\rVert^2", "squared norm of A x minus b, by x", "(A @ x - b).T @ (A @ x - b)", "x", { A: "m,n", x: "n", b: "m" }),
  row("\\frac{\\partial}{\\partial X}\\, A X B", "A X B, by X", "A @ X @ B", "X", { A: "m,n", X: "n,k", B: "k,l" }),
]);

export const ROWS = Object.freeze([...COURSE, ...COOKBOOK]);

/** @param {string} source @returns {Row | undefined} */
export const rowOf = (source) => ROWS.find((one) => one.source === source);
