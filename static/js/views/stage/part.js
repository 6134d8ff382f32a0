/** How much of a trace is drawn: of very long ones what lies around the step, of long ones with their groups folded, else all. */

import { UNFOLDED, foldingOf } from "../../fold/folding.js";
import { nodesOf } from "../../scene/trace.js";
import { LARGE, nearOf } from "./near.js";

/** @typedef {import("../../scene/trace.js").Trace} Trace */
/** @typedef {import("../../fold/folding.js").Wishes} Wishes */
/** @typedef {import("../../fold/folding.js").Folding} Folding */
/** @typedef {{near: ReadonlySet<number> | null, folding: Folding, key: string}} Part key: the same for the same picture of a trace */

/** @param {() => Wishes} wishesNow */
export function createParts(wishesNow) {
  /** Traces whose whole graph was asked for, by their nodes: torch's verdict makes a new trace of the same. @type {WeakSet<object>} */
  const whole = new WeakSet();
  /** @type {{nodes: object | null, wishes: Wishes, focus: number | null, part: Part | null}} */
  let last = { nodes: null, wishes: UNFOLDED, focus: null, part: null };

  /** @type {{nodes: object | null, wishes: Wishes | null, folding: Folding | null}} */
  let long = { nodes: null, wishes: null, folding: null };

  /** A step of a very long tape folds nothing anew. @param {Trace} trace @param {Wishes} wishes */
  function chosenAlone(trace, wishes) {
    if (long.folding === null || long.nodes !== nodesOf(trace) || long.wishes !== wishes) long = { nodes: nodesOf(trace), wishes, folding: foldingOf(trace, { ...wishes, automatic: false }, null) };
    return /** @type {Folding} */ (long.folding);
  }

  /** @param {Trace} trace @param {number} focus the node of the step */
  function made(trace, focus) {
    const wishes = wishesNow();
    if (nodesOf(trace).length <= LARGE) return { near: null, ...keyed(foldingOf(trace, wishes, focus)) };
    if (whole.has(nodesOf(trace))) return { near: null, ...keyed(chosenAlone(trace, wishes)) };
    return { near: nearOf(trace, focus), folding: chosenAlone(trace, UNFOLDED), key: `near ${focus}` };
  }

  return {
    /** @param {Trace} trace @param {number} focus @returns {Part} */
    of(trace, focus) {
      const wishes = wishesNow();
      if (last.part === null || last.nodes !== nodesOf(trace) || last.wishes !== wishes || last.focus !== focus) last = { nodes: nodesOf(trace), wishes, focus, part: made(trace, focus) };
      return /** @type {Part} */ (last.part);
    },
    /** @param {Trace} trace @param {boolean} all whether all of it is wanted */
    ask(trace, all) {
      if (all) whole.add(nodesOf(trace));
      else whole.delete(nodesOf(trace));
      last.part = null;
    },
  };
}

/** @param {Folding} folding */
const keyed = (folding) => ({ folding, key: folding.key });
