/** The libraries of the page, each one bundle in static/vendor: the only module that knows where they lie. */

export * as d3 from "../vendor/d3.js";
export * as codemirror from "../vendor/codemirror.js";
export * as katex from "../vendor/katex.js";
export * as fflate from "../vendor/fflate.js";
