/**
 * Layouts from the worker; only the latest question is answered. Without workers the page lays out itself.
 *
 * A small graph takes less time than the worker's start: the page lays it out too, and the worker starts with the first large one.
 */

import { layoutOf } from "../../layout.js";

/** @typedef {import("../../layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("../../layout/types.js").Layout} Layout */

const SMALL = 150;

/** @returns {{ask: (graph: LayoutGraph) => Promise<Layout | null>, forget: () => void, destroy: () => void}} ask: null when a later question came */
export function createPlaces() {
  let ticket = 0;
  /** @type {Map<number, (layout: Layout | null) => void>} */
  const open = new Map();
  /** @type {Worker | null} */
  let worker = null;

  /** @param {number} answered @param {Layout | null} layout */
  function answer(answered, layout) {
    for (const [asked, resolve] of open) {
      if (asked > answered) continue;
      open.delete(asked);
      resolve(asked === answered ? layout : null);
    }
  }

  return {
    ask(graph) {
      ticket += 1;
      const own = ticket;
      if (graph.nodes.length > SMALL) worker ??= start(answer);
      if (graph.nodes.length <= SMALL || worker === null) {
        answer(own, null);
        return Promise.resolve(layoutOf(graph));
      }
      worker.postMessage({ ticket: own, graph });
      return new Promise((resolve) => {
        open.set(own, (layout) => resolve(own === ticket ? layout : null));
      });
    },
    /** Ends what the worker is at; the next question starts another. */
    forget() {
      worker?.terminate();
      worker = null;
      answer(ticket, null);
    },
    destroy: () => worker?.terminate(),
  };
}

/** @param {(ticket: number, layout: Layout | null) => void} answer @returns {Worker | null} */
function start(answer) {
  if (typeof Worker === "undefined") return null;
  const worker = new Worker(new URL("../../layout-worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    if (data.error) reportError(new Error(data.error));
    answer(data.ticket, data.layout ?? null);
  });
  return worker;
}
