/** Draws the formula card: always three lines of the same height, so that nothing jumps. */

import { h, setAttribute } from "../dom.js";
import { formulaLines } from "../formula.js";
import { katex } from "../vendor.js";

/** @typedef {import("../scene.js").Scene} Scene */

const KEPT = 400;
const FACES = Object.freeze({ start: "", forward: "is-forward", reverse: "is-reverse" });

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
      katex.render(latex, box, { throwOnError: false, trust: false, output: "html", strict: "ignore", maxExpand: 200, maxSize: 40 });
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
