/** The blanks of a sheet: what each is called, where it stands, and what was written as an answer to send. */

import { sizeOf } from "../scene/values.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Asked} Asked */
/** @typedef {import("../scene/face.js").Face} Face */
/** @typedef {{id: number, quantity: string, slot: number | null, index: number[] | null}} Place */
/** @typedef {ReadonlyMap<string, string>} Work what was written, by the keys of blanks */
/** @typedef {string | null | Written[]} Written */
/** @typedef {Object<string, Object<string, Written>>} Answers */
/** @typedef {"primal" | "partial" | "tangent" | "adjoint"} Column */

/** @type {ReadonlyMap<string, Column>} what the final answers are answers to */
const MEANT = new Map([["gradient", "adjoint"], ["output", "primal"]]);

/** @param {string} quantity @returns {Column} where it stands: a gradient is the adjoint of an input, an output the primal of a node */
export const columnOf = (quantity) => MEANT.get(quantity) ?? /** @type {Column} */ (quantity);

/** @param {Place} place @returns {string} the same for a blank, its reading and its verdict */
export const keyOf = ({ id, quantity, slot, index }) => `${id} ${columnOf(quantity)} ${slot ?? ""} ${index?.join(",") ?? ""}`;

/** @param {Asked} blank @param {(id: number) => Face} faceAt @param {readonly number[]} operands @returns {string} "primal of c = a + b" */
export function labelOf({ id, quantity, slot, index }, faceAt, operands) {
  const { name, expression } = faceAt(id);
  const by = slot === null ? "" : ` by ${faceAt(operands[slot]).name}${operands.filter((one) => one === operands[slot]).length > 1 ? `, operand ${slot + 1}` : ""}`;
  return `${quantity} of ${expression === "" ? name : `${name} = ${expression}`}${by}${cellWords(index)}`;
}

/** @param {number[] | null} index @returns {string} */
function cellWords(index) {
  if (index === null) return "";
  if (index.length === 2) return `, row ${index[0] + 1}, column ${index[1] + 1}`;
  return `, element ${index.map((at) => at + 1).join(", ")}`;
}

/** @param {Sheet} sheet @param {Work} work @returns {Answers} what was written, as the calls take it: nothing where nothing was written */
export function answersOf(sheet, work) {
  /** @type {Map<string, Map<string, Written>>} */
  const answers = new Map();
  for (const blanks of bySpot(sheet.asked).values()) {
    const texts = blanks.map((blank) => work.get(keyOf(blank)) ?? "");
    if (texts.every((text) => text.trim() === "")) continue;
    const [{ node, id, quantity, slot }] = blanks;
    const { shape, inputs } = /** @type {import("./sheet.js").BlankNode} */ (sheet.nodes.find((one) => one.id === id));
    const quantities = answers.get(node) ?? new Map();
    answers.set(node, quantities);
    if (slot === null) quantities.set(quantity, nested(texts, shape));
    else quantities.set("partials", (quantities.get("partials") ?? inputs.map(() => null)).with(slot, nested(texts, shape)));
  }
  return Object.fromEntries([...answers].map(([node, quantities]) => [node, Object.fromEntries(quantities)]));
}

/** @param {Sheet} sheet @param {Answers} answers @returns {Map<string, string>} what was written, of answers that a sheet once made */
export function workOf(sheet, answers) {
  /** @type {Map<string, string>} */
  const work = new Map();
  for (const blanks of bySpot(sheet.asked).values()) {
    const [{ node, quantity, slot }] = blanks;
    const own = new Map(Object.entries(answers)).get(node) ?? {};
    const written = slot === null ? own[quantity] : /** @type {Written[] | undefined} */ (own.partials)?.[slot];
    const texts = written === undefined ? [] : flat(written);
    if (texts.length === blanks.length) blanks.forEach((blank, place) => work.set(keyOf(blank), texts[place]));
  }
  return work;
}

/** @param {readonly Asked[]} asked @returns {Map<string, Asked[]>} cells of one number or tensor together */
export function bySpot(asked) {
  /** @type {Map<string, Asked[]>} */
  const spots = new Map();
  for (const blank of asked) {
    const key = keyOf({ ...blank, index: null });
    const cells = spots.get(key);
    if (cells === undefined) spots.set(key, [blank]);
    else cells.push(blank);
  }
  return spots;
}

/** @param {Written} written @returns {string[]} cell by cell */
const flat = (written) => (Array.isArray(written) ? written.flatMap(flat) : [String(written ?? "")]);

/** @param {readonly string[]} texts row by row @param {readonly number[]} shape @returns {Written} */
function nested(texts, shape) {
  if (shape.length === 0) return texts[0].trim() === "" ? null : texts[0];
  const inner = sizeOf(shape.slice(1));
  return Array.from({ length: shape[0] }, (_, row) => nested(texts.slice(row * inner, (row + 1) * inner), shape.slice(1)));
}
