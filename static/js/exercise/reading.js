/** «How is this read?»: asks, a moment after the last stroke, how the engine understands what was written. It judges nothing and costs nothing. */

import { Refusal, ask } from "../api.js";
import { keyOf } from "./blanks.js";

/** @typedef {import("./field.js").Reading} Reading */
/** @typedef {import("./blanks.js").Place} Place */

const PAUSE = 250;

/** @param {import("./opening.js").Order} order @param {() => object} answers @param {(readings: ReadonlyMap<string, Reading>) => void} tell @returns {() => void} to be called at each stroke */
export function createReader(order, answers, tell) {
  let timer = 0;
  let turn = new AbortController();

  async function read() {
    turn = new AbortController();
    const { signal } = turn;
    try {
      const { items } = await ask("validate", { ...order, answers: answers() }, signal);
      if (!signal.aborted) tell(new Map(items.map((/** @type {Place & Reading} */ item) => [keyOf(item), item])));
    } catch (reason) {
      if (!(reason instanceof Refusal) && !signal.aborted) throw reason; // an engine that is busy is asked again at the next stroke
    }
  }

  return () => {
    clearTimeout(timer);
    turn.abort();
    timer = setTimeout(() => void read(), PAUSE);
  };
}
