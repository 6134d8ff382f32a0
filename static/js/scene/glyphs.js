/** The sign of an operation on its card, and its expression in the names of its operands. */

import { superscript } from "../format.js";

const GLYPHS = new Map(
  Object.entries({
    add: "+", sub: "−", mul: "×", div: "÷", pow: "xʸ", neg: "−", matmul: "@", sum: "Σ", mean: "μ", prod: "Π", abs: "|x|", sqrt: "√", square: "x²",
    reciprocal: "1/x", where: "?:", relu: "relu", exp: "eˣ", transpose: "ᵀ", floor: "⌊x⌋", ceil: "⌈x⌉", dot: "·", cumsum: "Σ▸", norm: "‖x‖", index: "[ ]",
    getitem: "[ ]", reshape: "⇥", stack: "≡", cat: "⊕", detach: "✂",
  }),
);
const INFIX = new Map(Object.entries({ add: " + ", sub: " − ", mul: " · ", div: " / ", matmul: " @ " }));

/** @param {string} op @returns {string} */
export const glyphOf = (op) => GLYPHS.get(op) ?? op;

/**
 * @param {string} op
 * @param {string[]} operands display names
 * @returns {string}
 */
export function expressionOf(op, operands) {
  const infix = INFIX.get(op);
  if (infix !== undefined && operands.length === 2) return operands.map((name) => bracketed(name)).join(infix);
  if (op === "neg") return `−${operands[0]}`;
  if (op === "pow" && operands.length === 2) {
    const power = /^−?\d+$/.test(operands[1]) ? superscript(Number(operands[1].replace("−", "-"))) : ` ^ ${operands[1]}`;
    return bracketed(operands[0]) + power;
  }
  return `${op}(${operands.join(", ")})`;
}

/** @param {string} name @returns {string} a negative constant in brackets */
const bracketed = (name) => (name.startsWith("−") ? `(${name})` : name);
