/** A small matrix as a table with names, and a number where it is one. */

import { h } from "../dom.js";
import { format, tooltip } from "../format.js";

/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {{rows: string[], columns: string[], entries: (Scalar | null)[][]}} Named null where it is zero by structure: the place stays blank */

const MOST = 12;

/**
 * @param {Named} matrix
 * @param {{caption: string, digits: number | "all"}} options
 * @returns {HTMLElement}
 */
export function matrixOf({ rows, columns, entries }, { caption, digits }) {
  const shownRows = rows.slice(0, MOST);
  const shownColumns = columns.slice(0, MOST);
  const cell = (/** @type {Scalar | null} */ value) => value === null ? h("td", { class: "is-blank" }) : h("td", { class: "numeral", title: tooltip(value) }, format(value, { digits }));
  const head = h("tr", {}, h("td", {}), ...shownColumns.map((name) => h("th", { scope: "col" }, h("code", {}, name))), columns.length > MOST ? h("td", {}, "…") : null);
  const body = shownRows.map((name, row) => h("tr", {}, h("th", { scope: "row" }, h("code", {}, name)), ...shownColumns.map((_, column) => cell(entries[row][column])), columns.length > MOST ? h("td", {}, "…") : null));
  const rest = rows.length > MOST || columns.length > MOST ? h("p", { class: "matrix-rest" }, `${rows.length} × ${columns.length}; the first ${MOST} of each are shown.`) : null;
  return h("div", { class: "matrix-scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", { class: "matrix" }, h("caption", { class: "visually-hidden" }, caption), h("thead", {}, head), h("tbody", {}, ...body)), rest);
}
