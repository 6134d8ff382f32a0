/** From where to where paths lead, as links and selections write it: "x2", or "x2>v5" where another end than the first output is meant. */

import { seedsOf } from "../scene/trace.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {{starts: SceneNode[], ends: SceneNode[], from: SceneNode | undefined, to: SceneNode}} Ends */

const MOST_CHOICES = 400;

/** @param {Scene} scene @param {string} key @returns {Ends} what can be chosen, and what is */
export function endsOf(scene, key) {
  const [start, end = ""] = key.split(">");
  const outputs = [...new Set(scene.trace.outputs)].flatMap((id) => scene.node(id) ?? []);
  const open = scene.nodes.filter((node) => node.kind !== "constant" && !node.isControl);
  const other = named(open, end);
  const ends = other === undefined || outputs.includes(other) ? outputs : [...outputs, other];
  const all = [...open.filter(({ kind }) => kind === "input"), ...open.filter(({ kind }) => kind !== "input")];
  const from = named(all, start) ?? all[0];
  const starts = all.slice(0, MOST_CHOICES);
  return { starts: from === undefined || starts.includes(from) ? starts : [...starts, from], ends, from, to: other ?? outputs[0] };
}

/** @param {SceneNode[]} nodes @param {string} key @returns {SceneNode | undefined} */
const named = (nodes, key) => nodes.find((node) => `#${node.id}` === key) ?? nodes.findLast((node) => node.label === key);

/** @param {Scene} scene @param {SceneNode} node @returns {string} its label, or its place where others have that label too, or where the label has a sign of its own here */
export const keyFor = (scene, node) => (scene.nodes.filter(({ label }) => label === node.label).length === 1 && !/[>#]/.test(node.label) ? node.label : `#${node.id}`);

/** @param {Scene} scene @param {SceneNode} from @param {SceneNode} to @returns {string} */
export const pathKey = (scene, from, to) => (to.id === scene.trace.outputs[0] ? keyFor(scene, from) : `${keyFor(scene, from)}>${keyFor(scene, to)}`);

/** @param {Scene} scene @param {SceneNode} from @param {SceneNode} to @returns {{name: string, isAdjoint: boolean}} the adjoint where its seed is 1 at that end alone, else the derivative */
export function sumName(scene, from, to) {
  const seeds = seedsOf(scene.trace);
  const isAdjoint = seeds.length === 1 && seeds[0].node === to.id && seeds[0].value === 1 && from.adjointName !== "";
  return { name: isAdjoint ? from.adjointName : `∂${to.name}/∂${from.name}`, isAdjoint };
}
