/** Both sweeps in one table: tangents are read downwards, adjoints upwards, and a cut between two rows is crossed by the same sum. */

import { h, setText } from "../../dom.js";
import { format } from "../../format.js";
import { sumOf, textOf } from "../../scene/values.js";
import { math } from "../../views/math.js";

/** @typedef {import("../../scene/trace.js").Trace} Trace */
/** @typedef {import("../names.js").Called} Called */
/** @typedef {{node: number, adjoint: any, product: import("../../format.js").Scalar}} Term */
/** @typedef {{after: number, sum: import("../../format.js").Scalar, terms: Term[] | null}} Cut */
/** @typedef {{spread: import("../../format.js").Scalar, steady: boolean, places: Cut[]}} Cuts */
/** @typedef {{trace: Trace & {cuts: Cuts | null}, names: Called[], digits: number | "all"}} Swept */

const MOST = 80;
const MOST_TERMS = 6;

/** @param {{onCut: (place: number) => void}} on */
export function createColumns(on) {
  const slider = h("input", { type: "range", class: "cut-slider", min: 0, max: 0, step: 1, "aria-label": "Cut behind" });
  const told = h("output", { class: "cut-sum" });
  const place = h("div", { class: "learn-scroll sweeps-scroll", tabindex: "0", role: "region", "aria-label": "Both sweeps, scrolls" });
  const control = h("div", { class: "cut-row" }, h("label", { class: "cut-label" }, h("span", {}, "Cut the program behind"), slider), told);
  const root = h("div", { class: "sweeps" }, place, control);
  slider.addEventListener("input", () => on.onCut(Number(slider.value)));
  /** @type {Map<number, HTMLTableRowElement>} */
  let rows = new Map();
  /** @type {Swept | null} */
  let drawn = null;

  /** @param {Swept} swept @param {number} cut */
  function render(swept, cut) {
    drawn = swept;
    const { trace } = swept;
    const listed = trace.nodes.filter(({ kind }) => kind !== "constant");
    rows = new Map(listed.slice(0, MOST).map((node) => [node.id, rowOf(swept, node.id)]));
    const more = listed.length > MOST ? h("p", { class: "learn-note" }, `The first ${MOST} of ${listed.length} rows.`) : "";
    const head = h("tr", {}, h("th", { scope: "col" }, "value"), h("th", { scope: "col", class: "sweeps-rule" }, "rule"), h("th", { scope: "col" }, "primal"), h("th", { scope: "col", class: "is-tangent" }, "↓ tangent"), h("th", { scope: "col", class: "is-adjoint" }, "↑ adjoint"));
    place.replaceChildren(h("table", { class: "sweeps-table" }, h("caption", { class: "visually-hidden" }, "Every value with its tangent, which the forward sweep finds from above, and its adjoint, which the reverse sweep finds from below."), h("thead", {}, head), h("tbody", {}, ...rows.values())), more);
    control.hidden = trace.cuts === null;
    if (trace.cuts === null) return;
    slider.max = String(trace.cuts.places.length - 1);
    show(cut);
  }

  /** @param {Swept} swept @param {number} id @returns {HTMLTableRowElement} */
  function rowOf({ trace, names, digits }, id) {
    const node = trace.nodes[id];
    const cell = (/** @type {any} */ value, /** @type {string} */ name, more = "") => h("td", { class: `numeral ${more}` }, name === "" ? "" : math(`${name} = `), textOf(value, node.shape, { digits }));
    const row = h("tr", { "data-node": id }, h("th", { scope: "row" }, math(names[id].shown)), h("td", { class: "sweeps-rule" }, math(node.kind === "op" ? names[id].rule : "input")), cell(node.primal, ""), cell(node.tangent ?? null, names[id].tangent, "is-tangent"), cell(node.adjoint ?? null, names[id].adjoint, "is-adjoint"));
    row.lastElementChild?.append(h("span", { class: "from-behind" }));
    row.addEventListener("click", () => {
      const at = trace.cuts?.places.findIndex(({ after }) => after >= id) ?? -1;
      if (at >= 0) on.onCut(at);
    });
    return row;
  }

  /** @param {number} at @returns {string} the sentence of the cut */
  function show(at) {
    const { trace, names, digits } = /** @type {Swept} */ (drawn);
    const cuts = /** @type {Cuts} */ (trace.cuts);
    const cut = cuts.places[Math.min(at, cuts.places.length - 1)];
    const crossing = new Set((cut.terms ?? []).map(({ node }) => node));
    const partly = new Map((cut.terms ?? []).filter(({ adjoint }) => adjoint !== null).map(({ node, adjoint }) => [node, textOf(adjoint, trace.nodes[node].shape, { digits })]));
    for (const [id, row] of rows) {
      const whole = textOf(trace.nodes[id].adjoint ?? null, trace.nodes[id].shape, { digits });
      const so = partly.get(id);
      setText(/** @type {Element} */ (row.querySelector(".from-behind")), so === undefined || so === whole ? "" : ` (${so} from behind the cut)`);
      row.classList.toggle("is-cut", id === cut.after);
      row.classList.toggle("is-behind", id > cut.after);
      row.classList.toggle("is-crossing", crossing.has(id));
    }
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", `behind ${names[cut.after].said}`);
    told.replaceChildren(...sumNodes(cut, { trace, names, digits }));
    return sentenceOf(cuts, cut, names, digits);
  }

  return { root, render, show };
}

/** @param {Cut} cut @param {Swept} swept @returns {Node[]} Σ v̄ v̇ = 5 · 0.5 + 1 · 3 = 5.5 */
function sumNodes(cut, { trace, names, digits }) {
  const terms = cut.terms ?? [];
  const isShort = terms.length > 0 && terms.length <= MOST_TERMS;
  const written = terms.map(({ node, adjoint, product }) => {
    const isNumber = trace.nodes[node].shape.length === 0;
    return isNumber ? `${bracketed(format(adjoint, { digits }))} · ${bracketed(format(/** @type {any} */ (trace.nodes[node].tangent), { digits }))}` : format(product, { digits });
  });
  const symbols = terms.map(({ node }) => `${names[node].adjoint} · ${names[node].tangent}`);
  const sum = h("strong", { class: "numeral" }, format(cut.sum, { digits }));
  const isSaid = written.length === 1 && trace.nodes[terms[0].node].shape.length > 0; // one product of tensors is its own sum
  return isShort ? [math(symbols.join(" + ")), document.createTextNode(isSaid ? " = " : ` = ${sumOf(written)} = `), sum] : [math("Σ v̄ · v̇"), document.createTextNode(` over ${terms.length} values = `), sum];
}

/** @param {string} text */
const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);

/** @param {Cuts} cuts @param {Cut} cut @param {Called[]} names @param {number | "all"} digits */
function sentenceOf(cuts, cut, names, digits) {
  const count = cut.terms?.length ?? 0;
  const crossing = count === 1 ? "one value crosses" : `${count} values cross`;
  const same = cuts.steady ? "as at every cut" : `but not at every cut: the sums are up to ${format(cuts.spread, { digits })} apart, since something lets only one of the sweeps through`;
  return `Behind ${names[cut.after].said}, ${crossing}; adjoint times tangent adds up to ${format(cut.sum, { digits })}, ${same}.`;
}

