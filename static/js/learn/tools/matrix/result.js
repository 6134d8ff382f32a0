/** The closed form, typeset with its shapes; the same as code; and the numbers on which it was checked. */

import { h } from "../../../dom.js";
import { format } from "../../../format.js";
import { choice, copyBox, tick } from "../../../share/controls.js";
import { typeset } from "../../../views/typeset.js";
import { aside, numbers } from "../../chart.js";
import { agreement, badgeOf, isApart } from "./words.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {"text" | "latex" | "numpy" | "torch" | "jax"} Dialect */

const DIALECTS = Object.freeze(/** @type {[Dialect, string][]} */ ([["text", "Wengert"], ["latex", "LaTeX"], ["numpy", "NumPy"], ["torch", "PyTorch"], ["jax", "JAX"]]));
const LAST = "\\;=\\;";
const LARGEST = 400;

export function createResult() {
  /** @type {Answer | null} */
  let shown = null;
  const formula = h("div", { class: "rule-formula matrix-formula", tabindex: "0", role: "group", "aria-label": "The derivative, scrolls" });
  const badge = h("p", { class: "matrix-badge" });
  const shapes = tick("Shapes under symbols", true, () => render());
  const dialect = choice("As code", DIALECTS, "text", () => render());
  const code = copyBox("Code of the derivative");
  const codes = h("div", { class: "matrix-code" }, dialect.root, code.root);
  const note = h("div", {});
  const check = h("p", { class: "matrix-check" });
  const data = h("div", {});
  const root = h("div", { class: "learn-figure", hidden: true }, formula, badge, shapes.root, note, check, codes, data);

  function render() {
    if (shown === null) return;
    const answer = shown;
    root.hidden = false;
    const withShapes = shapes.value();
    const of = withShapes ? answer.expression.latex_shapes : answer.expression.latex;
    const form = withShapes ? answer.latex_shapes : answer.latex;
    const whole = `${answer.left}\\left(${of}\\right) ${answer.closed ? `${LAST} ${form}` : ""}`;
    formula.replaceChildren(typeset(whole), h("span", { class: "visually-hidden" }, answer.text ?? answer.reason ?? ""));
    badge.replaceChildren(h("strong", {}, answer.closed ? badgeOf(answer.shape.map(String)) : "no closed form"), ` of ${badgeOf(answer.expression.shape)}${answer.closed ? `, ${answer.layout} layout` : ""}`);
    note.replaceChildren(...noteOf(answer));
    check.textContent = agreement(answer) ?? "";
    check.classList.toggle("is-apart", answer.check !== null && isApart(answer));
    codes.hidden = !answer.closed;
    const picked = dialect.value();
    code.set((picked === "text" ? answer.text : picked === "latex" ? answer.latex : answer.code[picked]) ?? "There is no such form.");
    data.replaceChildren(...errorsOf(answer), ...numbersOf(answer));
  }

  return {
    root,
    /** @param {Answer} answer */
    render(answer) {
      shown = answer;
      render();
    },
  };
}

/** @param {Answer} answer @returns {Node[]} why there is no closed form, and the linear map */
function noteOf({ closed, reason, map, gradient }) {
  const found = [];
  if (gradient !== undefined) found.push(lineOf("The gradient, differentiated again:", "The gradient, scrolls", gradient.latex, gradient.text));
  if (!closed && reason) found.push(h("p", { class: "learn-note" }, reason));
  if (map !== null) found.push(lineOf(closed ? "As a linear map:" : "The linear map that it is:", "The linear map, scrolls", `\\mathrm{d}\\;=\\; ${map.latex}`, map.text));
  return found;
}

/** @param {string} words @param {string} name @param {string} latex @param {string} text */
const lineOf = (words, name, latex, text) => h("div", { class: "matrix-map" }, h("span", {}, words), h("div", { class: "rule-formula", tabindex: "0", role: "group", "aria-label": name }, typeset(latex), h("span", { class: "visually-hidden" }, text)));

/** @param {Answer} answer @returns {Node[]} the largest errors, and the sizes on which they were looked for */
function errorsOf({ check: found }) {
  if (found === null) return [];
  const sizes = found.sizes.map((round) => Object.entries(round).map(([letter, size]) => `${letter} = ${size}`).join(", ")).filter((words) => words !== "");
  const rows = [["absolute", format(found.max_abs_error)], ["relative", format(found.max_rel_error)]];
  return [aside("The errors of the check", numbers("The largest errors", ["error", "largest"], rows), ...(sizes.length > 0 ? [h("p", { class: "learn-note" }, `Random data was drawn for ${sizes.join("; ")}.`)] : []))];
}

/** @param {Answer} answer @returns {Node[]} random inputs and the derivative there */
function numbersOf({ numbers: found }) {
  if (found === null) return [];
  const sizes = Object.entries(found.sizes).map(([letter, size]) => `${letter} = ${size}`).join(", ");
  const tables = [...Object.entries(found.inputs), ...(found.derivative === null ? [] : [/** @type {[string, any]} */ (["the derivative", found.derivative])])];
  return [aside(`Numbers${sizes === "" ? "" : ` for ${sizes}`}`, h("div", { class: "matrix-numbers" }, ...tables.map(([name, value]) => h("div", {}, h("h4", {}, name), tableOf(name, value)))))];
}

/** @param {string} name @param {any} value */
function tableOf(name, value) {
  const rows = !Array.isArray(value) ? [[value]] : Array.isArray(value[0]) ? value : value.map((/** @type {number} */ one) => [one]);
  if (rows.length * (rows[0]?.length ?? 0) > LARGEST || Array.isArray(rows[0]?.[0])) return h("p", { class: "learn-note" }, "Too large to be shown.");
  return numbers(name, ["", ...rows[0].map((/** @type {unknown} */ _, /** @type {number} */ at) => String(at + 1))], rows.map((/** @type {number[]} */ row, /** @type {number} */ at) => [String(at + 1), ...row.map((one) => format(one, { digits: 3 }))]));
}
