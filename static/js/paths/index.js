/** The path ledger: every path from an input to the output, in the column beside the graph. */

import { lateSide } from "../views/late-side.js";

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function createPaths(page) {
  return { render: lateSide(page, { id: "paths", words: "Paths", load: async () => (await import("./view.js")).createLedger }) };
}
