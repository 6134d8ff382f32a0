/** Values as people type them: numbers, fractions, words for what is not finite, and nested lists for tensors. */

/** @typedef {number | "NaN" | "Infinity" | "-Infinity"} Numeral */
/** @typedef {Numeral | boolean | InputValue[]} InputValue */

const WORDS = new Map([["nan", "NaN"], ["inf", "Infinity"], ["infinity", "Infinity"], ["∞", "Infinity"], ["true", "1"], ["false", "0"]]);
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @param {string} text @returns {Numeral | null} null where it is no number; fractions such as 11/2 are divided */
export function parseNumber(text) {
  const plain = text.trim().replaceAll("−", "-").replaceAll("\u00a0", "");
  const [, sign, word] = /^([+-]?)(.*)$/.exec(plain) ?? ["", "", ""];
  const known = WORDS.get(word.toLowerCase());
  if (known === "Infinity") return sign === "-" ? "-Infinity" : "Infinity";
  if (known === "NaN") return "NaN";
  if (known !== undefined) return Number(sign + known);
  const fraction = plain.split("/");
  if (fraction.length > 2 || !fraction.every((part) => DECIMAL.test(part.trim()))) return null;
  return numeral(fraction.length === 1 ? Number(plain) : Number(fraction[0]) / Number(fraction[1]));
}

/** @param {number} number @returns {Numeral} the number, or its word on the wire */
export function numeral(number) {
  if (Number.isNaN(number)) return "NaN";
  return Number.isFinite(number) ? number : number > 0 ? "Infinity" : "-Infinity";
}

/** @param {InputValue} value @returns {string} the shortest text that reads back as the same value */
export function valueText(value) {
  if (Array.isArray(value)) return `[${value.map(valueText).join(",")}]`;
  return Object.is(value, -0) ? "-0" : String(value);
}

/** @param {string} text @returns {InputValue | null} a number or rectangular nested lists; null where it is neither */
export function parseValue(text) {
  if (!text.trim().startsWith("[")) return parseNumber(text);
  const tokens = text.match(/\[|\]|,|[^[\],\s]+/g) ?? [];
  const reader = { tokens, at: 0 };
  const value = readList(reader);
  return value !== null && reader.at === tokens.length && shapeOf(value) !== null ? value : null;
}

const DEEPEST = 8;

/** @param {{tokens: string[], at: number}} reader @param {number} [depth] @returns {InputValue | null} */
function readList(reader, depth = 0) {
  const token = reader.tokens[reader.at++];
  if (token !== "[") return token === undefined ? null : parseNumber(token);
  if (depth === DEEPEST) return null;
  /** @type {InputValue[]} */
  const items = [];
  while (reader.tokens[reader.at] !== "]") {
    const item = readList(reader, depth + 1);
    if (item === null) return null;
    items.push(item);
    if (reader.tokens[reader.at] === ",") reader.at += 1;
    else if (reader.tokens[reader.at] !== "]") return null;
  }
  reader.at += 1;
  return items;
}

/** @param {InputValue} value @returns {number[] | null} the shape; null where the lists are ragged */
export function shapeOf(value) {
  if (!Array.isArray(value)) return [];
  const inner = value.map(shapeOf);
  if (inner.some((shape) => shape === null || String(shape) !== String(inner[0]))) return null;
  return [value.length, ...(inner[0] ?? [])];
}

/** @param {InputValue} value @param {number} [fill] @returns {InputValue} the same shape, one number everywhere */
export function filledLike(value, fill = 1) {
  return Array.isArray(value) ? value.map((item) => filledLike(item, fill)) : fill;
}

/**
 * @param {InputValue} value
 * @param {number[]} shape at most rank 2
 * @param {number} [fill] what stands in new cells
 * @returns {InputValue} the value cut or padded to that shape
 */
export function resized(value, shape, fill = 0) {
  if (shape.length === 0) return firstOf(value) ?? fill;
  const items = Array.isArray(value) ? value : [value];
  const rows = shape.length === 1 && Array.isArray(items[0]) ? /** @type {InputValue[]} */ (items[0]) : items;
  return Array.from({ length: shape[0] }, (_, row) => resized(nestedEnough(rows, row, shape) ?? fill, shape.slice(1), fill));
}

/** @param {InputValue[]} rows @param {number} row @param {number[]} shape @returns {InputValue | undefined} a vector that becomes a matrix is its first row */
function nestedEnough(rows, row, shape) {
  if (shape.length === 2 && rows.length > 0 && !Array.isArray(rows[0])) return row === 0 ? rows : undefined;
  return rows[row];
}

/** @param {InputValue | undefined} value @returns {Numeral | boolean | undefined} */
function firstOf(value) {
  return Array.isArray(value) ? firstOf(value[0]) : value;
}

/** @param {InputValue} value @returns {(Numeral | boolean)[]} row by row */
export function cellsOf(value) {
  return Array.isArray(value) ? value.flatMap(cellsOf) : [value];
}

/** @param {string} text a cell block as spreadsheets copy it, or nested lists @returns {InputValue | null} */
export function parseGrid(text) {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (trimmed.startsWith("[")) return parseValue(trimmed);
  const rows = trimmed.split(/\r?\n|;/).map((row) => row.trim().split(/\s*,\s*|\s+/).map(parseNumber));
  if (rows.some((row) => row.length !== rows[0].length || row.includes(null))) return null;
  const numbers = /** @type {Numeral[][]} */ (rows);
  if (numbers.length > 1) return numbers;
  return numbers[0].length > 1 ? numbers[0] : numbers[0][0];
}

/** @param {number} value @returns {{min: number, max: number, step: number}} ends of a slider that has the value well inside, and a round step */
export function sliderRange(value) {
  const size = Math.max(5, Math.abs(value) * 2);
  const power = 10 ** Math.floor(Math.log10(size));
  const end = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= size) ?? 10 * power;
  return { min: -end, max: end, step: end / 100 };
}

/** @param {{min: number, max: number, step: number}} range @returns {number[]} every value at which a slider can stand */
export function stopsOf({ min, max, step }) {
  return Array.from({ length: Math.round((max - min) / step) + 1 }, (_, stop) => rounded(min + stop * step));
}

/** @param {number} value @returns {number} as the slider's field shows it */
export const rounded = (value) => Number(value.toPrecision(6));
