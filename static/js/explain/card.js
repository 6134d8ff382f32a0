/**
 * What a card says about one value: its rule, the rule with numbers put in one after the other, where they come from, who uses it.
 *
 * Everything is read from the trace at its end; nothing is computed here that the engine has not computed.
 */

import { full } from "../format.js";
import { mentions } from "../formula-text.js";
import { indexOf } from "../scene/index.js";
import { arrivalsOf, at, movedBy, nameOf, named, operandsOf, textFor, usesOf, valueOf } from "./facts.js";
import { reasonsOf } from "./reasons.js";
import { joined, sentence } from "./sentence.js";
import { seedOf, stagesOf } from "./stages.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {import("./sentence.js").Sentence} Sentence */
/** @typedef {{id: number, quantity: Quantity, name: string, value: string}} Source a value that another is made of, or that uses it */

/**
 * @typedef {object} Card
 * @property {number} id
 * @property {Quantity} quantity
 * @property {string} name v̄₂
 * @property {string} spoken «v 2 bar»
 * @property {string} value in the digits of the page
 * @property {string} full all digits, for copying; empty for tensors and where nothing is
 * @property {import("./stages.js").Stage[]} stages the rule, then numbers in the place of names, one more in each, then the result
 * @property {Sentence} words the rule as a sentence
 * @property {Source[]} sources
 * @property {Source[]} remembered primals of the forward sweep that its slopes are made of
 * @property {Source[]} uses
 * @property {Sentence[]} reasons
 * @property {number | null} cursor after which it stands
 * @property {AnyValue} raw
 * @property {number[]} shape
 */

const MARKS = { primal: "", tangent: " dot", adjoint: " bar" };

/** @param {Scene} scene at its end @param {number} id @param {Quantity} quantity @returns {Card | null} */
export function cardOf(scene, id, quantity) {
  const node = scene.node(id);
  if (node === undefined) return null;
  const raw = valueOf(node, quantity) ?? null;
  return {
    id,
    quantity,
    name: nameOf(node, quantity),
    spoken: node.spoken + MARKS[quantity],
    value: textFor(scene, node, quantity),
    full: node.shape.length === 0 && raw !== null ? full(/** @type {any} */ (raw)) : "",
    stages: raw === null ? [] : stagesOf(scene, node, quantity),
    words: raw === null ? sentence`Nothing is computed here.` : wordsFor(scene, node, quantity),
    sources: sourcesOf(scene, node, quantity),
    remembered: rememberedOf(scene, node, quantity),
    uses: usersOf(scene, node, quantity),
    reasons: reasonsOf(scene, node, quantity),
    cursor: cursorOf(scene, node, quantity),
    raw,
    shape: node.shape,
  };
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {number | null} the last step that writes it */
function cursorOf(scene, node, quantity) {
  const isLast = (/** @type {import("../steps.js").Step} */ step) =>
    quantity === "adjoint" ? (step.kind === "contribution" && step.to === node.id) || (step.kind === "seed" && step.node === node.id) : step.kind === "forward" && step.node === node.id;
  const step = indexOf(scene.trace).steps.findLast(isLast);
  return step === undefined || (valueOf(node, quantity) ?? null) === null ? null : step.index + 1;
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Sentence} */
function wordsFor(scene, node, quantity) {
  const own = named(node, "primal");
  if (quantity === "primal") return primalWords(scene, node);
  if (quantity === "tangent") return node.kind === "input" ? sentence`The tangent of an input is the seed: how fast ${own} moves.` : sentence`The tangent of ${own} adds up what each operand brings: its local slope times its tangent.`;
  const count = arrivalsOf(scene, node).length;
  const seed = seedOf(scene, node);
  if (count === 0) return seed === null ? sentence`Nothing flows to ${own}.` : sentence`The adjoint of the output is the seed: the reverse sweep starts with it.`;
  const each = "each use sends back its own adjoint times the local slope.";
  if (seed !== null) return sentence`${own} is an output and is used as well: its adjoint starts with the seed, and ${each}`;
  return count === 1 ? sentence`${own} is used once: the use sends back its own adjoint times the local slope.` : sentence`${own} is used ${count === 2 ? "twice" : `${count} times`}, so its adjoint is a sum: ${each}`;
}

/** @param {Scene} scene @param {SceneNode} node @returns {Sentence} */
function primalWords(scene, node) {
  const own = named(node, "primal");
  if (node.kind === "input") return sentence`${own} is an input: its value is given.`;
  const operands = [...new Set(operandsOf(scene, node))].map((from) => sentence`${named(from, "primal")}`);
  return operands.length === 0 ? sentence`${own} is a constant of the program.` : sentence`${own} is computed from ${joined(operands)}.`;
}

/** @param {Scene} scene @param {SceneNode[]} nodes @param {Quantity} quantity @returns {Source[]} each once */
const listed = (scene, nodes, quantity) => [...new Set(nodes)].map((node) => ({ ...named(node, quantity), value: textFor(scene, node, quantity) }));

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Source[]} */
function sourcesOf(scene, node, quantity) {
  if (quantity === "adjoint") return listed(scene, arrivalsOf(scene, node).map((edge) => at(scene, edge.to)), quantity);
  return listed(scene, quantity === "primal" ? operandsOf(scene, node) : movedBy(scene, node).map((edge) => at(scene, edge.from)), quantity);
}

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Source[]} */
function rememberedOf(scene, node, quantity) {
  if (quantity === "primal") return [];
  const edges = quantity === "adjoint" ? arrivalsOf(scene, node) : movedBy(scene, node);
  const read = edges.flatMap((edge) => {
    const user = at(scene, edge.to);
    return [...operandsOf(scene, user), user].filter((one) => one.kind !== "constant" && mentions(unmarked(edge.partialLatex), one.latexName));
  });
  return listed(scene, read, "primal");
}

/** @param {string} latex @returns {string} without adjoints and tangents, and without what a map is given */
const unmarked = (latex) => latex.replace(/^.*\\mapsto/s, "").replace(/\\(?:bar|dot|overline)\s*\{(?:[^{}]|\{[^{}]*\})*\}/g, "");

/** @param {Scene} scene @param {SceneNode} node @param {Quantity} quantity @returns {Source[]} the values that are made of this one */
function usersOf(scene, node, quantity) {
  if (quantity !== "adjoint") return listed(scene, usesOf(scene, node).map((edge) => at(scene, edge.to)), quantity);
  return listed(scene, scene.edgesInto(node.id).filter((edge) => edge.passed).map((edge) => at(scene, edge.from)), quantity);
}
