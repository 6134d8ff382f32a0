/** Pasted PyTorch: what our engine prints beside what PyTorch prints, the graphs that were swept, and every .grad over time. */

import { ask } from "../../api.js";
import { h } from "../../dom.js";
import { choice } from "../../share/controls.js";
import { CELLS } from "./autograd/cells.js";
import { graphOf } from "./autograd/graph.js";
import { timelineOf } from "./autograd/timeline.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {{line: number, text: string | null, torch: string | null, same: boolean | null, close: boolean | null}} Printed */
/** @typedef {{line: number, type: string | null, message: string | null, torch: string | null, same: boolean | null}} Failure */
/** @typedef {{printed: Printed[], error: Failure | null, graphs: import("./autograd/graph.js").Graph[], timeline: import("./autograd/timeline.js").Row[], skipped: string[], backend: string | null, agrees: boolean | null}} Answer */

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const cells = h("div", { class: "autograd-cells", role: "group", "aria-label": "Ready programs" }, ...CELLS.map(({ words, source }) => h("button", { type: "button", class: "button small", onclick: () => lesson.setProgram(source, {}) }, words)));
  const place = h("div", { class: "autograd" });
  root.replaceChildren(cells, place);

  /** @param {import("../lesson.js").Program} program @param {AbortSignal} signal */
  async function show({ source }, signal) {
    /** @type {Answer} */
    const answer = await ask("autograd", { source, seed: seedOf(lesson.params.get("seed")) }, signal);
    place.replaceChildren(
      h("section", { class: "autograd-part", "aria-label": "Printed" }, h("h3", {}, "Printed"), printedOf(answer), answer.error === null ? "" : failureOf(answer.error), answer.skipped.length === 0 ? "" : h("p", { class: "autograd-large" }, `Left out: import of ${answer.skipped.join(", ")}.`)),
      h("section", { class: "autograd-part", "aria-label": "Gradients over time" }, h("h3", {}, "Gradients over time"), timelineOf(answer.timeline, { digits: lesson.digits })),
      graphsOf(answer.graphs),
    );
    lesson.say(sentenceOf(answer));
  }

  /** @param {import("./autograd/graph.js").Graph[]} graphs */
  function graphsOf(graphs) {
    const title = h("h3", {}, "Graphs");
    if (graphs.length === 0) return h("section", { class: "autograd-part", "aria-label": "Graphs" }, title, h("p", { class: "autograd-large" }, "Nothing was swept: there is no backward."));
    const body = h("div", {}, graphOf(graphs[graphs.length - 1]));
    /** @type {{root: HTMLElement, value: () => string}} */
    const picked = choice("Swept", graphs.slice(0, 8).map(({ line, root: name }, at) => /** @type {const} */ ([String(at), `line ${line}${name === null ? "" : `, from ${name}`}`])), String(Math.min(graphs.length, 8) - 1), () => body.replaceChildren(graphOf(graphs[Number(picked.value())])));
    return h("section", { class: "autograd-part autograd-wide", "aria-label": "Graphs" }, title, graphs.length > 1 ? picked.root : "", body);
  }
  return { show };
}

/** @param {Answer} answer */
function printedOf({ printed, backend }) {
  if (printed.length === 0) return h("p", { class: "autograd-large" }, "Nothing is printed. Add print(…).");
  const rows = printed.map((row) => h("tr", { class: row.close === false ? "is-odd" : "" }, h("th", { scope: "row" }, `line ${row.line}`, h("span", { class: "autograd-mark" }, markOf(row))), h("td", {}, h("pre", {}, row.text ?? "–"), row.close === false || (row.same === false && row.torch !== row.text) ? h("pre", { class: "autograd-theirs" }, h("span", { class: "autograd-word" }, "PyTorch: "), row.torch ?? "–") : "")));
  return h("div", { class: "matrix-scroll", tabindex: "0", role: "region", "aria-label": "What is printed, scrolls" }, h("table", { class: "autograd-table" }, h("caption", { class: "visually-hidden" }, "What is printed, line by line, beside PyTorch"), h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Line"), h("th", { scope: "col" }, backend === null ? "Printed" : `Printed, beside ${backend}`))), h("tbody", {}, ...rows)));
}

/** @param {Printed} row */
function markOf({ same, close }) {
  if (same === null) return "";
  return same ? "✓ the same" : close ? "≈ rounded differently" : "✗ differs";
}

/** @param {Failure} failure */
function failureOf({ line, type, message, torch, same }) {
  return h("div", { class: "autograd-failure" }, h("p", {}, h("span", { "aria-hidden": "true" }, "⚠ "), `Line ${line} ends the program`, same ? ", in PyTorch’s own words:" : ":"), h("pre", {}, `${type ?? "no error"}${message ? `: ${message}` : ""}`), same === false ? h("pre", { class: "autograd-theirs" }, h("span", { class: "autograd-word" }, "PyTorch: "), torch ?? "no error") : "");
}

/** @param {string | undefined} text */
const seedOf = (text) => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0);

/** @param {Answer} answer */
function sentenceOf({ printed, error, graphs, agrees }) {
  const swept = graphs.length === 0 ? "nothing was swept" : graphs.length === 1 ? "one backward" : `${graphs.length} backwards`;
  const end = error === null ? "The program runs to its end" : `The program ends on line ${error.line} with ${error.type}`;
  const compared = agrees === null ? "" : agrees ? " PyTorch prints the same." : " PyTorch prints something else: the rows are marked.";
  return `${end}: ${printed.length} ${printed.length === 1 ? "print" : "prints"}, ${swept}.${compared}`;
}
