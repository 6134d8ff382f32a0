/** Wall and notes speak of one thing: where the cursor is. Whichever moves tells the other. */

/** @typedef {import("../state.js").Store} Store */

const NAME = "wengert.present";

/** @param {Store} store @param {import("../player.js").Player} player @returns {BroadcastChannel | null} null where the browser has none */
export function joinChannel(store, player) {
  if (typeof BroadcastChannel === "undefined") return null;
  const channel = new BroadcastChannel(NAME);
  let heard = -1;
  channel.addEventListener("message", ({ data }) => {
    const { source, cursor } = store.get();
    if (data?.source !== source || !Number.isInteger(data.cursor) || data.cursor === cursor) return;
    heard = data.cursor;
    player.go(data.cursor);
  });
  store.subscribe((state, before) => {
    if (state.cursor === before.cursor || state.cursor === heard) return void (heard = -1);
    channel.postMessage({ source: state.source, cursor: state.cursor });
  });
  return channel;
}
