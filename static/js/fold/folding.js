/** Which folds are shut: long tapes fold of their own accord, a reader's own choice stands above that, and what follows the cursor opens around it. */

import { indexOf } from "../scene/index.js";
import { MANY, cardCount, foldsOf } from "./tree.js";

/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("./tree.js").Fold} Fold */

/**
 * @typedef {object} Folding
 * @property {Fold[]} folds
 * @property {number[]} shut places of the outermost shut folds, in tape order
 * @property {number[]} open places of the folds that have a box
 * @property {Int32Array} unit position → place of the shut fold that holds it, −1 where it is drawn itself
 * @property {Int32Array} home place of a fold → the box around it, −1 outside all
 * @property {(position: number) => number} boxOf the innermost box around a position, −1 outside all
 * @property {string} key the same for the same picture
 */

/** @typedef {{source: string, automatic: boolean, chosen: ReadonlyMap<string, boolean>, follows: boolean}} Wishes automatic: long tapes fold; chosen: by key, whether it is shut; follows: folds open where the step is */

/** @type {Wishes} */
export const UNFOLDED = Object.freeze({ source: "", automatic: false, chosen: new Map(), follows: false });

/** @type {WeakMap<object, {source: string, folds: Fold[]}>} by the nodes: torch's verdict makes a new trace of the same */
const known = new WeakMap();

/** @param {Trace} trace @param {string} source @returns {Fold[]} */
function knownFolds(trace, source) {
  let found = known.get(trace.nodes);
  if (found === undefined || found.source !== source) known.set(trace.nodes, (found = { source, folds: foldsOf(trace, source) }));
  return found.folds;
}

/** @param {Trace} trace @param {Wishes} wishes @param {number | null} focus the node of the step @returns {Folding} */
export function foldingOf(trace, { source, automatic, chosen, follows }, focus) {
  const { nodes, positionOf } = indexOf(trace);
  const folds = knownFolds(trace, source);
  const at = focus === null ? -1 : positionOf(focus);
  const isLong = automatic && folds.length > 0 && cardCount(trace) > MANY;
  const isShut = (/** @type {Fold} */ fold) => fold.cards > 1 && (chosen.get(fold.key) ?? (isLong && !(follows && fold.first <= at && at <= fold.last)));
  const hidden = new Uint8Array(folds.length);
  const home = new Int32Array(folds.length).fill(-1);
  const unit = new Int32Array(nodes.length).fill(-1);
  /** @type {{shut: number[], open: number[]}} */
  const { shut, open } = { shut: [], open: [] };
  const hasBox = (/** @type {Fold} */ fold) => fold.kind === "iteration" || fold.kind === "call" || isLong || chosen.has(fold.key);
  folds.forEach((fold, place) => {
    const { parent } = fold;
    home[place] = parent < 0 ? -1 : hasBox(folds[parent]) ? parent : home[parent];
    if (parent >= 0 && hidden[parent] === 1) hidden[place] = 1;
    else if (isShut(fold)) {
      hidden[place] = 1;
      shut.push(place);
      unit.fill(place, fold.first, fold.last + 1);
    } else if (hasBox(fold)) open.push(place);
  });
  shut.sort((a, b) => folds[a].first - folds[b].first);
  return { folds, shut, open, unit, home, boxOf: innermost(folds, open, nodes.length), key: `${shut.map((place) => folds[place].key)}|${open.map((place) => folds[place].key)}` };
}

/** @param {Fold[]} folds @param {number[]} open @param {number} count @returns {(position: number) => number} */
function innermost(folds, open, count) {
  const box = new Int32Array(count).fill(-1);
  for (const place of open) box.fill(place, folds[place].first, folds[place].last + 1); // children stand after their parents
  return (position) => box[position];
}

/** @param {Fold[]} folds @param {number} position @returns {number[]} places of all folds around it, outermost first */
export function foldsAround(folds, position) {
  return folds.flatMap((fold, place) => (fold.first <= position && position <= fold.last ? [place] : []));
}
