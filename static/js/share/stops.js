/** At which moments a film stops: after halves of steps, after steps, or after all that a node gives. */

import { subStepsOf } from "../scene.js";
import { stepsOf, stopAfter } from "../steps.js";

/** @typedef {{cursor: number, sub?: number}} Stop sub: how many sub-steps of the step; all by default */

/** @param {import("../scene/trace.js").Trace} trace @param {number} from @param {number} to @param {import("../steps.js").Grain} grain @returns {Stop[]} the first one after the whole step */
export function stopsOf(trace, from, to, grain) {
  /** @type {Stop[]} */
  const stops = [{ cursor: from }];
  for (let cursor = from; cursor < to; ) {
    cursor = Math.min(stopAfter(trace, cursor, grain), to);
    const parts = grain === "half" ? subStepsOf(trace, stepsOf(trace)[cursor - 1] ?? null) : 1;
    for (let sub = 1; sub < parts; sub += 1) stops.push({ cursor, sub });
    stops.push({ cursor });
  }
  return stops;
}
