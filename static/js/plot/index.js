/** The plot: the output over one input with its tangent line, or contours over two with the gradient arrow. */

import { lateSide } from "../views/late-side.js";

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function createPlot(page) {
  return { render: lateSide(page, { id: "plot", words: "Plot", load: async () => (await import("./view.js")).createPlotView }) };
}
