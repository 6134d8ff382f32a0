/** Numbers of the trace in full: aligned by their decimal points, every digit on hover and focus, every digit when copied. */

import { ABSENT, format, full, tooltip } from "../../format.js";
import { phrase, say } from "../../narrate/words.js";
import { indexOf } from "../../scene/index.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").SceneNode} SceneNode */
/** @typedef {import("../../scene/trace.js").AnyValue} AnyValue */

/** A number with its padding has at most so many signs: the columns are no wider. */
const WIDEST = 9;

/** @param {string} text @returns {number} digits behind the point; −1 for what is not aligned */
const decimals = (text) => (text === ABSENT || /^−?\d+(\.\d+)?$/.test(text) ? (text.split(".")[1]?.length ?? 0) : -1);

/** So many lines, spread over the whole trace, decide how far a column's numbers are padded. */
const ASKED = 600;

/** @param {readonly AnyValue[]} values of a column, as they will be at the end @param {number | "all"} digits @returns {number} most digits behind a point */
const decimalsOf = (values, digits) => Math.max(0, ...values.map((value) => (typeof value === "number" ? decimals(format(value, { digits })) : 0)));

/** @param {Scene} scene @param {readonly import("./lines.js").Line[]} lines @returns {{primal: number, tangent: number, adjoint: number}} digits behind the points of each column */
export function decimalsIn({ trace, digits }, lines) {
  const { nodes, positionOf } = indexOf(trace);
  const apart = Math.max(lines.length / ASKED, 1);
  const asked = Array.from({ length: Math.min(lines.length, ASKED) }, (_, at) => lines[Math.floor(at * apart)]);
  const own = asked.map(({ node }) => nodes[positionOf(node)]);
  const adjoints = [...asked.map(({ reverse }) => reverse?.adjoint_after ?? null), ...own.map((node) => node.adjoint ?? null)];
  return { primal: decimalsOf(own.map((node) => node.primal), digits), tangent: decimalsOf(own.map((node) => node.tangent ?? null), digits), adjoint: decimalsOf(adjoints, digits) };
}

/** @param {HTMLElement} cell @param {string} text @param {number} most the column's digits behind the point */
export function align(cell, text, most) {
  const own = decimals(text);
  const missing = own < 0 ? 0 : Math.min(most - own, WIDEST - text.length - (own === 0 ? 1 : 0));
  const pad = missing <= 0 ? "" : `${own === 0 ? "." : ""}${"0".repeat(missing)}`;
  if ((cell.dataset.pad ?? "") !== pad) cell.dataset.pad = pad;
}

/** @param {HTMLElement} cell @param {AnyValue | undefined} value what the cell shows, as the answer has it @param {string} [where] what the number came from */
export function keepFull(cell, value, where = "") {
  const isNumber = value !== null && value !== undefined && typeof value !== "object";
  const scalar = /** @type {import("../../format.js").Scalar} */ (value);
  const text = isNumber ? full(scalar) : "";
  if ((cell.dataset.full ?? "") === text) return;
  cell.dataset.full = text;
  const words = isNumber ? tooltip(scalar) : "";
  cell.title = where !== "" && /^(not|infinity|minus infinity)/.test(words) ? `${where}: ${words}` : words;
  cell.classList.toggle("is-nan", text === "NaN");
}

/** @param {Scene} scene @param {SceneNode} node @returns {string} «the natural logarithm of 0», for values that are no numbers */
export function originOf(scene, node) {
  const value = node.primalValue;
  if (typeof value !== "string") return "";
  const operands = scene.edgesInto(node.id).flatMap((edge) => scene.node(edge.from) ?? []);
  return operands.length === 0 ? "" : phrase(node.op, operands.map((operand) => say(operand.primalValue, operand, scene)));
}

/** Copied numbers have all their digits. @param {HTMLElement} root */
export function copyInFull(root) {
  root.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection === null || selection.isCollapsed) return;
    const rows = [...root.querySelectorAll("tr")].filter((row) => !row.matches(".rows-beyond")).map((row) => [...row.cells].filter((cell) => selection.containsNode(cell, true)));
    const lines = rows.filter((cells) => cells.length > 0).map((cells) => cells.map((cell) => cell.dataset.full || (cell.textContent ?? "").trim()).join("\t"));
    if (!rows.flat().some((cell) => cell.dataset.full)) return;
    event.clipboardData?.setData("text/plain", lines.join("\n"));
    event.preventDefault();
  });
}

/** The numbers of the focused row, with all digits, below it. @param {HTMLElement} root @param {HTMLElement} tip */
export function showOnFocus(root, tip) {
  root.addEventListener("focusin", (event) => {
    const row = /** @type {Element} */ (event.target).closest("tr");
    const numbers = row === null ? [] : [...row.querySelectorAll("td.value")].map((cell) => /** @type {HTMLElement} */ (cell)).filter((cell) => cell.dataset.full && cell.dataset.full !== cell.textContent?.replace("−", "-"));
    if (row === null || numbers.length === 0) return tip.remove();
    tip.textContent = numbers.map((cell) => `${["primal", "tangent", "adjoint"].find((slot) => cell.classList.contains(slot))} ${cell.title}`).join(", ");
    root.append(tip);
    tip.style.setProperty("top", `${row.getBoundingClientRect().bottom - root.getBoundingClientRect().top + root.scrollTop}px`);
  });
  root.addEventListener("focusout", () => tip.remove());
}
