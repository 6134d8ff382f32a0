/** Links to the program at this step and from its start, and the first one as a code for cameras. */

import { linkOf } from "../address.js";
import { h } from "../dom.js";
import { qrSvg } from "../qr.js";
import { addressOf, fromStart } from "./code.js";
import { copyBox } from "./controls.js";

/** @param {import("../features.js").Page} page @returns {import("./dialog.js").Tab} */
export function linkTab({ store }) {
  const here = copyBox("Link to this step");
  const start = copyBox("Link to the start");
  const code = h("figure", { class: "share-qr" });
  const root = h("div", { class: "share-link" }, h("div", {}, here.root, start.root, h("p", { class: "share-note" }, "A link holds the program, its inputs, the seed, the mode and the step. Nothing is stored on the server.")), code);

  return {
    root,
    open() {
      const link = linkOf(store.get());
      const base = new URL(".", location.href).href;
      here.set(addressOf(base, "", link));
      start.set(addressOf(base, "", fromStart(link)));
      showCode(code, here.text());
    },
  };
}

/** @param {HTMLElement} figure @param {string} address */
function showCode(figure, address) {
  try {
    figure.replaceChildren(qrSvg(address), h("figcaption", {}, "Scan to open this step."));
  } catch {
    figure.replaceChildren(h("p", { class: "share-note" }, "The link is too long for a code that cameras read."));
  }
}
