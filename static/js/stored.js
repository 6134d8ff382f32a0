/** What the tape remembers for the reverse sweep: the primals that a local partial reads. */

import { mentions } from "./formula-text.js";
import { latexName } from "./latex.js";
import { calledName } from "./notation.js";
import { indexOf } from "./scene/index.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** @param {Scene} scene @param {number} id the node that gives @param {number} slot @returns {number[]} the nodes whose primals its partial by that operand reads, in the order of the tape */
export function storedFor(scene, id, slot) {
  const index = indexOf(scene.trace);
  const node = index.nodes[index.positionOf(id)];
  const latex = node.partials?.[slot]?.latex ?? "";
  const candidates = [...new Set([...node.inputs, id])].map((one) => index.nodes[index.positionOf(one)]);
  const read = candidates.filter((candidate) => {
    const name = candidate.kind === "constant" ? null : calledName(candidate);
    return name !== null && mentions(latex, latexName(name));
  });
  return read.map((one) => one.id).sort((a, b) => a - b);
}
