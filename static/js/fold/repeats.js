/** Operations that repeat without a loop: the same row of operations three times or more, each row reading from the one before. */

import { indexOf } from "../scene/index.js";

/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {{first: number, last: number, operations: string[], rounds: number}} Repeat positions on the tape; what one round does */

const LONGEST = 8;
const ROUNDS = 3;
const LEAST = 6;

/** @param {Trace} trace @param {[number, number][]} stretches of the tape without groups @returns {Repeat[]} */
export const repeatsIn = (trace, stretches) => stretches.flatMap(([first, last]) => within(trace, first, last));

/** @param {Trace} trace @param {number} first @param {number} last @returns {Repeat[]} */
function within(trace, first, last) {
  const { nodes } = indexOf(trace);
  const places = [];
  for (let at = first; at <= last; at += 1) if (nodes[at].kind === "op") places.push(at);
  /** @type {Repeat[]} */
  const found = [];
  for (let at = 0; at < places.length; ) {
    const { length, rounds } = longest(trace, places, at);
    if (rounds >= ROUNDS && length * rounds >= LEAST) {
      const end = at + length * rounds;
      found.push({ first: places[at], last: places[end - 1], operations: places.slice(at, at + length).map((place) => nodes[place].op), rounds });
      at = end;
    } else at += 1;
  }
  return found;
}

/** @param {Trace} trace @param {number[]} places @param {number} at @returns {{length: number, rounds: number}} the row of operations from here on that covers most */
function longest(trace, places, at) {
  let best = { length: 1, rounds: 1 };
  for (let length = 1; length <= LONGEST && at + length * ROUNDS <= places.length; length += 1) {
    let rounds = 1;
    while (goesOn(trace, places, at + (rounds - 1) * length, length)) rounds += 1;
    if (length * rounds > best.length * best.rounds && rounds >= ROUNDS && isChain(trace, places, at, length)) best = { length, rounds };
  }
  return best;
}

/** @param {Trace} trace @param {number[]} places @param {number} start of one round @param {number} length @returns {boolean} whether the next does the same and reads from it */
function goesOn(trace, places, start, length) {
  if (start + 2 * length > places.length) return false;
  const { nodes, edgeStart, edgeFrom } = indexOf(trace);
  const [from, to] = [places[start], places[start + length - 1]];
  let reads = false;
  for (let step = 0; step < length; step += 1) {
    const place = places[start + length + step];
    if (nodes[place].op !== nodes[places[start + step]].op) return false;
    for (let edge = edgeStart[place]; edge < edgeStart[place + 1]; edge += 1) reads ||= edgeFrom[edge] >= from && edgeFrom[edge] <= to && nodes[edgeFrom[edge]].kind === "op";
  }
  return reads;
}

/** Rows beside each other look like a chain where they are cut in the wrong place: so each cut must be crossed. @param {Trace} trace @param {number[]} places @param {number} start @param {number} length */
function isChain(trace, places, start, length) {
  const { nodes, edgeStart, edgeFrom } = indexOf(trace);
  const end = places[start + 3 * length - 1];
  return places.slice(start + length, start + 2 * length).every((cut) => {
    for (let edge = edgeStart[cut]; edge < edgeStart[end + 1]; edge += 1) if (edgeFrom[edge] >= places[start] && edgeFrom[edge] < cut && nodes[edgeFrom[edge]].kind === "op") return true; // constants stand beside whatever reads them
    return false;
  });
}
