/** Which slice of a tensor of rank three and more is drawn: «batch 2 of 32», with a step to either side. */

import { h } from "../dom.js";
import { sliceWords } from "./slices.js";

/** @typedef {import("./slices.js").Axis} Axis */

/** @param {(axis: number, by: number) => void} step */
export function createPicker(step) {
  const element = h("div", { class: "tensor-picker" });
  /** @type {string} */
  let key = "";

  /** @param {Axis} axis @param {number} at */
  function groupOf(axis, at) {
    const button = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ words) => h("button", { type: "button", class: "button small", "aria-label": `${words} ${axis.word}`, onclick: () => step(at, by) }, sign);
    const group = h("div", { class: "tensor-axis", role: "group", "aria-label": axis.word }, button(-1, "←", "Previous"), h("span", { role: "status" }), button(1, "→", "Next"));
    group.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
      if (by === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      step(at, by);
    });
    return group;
  }

  return {
    element,
    /** @param {Axis[]} axes @param {readonly number[]} places */
    draw(axes, places) {
      const next = axes.map(({ word, length }) => `${word} ${length}`).join();
      if (next !== key) element.replaceChildren(...axes.map(groupOf)); // the focus stays on a button while its axis does
      key = next;
      axes.forEach((axis, at) => {
        const group = element.children[at];
        const [back, on] = group.querySelectorAll("button");
        const words = group.querySelector("span");
        if (words !== null && words.textContent !== sliceWords(axis, places[at])) words.textContent = sliceWords(axis, places[at]);
        back.setAttribute("aria-disabled", String(places[at] === 0));
        on.setAttribute("aria-disabled", String(places[at] === axis.length - 1));
      });
    },
  };
}
