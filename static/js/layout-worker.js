/** The layout off the main thread: one message in, one out, arrays handed over. */

import { layoutOf } from "./layout.js";

addEventListener("message", (/** @type {MessageEvent<{ticket: number, graph: import("./layout/types.js").LayoutGraph}>} */ { data }) => {
  try {
    const layout = layoutOf(data.graph);
    const arrays = Object.values(layout).flatMap((value) => (ArrayBuffer.isView(value) ? [/** @type {ArrayBuffer} */ (value.buffer)] : []));
    postMessage({ ticket: data.ticket, layout }, { transfer: arrays });
  } catch (error) {
    postMessage({ ticket: data.ticket, error: String(error) });
  }
});
