/** Pairs of programs that mean the same and compute it differently. */

/** @typedef {import("../values.js").InputValue} InputValue */

/**
 * @typedef {object} Pair
 * @property {string} id as links have it
 * @property {string} title
 * @property {string} left
 * @property {string} right
 * @property {readonly (readonly [string, InputValue])[]} at
 */

const EXPANDED = "y = x**7 - 7*x**6 + 21*x**5 - 35*x**4 + 35*x**3 - 21*x**2 + 7*x - 1";

/** @type {readonly Pair[]} */
export const PAIRS = Object.freeze([
  { id: "softmax", title: "Softmax: naive and stable", left: "p = exp(z) / sum(exp(z))\ny = p[0]", right: "e = exp(z - max(z))\np = e / sum(e)\ny = p[0]", at: [["z", [1000, 1001, 999]]] },
  { id: "horner", title: "A polynomial: powers and Horner", left: "y = a*x**3 + b*x**2 + c*x + d", right: "y = ((a*x + b)*x + c)*x + d", at: [["a", 0.1], ["x", 1.7], ["b", -2.3], ["c", 0.7], ["d", 5]] },
  { id: "seventh", title: "(x − 1)⁷: expanded and factored", left: EXPANDED, right: "y = (x - 1)**7", at: [["x", 1.01]] },
  { id: "log1p", title: "log(1 + x) and log1p(x)", left: "y = log(1 + x)", right: "y = log1p(x)", at: [["x", 1e-10]] },
  { id: "variance", title: "Variance: two formulas", left: "# mean of squares less square of mean\ny = mean(x*x) - mean(x)**2", right: "# mean of squared deviations\ny = mean((x - mean(x))**2)", at: [["x", [100000001, 100000002, 100000004]]] },
  { id: "same", title: "The same program twice", left: "y = sin(x)*x", right: "y = sin(x)*x", at: [["x", 2]] },
]);

export const FIRST = PAIRS[0];

/** @param {{left: string, right: string}} sources @returns {Pair | undefined} the pair whose programs stand there */
export const pairOf = ({ left, right }) => PAIRS.find((pair) => pair.left === left && pair.right === right);
