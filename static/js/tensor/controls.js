/** What is above the pictures: the shape, the scale, the table, and a larger view, in which all kinds stand side by side. */

import { h, icon, setText } from "../dom.js";
import { math } from "../views/math.js";

/** @typedef {{shape: string, words: string, kinds: number, sameScale: boolean, table: boolean, title: string}} Looks */

/** @param {{scale: (isSame: boolean) => void, table: () => void, letters: () => boolean}} on */
export function createControls(on) {
  const chip = h("span", { class: "tensor-shape" });
  const words = h("span", { class: "muted" });
  const same = h("input", { type: "checkbox", onchange: () => on.scale(same.checked) });
  const scale = h("label", { class: "tensor-check" }, same, "same scale");
  const table = h("button", { type: "button", class: "button small", title: "Key T", onclick: on.table }, "Table");
  const larger = h("button", { type: "button", class: "button small" }, "Larger");
  const element = h("div", { class: "tensor-head" }, chip, words, scale, table, larger);
  const name = h("h2", { id: "tensor-title" });
  const dialog = h("dialog", { class: "dialog tensor-dialog", "aria-labelledby": "tensor-title" });

  /** @param {HTMLElement} body what is shown larger: moved there, and back when it is closed */
  function grows(body) {
    const place = h("div", { class: "dialog-body" });
    dialog.append(h("div", { class: "dialog-head" }, name, h("button", { type: "button", class: "button quiet", "aria-label": "Close", onclick: () => dialog.close() }, icon("close"))), place);
    larger.addEventListener("click", () => {
      const home = h("div", { hidden: true });
      body.replaceWith(home);
      place.replaceChildren(body);
      document.body.append(dialog);
      larger.hidden = true;
      dialog.showModal();
      dialog.addEventListener("close", () => {
        home.replaceWith(body);
        larger.hidden = false;
        dialog.remove();
        larger.focus();
      }, { once: true });
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "t" && on.letters() && !event.ctrlKey && !event.altKey && !event.metaKey) on.table(); // the page's own keys rest behind a dialog
    });
  }

  return {
    element,
    grows,
    /** @param {Looks} looks */
    draw(looks) {
      setText(chip, looks.shape);
      setText(words, looks.words);
      scale.hidden = looks.kinds < 2;
      same.checked = looks.sameScale;
      table.setAttribute("aria-pressed", String(looks.table));
      name.replaceChildren(math(looks.title), ` ${looks.shape}`);
    },
  };
}
