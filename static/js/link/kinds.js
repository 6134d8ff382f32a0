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

/** @type {Kind<ReadonlyMap<string, string>>} "seed:2,view:rolled" */
export const pairs = {
  read(text) {
    const found = text.split(",").map((part) => /^([a-z]{1,20}):([\w.+-]{1,60})$/.exec(part));
    return found.every((one) => one !== null) ? new Map(found.map((one) => /** @type {[string, string]} */ ([one?.[1], one?.[2]]))) : undefined;
  },
  write: (said) => (said.size > 0 ? [...said].map(([name, value]) => `${name}:${value}`).join(",") : undefined),
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

/** @type {Kind<ReadonlyMap<string, readonly string[]>>} "x:n;A:m,n;t:": sides are letters or numbers */
export const shaped = {
  read: (text) => readLists(text, /^(\p{L}[\p{L}\p{N}]{0,9}|[1-9]\d{0,3})$/u, 2),
  write: writeLists,
};

/** @type {Kind<ReadonlyMap<string, readonly string[]>>} "W:symmetric,invertible;t:positive" */
export const assumed = { read: (text) => readLists(text, /^[a-z_]{1,30}$/, 12), write: writeLists };

/** @param {string} text @param {RegExp} item @param {number} most @returns {Map<string, string[]> | undefined} */
function readLists(text, item, most) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const part of text.split(";")) {
    const [, name, list] = /^([\p{L}_][\p{L}\p{N}_]{0,60}):(.*)$/u.exec(part) ?? [];
    const items = list === "" ? [] : list?.split(",");
    if (name === undefined || items === undefined || items.length > most || !items.every((one) => item.test(one))) return undefined;
    found.set(name, items);
  }
  return found;
}

/** @param {ReadonlyMap<string, readonly string[]>} lists @returns {string | undefined} */
function writeLists(lists) {
  return lists.size > 0 ? [...lists].map(([name, items]) => `${name}:${items.join(",")}`).join(";") : undefined;
}

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

/** @type {Kind<string>} "l2:open,c7:shut" */
export const folded = { read: (text) => (/^[\w.-]{1,200}:(open|shut)(,[\w.-]{1,200}:(open|shut)){0,400}$/.test(text) ? text : undefined), write: words.write };
