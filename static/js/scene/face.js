/** What never changes about a node while a trace is played: names, symbol, expression, shape, notes, verdict. */

import { displayName, adjointName, isLetter, latexAdjoint, latexName, latexTangent, plainLatex, tangentName } from "../latex.js";
import { latexNumber } from "../format.js";
import { expressionOf, glyphOf } from "./glyphs.js";
import { indexOf } from "./index.js";
import { noteText } from "./trace.js";
import { shapeText, textOf } from "./values.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").TraceNode} TraceNode */
/** @typedef {import("../format.js").FormatOptions} FormatOptions */

/**
 * @typedef {object} Verdict how torch's own value compares; `agrees` null where torch could not evaluate it
 * @property {boolean | null} agrees
 * @property {number | null} primalError
 * @property {number | null} derivativeError
 * @property {string} reason
 */

/**
 * @typedef {object} Face
 * @property {number} id
 * @property {string} label the name in the program, else the v-number, else the constant's number
 * @property {string} name display form of the label: x₁, α, v₂
 * @property {string} symbol v₋₁; empty for constants
 * @property {string} tangentName v̇₂
 * @property {string} adjointName v̄₂
 * @property {string} latexName
 * @property {string} latexTangent
 * @property {string} latexAdjoint
 * @property {string} op
 * @property {string} glyph
 * @property {string} expression "x₁ · x₂"; empty for inputs and constants
 * @property {string} kind
 * @property {boolean} isOutput
 * @property {boolean} isControl a comparison or another value through which nothing can flow
 * @property {number[]} shape
 * @property {string} shapeText "3×4"; empty for scalars
 * @property {number | null} group
 * @property {string[]} notes
 * @property {Verdict | null} verdict
 */

const CONTROL = new Set(["lt", "le", "gt", "ge", "eq", "ne", "logical_and", "logical_or", "logical_not", "isnan", "isfinite"]);

/** @type {WeakMap<Trace, Map<string, Face[]>>} */
const known = new WeakMap();

/** @param {Trace} trace @param {FormatOptions} options @returns {Face[]} by position on the tape */
export function facesOf(trace, options) {
  let byDigits = known.get(trace);
  if (byDigits === undefined) known.set(trace, (byDigits = new Map()));
  const key = String(options.digits);
  let faces = byDigits.get(key);
  if (faces === undefined) byDigits.set(key, (faces = build(trace, options)));
  return faces;
}

/** @param {Trace} trace @param {FormatOptions} options @returns {Face[]} */
function build(trace, options) {
  const { nodes, positionOf } = indexOf(trace);
  const outputs = new Set(trace.outputs);
  const verdicts = verdictsOf(trace);
  const names = nodes.map((node) => nameOf(node, options));
  return nodes.map((node, position) => ({
    id: node.id,
    label: givenName(node) ?? plainSymbol(node) ?? names[position],
    name: names[position],
    ...markedNames(node, options),
    symbol: node.v ? displayName(node.v) : "",
    op: node.op,
    glyph: glyphOf(node.op),
    expression: expressionText(node, node.inputs.map((id) => names[positionOf(id)])),
    kind: node.kind,
    isOutput: outputs.has(node.id),
    isControl: CONTROL.has(node.op) || node.dtype === "bool",
    shape: node.shape,
    shapeText: shapeText(node.shape),
    group: node.group ?? null,
    notes: (node.notes ?? []).map(noteText),
    verdict: verdicts.get(node.id) ?? null,
  }));
}

/** @param {TraceNode} node @returns {string | null} "v_{-1}" as v-1 */
const plainSymbol = (node) => node.v?.replace(/[_{}]/g, "") ?? null;

/** @param {TraceNode} node @returns {string | null} the name in the program; nodes without one carry their operation's */
const givenName = (node) => (node.label !== null && node.label !== undefined && node.label !== node.op && (node.kind !== "constant" || isWord(node.label)) ? node.label : null);

/** @param {string} text @returns {boolean} a name, not a number */
const isWord = (text) => /^[\p{L}_]/u.test(text) && !["inf", "nan", "True", "False"].includes(text);

/** @param {TraceNode} node @param {FormatOptions} options @returns {string} */
function nameOf(node, options) {
  const given = givenName(node);
  if (given !== null) return displayName(given);
  return node.v ? displayName(node.v) : textOf(node.primal, node.shape, options);
}

/** @param {TraceNode} node @param {FormatOptions} options the dot and the bar sit on one letter: longer names use the v-number for them */
function markedNames(node, options) {
  const name = givenName(node) ?? node.v ?? null;
  if (name === null) {
    const latex = node.shape.length === 0 ? latexNumber(/** @type {import("../format.js").Scalar} */ (node.primal), options) : "c";
    return { latexName: latex, latexTangent: "0", latexAdjoint: "0", tangentName: "", adjointName: "" };
  }
  const base = isLetter(name) ? name : (node.v ?? name);
  return {
    latexName: latexName(name),
    latexTangent: latexTangent(base),
    latexAdjoint: latexAdjoint(base),
    tangentName: tangentName(base),
    adjointName: adjointName(base),
  };
}

/** @param {TraceNode} node @param {string[]} operands @returns {string} */
function expressionText(node, operands) {
  if (node.inputs.length === 0) return "";
  const plain = node.latex ? plainLatex(node.latex) : null;
  return plain || expressionOf(node.op, operands);
}

/** @param {Trace} trace @returns {Map<number, Verdict>} */
function verdictsOf(trace) {
  const entries = trace.verification?.nodes ?? [];
  return new Map(
    entries.map((entry) => {
      const unknown = entry.primal_error === null && entry.derivative_error === null && Boolean(entry.reason);
      return [
        entry.id,
        {
          agrees: entry.agrees ?? (unknown ? null : (trace.verification?.agrees ?? null)),
          primalError: entry.primal_error,
          derivativeError: entry.derivative_error,
          reason: entry.reason ?? "",
        },
      ];
    }),
  );
}
