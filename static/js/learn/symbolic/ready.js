/** Programs one press away: derivations worth seeing, the swell, and what rules on paper cannot take. */

/** @typedef {{id: string, title: string, source: string, inputs: Readonly<Object<string, number>>}} Ready */

/** @type {readonly Ready[]} */
export const READY = Object.freeze([
  { id: "product", title: "product rule", source: "y = x**2 * sin(x)", inputs: { x: 1.2 } },
  { id: "quotient", title: "quotient rule", source: "y = sin(x) / (1 + x**2)", inputs: { x: 0.8 } },
  { id: "chain", title: "chain rule", source: "u = x**2 + 1\ny = exp(sin(u))", inputs: { x: 0.6 } },
  { id: "logistic", title: "logistic map", source: "l = x\nfor i in range(3):\n    l = 4 * l * (1 - l)\nl", inputs: { x: 0.3 } },
  { id: "doubling", title: "repeated product, doubling at every level", source: "y = x\nfor i in range(3):\n    y = y * y\ny", inputs: { x: 1.1 } },
  { id: "nested", title: "function in function", source: "y = x\nfor i in range(3):\n    y = sin(y) * y\ny", inputs: { x: 1.1 } },
]);

/** @type {readonly (Ready & {why: string})[]} */
export const REFUSED = Object.freeze([
  { id: "while", title: "A loop that runs until a value is reached", why: "which formula it is depends on the input", source: "y = x\nwhile y < 100:\n    y = y * y\ny", inputs: { x: 2 } },
  { id: "if", title: "A branch", why: "two formulas, and a value picks one", source: "if x > 0:\n    y = x * x\nelse:\n    y = -3 * x\ny", inputs: { x: 2 } },
  { id: "dictionary", title: "A data structure", why: "it holds values and is no function of them", source: 'd = {"a": x * x}\ny = d["a"]', inputs: { x: 2 } },
  { id: "drawing", title: "A drawing", why: "an effect, no value that could change", source: "y = x * x\nplt.plot(x, y)", inputs: { x: 2 } },
]);

/** @param {string} source @returns {string} the id of a ready program; empty of any other */
export const readyOf = (source) => READY.find((one) => one.source === source.trim())?.id ?? "";
