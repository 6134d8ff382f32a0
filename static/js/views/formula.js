/** Draws the formula card: always three lines of the same height, so that nothing jumps. */

import { h, setAttribute } from "../dom.js";
import { formulaLines } from "../formula.js";
import { katex } from "../vendor.js";

/** @typedef {import("../scene.js").Scene} Scene */

const KEPT = 400;
/** By the rows of a formula's tallest part. */
const SIZES = Object.freeze(["", "\\scriptsize ", "\\tiny "]);
/** A line of so much LaTeX may be too wide: shorter ones are not measured. */
const LONG = 48;
const LEAST = 0.7;
const FACES = Object.freeze({ start: "", forward: "is-forward", reverse: "is-reverse" });

/**
 * KaTeX writes the widths of tall brackets as a style attribute, which the page's policy forbids; the same through CSSOM is allowed.
 * @param {() => void} render
 */
function withStylesAllowed(render) {
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function set(name, value) {
    if (name === "style" && (this instanceof HTMLElement || this instanceof SVGElement)) this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  try {
    render();
  } finally {
    Element.prototype.setAttribute = setAttribute;
  }
}

/** @param {string} latex @returns {string} the size in which its tallest part, a matrix or a choice, fits into one line of the card */
function sizeFor(latex) {
  const rows = Math.max(1, ...[...latex.matchAll(/\\begin\{(\w+)\}(.*?)\\end\{\1\}/gs)].map(([, , body]) => body.split("\\\\").length));
  return SIZES[Math.min(rows, SIZES.length) - 1];
}

/** @param {HTMLElement[]} lines drawn smaller where they would be cut, down to a size that can still be read */
function fit(lines) {
  for (const line of lines) line.style.removeProperty("--fit");
  const sizes = lines.map((line) => line.clientWidth / Math.max(line.scrollWidth, 1));
  lines.forEach((line, index) => {
    if (sizes[index] < 1) line.style.setProperty("--fit", String(Math.max(sizes[index] * 0.98, LEAST)));
  });
}

/** @param {HTMLElement} root */
export function createFormula(root) {
  const lines = [0, 1, 2].map(() => h("div", { class: "formula-line", "aria-hidden": "true" }));
  const spoken = h("p", { class: "visually-hidden" });
  const card = h("div", { class: "formula-card" }, ...lines);
  root.replaceChildren(card, spoken);
  /** @type {Map<string, Node>} */
  const drawn = new Map();

  /** @param {string} latex @returns {Node} typeset once, then copied */
  function typeset(latex) {
    let formula = drawn.get(latex);
    if (formula === undefined) {
      const box = h("span");
      withStylesAllowed(() => katex.render(`${sizeFor(latex)}${latex}`, box, { throwOnError: false, trust: false, output: "html", strict: "ignore", maxExpand: 200, maxSize: 40 }));
      formula = box;
      if (drawn.size >= KEPT) drawn.clear();
      drawn.set(latex, box);
    }
    return formula.cloneNode(true);
  }

  return {
    /** @param {Scene | null} scene @param {{digits?: number | "all"}} options @param {string} sentence */
    render(scene, options, sentence) {
      const latex = scene === null ? ["", "", ""] : formulaLines(scene, options);
      const changed = lines.filter((line, index) => line.dataset.latex !== latex[index]);
      for (const line of changed) {
        const text = latex[lines.indexOf(line)];
        line.dataset.latex = text;
        line.replaceChildren(text === "" ? "\u00a0" : typeset(text));
      }
      fit(changed.filter((line) => (line.dataset.latex ?? "").length > LONG || line.style.getPropertyValue("--fit") !== ""));
      spoken.textContent = sentence;
      const step = scene?.step ?? null;
      setAttribute(card, "aria-current", step === null ? null : "step");
      setAttribute(card, "data-step", step === null ? null : String(step.index));
      card.className = `formula-card ${FACES[scene?.phase ?? "start"]}`;
    },
  };
}
