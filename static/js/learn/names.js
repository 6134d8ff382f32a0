/** What the nodes of a trace are called in lessons, and how large they are. */

import { displayName } from "../latex.js";
import { calledName, markedNames, spokenName } from "../notation.js";
import { expressionOf } from "../scene/glyphs.js";
import { sizeOf, textOf } from "../scene/values.js";

/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../scene/trace.js").TraceNode} TraceNode */
/** @typedef {{shown: string, said: string, tangent: string, adjoint: string, rule: string}} Called */

/** @param {TraceNode[]} nodes @returns {Called[]} by their numbers */
export function namesOf(nodes) {
  const plain = nodes.map((node) => calledName(node) ?? textOf(node.primal, node.shape));
  return nodes.map((node, id) => {
    const { tangentName, adjointName } = markedNames(plain[id], node.v);
    const rule = node.kind === "op" ? expressionOf(node.op, node.inputs.map((input) => displayName(plain[input]))) : node.kind;
    return { shown: displayName(plain[id]), said: spokenName(plain[id]), tangent: tangentName, adjoint: adjointName, rule };
  });
}

/** @typedef {{name: string, node: number, shape: number[]}} End an input or an output */

/** @param {Trace} trace @returns {End[]} the inputs that can be differentiated */
export const inputsOf = (trace) =>
  trace.nodes.filter(({ kind, dtype }) => kind === "input" && dtype === "float64").map(({ id, label, shape }) => ({ name: label ?? "", node: id, shape }));

/** @param {Trace} trace @returns {End[]} the outputs that can be seeded */
export const outputsOf = (trace) =>
  trace.outputs.map((node, at) => ({ name: trace.output_names?.[at] ?? "out", node, shape: trace.nodes[node].shape })).filter(({ node }) => trace.nodes[node].dtype === "float64");

/** @param {End[]} ends @returns {number} entries of all of them */
export const entriesOf = (ends) => ends.reduce((count, { shape }) => count + sizeOf(shape), 0);
