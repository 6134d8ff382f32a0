/** What a tensor's pictures show: one slice of each kind, as it is or as means of blocks, with the end of its palette. */

import { format } from "../format.js";
import { gridOf } from "../scene/values.js";
import { widthOf } from "../views/stage/measure.js";
import { blockingOf, cut, meansOf } from "./blocks.js";
import { MOST_FINE, cellOf, lookOf } from "./sizes.js";
import { sliceOf } from "./slices.js";
import { histogramOf, reachOf, statisticsOf } from "./statistics.js";
import { factsOf } from "./words.js";

/** @typedef {import("./kinds.js").Kind} Kind */
/** @typedef {import("./pictures.js").Pane} Pane */
/** @typedef {{slice: readonly number[], sameScale: boolean, digits: number | "all"}} Wish */
/** @typedef {{shape: number[], grid: import("./sizes.js").Grid, look: import("./sizes.js").Look, blocking: import("./blocks.js").Blocking | null, slices: (Float64Array | null)[], panes: Pane[], cell: import("./sizes.js").Cell}} Sheet slices: the numbers of each kind; panes: what is drawn of them */

const BINS = 32;

/** @param {Kind[]} kinds @param {number[]} shape @param {Wish} wish @returns {Sheet} */
export function sheetOf(kinds, shape, { slice, sameScale, digits }) {
  const [grid, look] = [gridOf(shape), lookOf(shape)];
  const blocking = look === "blocks" ? blockingOf(grid, MOST_FINE) : null;
  const slices = kinds.map(({ values }) => (values === null ? null : /** @type {Float64Array} */ (sliceOf(values, shape, slice))));
  const drawn = slices.map((values) => (values === null || blocking === null ? values : meansOf(values, grid, blocking)));
  const isMany = look === "fine" || look === "blocks";
  const panes = kinds.map((kind, at) => {
    const own = slices[at];
    const facts = own === null ? null : statisticsOf(own);
    const isOdd = facts !== null && facts.nans + facts.infinities > 0;
    const about = shape.length > 2 ? "this slice: " : "";
    return { ...kind, values: drawn[at], reach: 0, facts: facts !== null && (isMany || isOdd) ? about + factsOf(facts, digits) : "", histogram: own !== null && isMany ? histogramOf(own, BINS) : null };
  });
  const widest = look === "numbers" ? Math.max(...drawn.flatMap((values) => Array.from(values ?? [], (value) => widthOf(format(value, { digits }), "cell"))), 0) : 0;
  return { shape, grid, look, blocking, slices, panes: scaled(panes, sameScale), cell: cellOf(look, (blocking ?? grid).columns, widest) };
}

/** @param {Pane[]} panes @param {boolean} sameScale @returns {Pane[]} each with the end of its palette, or all with the largest */
function scaled(panes, sameScale) {
  const reaches = panes.map(({ values }) => (values === null ? 0 : reachOf(values)));
  return panes.map((pane, at) => ({ ...pane, reach: sameScale ? Math.max(...reaches) : reaches[at] }));
}

/** @param {Sheet} sheet @param {import("./blocks.js").Part} part @param {boolean} sameScale @returns {Pane[]} a window's own numbers */
export function opened({ panes, slices, grid }, part, sameScale) {
  const parts = slices.map((values) => (values === null ? null : cut(values, grid, part)));
  return scaled(panes.map((pane, at) => ({ ...pane, values: parts[at], facts: "", histogram: null })), sameScale);
}
