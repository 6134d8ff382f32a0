/** The symbols of an expression, read off its text, and what shape each has until the reader says another. */

/** @typedef {readonly string[]} Shape sides are letters or numbers; none: a scalar */
/** @typedef {"scalar" | "vector" | "matrix"} Kind */

const WORDS = new Set("and or not if else elif for in while def return lambda import from as with pass True False None pi e inf nan break continue".split(" "));
const MODULES = new Set("torch np numpy jnp jax math F".split(" "));
const GREEK = new Set("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi omega".split(" "));
const NAME = /[\p{L}_][\p{L}\p{N}_]*/gu;
const ASSIGNMENT = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=)(.*)$/u;
const SIDE = /^(\p{L}[\p{L}\p{N}]{0,9}|[1-9]\d{0,3})$/u;

/** @type {readonly Kind[]} by the number of sides */
export const KINDS = Object.freeze(["scalar", "vector", "matrix"]);

/** @param {string} source @returns {string[]} free names in the order in which they are met; names that a line assigns are none */
export function symbolsOf(source) {
  /** @type {Set<string>} */
  const assigned = new Set();
  /** @type {Set<string>} */
  const found = new Set();
  for (const line of source.replace(/#.*/g, "").replace(/(["'])(?:\\.|(?!\1).)*\1/g, "").split(/\n|;/)) {
    const [, target, rest] = ASSIGNMENT.exec(line) ?? ["", undefined, line];
    for (const name of freeIn(rest)) if (!assigned.has(name)) found.add(name);
    if (target !== undefined) assigned.add(target);
  }
  return [...found];
}

/** @param {string} text @returns {string[]} what is neither called, nor a method, nor the name of an option */
function freeIn(text) {
  return [...text.matchAll(NAME)].flatMap(({ 0: name, index }) => {
    const before = text.slice(0, index).trimEnd();
    const after = text.slice(index + name.length).trimStart();
    const isOption = /^=(?!=)/.test(after);
    const isModule = MODULES.has(name) && /^\.(?!T\b)/.test(after);
    const isNumber = /\d$/.test(text.slice(0, index)) && /^e\d*$/i.test(name);
    return before.endsWith(".") || after.startsWith("(") || isOption || isModule || isNumber || WORDS.has(name) ? [] : [name];
  });
}

/** @param {string} name @returns {Shape} lower case a vector, upper case a matrix, Greek letters and t scalars: a guess, which the reader may change */
export function guessed(name) {
  const base = name.replace(/[_\d].*$/u, "");
  if (base === "t" || GREEK.has(base) || /^[α-ω]$/u.test(base)) return [];
  return /^\p{Lu}/u.test(name) ? ["m", "n"] : ["n"];
}

/** @param {Shape} shape @returns {Shape} the guess where m × n does not fit: all sides alike */
export const squared = (shape) => shape.map(() => "n");

/** @param {string} text @returns {boolean} whether a side can be called so */
export const isSide = (text) => SIDE.test(text);

/** @param {Shape} shape @returns {boolean} */
export const isSquare = (shape) => shape.length === 2 && shape[0] === shape[1];

/** @param {Shape} shape @param {number} sides @returns {string[]} the shape with so many sides: those that it has, then usual letters */
export function withSides(shape, sides) {
  if (sides === 2 && shape.length === 1) return ["m", shape[0]];
  if (sides === 1 && shape.length === 2) return [shape[1]];
  return ["m", "n"].slice(2 - sides).map((letter, at) => shape[at] ?? letter);
}
