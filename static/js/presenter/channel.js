/** Wall and notes speak of one thing: where the cursor is. Whichever moves tells the other. */

import { namedText } from "../link.js";

/** @typedef {import("../state.js").Store} Store */

const NAME = "wengert.present";

/** @param {import("../state.js").State} state @returns {string} what two windows must have in common to be of one lecture */
const lectureOf = ({ source, mode, active, values, seed }) => [source, mode, namedText(new Map(active.map((name) => [name, values.get(name) ?? 1]))), namedText(seed)].join("\n");

/** @param {Store} store @param {import("../player.js").Player} player @returns {BroadcastChannel | null} null where the browser has none */
export function joinChannel(store, player) {
  if (typeof BroadcastChannel === "undefined") return null;
  const channel = new BroadcastChannel(NAME);
  let heard = -1;
  channel.addEventListener("message", ({ data }) => {
    const { cursor } = store.get();
    if (data?.lecture !== lectureOf(store.get()) || !Number.isInteger(data.cursor) || data.cursor === cursor) return;
    heard = data.cursor;
    player.go(data.cursor);
  });
  store.subscribe((state, before) => {
    if (state.cursor === before.cursor || state.cursor === heard) return void (heard = -1);
    channel.postMessage({ lecture: lectureOf(state), cursor: state.cursor });
  });
  return channel;
}
