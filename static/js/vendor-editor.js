/** The library of the editor, one bundle in static/vendor. */

export * as codemirror from "../vendor/codemirror.js";
