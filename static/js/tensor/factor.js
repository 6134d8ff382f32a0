/** A factor of a matrix product, as small as it is readable, with a line of it lit. */

import { h } from "../dom.js";
import { format } from "../format.js";
import { gridOf, shapeText } from "../scene/values.js";
import { math } from "../views/math.js";
import { widthOf } from "../views/stage/measure.js";
import { blockingOf, meansOf } from "./blocks.js";
import { createPicture } from "./picture.js";
import { MOST_FINE, cellOf, lookOf } from "./sizes.js";
import { reachOf } from "./statistics.js";

/** @typedef {{name: string, shape: number[], values: Float64Array}} Factor */
/** @typedef {{axis: "row" | "column", places: number[]}} Line of a factor, by places in its flat list */

const SIDE = 190;
const LEAST = 3;
const MOST = 24;

/** @param {Factor} factor @param {number | "all"} digits */
export function createFactor({ name, shape, values }, digits) {
  const grid = gridOf(shape);
  const size = grid.rows * grid.columns;
  const look = lookOf(shape);
  const blocking = look === "blocks" ? blockingOf(grid, MOST_FINE) : null;
  const picture = createPicture();
  const element = h("figure", { class: "tensor-pane" }, h("figcaption", {}, math(name), h("span", { class: "muted" }, ` ${shapeText(shape)}`)), picture.element);
  let slice = -1;

  /** @param {number} next */
  function draw(next) {
    if (next === slice) return;
    slice = next;
    const own = values.slice(slice * size, (slice + 1) * size);
    const drawn = blocking === null ? own : meansOf(own, grid, blocking);
    picture.draw({ grid: blocking ?? grid, cell: cellFor(drawn), look: look === "numbers" ? look : "fine", values: drawn, reach: reachOf(drawn), digits });
  }

  /** @param {Float64Array} drawn */
  function cellFor(drawn) {
    if (look === "numbers") return cellOf(look, grid.columns, Math.max(...Array.from(drawn, (value) => widthOf(format(value, { digits }), "cell"))));
    const { rows, columns } = blocking ?? grid;
    const side = Math.max(LEAST, Math.min(MOST, Math.floor(SIDE / Math.max(rows, columns))));
    return { width: columns === 1 ? MOST : side, height: side };
  }

  /** @param {Line} line @returns {{row: number | null, column: number | null}} in the slice; a whole vector is a column */
  function lineOf({ axis, places }) {
    const first = places[0] % size;
    const isRow = shape.length === 1 ? places.length < size : axis === "row";
    return isRow ? { row: Math.floor(first / grid.columns), column: null } : { row: null, column: first % grid.columns };
  }

  return {
    element,
    /** Once it stands in the page: a canvas takes its colours from there. */
    draw: () => draw(0),
    /** @param {Line | null} line null puts the light out */
    light(line) {
      if (line === null || line.places.length === 0) return picture.mark({});
      draw(Math.floor(line.places[0] / size));
      const { row, column } = lineOf(line);
      picture.mark({ row: row === null ? null : Math.floor(row / (blocking?.high ?? 1)), column: column === null ? null : Math.floor(column / (blocking?.wide ?? 1)) });
    },
    /** @param {Line} line @returns {string} «row 2» */
    words(line) {
      const { row, column } = lineOf(line);
      return row !== null ? `row ${row + 1} of` : shape.length === 1 ? "" : `column ${(column ?? 0) + 1} of`;
    },
  };
}
