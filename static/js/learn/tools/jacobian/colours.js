/** Colours of columns and rows as letters: what has the same letter shares a sweep. */

import { ABSENT } from "../../../format.js";

/** @typedef {number | null} Colour null where there is no entry, so that no sweep is needed */

const TINTS = 6;
const MOST_NAMED = 40;

/** @param {number} colour from 0 @returns {string} A, B … Z, AA … */
export function letterOf(colour) {
  const rest = Math.floor(colour / 26);
  return (rest > 0 ? letterOf(rest - 1) : "") + String.fromCharCode(65 + (colour % 26));
}

/** @param {readonly Colour[]} colours @returns {{text: string, tint: number | null}[]} tints repeat, letters do not */
export const marksOf = (colours) => colours.map((colour) => (colour === null ? { text: ABSENT, tint: null } : { text: letterOf(colour), tint: colour % TINTS }));

/** @param {readonly string[]} names @param {readonly Colour[]} colours @returns {string} "A: x[0], x[2]; B: x[1]" */
export function sharing(names, colours) {
  /** @type {Map<number, string[]>} */
  const groups = new Map();
  const none = names.filter((_, at) => colours[at] === null);
  names.forEach((name, at) => {
    const colour = colours[at];
    if (colour !== null) groups.set(colour, [...(groups.get(colour) ?? []), name]);
  });
  if (groups.size > MOST_NAMED) return `${groups.size} letters for ${names.length}`;
  const told = (/** @type {string[]} */ members) => (names.length > MOST_NAMED ? String(members.length) : members.join(", "));
  const parts = [...groups].sort(([a], [b]) => a - b).map(([colour, members]) => `${letterOf(colour)}: ${told(members)}`);
  return [...parts, ...(none.length > 0 ? [`without an entry: ${told(none)}`] : [])].join("; ");
}
