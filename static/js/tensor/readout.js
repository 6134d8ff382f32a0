/** What stands in the cell under the cross, in every kind: with the digits of the page, and all of them. */

import { h } from "../dom.js";
import { format, isRounded, spoken, tooltip } from "../format.js";
import { math } from "../views/math.js";

/** @typedef {{name: string, spoken: string, value: number | null, isMean: boolean}} Read */

/** @param {string} where @param {Read[]} reads @param {number | "all"} digits @returns {HTMLElement[]} */
export function readout(where, reads, digits) {
  const line = (/** @type {Read} */ { name, value, isMean }) => {
    const more = value !== null && (isRounded(value, { digits }) || Number.isNaN(value)) ? h("span", { class: "muted" }, ` ${tooltip(value)}`) : null;
    return h("p", {}, isMean ? "mean of " : "", math(name), " = ", h("span", { class: "numeral" }, format(value, { digits })), more);
  };
  return [h("p", { class: "tensor-where" }, where), ...reads.map(line)];
}

/** @param {string} where @param {Read[]} reads @param {number | "all"} digits @returns {string} */
export const spokenReadout = (where, reads, digits) => `${where.replace(",", "")}: ${reads.map(({ spoken: name, value, isMean }) => `${isMean ? "mean of " : ""}${name} ${value === null ? "not computed" : spoken(value, { digits })}`).join(", ")}`;
