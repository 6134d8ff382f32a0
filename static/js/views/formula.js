/** Draws the formula card: always three lines of the same height, so that nothing jumps. */

import { h, setAttribute } from "../dom.js";
import { formulaLines } from "../formula.js";
import { replacedNames } from "../formula-text.js";
import { typeset } from "./typeset.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../picture.js").Picture} Picture */

/** By the rows of a formula's tallest part. */
const SIZES = Object.freeze(["", "\\scriptsize ", "\\tiny "]);
/** A line of so much LaTeX may be too wide: shorter ones are not measured. */
const LONG = 48;
const LEAST = 0.7;
const FACES = Object.freeze({ start: "", forward: "is-forward", reverse: "is-reverse" });

/** @param {string} latex @returns {string} the size in which its tallest part, a matrix or a choice, fits into one line of the card */
function sizeFor(latex) {
  const rows = Math.max(1, ...[...latex.matchAll(/\\begin\{(\w+)\}(.*?)\\end\{\1\}/gs)].map(([, , body]) => body.split("\\\\").length));
  return SIZES[Math.min(rows, SIZES.length) - 1];
}

/** @param {Scene} scene @param {{digits?: number | "all"}} options @param {Picture | null} picture @returns {string[]} lines come one after the other, the last at first without its result */
function linesNow(scene, options, picture) {
  const full = formulaLines(scene, options);
  if (picture === null) return full;
  const draft = picture.lines.includes("draft") ? formulaLines(scene, { ...options, draft: true }) : full;
  return picture.lines.map((state, line) => (state === null ? "" : state === "draft" ? draft[line] : full[line]));
}

/** A colour that KaTeX writes and nobody sees: it becomes the class of the operands' names. */
const MARK = "#010203";

/** @param {string} latex the rule of a step @param {Scene} scene @returns {string} with a mark on every operand behind the sign of equality */
function marked(latex, scene) {
  const { step } = scene;
  const at = latex.indexOf("=");
  if (step?.kind !== "forward" || at < 0) return latex;
  const names = [...new Set(scene.edgesInto(step.node).map((edge) => scene.node(edge.from)?.latexName ?? ""))].filter((name) => name !== "");
  return latex.slice(0, at) + replacedNames(latex.slice(at), names, names.map((name) => `\\textcolor{${MARK}}{${name}}`)).text;
}

/** @param {Node} formula @returns {Node} */
function named(formula) {
  for (const part of /** @type {HTMLElement} */ (formula).querySelectorAll("span")) {
    if (part.style.color !== "rgb(1, 2, 3)") continue;
    part.style.removeProperty("color");
    part.classList.add("operand-name");
  }
  return formula;
}

/** @param {Picture} picture @returns {boolean} whether the operands are on their way */
const isLeaving = ({ cells, lines }) => lines[1] === null && [...cells.values()].includes("operand");

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
  /** @type {Set<HTMLElement>} */
  const unfitted = new Set();
  let waiting = 0;

  function fitNow() {
    waiting = 0;
    fit([...unfitted]);
    unfitted.clear();
  }

  return {
    /** @param {Scene | null} scene @param {{digits?: number | "all"}} options @param {string} sentence @param {Picture | null} [picture] the moment of a plan that is being played */
    render(scene, options, sentence, picture = null) {
      const latex = scene === null ? ["", "", ""] : linesNow(scene, options, picture);
      const changed = lines.filter((line, index) => line.dataset.latex !== latex[index]);
      for (const line of changed) {
        const text = latex[lines.indexOf(line)];
        line.dataset.latex = text;
        line.replaceChildren(text === "" ? "\u00a0" : named(typeset(`${sizeFor(text)}${line === lines[0] && scene !== null ? marked(text, scene) : text}`)));
      }
      for (const line of changed) if ((line.dataset.latex ?? "").length > LONG || line.style.getPropertyValue("--fit") !== "") unfitted.add(line);
      if (unfitted.size > 0 && !waiting) waiting = requestAnimationFrame(fitNow); // with the layout of the frame, not one of its own
      spoken.textContent = sentence;
      const step = scene?.step ?? null;
      setAttribute(card, "aria-current", step === null ? null : "step");
      setAttribute(card, "data-step", step === null ? null : String(step.index));
      card.className = `formula-card ${FACES[scene?.phase ?? "start"]}${picture === null ? "" : " is-playing"}${picture !== null && isLeaving(picture) ? " is-leaving" : ""}`;
    },
  };
}
