/** The libraries that write animations, each one bundle in static/vendor; only the worker that makes a film loads them. */

export * as gifenc from "../vendor/gifenc.js";
export * as mediabunny from "../vendor/mediabunny.js";
