/** Every number of the plots, and what they say, as tables. */

import { h } from "../../dom.js";
import { format } from "../../format.js";
import { aside, numbers } from "../chart.js";
import { SCHEMES, SHOWN } from "./schemes.js";

/** @typedef {import("./schemes.js").Numerical} Numerical */

/** @param {Numerical} answer @param {number} at @param {number | "all"} digits @returns {HTMLElement} */
export function tableOf(answer, at, digits) {
  const rows = answer.estimates.map((row) => [format(row.h, { digits: 3 }), ...SCHEMES.flatMap((scheme) => [format(row[scheme], { digits }), format(row.error[scheme], { digits: 2 })])]);
  return aside("All estimates as a table", numbers("Estimates and errors by step", ["h", ...SCHEMES.flatMap((scheme) => [SHOWN[scheme].words, "error"])], rows, (row) => (row === at ? "is-current" : "")));
}

/** @param {Numerical} answer @returns {HTMLElement} best steps, slopes, and what all derivatives would cost */
export function summaryOf(answer) {
  const rows = SCHEMES.map((scheme) => {
    const [theory, best, fit] = [answer.theory[scheme], answer.measured[scheme], answer.fit[scheme]];
    return [
      SHOWN[scheme].words, format(theory?.h, { digits: 2 }), format(best?.h, { digits: 2 }), format(best?.error, { digits: 2 }),
      format(fit.truncation?.slope, { digits: 3 }), format(fit.rounding?.slope, { digits: 3 }), String(answer.evaluations.all[scheme]),
    ];
  });
  const { inputs } = answer.evaluations;
  const heads = ["scheme", "best h by theory", "best h measured", "its error", "slope of truncation", "slope of rounding", inputs === 1 ? "evaluations" : `evaluations for all ${inputs} inputs`];
  return numbers("Schemes beside each other", heads, rows);
}

/** @param {Numerical} answer @returns {HTMLElement} */
export function costOf({ evaluations }) {
  const { inputs, operations, all } = evaluations;
  const many = inputs === 1 ? "one derivative" : `all ${inputs} derivatives`;
  return h("p", { class: "learn-note" }, `For ${many}, forward differences evaluate the program ${all.forward} times, central ones ${all.central} times: their number grows with the inputs. One evaluation and one reverse sweep (${operations.evaluation} and ${operations.reverse_sweep} operations) give every derivative, without a step to choose.`);
}
