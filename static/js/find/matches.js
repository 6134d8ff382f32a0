/** Which nodes a search means: by name, by operation, by line, or by what stands out. */

import { toNumber } from "../format.js";
import { facesOf } from "../scene/face.js";
import { flat } from "../scene/values.js";

/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../scene/trace.js").TraceNode} TraceNode */
/** @typedef {{id: number, name: string, what: string}} Match */

/** Searches that compare all nodes, as they are offered. */
export const SPECIAL = Object.freeze(["largest adjoint", "smallest adjoint", "largest value", "first NaN", "first infinity", "outputs"]);

/** @param {Trace} trace @param {string} text @returns {Match[]} in the order of the tape; the best one first for what stands out */
export function matchesOf(trace, text) {
  const query = text.trim().toLowerCase();
  if (query === "") return [];
  const faces = facesOf(trace, { digits: 4 });
  const found = specialNodes(trace, query) ?? trace.nodes.filter((node, place) => node.kind !== "constant" && isMeant(node, faces[place], query));
  return found.map((node) => {
    const face = faces[trace.nodes.indexOf(node)];
    const line = node.span ? `line ${node.span.line}` : "";
    return { id: node.id, name: face.name, what: [face.expression || node.kind, line].filter(Boolean).join(", ") };
  });
}

/** @param {TraceNode} node @param {import("../scene/face.js").Face} face @param {string} query @returns {boolean} */
function isMeant(node, face, query) {
  const line = /^line\s*(\d+)$/.exec(query);
  if (line !== null) return node.span !== null && node.span !== undefined && node.span.line <= Number(line[1]) && Number(line[1]) <= node.span.end_line;
  const names = [face.label, face.name, node.v?.replace(/[_{}]/g, "") ?? "", node.op, face.glyph].map((name) => name.toLowerCase());
  return names.some((name) => name === query || (query.length > 1 && name.startsWith(query)));
}

/** @param {Trace} trace @param {string} query @returns {TraceNode[] | null} null where nothing special is asked for */
function specialNodes(trace, query) {
  const words = SPECIAL.find((one) => one.toLowerCase() === query);
  if (words === undefined) return null;
  if (words === "outputs") return trace.nodes.filter((node) => trace.outputs.includes(node.id));
  if (words.startsWith("first")) {
    const isWanted = words === "first NaN" ? Number.isNaN : (/** @type {number} */ number) => Math.abs(number) === Infinity;
    return trace.nodes.filter((node) => flat(node.primal, node.shape).some(isWanted)).slice(0, 1);
  }
  const of = words === "largest value" ? (/** @type {TraceNode} */ node) => size(node.primal, node) : (/** @type {TraceNode} */ node) => size(node.adjoint ?? null, node);
  const sign = words.startsWith("smallest") ? 1 : -1;
  return trace.nodes.filter((node) => node.kind !== "constant" && Number.isFinite(of(node))).sort((a, b) => sign * (of(a) - of(b)) || a.id - b.id).slice(0, 5);
}

/** @param {import("../scene/trace.js").AnyValue} value @param {TraceNode} node @returns {number} the largest entry's absolute value; NaN where there is none */
function size(value, node) {
  if (value === null || value === undefined) return NaN;
  const numbers = node.shape.length === 0 ? [toNumber(/** @type {any} */ (value))] : flat(value, node.shape);
  return numbers.length === 0 ? NaN : Math.max(...numbers.map(Math.abs));
}
