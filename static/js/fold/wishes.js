/** What the page wants folded, as one object that stays the same while nothing of it changes. */

import { chosenOf } from "./choice.js";

/** @typedef {import("./folding.js").Wishes} Wishes */

/** @param {import("../state.js").Store} store @returns {() => Wishes} */
export function createWishes(store) {
  /** @type {{key: string, wishes: Wishes | null}} */
  let last = { key: "", wishes: null };
  return () => {
    const { traced, fold, groups } = store.get();
    const key = `${fold}\n${groups}\n${traced}`;
    if (last.wishes === null || last.key !== key) last = { key, wishes: { source: traced, automatic: true, chosen: chosenOf(fold), follows: groups === "follow" } };
    return /** @type {Wishes} */ (last.wishes);
  };
}
