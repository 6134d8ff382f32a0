/** What a learner types, as a number; and whether it is near enough to what is shown. */

import { format, toNumber } from "../format.js";

/** @typedef {import("../format.js").Scalar} Scalar */

const RAISED = new Map([..."⁰¹²³⁴⁵⁶⁷⁸⁹⁻"].map((sign, index) => [sign, [..."0123456789-"][index]]));
const NUMBER = "[0-9]*\\.?[0-9]+(?:e[+-]?[0-9]+)?|[0-9]+\\.";
const TOKEN = new RegExp(`\\s*(${NUMBER}|sqrt|pi|e\\b|inf|nan|[-+*/^()])`, "gy");
const NEAR = 0.01;

/** @param {string} text "11/2", "sqrt(2)", "−0.2837", "1,5", "1.2 × 10⁻⁵" @returns {number | null} null where it is no number */
export function parseAnswer(text) {
  const tokens = tokensOf(plain(text));
  if (tokens === null || tokens.length === 0) return null;
  const reader = { tokens, at: 0 };
  const value = sum(reader);
  return reader.at === tokens.length ? value : null;
}

/** @param {string} text @returns {string} the signs of print as those of a keyboard; a decimal comma as a point */
function plain(text) {
  return text
    .trim()
    .toLowerCase()
    .replace(/[−–]/g, "-")
    .replace(/[·×]/g, "*")
    .replaceAll("∞", "inf")
    .replaceAll("π", "pi")
    .replaceAll("√", "sqrt")
    .replace(/10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)/g, (_, raised) => `10^(${[...raised].map((sign) => RAISED.get(sign)).join("")})`)
    .replace(/(\d),(\d)/g, "$1.$2")
    .replaceAll("**", "^");
}

/** @param {string} text @returns {string[] | null} */
function tokensOf(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) return null;
    tokens.push(found[1]);
  }
  return tokens;
}

/** @typedef {{tokens: string[], at: number}} Reader */

/** @param {Reader} reader @returns {number | null} */
function sum(reader) {
  let value = product(reader);
  while (value !== null && (reader.tokens[reader.at] === "+" || reader.tokens[reader.at] === "-")) {
    const sign = reader.tokens[reader.at++] === "+" ? 1 : -1;
    const next = product(reader);
    value = next === null ? null : value + sign * next;
  }
  return value;
}

/** @param {Reader} reader @returns {number | null} */
function product(reader) {
  let value = power(reader);
  while (value !== null && (reader.tokens[reader.at] === "*" || reader.tokens[reader.at] === "/")) {
    const divides = reader.tokens[reader.at++] === "/";
    const next = power(reader);
    value = next === null ? null : divides ? value / next : value * next;
  }
  return value;
}

/** @param {Reader} reader @returns {number | null} */
function power(reader) {
  const sign = reader.tokens[reader.at];
  if (sign === "-" || sign === "+") {
    reader.at += 1;
    const inner = power(reader);
    return inner === null ? null : sign === "-" ? -inner : inner;
  }
  const base = atom(reader);
  if (base === null || reader.tokens[reader.at] !== "^") return base;
  reader.at += 1;
  const exponent = power(reader);
  return exponent === null ? null : base ** exponent;
}

/** @param {Reader} reader @returns {number | null} */
function atom(reader) {
  const token = reader.tokens[reader.at++];
  if (token === "(") {
    const inner = sum(reader);
    return reader.tokens[reader.at++] === ")" ? inner : null;
  }
  if (token === "sqrt") {
    const inner = atom(reader);
    return inner === null ? null : Math.sqrt(inner);
  }
  const known = new Map([["pi", Math.PI], ["e", Math.E], ["inf", Infinity], ["nan", NaN]]).get(token ?? "");
  if (known !== undefined) return known;
  return token !== undefined && /^[0-9.]/.test(token) ? Number(token) : null;
}

/** @param {number} guess @param {Scalar} truth @param {{digits?: number | "all"}} options @returns {boolean} within one per cent, or the same in the digits of the page */
export function isRight(guess, truth, options) {
  const right = toNumber(truth);
  if (Number.isNaN(right) || Number.isNaN(guess)) return Number.isNaN(right) && Number.isNaN(guess);
  if (guess === right || format(guess, options) === format(right, options)) return true;
  if (!Number.isFinite(right) || !Number.isFinite(guess)) return false;
  return Math.abs(guess - right) <= NEAR * Math.abs(right) || isLastDigit(guess, right, options);
}

/** @param {number} guess @param {number} right @param {{digits?: number | "all"}} options @returns {boolean} off by one in the last digit that is shown */
function isLastDigit(guess, right, options) {
  const shown = format(right, options).replace("−", "-");
  const places = /^-?\d+\.(\d+)$/.exec(shown)?.[1].length;
  return places !== undefined && Math.abs(guess - Number(shown)) <= 1.0000001 * 10 ** -places;
}
