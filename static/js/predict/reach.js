/** Which derivatives a forward sweep gives: asked before its last step, where several inputs could be meant. */

import { toNumber } from "../format.js";
import { forwardCount } from "../steps.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("./questions.js").Question} Question */

/** @param {string} name @returns {string} a prefix keeps an input's name from being taken for another choice */
const byOne = (name) => `by ${name}`;
const EVERY = "every";
const ALONG = "along";
const SHOWN = 3;

/** @param {Trace} trace @returns {Trace["nodes"]} */
const inputsOf = (trace) => trace.nodes.filter(({ kind }) => kind === "input");

/** @param {Trace} trace @param {Scene} scene before the step @param {Step} step @returns {Question | null} */
export function reachQuestion(trace, scene, step) {
  const inputs = inputsOf(trace);
  const isLast = step.kind === "forward" && step.index === forwardCount(trace) - 1;
  if (!isLast || !scene.showsTangents || inputs.length < 2 || inputs.some(({ shape }) => shape.length > 0)) return null;
  const seeded = inputs.filter(isMoved);
  if (seeded.length === 0) return null;
  const some = [...new Set([seeded[0], ...inputs])].slice(0, SHOWN).sort((a, b) => a.id - b.id);
  const names = some.map(({ id }) => scene.node(id)?.name ?? "");
  const choices = [
    ...some.map(({ id }, place) => ({ label: `that by ${names[place]} alone`, key: byOne(String(id)) })),
    { label: inputs.length === 2 ? "both at once" : "those by all inputs at once", key: EVERY },
    { label: "one rate, along a direction of several inputs", key: ALONG },
  ];
  return { index: step.index, kind: "reach", prompt: "Your turn. This step ends the sweep. Which derivatives of the output does this sweep give?", cell: "", quantity: null, node: step.node, choices };
}

/** @param {Trace["nodes"][number]} node @returns {boolean} */
const isMoved = ({ tangent }) => tangent !== null && tangent !== undefined && toNumber(/** @type {any} */ (tangent)) !== 0;

/** @param {Trace} trace @returns {string} the key of the choice that the seed makes true */
export function reachOf(trace) {
  const seeded = inputsOf(trace).filter(isMoved);
  return seeded.length === 1 ? byOne(String(seeded[0].id)) : ALONG;
}

/** @param {string} chosen @returns {{hint: string, mistake: string}} */
export function reachHint(chosen) {
  if (chosen === EVERY) return { hint: "A forward sweep carries one tangent at each node: one number comes out, not one for each input. Look at the seed.", mistake: "M10" };
  return { hint: "Look at the seed: which inputs have a tangent other than 0?", mistake: "" };
}
