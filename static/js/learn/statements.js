/** A program as its statements: where it can be cut in two. */

/** @typedef {{name: string, inner: string, outer: string}} Cut the program up to the assignment of a name, and the rest */

const ASSIGNMENT = /^([\p{L}_][\p{L}\p{N}_]*)\s*=[^=]/u;

/** @param {string} source @returns {Cut[]} after each assignment on a line of its own, but the last statement; none where a line is indented, since what it belongs to cannot be cut */
export function cutsOf(source) {
  const lines = source.split("\n");
  const used = lines.map((line) => line.replace(/#.*$/, "").trimEnd());
  if (used.some((line) => /^\s/.test(line))) return [];
  const last = used.findLastIndex((line) => line !== "");
  return used.flatMap((line, at) => {
    const name = ASSIGNMENT.exec(line)?.[1];
    return name === undefined || at >= last ? [] : [{ name, inner: lines.slice(0, at + 1).join("\n"), outer: lines.slice(at + 1).join("\n") }];
  });
}
