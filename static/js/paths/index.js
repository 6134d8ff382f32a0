/** The path ledger: every path from a node to the output, in the column beside the graph. */

import { lateSide } from "../views/late-side.js";

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function createPaths(page) {
  const draw = lateSide(page, { id: "paths", words: "Paths", load: async () => (await import("./view.js")).createLedger });
  return {
    render(state, before, scene) {
      if (before?.side === "paths" && state.side !== "paths") queueMicrotask(() => page.light("pin", null)); // not within a change of the state
      draw(state, before, scene);
    },
  };
}
