/**
 * What of a tape can be folded: loops with their iterations, calls, and operations that repeat, one inside the other.
 *
 * Each is an interval of the tape, so a folded one is a single unit in evaluation order.
 */

import { glyphOf } from "../scene/glyphs.js";
import { indexOf } from "../scene/index.js";
import { groupsOf } from "../scene/trace.js";
import { repeatsIn } from "./repeats.js";

/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../scene/trace.js").Group} Group */
/** @typedef {"loop" | "iteration" | "call" | "repeat"} FoldKind */

/**
 * @typedef {object} Fold
 * @property {string} key the same for other inputs of the program: "l2.3" is the third iteration of the loop on line 2
 * @property {FoldKind} kind
 * @property {string} label "for i … ×20"
 * @property {number} first position on the tape
 * @property {number} last
 * @property {number} parent place among the folds, −1 outside all
 * @property {number} cards how many nodes in it have cards
 * @property {number} rounds how many iterations or repeats it has; 1 for others
 * @property {number} round which iteration it is, from 1; 0 for others
 */

/** @type {WeakMap<Trace, Int32Array>} */
const counted = new WeakMap();

/** @param {Trace} trace @returns {number} how many nodes have cards */
export const cardCount = (trace) => cardCounts(trace)[trace.nodes.length];

/** @typedef {{group: Group, first: number, last: number}} Stretch */

/** Operations that repeat are looked for only where there is too much to see. */
export const MANY = 40;

/** @param {Trace} trace @param {string} [source] the program, for the labels of loops @returns {Fold[]} parents before their children, in tape order */
export function foldsOf(trace, source = "") {
  const { nodes } = indexOf(trace);
  const counts = cardCounts(trace);
  const cardsIn = (/** @type {number} */ first, /** @type {number} */ last) => counts[last + 1] - counts[first];
  const inside = stretchesOf(trace);
  const lines = source.split("\n");
  /** @type {Fold[]} */
  const folds = [];
  const isLong = cardsIn(0, nodes.length - 1) > MANY;

  /** @param {Omit<Fold, "cards">} fold */
  function add(fold) {
    folds.push({ ...fold, cards: cardsIn(fold.first, fold.last) });
    return folds.length - 1;
  }

  /** @param {number | null} group whose inside is looked at @param {number} parent @param {number} first @param {number} last */
  function walk(group, parent, first, last) {
    const names = namesWithin(parent < 0 ? "" : `${folds[parent].key}.`);
    const runs = runsOf(inside.get(group) ?? []);
    if (isLong) for (const repeat of repeatsIn(trace, gaps(runs, first, last))) add({ ...repeat, key: names("r"), kind: "repeat", label: repeatLabel(repeat), parent, round: 0 });
    for (const run of runs) {
      const place = run.length > 1 ? add(loopOf(run, names(`l${lineOf(run[0].group)}`), parent, lines)) : parent;
      const within = run.length > 1 ? namesWithin(`${folds[place].key}.`) : names;
      run.forEach((stretch, at) => {
        const own = add(partOf(stretch, at, run.length, within, place));
        walk(stretch.group.id, own, stretch.first, stretch.last);
      });
    }
  }
  if (nodes.length > 0) walk(null, -1, 0, nodes.length - 1);
  return folds;
}

/** @param {Trace} trace @returns {Int32Array} how many nodes with cards stand before each position */
function cardCounts(trace) {
  const known = counted.get(trace);
  if (known !== undefined) return known;
  const { nodes } = indexOf(trace);
  const outputs = new Set(trace.outputs);
  const counts = new Int32Array(nodes.length + 1);
  nodes.forEach((node, at) => (counts[at + 1] = counts[at] + (node.kind !== "constant" || outputs.has(node.id) ? 1 : 0)));
  counted.set(trace, counts);
  return counts;
}

/** @param {Trace} trace @returns {Map<number | null, Stretch[]>} groups that hold nodes, by the group around them */
function stretchesOf(trace) {
  const { positionOf } = indexOf(trace);
  /** @type {Map<number | null, Stretch[]>} */
  const inside = new Map();
  for (const group of groupsOf(trace)) {
    const [first, last] = [positionOf(group.first), positionOf(group.last)];
    if (first < 0 || last < first) continue;
    const siblings = inside.get(group.parent);
    if (siblings === undefined) inside.set(group.parent, [{ group, first, last }]);
    else siblings.push({ group, first, last });
  }
  return inside;
}

/** @param {Stretch[]} stretches @returns {Stretch[][]} iterations of one loop together, all else alone */
function runsOf(stretches) {
  /** @type {Stretch[][]} */
  const runs = [];
  for (const stretch of stretches) {
    const before = runs.at(-1)?.at(-1)?.group;
    const goesOn = before !== undefined && before.kind === "iteration" && stretch.group.kind === "iteration" && isSameSpan(before.span, stretch.group.span);
    if (goesOn) runs[runs.length - 1].push(stretch);
    else runs.push([stretch]);
  }
  return runs;
}

/** @param {Group["span"]} a @param {Group["span"]} b */
const isSameSpan = (a, b) => Boolean(a) && Boolean(b) && a?.line === b?.line && a?.column === b?.column;

/** @param {Stretch[][]} runs @param {number} first @param {number} last @returns {[number, number][]} the stretches of the tape between them */
function gaps(runs, first, last) {
  /** @type {[number, number][]} */
  const found = [];
  let next = first;
  for (const run of runs) {
    if (run[0].first > next) found.push([next, run[0].first - 1]);
    next = Math.max(next, run[run.length - 1].last + 1);
  }
  if (next <= last) found.push([next, last]);
  return found;
}

/** @param {Group} group @returns {string} */
const lineOf = ({ span }) => String(span?.line ?? 0);

/** @param {string} prefix @returns {(name: string) => string} keys within one fold: a second one of the same name has a number */
function namesWithin(prefix) {
  /** @type {Map<string, number>} */
  const used = new Map();
  return (name) => {
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return prefix + name + (count > 1 ? `-${count}` : "");
  };
}

/** @param {Stretch[]} run @param {string} key @param {number} parent @param {string[]} lines @returns {Omit<Fold, "cards">} */
function loopOf(run, key, parent, lines) {
  const { span } = run[0].group;
  const text = lines[(span?.line ?? 0) - 1]?.slice(span?.column ?? 0) ?? "";
  const head = /^for\s+([^:]{1,24}?)\s+in\b/.exec(text)?.[1];
  const words = head !== undefined ? `for ${head} …` : /^while\b/.test(text) ? "while …" : "loop";
  return { key, kind: "loop", label: `${words} ×${run.length}`, first: run[0].first, last: run[run.length - 1].last, parent, rounds: run.length, round: 0 };
}

/** @param {Stretch} stretch @param {number} at @param {number} count @param {(name: string) => string} names @param {number} parent @returns {Omit<Fold, "cards">} */
function partOf({ group, first, last }, at, count, names, parent) {
  if (group.kind === "iteration") return { key: names(String(at + 1)), kind: "iteration", label: count > 1 ? `iteration ${at + 1} of ${count}` : group.label, first, last, parent, rounds: 1, round: at + 1 };
  return { key: names(`c${lineOf(group)}`), kind: "call", label: group.label, first, last, parent, rounds: 1, round: 0 };
}

/** @param {import("./repeats.js").Repeat} repeat */
function repeatLabel({ operations, rounds }) {
  const names = operations.length > 4 ? `${operations.length} operations` : operations.map(glyphOf).join(" ");
  return `${names}, ${rounds} times`;
}
