/** The program's editor: live text, the mark of a problem, and the places of the current step and of lit nodes. */

import { codemirror as cm } from "../vendor-editor.js";
import { indexOf } from "../scene/index.js";
import { rangeOf, rangesOf } from "../spans.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../api.js").Problem} Problem */
/** @typedef {import("../spans.js").Range} Range */

/**
 * @typedef {object} EditorEvents
 * @property {(text: string) => void} onChange
 * @property {(text: string) => void} onRun Ctrl+Enter
 * @property {(offset: number | null) => void} onCaret null where the editor has lost the focus
 * @property {(offset: number | null) => void} onHover
 * @property {(line: number) => void} onLine a press on a line's number
 * @property {() => void} onLeave Escape
 */

/**
 * @typedef {object} EditorView
 * @property {(scene: Scene | null, text: string) => void} render text: the source of the scene's trace
 * @property {(ids: readonly number[]) => void} highlight
 * @property {(problem: Problem | null) => void} showProblem
 * @property {(spans: import("../scene/trace.js").Span[]) => void} showRemarks where there is something to say
 * @property {(text: string) => void} setText replaces the program without telling of a change
 * @property {() => string} text
 * @property {(from: number, to: number, insert: string) => void} replace
 * @property {(text: string) => void} insert where the caret stands
 * @property {() => void} focus
 */

/** @typedef {{label: string, problem: string}} Named what the editor is called, and the id of the place that says what is wrong */
const USUAL = Object.freeze({ label: "Program", problem: "problem" });

/** @typedef {{line: number, kind: string, id: string}} GutterMark */
/** @typedef {import("@codemirror/state").StateEffectType<Range[]>} RangesEffect */
/** @typedef {import("@codemirror/state").StateEffectType<GutterMark | null>} LineEffect */

const setStep = /** @type {RangesEffect} */ (cm.StateEffect.define());
const setRemarks = /** @type {RangesEffect} */ (cm.StateEffect.define());
const setLit = /** @type {RangesEffect} */ (cm.StateEffect.define());
const setProblem = /** @type {RangesEffect} */ (cm.StateEffect.define());
const quiet = cm.Annotation.define();

/** @param {any} effect @param {string} name */
const markField = (effect, name) =>
  cm.StateField.define({
    create: () => cm.Decoration.none,
    update(marks, transaction) {
      let present = marks.map(transaction.changes);
      for (const told of transaction.effects) if (told.is(effect)) present = marksOf(told.value, name, transaction.newDoc.length);
      return present;
    },
    provide: (field) => cm.EditorView.decorations.from(field),
  });

/** @param {Range[]} ranges @param {string} name @param {number} length */
function marksOf(ranges, name, length) {
  const marks = ranges.filter(({ from, to }) => from < to && to <= length).map(({ from, to }) => cm.Decoration.mark({ class: name }).range(from, to));
  return cm.Decoration.set(marks, true);
}

class LineMark extends cm.GutterMarker {
  /** @param {string} kind "step" or "problem" @param {string} id the step's */
  constructor(kind, id) {
    super();
    this.kind = kind;
    this.id = id;
  }

  /** @param {LineMark} other */
  eq(other) {
    return this.kind === other.kind && this.id === other.id;
  }

  toDOM() {
    const mark = document.createElement("span");
    mark.className = `gutter-${this.kind}`;
    mark.textContent = this.kind === "step" ? "▸" : "⚠";
    if (this.kind === "step") {
      mark.setAttribute("aria-current", "step");
      mark.dataset.step = this.id;
    }
    return mark;
  }
}

const gutterMarks = cm.StateField.define({
  create: () => /** @type {{step: GutterMark | null, problem: GutterMark | null}} */ ({ step: null, problem: null }),
  update(marks, transaction) {
    let present = marks;
    for (const told of transaction.effects) {
      if (told.is(setStepLine)) present = { ...present, step: told.value };
      if (told.is(setProblemLine)) present = { ...present, problem: told.value };
    }
    return present;
  },
});
const setStepLine = /** @type {LineEffect} */ (cm.StateEffect.define());
const setProblemLine = /** @type {LineEffect} */ (cm.StateEffect.define());

/** @param {(line: number) => void} onLine */
const markGutter = (onLine) =>
  cm.gutter({
    class: "cm-marks",
    markers: (view) => {
      const { step, problem } = view.state.field(gutterMarks);
      const ranges = [problem, step].flatMap((mark) => (mark === null || mark.line > view.state.doc.lines ? [] : [mark])).map((mark) => new LineMark(mark.kind, mark.id).range(view.state.doc.line(mark.line).from));
      return cm.RangeSet.of(ranges, true);
    },
    initialSpacer: () => new LineMark("spacer", ""),
    domEventHandlers: { mousedown: (view, block) => (onLine(view.state.doc.lineAt(block.from).number), true) },
  });

const COLOURS = cm.HighlightStyle.define([
  { tag: cm.tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: [cm.tags.keyword, cm.tags.controlKeyword, cm.tags.definitionKeyword, cm.tags.operatorKeyword], color: "var(--accent)" },
  { tag: [cm.tags.number, cm.tags.bool, cm.tags.null], color: "var(--primal)", fontWeight: "600" },
  { tag: cm.tags.function(cm.tags.variableName), color: "var(--ok)" },
]);

/**
 * @param {HTMLElement} root
 * @param {EditorEvents} events
 * @param {string} nonce for the style sheet that the editor writes
 * @param {Named} [named]
 * @returns {EditorView}
 */
export function createEditor(root, events, nonce, named = USUAL) {
  const view = new cm.EditorView({ parent: root, state: cm.EditorState.create({ extensions: extensions(events, nonce, named) }) });
  let shownStep = "";
  let hasProblem = false;
  const lit = { ids: /** @type {readonly number[]} */ ([]), scene: /** @type {Scene | null} */ (null), text: "" };
  view.dom.addEventListener("mouseleave", () => events.onHover(null));

  /** @type {Map<string, string>} */
  const sent = new Map();
  /** Marks are sent only when they change: each sending makes the editor read the selection. @param {string} name @param {RangesEffect} effect @param {Range[]} ranges */
  const send = (name, effect, ranges) => {
    const key = ranges.length === 0 ? "" : `${view.state.doc.length} ${JSON.stringify(ranges)}`;
    if (key === (sent.get(name) ?? "")) return;
    sent.set(name, key);
    view.dispatch({ effects: effect.of(ranges) });
  };

  const drawLit = () => {
    const current = lit.scene !== null && lit.text === view.state.doc.toString();
    const nodes = current ? /** @type {Scene} */ (lit.scene).trace.nodes.filter((node) => lit.ids.includes(node.id)) : [];
    send("lit", setLit, nodes.flatMap((node) => rangesOf(lit.text, node)));
  };
  return {
    render(scene, text) {
      lit.scene = scene;
      lit.text = text;
      const current = text === view.state.doc.toString();
      const ranges = scene?.step && current ? stepRanges(scene, text) : [];
      const line = ranges.length > 0 && scene?.step && nodeHasSpan(scene) ? view.state.doc.lineAt(ranges[0].from).number : null;
      const mark = line === null ? null : { line, kind: "step", id: String(/** @type {Scene} */ (scene).cursor - 1) };
      const key = JSON.stringify([ranges, mark, current]);
      if (key === shownStep) return;
      shownStep = key;
      view.dispatch({ effects: [setStep.of(ranges), setStepLine.of(mark)] });
    },
    highlight(ids) {
      lit.ids = ids;
      drawLit();
    },
    showProblem(problem) {
      const text = view.state.doc.toString();
      const range = problem?.span ? rangeOf(text, problem.span) : null;
      const mark = range === null ? null : { line: view.state.doc.lineAt(range.from).number, kind: "problem", id: "" };
      if (range !== null || hasProblem) view.dispatch({ effects: [setProblem.of(range === null ? [] : [range]), setProblemLine.of(mark)] });
      hasProblem = range !== null;
      view.contentDOM.setAttribute("aria-invalid", String(problem !== null && problem.status === 422));
    },
    showRemarks(spans) {
      const text = view.state.doc.toString();
      send("remarks", setRemarks, spans.map((span) => rangeOf(text, span)));
    },
    setText(text) {
      if (text === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, annotations: quiet.of(true) });
    },
    text: () => view.state.doc.toString(),
    replace(from, to, insert) {
      const { length } = view.state.doc;
      view.dispatch({ changes: { from: Math.min(from, length), to: Math.min(to, length), insert }, userEvent: "input.fix" });
    },
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    },
    focus: () => view.focus(),
  };
}

/** @param {Scene} scene */
const stepNode = ({ trace, step }) => (step === null ? undefined : trace.nodes[indexOf(trace).positionOf(step.node)]);

/** @param {Scene} scene @returns {boolean} inputs have no place in the text; their row in the list of inputs is current instead */
function nodeHasSpan(scene) {
  return Boolean(stepNode(scene)?.span);
}

/** @param {Scene} scene @param {string} text @returns {Range[]} */
function stepRanges(scene, text) {
  const node = stepNode(scene);
  return node === undefined ? [] : rangesOf(text, node);
}

/** @param {EditorEvents} events @param {string} nonce @param {Named} named */
function extensions(events, nonce, named) {
  return [
    cm.EditorView.cspNonce.of(nonce),
    cm.keymap.of([
      { key: "Mod-Enter", run: (view) => (events.onRun(view.state.doc.toString()), true) },
      { key: "Alt-Enter", run: (view) => (events.onLine(view.state.doc.lineAt(view.state.selection.main.head).number), true) },
      { key: "Escape", run: () => (events.onLeave(), true) },
      ...cm.defaultKeymap.filter((binding) => binding.key !== "Alt-Enter" && binding.key !== "Mod-Enter"),
      ...cm.historyKeymap,
    ]),
    markGutter(events.onLine),
    cm.lineNumbers({ domEventHandlers: { mousedown: (view, block) => (events.onLine(view.state.doc.lineAt(block.from).number), true) } }),
    cm.history(),
    cm.drawSelection(),
    cm.indentOnInput(),
    cm.indentUnit.of("    "),
    cm.python(),
    cm.bracketMatching(),
    cm.syntaxHighlighting(COLOURS),
    cm.EditorView.lineWrapping,
    gutterMarks,
    markField(setStep, "mark-step"),
    markField(setLit, "mark-lit"),
    markField(setRemarks, "mark-remark"),
    markField(setProblem, "mark-problem"),
    cm.EditorView.contentAttributes.of({ "aria-label": named.label, "aria-describedby": named.problem, spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
    cm.EditorView.updateListener.of((update) => tell(update, events)),
    cm.EditorView.domEventHandlers({
      mousemove(event, view) {
        events.onHover(view.posAtCoords({ x: event.clientX, y: event.clientY }));
      },
    }),
    cm.placeholder("Type an expression such as x*y + sin(x)"),
  ];
}

/** @param {any} update @param {EditorEvents} events */
function tell(update, events) {
  const silent = update.transactions.some((/** @type {any} */ transaction) => transaction.annotation(quiet));
  if (update.docChanged) {
    events.onCaret(null);
    events.onHover(null);
  }
  if (update.docChanged && !silent) events.onChange(update.state.doc.toString());
  if ((update.selectionSet || update.focusChanged) && !update.docChanged) events.onCaret(update.view.hasFocus ? update.state.selection.main.head : null);
}
