/** The help sheet: the keys, from the table that the listener reads, and how to read a node. */

import { h, icon } from "../dom.js";
import { KEYS } from "../keys.js";

/** @param {HTMLDialogElement} root */
export function createHelp(root) {
  const rows = KEYS.filter((key) => key.does !== "").map((key) =>
    h("tr", {}, h("th", { scope: "row" }, ...key.keys.split(" ").flatMap((name) => [h("kbd", {}, name), " "])), h("td", {}, key.does)),
  );
  const sign = (/** @type {string} */ name, /** @type {string} */ mark, /** @type {string} */ words) => h("li", {}, h("span", { class: `legend ${name}`, "aria-hidden": "true" }, mark), h("span", {}, words));
  root.replaceChildren(
    h("div", { class: "dialog-head" }, h("h2", { id: "help-title" }, "How it works"), h("button", { type: "button", class: "button quiet", "aria-label": "Close", onclick: () => root.close() }, icon("close"))),
    h(
      "div",
      { class: "dialog-body", tabindex: "0", role: "group", "aria-label": "Help, scrolls" },
      h("p", {}, "Type a program; each operation becomes a node. The forward sweep computes values, and tangents if you ask for them; the reverse sweep carries adjoints back, one edge at a time, and adds them where paths meet."),
      h(
        "ul",
        { class: "legends" },
        sign("primal", "10", "the primal: the value of the node"),
        sign("tangent", "▸ 5", "the tangent, carried forward: how fast the value grows along the seed"),
        sign("adjoint", "1 ◂", "the adjoint, carried backward: how much the output grows with this node"),
        sign("absent", "–", "not computed yet, or nothing flows; this is not 0"),
      ),
      h("h3", {}, "Keys"),
      h("table", { class: "keys" }, h("tbody", {}, ...rows)),
    ),
  );
  root.addEventListener("click", (event) => {
    if (event.target === root) root.close();
  });
  return { show: () => root.showModal() };
}
