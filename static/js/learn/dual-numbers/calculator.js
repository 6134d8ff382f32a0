/** A calculator that counts with ε: an expression, keys for the signs that keyboards lack, and the last operation written out. */

import { Refusal } from "../../api.js";
import { h } from "../../dom.js";
import { expansionOf } from "./numbers.js";
import { dualWords } from "./words.js";

/** @typedef {import("./words.js").Dual} Dual */

/** @type {[string, string, string][]} what a key shows, writes and is called */
const KEYS = [
  ["ε", "ε", "epsilon"], ["(", "(", "open bracket"], [")", ")", "close bracket"], ["+", " + ", "plus"], ["−", " - ", "minus"], ["×", " * ", "times"], ["÷", " / ", "divided by"], ["xⁿ", "^", "to the power of"],
  ["sin", "sin(", "sine of"], ["exp", "exp(", "e to the power of"], ["ln", "ln(", "logarithm of"], ["√", "sqrt(", "square root of"],
];
const START = "(3 + ε) * (2 - 4ε)";
const PAUSE = 300;

/** @param {(body: object, signal: AbortSignal) => Promise<Dual>} ask @param {number | "all"} digits */
export function createCalculator(ask, digits) {
  const field = h("input", { class: "field calculator-field", value: START, spellcheck: "false", autocapitalize: "off", autocomplete: "off", "aria-label": "Expression with ε" });
  const result = h("output", { class: "calculator-result", "aria-live": "polite" });
  const written = h("div", { class: "expansion", tabindex: "0", role: "region", "aria-label": "The last operation, written out" });
  const keys = h("div", { class: "calculator-keys", role: "group", "aria-label": "Keys" }, ...KEYS.map(([sign, text, words]) => h("button", { type: "button", class: "button calculator-key", "aria-label": /\p{Ll}.*\p{L}|ⁿ/u.test(sign) ? `${sign}: ${words}` : words, title: words, onclick: () => press(text) }, sign)));
  const wipe = h("button", { type: "button", class: "button calculator-key", onclick: () => put("") }, "Clear");
  keys.append(wipe);
  const root = h("section", { class: "calculator", "aria-label": "Calculator" }, h("div", { class: "calculator-line" }, field, result), keys, written);
  let turn = new AbortController();
  let timer = 0;
  let order = 1;

  field.addEventListener("input", () => later(PAUSE));

  /** @param {string} text */
  function press(text) {
    const { selectionStart, selectionEnd } = field;
    field.setRangeText(text, selectionStart ?? field.value.length, selectionEnd ?? field.value.length, "end");
    later(0);
  }

  /** @param {string} text */
  function put(text) {
    field.value = text;
    field.focus();
    later(0);
  }

  /** @param {number} pause */
  function later(pause) {
    clearTimeout(timer);
    timer = window.setTimeout(() => void count(), pause);
  }

  async function count() {
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    if (field.value.trim() === "") return told("", []);
    try {
      const answer = await ask({ source: field.value, inputs: {}, order }, signal);
      if (signal.aborted) return undefined;
      field.removeAttribute("aria-invalid");
      const last = answer.nodes?.[answer.result?.node ?? -1];
      return told(wordsOf(answer), last === undefined ? [] : expansionOf(last, order, digits));
    } catch (reason) {
      if (signal.aborted) return undefined;
      if (!(reason instanceof Refusal)) throw reason;
      field.setAttribute("aria-invalid", "true");
      return told("", [h("p", { class: "calculator-problem" }, reason.problem.detail)]);
    }
  }

  /** @param {Dual} answer */
  const wordsOf = ({ result: found }) => (found === null || found.shape.length > 0 ? "" : `= ${dualWords(found.coefficients, digits)}`);

  /** @param {string} words @param {HTMLElement[]} lines */
  function told(words, lines) {
    result.textContent = words;
    written.replaceChildren(...lines);
    written.hidden = lines.length === 0;
  }

  return {
    root,
    /** @param {number} next the highest power of ε that is kept */
    show(next) {
      order = next;
      return count();
    },
  };
}
