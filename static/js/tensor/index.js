/** The pictures of a tensor in the card of a value; their code is fetched with the first tensor. */

import { h } from "../dom.js";

/** @typedef {import("./view.js").Asked} Asked */

/** @param {import("../features.js").Page} page */
export function createTensor(page) {
  const element = h("div", { class: "tensor-place" });
  /** @type {ReturnType<typeof import("./view.js").createTensorView> | null} */
  let view = null;
  let isAsked = false;
  /** @type {Asked | null} */
  let latest = null;

  async function load() {
    isAsked = true;
    const { createTensorView } = await import("./view.js");
    view = createTensorView(element, page);
    if (latest !== null) view.draw(latest);
  }

  return {
    element,
    /** @param {Asked} asked */
    draw(asked) {
      latest = asked;
      if (view !== null) view.draw(asked);
      else if (!isAsked && asked.end.node(asked.id)?.shape.length !== 0) load().catch(() => (isAsked = false)); // the card says the rest
    },
  };
}
