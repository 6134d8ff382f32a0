/** Names and short formulas as elements: italic letters, lowered and raised signs, a drawn dot or bar. */

import { h } from "../dom.js";

const BAR = "\u0304";
const DOT = "\u0307";
const LOWERED = new Map([..."₀₁₂₃₄₅₆₇₈₉₋₊ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"].map((sign, index) => [sign, [..."0123456789−+aehijklmnoprstuvx"][index]]));
const RAISED = new Map([..."⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀ⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"].map((sign, index) => [sign, [..."0123456789−+T()abcdefghijklmnoprstuvwxyz"][index]]));
/** Letters of their own: lowered and raised ones are modifiers. */
const LETTER = "[\\p{Lu}\\p{Ll}\\p{Lo}]";
const RUN = new RegExp(
  [`([₀-₉₋₊ₐₑₒₓₕ-ₜᵢ-ᵥⱼ]+)`, `([⁰¹²³⁴-⁹⁻⁺ᵀ⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]+)`, `(${LETTER}[\u0304\u0307]|\\([^()]*\\)[\u0304\u0307])`, `(${LETTER}{2,})`, `(${LETTER})`, `(′+)`, `([^\\p{L}₀-₉₋₊⁰¹²³⁴-⁹⁻⁺⁽⁾′]+|.)`].join("|"),
  "gu",
);

/** @param {string} text as `latex.js` writes it: x₁, v̄₂, v₋₁ · v₀ @returns {Node[]} a dot or a bar is also said in words that only screen readers meet */
export function mathNodes(text) {
  return [...text.normalize("NFD").matchAll(RUN)].map(([run, lowered, raised, marked, word, letter, primes]) => {
    if (lowered) return scriptOf("sub", translated(lowered, LOWERED));
    if (raised) return scriptOf("sup", translated(raised, RAISED));
    if (marked) return markedLetter(marked);
    if (primes) return h("sup", { class: "prime" }, primes);
    if (letter) return h("i", {}, letter);
    return document.createTextNode(word ?? run);
  });
}

/** @param {"sub" | "sup"} tag @param {string} text letters are italic there too */
const scriptOf = (tag, text) => h(tag, {}, /^[a-z]+$/.test(text) ? h("i", {}, text) : text);

/** @param {string} signs @param {Map<string, string>} table @returns {string} */
const translated = (signs, table) => [...signs].map((sign) => table.get(sign) ?? sign).join("");

/** @param {string} text a letter, or brackets, with its mark */
function markedLetter(text) {
  const isBar = text.includes(BAR);
  const plain = text.replace(BAR, "").replace(DOT, "");
  const high = /[\p{Lu}bdfhklt(]/u.test(plain) ? " high" : "";
  return h("span", { class: (isBar ? "bar" : "dot") + high }, h("i", {}, plain), h("span", { class: "visually-hidden" }, isBar ? " bar " : " dot "));
}

/** @param {string} text @param {string} [more] classes @returns {HTMLElement} */
export const math = (text, more = "") => h("span", { class: `math ${more}`.trim() }, ...mathNodes(text));
