/** Every path from an input to the result: its partials, their product, and the sum of all products. */

import { h } from "../../dom.js";
import { format } from "../../format.js";
import { costSentence, listedSentence, productText, shortened, sumOf } from "../../paths/ledger.js";
import { numbers } from "../chart.js";

/** @typedef {import("../../paths/ledger.js").Ledger} Ledger */
/** @typedef {import("../names.js").Called} Called */

const MOST_NODES = 8;

/** @param {Ledger} ledger @param {readonly Called[]} names @param {{digits: number | "all"}} look @returns {HTMLElement[]} */
export function ledgerOf(ledger, names, look) {
  const [from, to] = [names[ledger.from].shown, names[ledger.to].shown];
  const told = h("p", { class: "learn-note" }, costSentence(ledger, from, to), " ", listedSentence(ledger));
  if (ledger.paths.length === 0) return [told];
  const rows = ledger.paths.map((path, place) => [String(place + 1), shortened(path.nodes.map((node) => names[node].shown), "…", MOST_NODES).join(" → "), productText(path, look)]);
  const sum = sumOf(ledger, "added", look);
  const parts = sum === null ? format(/** @type {any} */ (ledger.adjoint), look) : [...(sum.terms.length > 0 ? [`${sum.terms.map(({ text }) => text).join(" + ")} ${sum.sign} `] : []), sum.result].join("");
  return [told, numbers(`Paths from ${from} to ${to}`, ["", "path", "product of its partials"], rows), h("p", { class: "back-total" }, "Their sum: ", h("strong", {}, `∂${to}/∂${from} = ${parts}`)), ...(ledger.note === null ? [] : [h("p", { class: "learn-note" }, ledger.note)])];
}
