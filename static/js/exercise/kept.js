/** A student's work on an exercise, kept in the browser: a reload loses nothing. */

/** @typedef {{written: Map<string, string>, used: number, last: string}} Kept last: the answer that was checked last, since the same one again costs no attempt */

const PLACE = "wengert.exercise";

/** @param {unknown} what the exercise, the student and the variant @param {() => Map<string, string>} handed what was written elsewhere */
export function keeper(what, handed) {
  const place = `${PLACE} ${JSON.stringify(what)}`;
  return {
    /** @returns {Kept} */
    load() {
      try {
        const { written = [...handed()], used = 0, last = "" } = JSON.parse(localStorage.getItem(place) ?? "{}");
        return { written: new Map(written.filter((/** @type {unknown[]} */ pair) => pair.every((part) => typeof part === "string"))), used: Number(used) || 0, last: String(last) };
      } catch {
        return { written: handed(), used: 0, last: "" };
      }
    },
    /** @param {Kept} kept */
    save({ written, used, last }) {
      try {
        localStorage.setItem(place, JSON.stringify({ written: [...written], used, last }));
      } catch {
        // Private windows refuse; the work then lasts as long as the page.
      }
    },
  };
}
