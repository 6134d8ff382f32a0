/** Code that shows the program in a page of another site. */

import { linkOf } from "../address.js";
import { h } from "../dom.js";
import { PANELS, addressOf, embedLink, iframeCode, titleOf } from "./code.js";
import { choice, copyBox, numberField, tick } from "./controls.js";

/** @typedef {import("./code.js").Frame} Frame */

const WORDS = new Map([["program", "Program"], ["graph", "Graph"], ["formula", "Formula"], ["trace", "Trace"]]);
const HEIGHT = 560;

/** @param {import("../features.js").Page} page @returns {import("./dialog.js").Tab} */
export function embedTab({ store }) {
  const ui = choice("Controls", /** @type {const} */ ([["min", "none"], ["player", "player"], ["full", "player and editor"]]), "player", render);
  const panels = PANELS.map((name) => ({ name, box: tick(WORDS.get(name) ?? name, name === "graph" || name === "formula", render) }));
  const lock = tick("Nothing can be edited", false, render);
  const reveal = tick("Hide the result until it is asked for", false, render);
  const height = numberField("Height in pixels", { start: HEIGHT, min: 200, max: 2000, step: 20 }, render);
  const title = h("input", { class: "field share-line", oninput: render });
  const code = copyBox("Embed code", 4);
  const preview = h("a", { class: "button", target: "_blank", rel: "noopener" }, "Open the embedded page");
  const root = h(
    "div",
    { class: "share-form" },
    h("label", { class: "share-box" }, h("span", { class: "share-label" }, "Title, read out by screen readers"), title),
    ui.root,
    h("fieldset", { class: "share-choice" }, h("legend", {}, "Panels"), h("div", { class: "share-ticks" }, ...panels.map(({ box }) => box.root))),
    h("div", { class: "share-ticks" }, lock.root, reveal.root, height.root),
    code.root,
    h("p", { class: "share-note" }, "The frame sets no cookie and asks no other host. Its “Open full” takes along what was edited in it.", " ", preview),
  );

  function render() {
    const base = new URL(".", location.href).href;
    const shown = panels.filter(({ box }) => box.value()).map(({ name }) => name);
    /** @type {Frame} */
    const frame = { ui: ui.value(), panels: shown.length > 0 ? shown : ["graph"], lock: lock.value(), reveal: reveal.value(), height: height.value() };
    const address = addressOf(base, "embed", embedLink(linkOf(store.get()), frame));
    code.set(iframeCode({ title: title.value, address, height: frame.height }));
    preview.href = address;
  }

  return {
    root,
    open() {
      title.value = `${titleOf(store.get())}, step by step`;
      render();
    },
  };
}
