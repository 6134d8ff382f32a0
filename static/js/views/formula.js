/** Draws the formula card: always three lines of the same height, so that nothing jumps. */

import { h, setAttribute } from "../dom.js";
import { formulaLines } from "../formula.js";
import { katex } from "../vendor.js";

/** @typedef {import("../scene.js").Scene} Scene */

const KEPT = 400;
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
      withStylesAllowed(() => katex.render(latex, box, { throwOnError: false, trust: false, output: "html", strict: "ignore", maxExpand: 200, maxSize: 40 }));
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
      lines.forEach((line, index) => {
        if (line.dataset.latex === latex[index]) return;
        line.dataset.latex = latex[index];
        line.replaceChildren(latex[index] === "" ? "\u00a0" : typeset(latex[index]));
      });
      spoken.textContent = sentence;
      const step = scene?.step ?? null;
      setAttribute(card, "aria-current", step === null ? null : "step");
      setAttribute(card, "data-step", step === null ? null : String(step.index));
      card.className = `formula-card ${FACES[scene?.phase ?? "start"]}`;
    },
  };
}
