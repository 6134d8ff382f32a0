/** Parts that several tabs of the share dialog are made of. */

import { h, setText } from "../dom.js";

let groups = 0;

/**
 * @template {string} T
 * @param {string} legend
 * @param {readonly (readonly [T, string])[]} choices value and words
 * @param {T} start
 * @param {() => void} [onchange]
 * @returns {{root: HTMLElement, value: () => T, set: (value: T) => void}}
 */
export function choice(legend, choices, start, onchange = () => {}) {
  groups += 1;
  const name = `share-choice-${groups}`;
  const radios = choices.map(([value]) => h("input", { type: "radio", name, value, class: "visually-hidden", checked: value === start, onchange }));
  const labels = choices.map(([, words], at) => h("label", { class: "mode" }, radios[at], h("span", {}, words)));
  return {
    root: h("fieldset", { class: "share-choice" }, h("legend", {}, legend), h("div", { class: "modes" }, ...labels)),
    value: () => /** @type {T} */ (radios.find((radio) => radio.checked)?.value ?? start),
    set(next) {
      for (const radio of radios) radio.checked = radio.value === next;
    },
  };
}

/** @param {string} words @param {boolean} start @param {() => void} [onchange] @returns {{root: HTMLElement, value: () => boolean}} */
export function tick(words, start, onchange = () => {}) {
  const box = h("input", { type: "checkbox", checked: start, onchange });
  return { root: h("label", { class: "share-tick" }, box, h("span", {}, words)), value: () => box.checked };
}

/** @param {string} words @param {{start: number, min: number, max: number, step?: number}} range @param {() => void} [onchange] @returns {{root: HTMLElement, value: () => number, set: (value: number, max?: number) => void}} */
export function numberField(words, { start, min, max, step = 1 }, onchange = () => {}) {
  const field = h("input", { type: "number", class: "field", value: start, min, max, step, onchange });
  const value = () => Math.min(Math.max(Number(field.value) || min, Number(field.min)), Number(field.max));
  return {
    root: h("label", { class: "share-number" }, h("span", {}, words), field),
    value,
    set(next, most = max) {
      field.max = String(most);
      field.value = String(next);
    },
  };
}

/** @param {string} label @param {number} [rows] 0 for one line @returns {{root: HTMLElement, set: (text: string) => void, text: () => string}} text to be taken along, with a button that copies it */
export function copyBox(label, rows = 0) {
  const field = rows > 0 ? h("textarea", { class: "field share-text", readonly: true, rows: String(rows), spellcheck: "false", "aria-label": label, onfocus: () => field.select() }) : h("input", { class: "field share-line", readonly: true, "aria-label": label, onfocus: () => field.select() });
  const told = h("span", { class: "share-told", role: "status" });
  const copy = h("button", { type: "button", class: "button primary", onclick: () => void take() }, "Copy");
  async function take() {
    const isCopied = await copied(field.value);
    field.select();
    setText(told, isCopied ? "Copied." : "It is selected: copy it with the keys of your system.");
  }
  const root = rows > 0 ? h("div", { class: "share-box long" }, field, h("div", { class: "share-row" }, copy, told)) : h("div", { class: "share-box" }, h("span", { class: "share-label" }, label), h("div", { class: "share-row" }, field, copy), told);
  return {
    root,
    set(text) {
      field.value = text;
      setText(told, "");
    },
    text: () => field.value,
  };
}

/** @param {string} text @returns {Promise<boolean>} false where the browser refuses, as it does on addresses without https */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} words @param {() => void} onclick @param {boolean} [primary] */
export const button = (words, onclick, primary = false) => h("button", { type: "button", class: `button${primary ? " primary" : ""}`, onclick }, words);
