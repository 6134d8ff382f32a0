/** Settings that a browser keeps from visit to visit. A browser that keeps nothing works as well. */

/** @typedef {import("./state.js").State} State */

const PLACE = "wengert.settings";
const KEPT = Object.freeze(/** @type {(keyof State)[]} */ (["digits", "theme", "motion", "letters", "device", "speed", "verbosity"]));
/** @type {Map<string, readonly unknown[]>} */
const ALLOWED = new Map(
  Object.entries({ digits: [3, 4, 6, "all"], theme: ["light", "dark", "system"], motion: ["system", "reduced"], letters: [true, false], verbosity: ["brief", "normal", "full"], device: ["cpu", "cuda", "auto"], speed: [0.25, 0.5, 1, 2, 4, null] }),
);

/** @returns {Partial<State>} */
export function kept() {
  try {
    const found = Object.entries(JSON.parse(localStorage.getItem(PLACE) ?? "{}")).filter(([key, value]) => ALLOWED.get(key)?.includes(value));
    return Object.fromEntries(found.map(([key, value]) => [key, key === "speed" && value === null ? Infinity : value]));
  } catch {
    return {};
  }
}

/** @param {State} state @param {State} before */
export function keep(state, before) {
  if (KEPT.every((key) => state[key] === before[key])) return;
  try {
    localStorage.setItem(PLACE, JSON.stringify(Object.fromEntries(KEPT.map((key) => [key, state[key]]))));
  } catch {
    // Private windows refuse; the choice then lasts as long as the page.
  }
}
