/** What rules on paper cannot take: ready examples, and the reason where a program is refused. */

import { h } from "../../dom.js";
import { format } from "../../format.js";
import { REFUSED } from "./ready.js";

/** @typedef {import("../../api.js").Problem} Problem */
/** @typedef {import("../../scene/trace.js").Trace} Trace */

/** @param {(one: import("./ready.js").Ready) => void} onPick */
export function createRefusals(onPick) {
  const told = h("div", { class: "symbolic-refusal", hidden: true });
  const list = h("ul", { class: "symbolic-refused" }, ...REFUSED.map((one) => h("li", {}, h("button", { type: "button", class: "button", onclick: () => onPick(one) }, one.title), h("span", {}, one.why))));
  const root = h("section", { class: "symbolic-part", "aria-label": "What rules on paper cannot take" }, h("h3", {}, "What rules on paper cannot take"), h("p", { class: "learn-note" }, "Press one: the engine says why, and where."), list);

  /** @param {Problem | null} problem @param {string} instead what automatic differentiation says of it */
  function tell(problem, instead) {
    told.hidden = problem === null;
    if (problem !== null) told.replaceChildren(h("h3", {}, "No derivative by rules"), ...[problem.detail, instead === "" ? problem.hint : instead].filter(Boolean).map((sentence) => h("p", {}, String(sentence))));
  }
  return { root, told, tell };
}

/** @param {Trace | null} trace @returns {string} the derivatives of this run, where there are any */
export function insteadOf(trace) {
  const found = Object.entries(trace?.gradients ?? {}).filter(([, value]) => typeof value === "number");
  if (trace === null || found.length === 0) return "";
  return `Automatic differentiation works on the run, not on a formula: here ${found.map(([name, value]) => `the derivative by ${name} is ${format(/** @type {number} */ (value))}`).join(", ")}.`;
}
