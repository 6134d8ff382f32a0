/** One of the two programs: its editor, what is wrong with it, and its small graph. */

import { h } from "../dom.js";
import { mendedRange } from "../spans.js";
import { createLateEditor } from "../views/late-editor.js";
import { createProblem } from "../views/problem.js";
import { SIDE_WORDS } from "./answer.js";
import { pictureFor, traceFor } from "./picture.js";

/** @typedef {import("./answer.js").SideName} SideName */
/** @typedef {import("../api.js").Problem} Problem */
/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../values.js").InputValue} InputValue */

/**
 * @typedef {object} SideEvents
 * @property {(text: string) => void} onChange while somebody types
 * @property {() => void} onRun without waiting
 * @property {(name: string, value: InputValue) => void} onInput a fix that is a value
 */

/** @param {SideName} side @param {SideEvents} events @param {string} nonce */
export function createSide(side, events, nonce) {
  const words = SIDE_WORDS[side];
  const open = h("a", { class: "button quiet small" }, "Open in the explorer");
  const place = h("div", { class: "editor" });
  const told = h("div", { class: "problem", id: `problem-${side}` });
  const figure = h("figure", { class: "compare-graph", tabindex: "0", "aria-label": `Graph of the ${side} program` });
  const root = h("section", { class: `compare-side compare-${side}`, "aria-label": `${words} program` }, h("div", { class: "compare-head" }, h("h2", {}, words), open), place, told, figure);
  const editor = createLateEditor(place, { onChange: events.onChange, onRun: events.onRun, onCaret: none, onHover: none, onLine: none, onLeave: () => open.focus() }, nonce, { label: `${words} program`, problem: told.id });
  const problem = createProblem(told, { onFix, onSeed: none, onRetry: events.onRun, onChip: write, onNode: none });
  /** @type {{trace: Trace, source: string} | null} */
  let drawn = null;
  let turn = new AbortController();

  /** @param {import("../api.js").Fix} fix */
  function onFix(fix) {
    if (fix.input) return events.onInput(fix.input, fix.value ?? 1);
    if (!fix.span) return;
    const { from, to } = mendedRange(editor.text(), fix.span);
    editor.replace(from, to, fix.replacement ?? "");
    editor.focus();
  }

  /** @param {string} text */
  function write(text) {
    editor.setText(text);
    events.onChange(text);
  }

  async function draw() {
    const { signal } = turn;
    if (drawn === null) return figure.replaceChildren();
    const picture = await pictureFor(drawn.trace, drawn.source, side);
    if (!signal.aborted) figure.replaceChildren(picture);
  }

  return {
    root,
    load: () => editor.load(),
    focus: () => editor.focus(),
    /** @param {string} text */
    setText: (text) => editor.setText(text),
    /** @param {string} href */
    link: (href) => open.setAttribute("href", href),
    /** @param {Problem | null} found @param {string} source */
    tell(found, source) {
      const isEmpty = source.trim() === "";
      problem.render({ problem: isEmpty ? null : found, isEmpty, hasGraph: false, stale: "", remarks: [] });
      editor.showProblem(isEmpty ? null : found);
    },
    /** @param {string} source @param {Object<string, InputValue> | null} inputs null: there is no graph */
    async show(source, inputs) {
      turn.abort();
      turn = new AbortController();
      const { signal } = turn;
      if (inputs === null) {
        drawn = null;
        return draw();
      }
      const trace = await traceFor(source, inputs, signal).catch(() => null); // the comparison has told what is wrong
      if (signal.aborted) return;
      drawn = trace === null ? null : { trace, source };
      await draw();
    },
    draw,
  };
}

const none = () => {};
