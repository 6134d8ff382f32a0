/** Which lines of a long trace are rows of the page: those in sight with some around them, and a few that are asked for wherever they are. */

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {{from: number, to: number}} Stretch places of lines, the last one left out */

/** A trace of so many lines is drawn whole. */
export const WHOLE = 60;
/** Lines drawn on each side of what is in sight. */
const BESIDE = 16;
/** And so many must stand there still before the rows are exchanged. */
const LEAST_BESIDE = 5;

/** @param {Line[]} lines @param {number} from @param {number} to @returns {Stretch} the same, with whole nodes at both ends: their cells reach over several lines */
function whole(lines, from, to) {
  let [start, end] = [Math.max(0, Math.min(from, lines.length - 1)), Math.min(Math.max(to, from + 1), lines.length)];
  while (start > 0 && lines[start].span === 0) start -= 1;
  while (end < lines.length && lines[end].span === 0) end += 1;
  return { from: start, to: end };
}

/** @param {Line[]} lines @param {Stretch} seen @returns {Stretch} what is drawn where these are in sight */
export function around(lines, seen) {
  return lines.length <= WHOLE ? { from: 0, to: lines.length } : whole(lines, seen.from - BESIDE, seen.to + BESIDE);
}

/** @param {Line[]} lines @param {Stretch} drawn @param {Stretch} seen @returns {boolean} whether more than what is in sight stands on both sides */
export function reaches(lines, drawn, seen) {
  return (drawn.from === 0 || drawn.from <= seen.from - LEAST_BESIDE) && (drawn.to === lines.length || drawn.to >= seen.to + LEAST_BESIDE);
}

/** @param {Line[]} lines @param {Stretch} drawn @param {Iterable<number>} wanted places that are drawn wherever they are @returns {Stretch[]} from top to bottom, none touching the next */
export function stretchesOf(lines, drawn, wanted) {
  const all = [drawn, ...[...wanted].filter((place) => place >= 0 && place < lines.length).map((place) => whole(lines, place, place + 1))].sort((a, b) => a.from - b.from);
  /** @type {Stretch[]} */
  const found = [];
  for (const { from, to } of all) {
    const last = found.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else if (to > from) found.push({ from, to });
  }
  return found;
}
