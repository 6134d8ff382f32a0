/** One blank: a field with its label, how its number is read, and its verdict. */

import { h, setAttribute, setText } from "../dom.js";
import { format } from "../format.js";
import { VERDICTS } from "./verdicts.js";

/** @typedef {import("./sheet.js").Asked} Asked */
/** @typedef {import("./verdicts.js").Item} Item */
/** @typedef {{status: "read" | "blank" | "malformed", understood: import("../format.js").Scalar, reason: string | null}} Reading */
/** @typedef {{onWrite: (key: string, text: string) => void, onFocus: (key: string) => void, keyOf: (blank: Asked) => string}} Events */

/**
 * @typedef {object} Field
 * @property {HTMLElement} root
 * @property {HTMLInputElement} input
 * @property {Asked} blank
 * @property {string} label
 * @property {(reading: Reading | null) => void} read
 * @property {(item: Item | null) => void} judge
 */

let made = 0;

/** @param {Asked} blank @param {string} label @param {Events} events @returns {Field} */
export function blankField(blank, label, events) {
  const id = `blank-${(made += 1)}`;
  const key = events.keyOf(blank);
  const input = h("input", { class: "field", id, type: "text", inputmode: "decimal", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "next", maxlength: 80, "data-key": key, "aria-describedby": `${id}-read ${id}-verdict`, oninput: () => events.onWrite(key, input.value), onfocus: () => events.onFocus(key) });
  const read = h("span", { class: "blank-read", id: `${id}-read` });
  const verdict = h("span", { class: "blank-verdict", id: `${id}-verdict` });
  const root = h("div", { class: "blank", "data-blank": key }, h("label", { class: "visually-hidden", for: id }, label), input, read, verdict);
  return {
    root,
    input,
    blank,
    label,
    read(reading) {
      const isBad = reading?.status === "malformed";
      setText(read, readingText(reading, input.value));
      read.classList.toggle("bad", isBad);
      setAttribute(input, "aria-invalid", isBad ? "true" : null);
    },
    judge(item) {
      setAttribute(root, "data-verdict", item?.verdict ?? null);
      verdict.replaceChildren(...(item === null ? [] : verdictParts(item)));
    },
  };
}

/** @param {Reading | null} reading @param {string} text what was written @returns {string} "→ 0.3333" where the number is not what was written letter for letter */
function readingText(reading, text) {
  if (reading === null || reading.status === "blank") return "";
  if (reading.status === "malformed") return reading.reason ?? "This is no number.";
  const shown = format(reading.understood);
  return shown === text.trim().replaceAll("-", "−").replace(/^\+/, "") || String(reading.understood) === text.trim() ? "" : `→ ${shown}`;
}

/** Where a number was written and is not the true one; a check on the way does not give away what is still to come. @type {ReadonlySet<string>} */
const CORRECTED = new Set(["incorrect", "follow_through"]);

/** @param {Item} item @returns {Node[]} */
function verdictParts(item) {
  const { sign, words } = /** @type {{sign: string, words: string}} */ (VERDICTS.get(item.verdict));
  const expected = CORRECTED.has(item.verdict) && item.expected !== undefined && item.expected !== null ? h("span", { class: "blank-expected" }, `expected ${format(item.expected)}`) : null;
  return [h("span", { class: "blank-sign", "aria-hidden": "true" }, sign), document.createTextNode(` ${words}`), ...(expected === null ? [] : [document.createTextNode(" "), expected])];
}
