/** The orders in which the factors can be multiplied: their brackets, their multiplications, and their steps one by one. */

/** @typedef {{multiplications: number, brackets: string | null}} Order */

export const NAMES = Object.freeze({ right_to_left: "from the right: JVP, forward mode", left_to_right: "from the left: VJP, reverse mode", cheapest: "the cheapest order" });

/** @typedef {keyof typeof NAMES} OrderName */

const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/** @typedef {{factors: number[], shape: [number, number], isNow: boolean}} Standing one matrix of a product that is not finished: its factors, from left to right */

/** @param {number} number @returns {string} "J₁₂" */
export const factorName = (number) => `J${[...String(number)].map((digit) => LOWERED[Number(digit)]).join("")}`;

/** @param {readonly number[]} factors neighbours, from left to right @returns {string} "J₃", "J₃ J₂", "J₉ ⋯ J₂" */
export const stretchName = (factors) => (factors.length > 3 ? `${factorName(factors[0])} ⋯ ${factorName(factors[factors.length - 1])}` : factors.map(factorName).join(" "));

/** @param {string} text "J₁₂" @returns {number} 12 */
const numberOf = (text) => Number([...text.slice(1)].map((sign) => LOWERED.indexOf(sign)).join(""));

/**
 * The products of two that the brackets stand for, innermost first: the factors of each, from left to right.
 * @param {string} brackets "(J₃ J₂) J₁"
 * @returns {number[][]}
 */
export function stepsOf(brackets) {
  const tokens = brackets.match(/[()]|J[₀-₉]+/g) ?? [];
  /** @type {number[][]} */
  const steps = [];
  let at = 0;
  /** @returns {number[]} */
  function product() {
    let found = part();
    while (at < tokens.length && tokens[at] !== ")") {
      found = [...found, ...part()];
      steps.push(found);
    }
    return found;
  }
  /** @returns {number[]} */
  function part() {
    const token = tokens[at];
    at += 1;
    if (token !== "(") return [numberOf(token)];
    const found = product();
    at += 1;
    return found;
  }
  product();
  return steps;
}

/**
 * The matrices that stand after some products, from left to right; the shape of a product is that of its ends.
 * @param {readonly (readonly [number, number])[]} shapes of the factors, the first one's first
 * @param {readonly (readonly number[])[]} made the products so far
 * @returns {Standing[]}
 */
export function standing(shapes, made) {
  const now = made.at(-1);
  /** @type {Map<number, readonly number[]>} */
  const owner = new Map(shapes.map((_, at) => [at + 1, [at + 1]]));
  for (const factors of made) for (const factor of factors) owner.set(factor, factors);
  return [...new Set(owner.values())].reverse().map((factors) => ({ factors: [...factors], shape: [shapes[factors[0] - 1][0], shapes[factors[factors.length - 1] - 1][1]], isNow: factors === now }));
}
