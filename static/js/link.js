/**
 * The address of a state: what a link says, and the link for what is shown. Version 1; only ever added to.
 *
 * Short links are readable queries; programs beyond 400 characters travel deflated in the fragment, which no server sees.
 */

import { BY_KEY, PARAMETERS } from "./link/parameters.js";
import { fflate } from "./vendor.js";

export { namedText, readNamed } from "./link/kinds.js";

/** @typedef {import("./values.js").InputValue} InputValue */
/** @typedef {"forward" | "reverse" | "both"} Mode */

/**
 * @typedef {object} Link what an address says; absent parts keep their defaults
 * @property {string} [ex] an example's id
 * @property {string} [e] a program's text
 * @property {string} [f] lessons: the same as e
 * @property {Map<string, string>} [lab] lessons: the tool's own choices
 * @property {Map<string, string[]>} [shapes] matrix calculus: the sides of every symbol, letters or numbers
 * @property {Map<string, string[]>} [assume] matrix calculus: what holds of a symbol
 * @property {string} [wrt] matrix calculus: the symbol by which is differentiated
 * @property {"denominator" | "numerator" | "mixed"} [layout]
 * @property {string} [g] Lagrange: the constraints, with semicolons between
 * @property {string} [within] Lagrange: the inequalities
 * @property {Map<string, InputValue>} [at]
 * @property {Map<string, InputValue>} [seed] forward: tangents of inputs; reverse: cotangents of outputs; both: either
 * @property {string[]} [out] names of the outputs
 * @property {Mode} [mode]
 * @property {number} [step]
 * @property {number | "all"} [digits]
 * @property {"light" | "dark" | "system"} [theme]
 * @property {"min" | "player" | "full"} [ui] embedded: which controls
 * @property {boolean} [lock] embedded: nothing can be edited
 * @property {string[]} [panels] embedded: what is shown
 * @property {boolean} [reveal] embedded: the result is hidden until asked for
 * @property {string} [origin] embedded: the site that may steer it
 * @property {"all" | "second" | "sums"} [blank] worksheet: which numbers are left out
 * @property {string} [pair] comparison: a ready pair
 * @property {string} [left] comparison: one program
 * @property {string} [right] comparison: the other
 * @property {"all" | "differences"} [rows] comparison: what of the table is shown
 * @property {string} [side] the view beside the graph; other ways of looking stand in link/parameters.js
 */

const VERSION = "1";
const LONG = 400;
const LONGEST_PACKED = 1 << 20;

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
  if (key === "s") return;
  if (key === "v") {
    if (text !== VERSION) notices.push(`This link is of version ${text.slice(0, 10)}; it is read as version ${VERSION}.`);
    return;
  }
  const parameter = BY_KEY.get(key);
  if (parameter === undefined) return void notices.push(`The link says “${key.slice(0, 40)}”, which this page does not know; it is left out.`);
  const value = parameter.kind.read(text);
  if (value === undefined) notices.push(`The link's ${key} = “${text.slice(0, 40)}” cannot be used; the default stands.`);
  else /** @type {Object<string, unknown>} */ (link)[key] = value;
}

/**
 * @param {Link} link
 * @returns {string} "?v=1&…", or "#v=1&s=…" where the program is long
 */
export function writeLink(link) {
  const fields = fieldsOf(link);
  const query = fields.map(([key, text]) => `${key}=${readable(text)}`).join("&");
  if ([link.e, link.left, link.right].every((text) => (text ?? "").length <= LONG) && query.length <= 4 * LONG) return `?v=${VERSION}&${query}`;
  const bytes = fflate.deflateSync(fflate.strToU8(JSON.stringify(Object.fromEntries(fields))), { level: 9 });
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `#v=${VERSION}&s=${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** @param {Link} link @returns {[string, string][]} */
function fieldsOf(link) {
  const said = /** @type {Object<string, unknown>} */ (link);
  return PARAMETERS.flatMap(({ key, kind }) => {
    const text = said[key] === undefined ? undefined : kind.write(said[key]);
    return text === undefined ? [] : [/** @type {[string, string]} */ ([key, text])];
  });
}

/** @param {string} text @returns {string} percent-encoded only where a query needs it */
function readable(text) {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/%3A/gi, ":").replace(/%3B/gi, ";").replace(/%2C/gi, ",").replace(/%3D/gi, "=").replace(/%5B/gi, "[").replace(/%5D/gi, "]").replace(/%20/g, "+");
}
