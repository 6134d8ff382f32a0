/** The counter of a program's loop: where it stands, and the same program with another one. */

const LOOP = /^([ \t]*for\s+[\p{L}_][\p{L}\p{N}_]*\s+in\s+range\(\s*)(\d{1,4})(?=\s*\)\s*:)/mu;

/** @param {string} source @returns {number | null} how often the first loop with a written count goes round; null where there is none */
export function roundsOf(source) {
  const found = LOOP.exec(source);
  return found === null ? null : Number(found[2]);
}

/** @param {string} source @param {number} rounds @returns {string} */
export const withRounds = (source, rounds) => source.replace(LOOP, (_, before) => `${before}${rounds}`);
