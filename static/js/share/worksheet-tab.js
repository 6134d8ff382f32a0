/** The way to the printed handout. */

import { linkOf } from "../address.js";
import { h } from "../dom.js";
import { addressOf } from "./code.js";
import { choice } from "./controls.js";
import { BLANKS } from "../worksheet/blanks.js";

/** @param {import("../features.js").Page} page @returns {import("./dialog.js").Tab} */
export function worksheetTab({ store }) {
  const blank = choice("Blanks to fill in", BLANKS, "all", render);
  const open = h("a", { class: "button primary", target: "_blank", rel: "noopener" }, "Open the worksheet");
  const practise = h("a", { class: "button", target: "_blank", rel: "noopener" }, "Practise on screen");
  const root = h(
    "div",
    { class: "share-form" },
    h("p", {}, "A handout for paper: the program, its graph, and the evaluation trace with each step a row; the key is a page of its own."),
    blank.root,
    h("p", {}, open),
    h("p", {}, "Or fill in every number here, and have it checked:"),
    h("p", {}, practise),
  );
  function render() {
    const { side: _, step: __, ...link } = linkOf(store.get());
    practise.href = addressOf(new URL(".", location.href).href, "exercise", link);
    open.href = addressOf(new URL(".", location.href).href, "worksheet", { ...link, blank: blank.value() });
  }
  return { root, open: render };
}
