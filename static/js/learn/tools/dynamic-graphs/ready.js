/** Programs whose graph depends on the run, one press away. */

/** @typedef {import("../../../values.js").InputValue} InputValue */
/** @typedef {{id: string, title: string, source: string, inputs: readonly (readonly [string, InputValue])[], other?: readonly (readonly [string, InputValue])[]}} Ready other: inputs of a second run that has another graph */

const MANY = "h = h0\nfor t in range(T):\n    h = tanh(s * W_h @ h + W_x @ x)\nsum(h)";
const CELL = Object.freeze(/** @type {[string, InputValue][]} */ ([
  ["h0", [0.2, -0.1, 0.3]],
  ["W_h", [[0.6, -0.8, 0], [0.8, 0.6, 0], [0, 0, 1]]],
  ["W_x", [[0.1, 0], [0, 0.1], [0.05, 0.05]]],
  ["x", [0.1, -0.2]],
]));

/** @type {readonly Ready[]} */
export const READY = Object.freeze([
  { id: "sign", title: "if and else on the sign", source: "if x > 0:\n    y = x * x\nelse:\n    y = -3 * x\ny", inputs: [["x", 2]], other: [["x", -2]] },
  { id: "power", title: "while: as often as it takes", source: "y = x\nwhile y < 20:\n    y = y * x\ny", inputs: [["x", 3]], other: [["x", 2]] },
  { id: "doubling", title: "doubling until the norm passes 1000", source: "y = x\nwhile norm(y) < 1000:\n    y = y * 2\nsum(y)", inputs: [["x", [1, 2, 3]]], other: [["x", [20, 30, 40]]] },
  { id: "recursion", title: "recursion", source: "def f(x, n):\n    if n < 1:\n        return x\n    return sin(f(x, n - 1)) * 1.5\nf(x, n)", inputs: [["x", 0.5], ["n", 4]], other: [["n", 2]] },
  { id: "one-step", title: "recurrent cell, one step", source: "h2h = W_h @ h.T\ni2h = W_x @ x.T\nnext_h = tanh(h2h + i2h)", inputs: [["W_h", [[0.5, -0.3], [0.2, 0.4]]], ["h", [[0.1, -0.2]]], ["W_x", [[0.3, 0.1, -0.4], [-0.2, 0.6, 0.5]]], ["x", [[1, 0.5, -0.7]]]] },
  { id: "many-steps", title: "recurrent cell, many steps", source: MANY, inputs: [...CELL, ["T", 6], ["s", 0.9]], other: [["T", 9]] },
  { id: "vanishing", title: "vanishing adjoints", source: MANY, inputs: [...CELL, ["T", 20], ["s", 0.5]], other: [["s", 0.9]] },
  { id: "exploding", title: "exploding adjoints", source: "h = h0\nfor t in range(T):\n    h = s * W_h @ h + W_x @ x\nsum(h)", inputs: [...CELL, ["T", 20], ["s", 1.6]], other: [["s", 1]] },
]);

/** @param {string} source @param {ReadonlyMap<string, InputValue>} inputs @returns {Ready | undefined} two of them share a text: then the one with these inputs, if there is one */
export function readyOf(source, inputs) {
  const like = READY.filter((one) => one.source === source);
  return like.find((one) => one.inputs.every(([name, value]) => JSON.stringify(inputs.get(name)) === JSON.stringify(value))) ?? like[0];
}
