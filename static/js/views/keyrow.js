/** Signs that a phone's keyboard hides: a press writes them where the caret stands. */

import { h } from "../dom.js";

const SIGNS = ["x", "y", "(", ")", "^", "*", "/", "+", "−", "=", ",", "sin(", "exp(", "log("];

/** @param {HTMLElement} root @param {(text: string) => void} insert */
export function createKeyRow(root, insert) {
  const keys = SIGNS.map((sign) => {
    const key = h("button", { type: "button", class: "button small", "aria-label": `Write ${sign}`, onclick: () => insert(sign.replace("−", "-")) }, h("code", {}, sign.replace("(", sign.length > 1 ? "" : "(")));
    key.addEventListener("pointerdown", (event) => event.preventDefault()); // the editor keeps the focus and the keyboard stays
    return key;
  });
  root.replaceChildren(...keys);
}
