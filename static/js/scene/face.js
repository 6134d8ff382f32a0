/** What never changes about a node while a trace is played: names, symbol, expression, shape, notes, verdict. */

import { displayName, plainLatex } from "../latex.js";
import { latexNumber, spoken } from "../format.js";
import { calledName, givenName, inNotation, markedNames, spokenName } from "../notation.js";
import { expressionOf, glyphOf } from "./glyphs.js";
import { indexOf } from "./index.js";
import { remembered } from "./lazy.js";
import { noteText } from "./trace.js";
import { shapeText, textOf } from "./values.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").TraceNode} TraceNode */
/** @typedef {import("../format.js").FormatOptions & {notation?: import("../notation.js").Notation}} FaceOptions */

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
 * @property {string} spoken as it is read aloud: «x 1»
 * @property {string} latexFormula the operation in the names of its operands
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

/** @typedef {(position: number) => Face} FaceAt */
/** @typedef {{one: FaceAt, all: () => Face[]}} Faces */

/** @type {WeakMap<Trace, Map<string, Faces>>} */
const known = new WeakMap();

/** @param {Trace} trace @param {FaceOptions} options @returns {Face[]} by position on the tape */
export const facesOf = (trace, options) => facesFor(trace, options).all();

/** @param {Trace} trace @param {FaceOptions} options @returns {Faces} each is made when it is first asked for */
export function facesFor(trace, options) {
  let byDigits = known.get(trace);
  if (byDigits === undefined) known.set(trace, (byDigits = new Map()));
  const key = `${options.digits} ${options.notation ?? "names"}`;
  let faces = byDigits.get(key);
  if (faces === undefined) byDigits.set(key, (faces = build(trace, options)));
  return faces;
}

/** @param {Trace} trace @param {FaceOptions} options @returns {Faces} */
function build(trace, options) {
  const { nodes, positionOf } = indexOf(trace);
  const outputs = new Set(trace.outputs);
  const verdicts = verdictsOf(trace);
  const nameAt = (/** @type {number} */ id) => nameOf(nodes[positionOf(id)], options);
  const formulaOf = (/** @type {TraceNode} */ node) => (node.latex ? inNotation(node.latex, node.inputs.map((id) => nodes[positionOf(id)]), options.notation) : "");
  return remembered(nodes.length, (position) => {
    const node = nodes[position];
    const latex = formulaOf(node);
    const name = nameOf(node, options);
    return {
      id: node.id,
      label: givenName(node) ?? plainSymbol(node) ?? name,
      name,
      ...markedOf(node, options),
      symbol: node.v ? displayName(node.v) : "",
      op: node.op,
      glyph: glyphOf(node.op),
      latexFormula: latex,
      expression: expressionText(latex, node, node.inputs.map(nameAt)),
      kind: node.kind,
      isOutput: outputs.has(node.id),
      isControl: CONTROL.has(node.op) || node.dtype === "bool",
      shape: node.shape,
      shapeText: shapeText(node.shape),
      group: node.group ?? null,
      notes: (node.notes ?? []).map(noteText),
      verdict: verdicts.get(node.id) ?? null,
    };
  });
}

/** @param {TraceNode} node @returns {string | null} "v_{-1}" as v-1 */
const plainSymbol = (node) => node.v?.replace(/[_{}]/g, "") ?? null;

/** @param {TraceNode} node @param {FaceOptions} options @returns {string} */
function nameOf(node, options) {
  const name = calledName(node, options.notation);
  return name === null ? textOf(node.primal, node.shape, options) : displayName(name);
}

/** @param {TraceNode} node @param {FaceOptions} options */
function markedOf(node, options) {
  const name = calledName(node, options.notation);
  if (name !== null) return { ...markedNames(name, node.v, options.notation), spoken: spokenName(name) };
  const isNumber = node.shape.length === 0;
  const number = /** @type {import("../format.js").Scalar} */ (node.primal);
  return { latexName: isNumber ? latexNumber(number, options) : "c", latexTangent: "0", latexAdjoint: "0", tangentName: "", adjointName: "", spoken: isNumber ? spoken(number, options) : textOf(node.primal, node.shape, options) };
}

/** @param {string} latex @param {TraceNode} node @param {string[]} operands @returns {string} */
function expressionText(latex, node, operands) {
  if (node.inputs.length === 0) return "";
  return (latex === "" ? null : plainLatex(latex)) || expressionOf(node.op, operands);
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
