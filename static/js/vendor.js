/** The libraries of the page, each one bundle in static/vendor; the editor's stands in vendor-editor.js, since it comes later. */

export * as d3 from "../vendor/d3.js";
export * as katex from "../vendor/katex.js";
export * as fflate from "../vendor/fflate.js";
