/** The numbers as a true table: always there for those who listen, on request for those who look. */

import { h } from "../dom.js";
import { format, tooltip } from "../format.js";
import { cut, windowOf } from "./blocks.js";
import { MOST_IN_TABLE, WINDOW } from "./sizes.js";
import { factsOf, partWords } from "./words.js";
import { statisticsOf } from "./statistics.js";

/** @typedef {import("./blocks.js").Part} Part */
/** @typedef {{name: string, slices: string, grid: import("./sizes.js").Grid, values: Float64Array | null, around: import("./picture.js").Place, digits: number | "all", isVisible: boolean}} Wanted around: where a table of a part lies */

export function createTable() {
  const element = h("div", { class: "tensor-numbers" });
  return {
    element,
    /** @param {Wanted} wanted */
    draw({ name, slices, grid, values, around, digits, isVisible }) {
      const isWhole = grid.rows * grid.columns <= MOST_IN_TABLE;
      const part = isWhole ? { row: 0, column: 0, ...grid } : windowOf(grid, around, WINDOW);
      const about = isWhole ? [] : [`${partWords(part)} of ${grid.rows} × ${grid.columns}`, ...(values === null ? [] : [factsOf(statisticsOf(values), digits)])];
      const caption = `${name}: ${[slices, ...about].filter((text) => text !== "").join("; ") || "all entries"}`;
      element.classList.toggle("visually-hidden", !isVisible);
      for (const [attribute, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": "Table, scrolls" })) {
        if (isVisible) element.setAttribute(attribute, value);
        else element.removeAttribute(attribute);
      }
      element.replaceChildren(tableOf(caption, part, values === null || isWhole ? values : cut(values, grid, part), digits));
    },
  };
}

/** @param {string} caption @param {Part} part @param {Float64Array | null} values of the part alone, row by row @param {number | "all"} digits */
function tableOf(caption, part, values, digits) {
  const columns = Array.from({ length: part.columns }, (_, at) => part.column + at + 1);
  const rows = Array.from({ length: part.rows }, (_, row) => columns.map((_, column) => cell(values === null ? null : values[row * part.columns + column], digits)));
  return h("table", { class: "tensor-table" },
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, h("td", {}), ...columns.map((column) => h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "column "), String(column))))),
    h("tbody", {}, ...rows.map((cells, row) => h("tr", {}, h("th", { scope: "row" }, h("span", { class: "visually-hidden" }, "row "), String(part.row + row + 1)), ...cells))));
}

/** @param {number | null} value @param {number | "all"} digits */
const cell = (value, digits) => h("td", { title: tooltip(value), class: value === null ? "absent" : null }, format(value, { digits }));
