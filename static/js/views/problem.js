/** What is wrong with the program, what to do, and one press that does it; below, what still stands on the page. */

import { h } from "../dom.js";

/** @typedef {import("../api.js").Problem} Problem */
/** @typedef {import("../api.js").Fix} Fix */
/** @typedef {{text: string, node: number | null, span: import("../scene/trace.js").Span | null}} Remark a note on what was computed: no error */
/** @typedef {{onFix: (fix: Fix) => void, onSeed: () => void, onRetry: () => void, onChip: (source: string) => void, onNode: (id: number) => void}} ProblemEvents */

const MOST_REMARKS = 3;
const CHIPS = ["x*y + sin(x)", "log(x1) + x1*x2 - sin(x2)", "sum(exp(v))"];

/** @param {HTMLElement} root @param {ProblemEvents} events @returns {{render: (state: {problem: Problem | null, isEmpty: boolean, hasGraph: boolean, stale: string, remarks: Remark[]}) => void}} */
export function createProblem(root, events) {
  root.setAttribute("aria-live", "polite");
  let shown = "";
  return {
    render({ problem, isEmpty, hasGraph, stale, remarks }) {
      const key = JSON.stringify([problem, isEmpty, hasGraph, stale, remarks]);
      if (key === shown) return;
      shown = key;
      if (isEmpty) root.replaceChildren(emptyText(events));
      else if (problem !== null) root.replaceChildren(...problemParts(problem, hasGraph, stale, events));
      else root.replaceChildren(...remarkParts(remarks, events));
      root.dataset.kind = isEmpty ? "empty" : problem === null ? (remarks.length > 0 ? "notes" : "none") : problem.status === 422 || problem.status === 400 ? "error" : "banner";
    },
  };
}

/** @param {Remark[]} remarks @param {ProblemEvents} events */
function remarkParts(remarks, events) {
  const shown = remarks.slice(0, MOST_REMARKS).map(({ text, node }) =>
    h(
      "p",
      { class: "problem-sentence" },
      h("span", { class: "note-sign", "aria-hidden": "true" }, "i"),
      h("span", {}, text, " ", node === null ? null : h("button", { type: "button", class: "button quiet small", onclick: () => events.onNode(node) }, "Show")),
    ),
  );
  const rest = remarks.length - shown.length;
  return rest > 0 ? [...shown, h("p", { class: "problem-hint" }, `${rest} more of the kind.`)] : shown;
}

/** @param {ProblemEvents} events */
function emptyText(events) {
  const chips = CHIPS.map((source) => h("button", { type: "button", class: "button small chip", onclick: () => events.onChip(source) }, h("code", {}, source)));
  return h("div", { class: "problem-empty" }, h("p", {}, "Type an expression such as ", h("code", {}, "x*y + sin(x)"), ", or pick one:"), h("div", { class: "chips" }, ...chips));
}

/** @param {Problem} problem @param {boolean} hasGraph @param {string} stale @param {ProblemEvents} events */
function problemParts(problem, hasGraph, stale, events) {
  const place = problem.span ? `Line ${problem.span.line}, column ${problem.span.column + 1}. ` : "";
  return [
    h(
      "p",
      { class: "problem-sentence" },
      h("span", { class: "problem-sign", "aria-hidden": "true" }, "⚠"),
      h("span", {}, h("span", { class: "visually-hidden" }, `Problem. ${place}`), problem.detail),
    ),
    problem.hint ? h("p", { class: "problem-hint" }, problem.hint) : null,
    h("div", { class: "problem-actions" }, fixButton(problem, events)),
    hasGraph ? h("p", { class: "problem-stale" }, stale) : null,
    details(problem, place),
  ].filter((part) => part !== null);
}

/** @param {Problem} problem @param {ProblemEvents} events */
function fixButton(problem, events) {
  const { fix } = problem;
  const press = (/** @type {string} */ words, /** @type {() => void} */ onclick) => h("button", { type: "button", class: "button small primary", onclick }, words);
  if (problem.status === 0 || problem.status >= 429) return press("Try now", events.onRetry);
  if (problem.code === "seed.required") return press("Use a seed of ones", events.onSeed);
  if (!fix) return null;
  if (fix.input) return press(problem.code === "value.domain" ? `Set ${fix.input} = ${fix.value ?? 1}` : `Add input ${fix.input} = ${fix.value ?? 1}`, () => events.onFix(fix));
  return press(fixWords(problem, fix.replacement ?? ""), () => events.onFix(fix));
}

/** @param {Problem} problem @param {string} replacement @returns {string} */
function fixWords(problem, replacement) {
  const short = replacement.length > 28 ? `${replacement.slice(0, 27)}…` : replacement;
  if (replacement.trim() === "") return "Remove it";
  return problem.code === "source.bracket" ? `Add ${short.trim()}` : `Use ${short.trim()}`;
}

/** @param {Problem} problem @param {string} place */
function details(problem, place) {
  return h(
    "details",
    { class: "problem-details" },
    h("summary", {}, "Details"),
    h("p", {}, `${problem.title}. ${place}Code `, h("code", {}, problem.code), "."),
  );
}
