/** The trace with blanks: one row a node, the forward pass in its first columns, the sweep back in the last. */

import { h } from "../dom.js";
import { format } from "../format.js";
import { flat, gridOf, shapeText } from "../scene/values.js";
import { math } from "../views/math.js";
import { blankField } from "./field.js";
import { bySpot, columnOf, keyOf, labelOf } from "./blanks.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Asked} Asked */
/** @typedef {import("./sheet.js").BlankNode} BlankNode */
/** @typedef {import("./blanks.js").Column} Column */
/** @typedef {import("./field.js").Field} Field */
/** @typedef {(id: number) => import("../scene/face.js").Face} FaceAt */

/** @type {ReadonlyMap<Column, {title: string, words: string}>} */
const COLUMNS = new Map([
  ["primal", { title: "Primal", words: "value" }],
  ["partial", { title: "Partials", words: "by each operand" }],
  ["tangent", { title: "Tangent", words: "forward sweep →" }],
  ["adjoint", { title: "Adjoint", words: "reverse sweep, from below ↑" }],
]);

/** @param {HTMLElement} root @param {Sheet} sheet @param {FaceAt} faceAt @param {import("./field.js").Events} events @returns {Map<string, Field>} the blanks by their keys, in working order */
export function createTable(root, sheet, faceAt, events) {
  const spots = bySpot(sheet.asked);
  const asked = [...spots.values()].map(([first]) => first);
  const columns = [...COLUMNS.keys()].filter((column) => column === "primal" || asked.some(({ quantity }) => columnOf(quantity) === column));
  const rows = sheet.nodes.filter(({ id, kind }) => kind !== "constant" || asked.some((blank) => blank.id === id));
  /** @type {Map<string, Field>} */
  const made = new Map();
  const fieldOf = (/** @type {Asked} */ blank, /** @type {BlankNode} */ node) => {
    const field = blankField(blank, labelOf(blank, faceAt, node.inputs), events);
    made.set(keyOf(blank), field);
    return field.root;
  };
  const cellsAt = (/** @type {BlankNode} */ node, /** @type {Column} */ column) =>
    [...spots.values()].filter(([{ id, quantity }]) => id === node.id && columnOf(quantity) === column).map((blanks) => [partialName(blanks[0], node, faceAt), gridFor(node.shape, blanks.map((blank) => fieldOf(blank, node)))]);
  root.replaceChildren(
    h("caption", { class: "visually-hidden" }, "The trace: one row a node. Enter goes to the next blank in working order."),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Node"), ...columns.map((column) => h("th", { scope: "col", class: column }, h("span", {}, COLUMNS.get(column)?.title ?? ""), h("small", {}, COLUMNS.get(column)?.words ?? ""))))),
    h("tbody", {}, ...rows.map((node) => h("tr", { "data-row": node.id }, h("th", { scope: "row" }, nodeName(node, faceAt)), ...columns.map((column) => cell(node, column, cellsAt(node, column)))))),
  );
  return new Map(sheet.asked.map((blank) => [keyOf(blank), /** @type {Field} */ (made.get(keyOf(blank)))]));
}

/** @param {BlankNode} node @param {FaceAt} faceAt */
function nodeName(node, faceAt) {
  const { name, expression } = faceAt(node.id);
  const kind = node.kind === "op" ? (node.shape.length > 0 ? shapeText(node.shape) : "") : `${node.kind}${node.shape.length > 0 ? ` ${shapeText(node.shape)}` : ""}`;
  return h("span", { class: "trace-node" }, math(expression === "" ? name : `${name} = ${expression}`), kind === "" ? null : h("small", {}, kind));
}

/** @param {BlankNode} node @param {Column} column @param {(Node | null)[][]} fields */
function cell(node, column, fields) {
  const attributes = { class: column, "data-column": COLUMNS.get(column)?.title ?? "" };
  if (fields.length > 0) return h("td", attributes, ...fields.map((parts) => h("div", { class: "spot" }, ...parts)));
  if (column === "primal" && node.value !== undefined) return h("td", { ...attributes, class: `${column} given` }, given(node));
  return h("td", { ...attributes, class: `${column} absent` }, h("span", { "aria-hidden": "true" }, "–"), h("span", { class: "visually-hidden" }, "not asked"));
}

/** @param {BlankNode} node every number of an input: all of them are worked with */
function given({ value, shape }) {
  const texts = flat(value ?? null, shape).map((number) => h("span", { class: "numeral" }, format(number, { digits: "all" })));
  return gridFor(shape, texts);
}

/** @param {readonly number[]} shape @param {HTMLElement[]} cells row by row @returns {HTMLElement} a number, or a small grid of them; vectors stand as columns */
function gridFor(shape, cells) {
  if (shape.length === 0) return cells[0];
  const { columns } = gridOf([...shape]);
  const grid = h("div", { class: "grid" }, ...cells);
  grid.style.setProperty("--columns", String(columns));
  return grid;
}

/** @param {Asked} blank @param {BlankNode} node @param {FaceAt} faceAt @returns {HTMLElement | null} before a partial: by which operand */
function partialName({ slot, id }, node, faceAt) {
  return slot === null ? null : h("span", { class: "partial-name", "aria-hidden": "true" }, math(`∂${faceAt(id).name}/∂${faceAt(node.inputs[slot]).name} =`));
}
