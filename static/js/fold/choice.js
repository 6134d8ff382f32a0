/** What a reader has folded and unfolded by hand, as a link says it: "l2:open,c7:shut". It is never undone by itself. */

/** @typedef {ReadonlyMap<string, boolean>} Chosen by a fold's key, whether it is shut */

/** @param {string} text @returns {Chosen} */
export const chosenOf = (text) => new Map(parts(text).map((part) => [part.slice(0, part.lastIndexOf(":")), part.endsWith(":shut")]));

/** @param {string} text @param {Iterable<string>} keys @param {boolean} shut @returns {string} */
export function withChoice(text, keys, shut) {
  const chosen = new Map(chosenOf(text));
  for (const key of keys) chosen.set(key, shut);
  return [...chosen].map(([key, is]) => `${key}:${is ? "shut" : "open"}`).join(",");
}

/** @param {string} text @returns {string[]} */
const parts = (text) => text.split(",").filter((part) => part !== "");
