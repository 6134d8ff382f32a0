/** How one parameter of a link is read and written: kinds of values, each refusing what it cannot use. */

import { parseValue, valueText } from "../values.js";

/** @typedef {import("../values.js").InputValue} InputValue */

/**
 * @template T
 * @typedef {object} Kind
 * @property {(text: string) => T | undefined} read undefined refuses
 * @property {(value: T) => string | undefined} write undefined leaves the parameter out
 */

/** @type {Kind<string>} */
export const words = { read: (text) => text, write: (value) => value };

/** @type {Kind<string[]>} names with commas between */
export const names = { read: (text) => text.split(",").filter((name) => name !== ""), write: (value) => value.join(",") };

/** @type {Kind<number>} */
export const count = { read: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined), write: String };

/** @type {Kind<ReadonlyMap<string, InputValue>>} "x1:2,W:[[1,2],[3,4]]" */
export const named = {
  read: (text) => readNamed(text) ?? undefined,
  write: (values) => (values.size > 0 ? namedText(values) : undefined),
};

/** @type {Kind<boolean>} "1", or left out */
export const flag = { read: (text) => (text === "1" ? true : text === "0" ? false : undefined), write: (value) => (value ? "1" : undefined) };

/** @param {...string} choices @returns {Kind<string[]>} some of them, with commas between */
export const someOf = (...choices) => ({
  read(text) {
    const said = names.read(text) ?? [];
    return said.length > 0 && said.every((one) => choices.includes(one)) ? [...new Set(said)] : undefined;
  },
  write: (value) => value.join(","),
});

/** @type {Kind<string>} "https://school.example" */
export const site = { read: (text) => (/^https?:\/\/[A-Za-z0-9.:[\]-]{1,255}$/.test(text) && URL.canParse(text) && new URL(text).origin === text ? text : undefined), write: (value) => value };

/** @param {...(string | number)} choices @returns {Kind<string | number>} */
export const oneOf = (...choices) => ({ read: (text) => choices.find((choice) => String(choice) === text), write: String });

/** @param {string} text @returns {Map<string, InputValue> | null} */
export function readNamed(text) {
  /** @type {Map<string, InputValue>} */
  const values = new Map();
  for (const part of splitOutside(text)) {
    const colon = part.indexOf(":");
    const value = colon > 0 ? parseValue(part.slice(colon + 1)) : null;
    if (value === null) return null;
    values.set(part.slice(0, colon).trim(), value);
  }
  return values;
}

/** @param {string} text @returns {string[]} parts between the commas that stand outside brackets */
function splitOutside(text) {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    depth += sign === "[" ? 1 : sign === "]" ? -1 : 0;
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.filter((part) => part.trim() !== "");
}

/** @param {ReadonlyMap<string, InputValue>} values @returns {string} */
export const namedText = (values) => [...values].map(([name, value]) => `${name}:${valueText(value)}`).join(",");

/** @type {Kind<string>} "1" asks before every step */
export const predicting = {
  read: (text) => (text === "1" ? "all" : ["sums", "marked", "fading", "class"].find((density) => density === text)),
  write: (value) => (value === "all" ? "1" : value),
};

/** @type {Kind<string>} "1" shows the graph and the formula */
export const presenting = {
  read: (text) => (text === "1" ? "formula" : ["both", "trace"].find((wall) => wall === text)),
  write: (value) => (value === "formula" ? "1" : value),
};
