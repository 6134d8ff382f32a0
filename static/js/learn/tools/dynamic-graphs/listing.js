/** The program as it ran: by line how often, and what was not taken hatched; with another run, both beside each other. */

import { h } from "../../../dom.js";
import { timesText } from "./words.js";

/** @typedef {import("./answer.js").Run} Run */
/** @typedef {import("./answer.js").Line} Line */
/** @typedef {import("../../../scene/trace.js").Span} Span */
/** @typedef {{text: string, skipped: boolean}} Piece */
/** @typedef {{number: number, pieces: Piece[], cells: string[], differs: boolean, idle: boolean}} Row idle: no run took it */

const NOT_TAKEN = "not taken";

/** @param {string} source @param {Run} run @param {Run | null} other @returns {Row[]} */
export function rowsOf(source, run, other) {
  const runs = other === null ? [run] : [run, other];
  const known = runs.map(({ lines }) => new Map(lines.map((line) => [line.line, line])));
  return source.replace(/\r\n?/g, "\n").split("\n").map((text, place) => {
    const number = place + 1;
    const lines = known.map((one) => one.get(number));
    const cells = lines.map((line) => (line === undefined ? "" : line.times === 0 ? NOT_TAKEN : `${timesText(line.times)}${line.partly ? ", in part" : ""}`));
    return { number, pieces: piecesOf(text, number, run.skipped), cells, differs: cells.some((cell) => cell !== cells[0]), idle: cells[0] === NOT_TAKEN };
  });
}

/** @param {string} text @param {number} number @param {Span[]} spans @returns {Piece[]} a line cut where something was left out */
function piecesOf(text, number, spans) {
  const cuts = spans
    .filter((span) => span.line <= number && number <= span.end_line)
    .map((span) => ({ from: span.line === number ? span.column : indentOf(text), to: span.end_line === number ? span.end_column : text.length }))
    .sort((a, b) => a.from - b.from);
  /** @type {Piece[]} */
  const pieces = [];
  let at = 0;
  for (const { from, to } of cuts) {
    pieces.push({ text: text.slice(at, Math.max(from, at)), skipped: false }, { text: text.slice(Math.max(from, at), to), skipped: true });
    at = Math.max(at, to);
  }
  return [...pieces, { text: text.slice(at), skipped: false }].filter((piece) => piece.text !== "");
}

/** @param {string} text @returns {number} how many blanks a line begins with */
const indentOf = (text) => text.length - text.trimStart().length;

/** @typedef {{lit: number | null, onPress: (line: number) => void, onHover: (line: number | null) => void}} Lines which line's nodes are lit, and how that changes */

/** @param {string} source @param {Run} run @param {Run | null} other @param {Lines} lines @returns {HTMLTableElement} */
export function drawListing(source, run, other, lines) {
  const heads = other === null ? ["Line", "Ran", "Program"] : ["Line", "This run", "Other run", "Program"];
  return h(
    "table",
    { class: "dynamic-lines" },
    h("caption", { class: "visually-hidden" }, "The program: how often each line ran"),
    h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...rowsOf(source, run, other).map((row) => drawRow(row, lines))),
  );
}

/** @param {Row} row @param {Lines} lines */
function drawRow({ number, pieces, cells, differs, idle }, { lit, onPress, onHover }) {
  /** A finger that passes over a line asks for nothing. @param {number | null} line @returns {(event: PointerEvent) => void} */
  const hover = (line) => (event) => event.pointerType === "mouse" && onHover(line);
  return h(
    "tr",
    { class: [differs ? "differs" : "", idle ? "idle" : ""].filter(Boolean).join(" ") || null, "data-line": number, onpointerenter: hover(number), onpointerleave: hover(null) },
    h("th", { scope: "row" }, h("button", { type: "button", class: "dynamic-number", "aria-pressed": String(lit === number), title: "Light the nodes of this line", onclick: () => onPress(number) }, h("span", { class: "visually-hidden" }, "Nodes of line "), String(number))),
    ...cells.map((cell, at) => h("td", { class: `dynamic-times${cell === NOT_TAKEN ? " is-skipped" : ""}` }, at === 1 && differs ? `≠ ${cell}` : cell)),
    h("td", { class: "dynamic-code" }, h("code", {}, ...pieces.map(drawPiece(idle)))),
  );
}

/** @param {boolean} idle the whole line is called not taken beside it @returns {(piece: Piece) => Node | string} */
const drawPiece = (idle) => ({ text, skipped }) => (skipped ? h("span", { class: "dynamic-skipped" }, text, idle ? null : h("span", { class: "visually-hidden" }, ` (${NOT_TAKEN})`)) : text);
