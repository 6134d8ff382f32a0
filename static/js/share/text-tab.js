/** The trace, the graph and the program as text for other programs: asked of the engine, copied or saved. */

import { Refusal, ask } from "../api.js";
import { requestOf } from "../build.js";
import { h, setText } from "../dom.js";
import { button, choice, copyBox } from "./controls.js";
import { save } from "./raster.js";

/** @typedef {"csv" | "latex" | "markdown" | "tikz" | "dot" | "torch" | "jax" | "numpy"} TextFormat */
/** @typedef {{filename: string, media_type: string, text: string}} Export */

const FORMATS = /** @type {const} */ ([["csv", "CSV"], ["latex", "LaTeX"], ["markdown", "Markdown"], ["tikz", "TikZ"], ["dot", "DOT"], ["torch", "PyTorch"], ["jax", "JAX"], ["numpy", "NumPy"]]);
/** @type {Map<string, string>} */
const ABOUT = new Map([
  ["csv", "The trace, a row for each step, all digits: for spreadsheets."],
  ["latex", "The trace as a table for a paper."],
  ["markdown", "The trace as a table for notes."],
  ["tikz", "The graph as a TikZ picture for a paper."],
  ["dot", "The graph for Graphviz."],
  ["torch", "The program with its derivatives in PyTorch, ready to run."],
  ["jax", "The program with its derivatives in JAX, ready to run."],
  ["numpy", "The program with its derivatives in NumPy, ready to run."],
]);

/** @param {import("../features.js").Page} page @returns {import("./dialog.js").Tab} */
export function textTab({ store }) {
  let turn = new AbortController();
  /** @type {Export | null} */
  let latest = null;
  const format = choice("Format", FORMATS, "csv", () => void load());
  const about = h("p", { class: "share-note" });
  const text = copyBox("Text", 16);
  const told = h("p", { class: "share-told", role: "status" });
  const root = h("div", { class: "share-form" }, format.root, about, text.root, h("div", { class: "share-row" }, button("Save as a file", saveText), told));

  async function load() {
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    const state = store.get();
    setText(about, ABOUT.get(format.value()) ?? "");
    latest = null;
    text.set("");
    setText(told, "One moment …");
    try {
      const answer = /** @type {Export} */ (await ask("export", { ...requestOf(state, state.active), digits: state.digits, format: format.value() }, signal));
      if (signal.aborted) return;
      latest = answer;
      text.set(answer.text);
      setText(told, "");
    } catch (reason) {
      if (!signal.aborted) setText(told, reason instanceof Refusal ? reason.problem.detail : "The text could not be made.");
    }
  }

  function saveText() {
    if (latest !== null) save(new Blob([latest.text], { type: `${latest.media_type};charset=utf-8` }), latest.filename);
  }
  return { root, open: () => void load(), close: () => turn.abort() };
}
