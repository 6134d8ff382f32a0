/**
 * The address of a state: what a link says, and the link for what is shown. Version 1; only ever added to.
 *
 * Short links are readable queries; programs beyond 400 characters travel deflated in the fragment, which no server sees.
 */

import { fflate } from "./vendor.js";
import { parseValue, valueText } from "./values.js";

/** @typedef {import("./values.js").InputValue} InputValue */
/** @typedef {"forward" | "reverse" | "both"} Mode */

/**
 * @typedef {object} Link what an address says; absent parts keep their defaults
 * @property {string} [ex] an example's id
 * @property {string} [e] a program's text
 * @property {Map<string, InputValue>} [at]
 * @property {Map<string, InputValue>} [seed] forward: tangents of inputs; reverse: cotangents of outputs; both: either
 * @property {string[]} [out] names of the outputs
 * @property {Mode} [mode]
 * @property {number} [step]
 * @property {number | "all"} [digits]
 * @property {"light" | "dark" | "system"} [theme]
 */

const VERSION = "1";
const LONG = 400;
const LONGEST_PACKED = 1 << 20;
const DIGITS = new Map(/** @type {[string, number | "all"][]} */ ([["3", 3], ["4", 4], ["6", 6], ["all", "all"]]));
const KNOWN = ["v", "ex", "e", "at", "seed", "out", "mode", "step", "digits", "theme", "s"];

/**
 * @param {string} search with or without its question mark
 * @param {string} hash
 * @returns {{link: Link, notices: string[]}} a bad value is left out, with a notice that says so
 */
export function readLink(search, hash) {
  const packed = new URLSearchParams(hash.replace(/^#/, "")).get("s");
  const query = new URLSearchParams(search);
  /** @type {string[]} */
  const notices = [];
  if (packed !== null) unpackInto(query, packed, notices);
  /** @type {Link} */
  const link = {};
  for (const [key, text] of query) readPart(link, key, text, notices);
  return { link, notices };
}

/** @param {URLSearchParams} query @param {string} packed @param {string[]} notices */
function unpackInto(query, packed, notices) {
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
    const fields = JSON.parse(fflate.strFromU8(fflate.inflateSync(bytes, { out: new Uint8Array(LONGEST_PACKED) })));
    for (const [key, text] of Object.entries(fields)) if (typeof text === "string") query.set(key, text);
  } catch {
    notices.push("The long part of this link is damaged, so the first example is shown.");
  }
}

/** @param {Link} link @param {string} key @param {string} text @param {string[]} notices */
function readPart(link, key, text, notices) {
  const refuse = () => notices.push(`The link's ${key} = “${text.slice(0, 40)}” cannot be used; the default stands.`);
  if (!KNOWN.includes(key)) notices.push(`The link says “${key.slice(0, 40)}”, which this page does not know; it is left out.`);
  else if (key === "v" && text !== VERSION) notices.push(`This link is of version ${text.slice(0, 10)}; it is read as version ${VERSION}.`);
  else if (key === "ex") link.ex = text;
  else if (key === "e") link.e = text;
  else if (key === "at" || key === "seed") {
    const values = readNamed(text);
    if (values === null) refuse();
    else link[key] = values;
  } else if (key === "out") link.out = text.split(",").filter((name) => name !== "");
  else if (key === "mode") text === "forward" || text === "reverse" || text === "both" ? (link.mode = text) : refuse();
  else if (key === "step") /^\d{1,9}$/.test(text) ? (link.step = Number(text)) : refuse();
  else if (key === "digits") DIGITS.has(text) ? (link.digits = DIGITS.get(text)) : refuse();
  else if (key === "theme") text === "light" || text === "dark" || text === "system" ? (link.theme = text) : refuse();
}

/** @param {string} text "x1:2,W:[[1,2],[3,4]]" @returns {Map<string, InputValue> | null} */
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

/**
 * @param {Link} link
 * @returns {string} "?v=1&…", or "#v=1&s=…" where the program is long
 */
export function writeLink(link) {
  const fields = fieldsOf(link);
  const query = fields.map(([key, text]) => `${key}=${readable(text)}`).join("&");
  if ((link.e ?? "").length <= LONG && query.length <= 4 * LONG) return `?v=${VERSION}&${query}`;
  const bytes = fflate.deflateSync(fflate.strToU8(JSON.stringify(Object.fromEntries(fields))), { level: 9 });
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `#v=${VERSION}&s=${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** @param {Link} link @returns {[string, string][]} */
function fieldsOf(link) {
  /** @type {[string, string | undefined][]} */
  const fields = [
    ["ex", link.ex],
    ["e", link.e],
    ["at", link.at?.size ? namedText(link.at) : undefined],
    ["seed", link.seed?.size ? namedText(link.seed) : undefined],
    ["out", link.out?.join(",")],
    ["mode", link.mode],
    ["step", link.step?.toString()],
    ["digits", link.digits?.toString()],
    ["theme", link.theme],
  ];
  return /** @type {[string, string][]} */ (fields.filter(([, text]) => text !== undefined));
}

/** @param {string} text @returns {string} percent-encoded only where a query needs it */
function readable(text) {
  return encodeURIComponent(text).replace(/%3A/gi, ":").replace(/%2C/gi, ",").replace(/%3D/gi, "=").replace(/%5B/gi, "[").replace(/%5D/gi, "]").replace(/%20/g, "+");
}
