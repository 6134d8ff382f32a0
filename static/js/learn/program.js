/** The reader's program on a lesson's page: editor, inputs, what is wrong with it; the tool is asked again after every pause. */

import { Refusal, waitOf } from "../api.js";
import { NEW_INPUT, wordsOf } from "../build.js";
import { byId } from "../dom.js";
import { mendedRange } from "../spans.js";
import { createInputs } from "../views/inputs.js";
import { createLateEditor } from "../views/late-editor.js";
import { createProblem } from "../views/problem.js";

/** @typedef {import("../api.js").Problem} Problem */
/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {import("./lesson.js").Program} Program */

const PAUSE = 400;
const MOST_INPUTS = 256;

/**
 * @param {Program} first
 * @param {{show: (program: Program, signal: AbortSignal) => Promise<void>, settled: () => void}} events show throws a Refusal where there is nothing to show
 * @param {boolean} [hasValues] without them the place of the inputs is the tool's
 */
export function createProgram(first, events, hasValues = true) {
  const nonce = document.querySelector("meta[name=csp-nonce]")?.getAttribute("content") ?? "";
  let { source } = first;
  /** Every name that has had a value keeps it; those that the program names are its inputs. @type {Map<string, InputValue>} */
  let values = new Map(first.inputs);
  let active = [...values.keys()];
  let worked = false;
  let turn = new AbortController();
  let timer = 0;

  const editor = createLateEditor(byId("lesson-editor"), { onChange, onRun: () => void run(true), onCaret: none, onHover: none, onLine: none, onLeave: () => byId("lesson-open").focus() }, nonce, { label: "Your program", problem: "lesson-problem" });
  const problem = createProblem(byId("lesson-problem"), { onFix, onSeed: none, onRetry: () => void run(true), onChip: write, onNode: none });
  const inputs = hasValues ? createInputs(byId("lesson-inputs"), { onChange: setInput, onPoint: none, onHold: none, onSlide: setInput }) : { render: none };

  /** @param {string} text */
  function onChange(text) {
    source = text;
    later();
  }

  /** @param {import("../api.js").Fix} fix */
  function onFix(fix) {
    if (fix.input) return setInput(fix.input, fix.value ?? NEW_INPUT);
    if (!fix.span) return;
    const { from, to } = mendedRange(editor.text(), fix.span);
    editor.replace(from, to, fix.replacement ?? "");
    editor.focus();
  }

  /** @param {string} text */
  function write(text) {
    editor.setText(text);
    source = text;
    void run(true);
  }

  /** @param {string} name @param {InputValue} value */
  function setInput(name, value) {
    values = new Map([...values, [name, value]]);
    if (!active.includes(name)) active = [...active, name];
    inputs.render(active, values);
    later(0);
  }

  function later(pause = PAUSE) {
    clearTimeout(timer);
    timer = setTimeout(() => void run(false), pause);
  }

  /** Asks until no input is without a value. @param {boolean} adopt whether new names become inputs by themselves */
  async function run(adopt) {
    clearTimeout(timer);
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    document.body.dataset.settled = "false";
    const found = source.trim() === "" ? null : await attempts(adopt, signal);
    if (signal.aborted) return;
    problem.render({ problem: found, isEmpty: source.trim() === "", hasGraph: true, stale: found !== null && worked ? "Below is the last version that worked." : "", remarks: [] });
    editor.showProblem(found);
    inputs.render(active, values);
    if (found === null) {
      worked = true;
      events.settled();
    } else {
      const wait = waitOf(found);
      if (wait !== null) later(1000 * wait);
    }
    document.body.dataset.settled = "true";
  }

  /** @param {boolean} adopt @param {AbortSignal} signal @returns {Promise<Problem | null>} */
  async function attempts(adopt, signal) {
    const words = wordsOf(source);
    let names = active.filter((name) => words.has(name));
    for (let attempt = 0; attempt < MOST_INPUTS; attempt += 1) {
      try {
        await events.show({ source, inputs: new Map(names.map((name) => [name, values.get(name) ?? NEW_INPUT])) }, signal);
        active = names;
        return null;
      } catch (reason) {
        if (signal.aborted) return null;
        if (!(reason instanceof Refusal)) throw reason;
        const fresh = missingIn(reason.problem).filter((name) => !names.includes(name) && (adopt || values.has(name) || names.length === 0));
        if (fresh.length === 0) return reason.problem;
        names = [...names, ...fresh];
        for (const name of fresh) if (!values.has(name)) values.set(name, NEW_INPUT);
      }
    }
    return { code: "page.inputs", title: "Too many inputs", status: 0, detail: `The page gives values to at most ${MOST_INPUTS} inputs.` };
  }

  return {
    async open() {
      editor.setText(source);
      inputs.render(active, values);
      await Promise.all([run(true), editor.load()]);
    },
    setInput,
    again: () => later(0),
    /** @param {string} text @param {Map<string, InputValue>} given */
    setProgram(text, given) {
      values = new Map([...values, ...given]);
      active = [...given.keys()];
      write(text);
    },
  };
}

/** @param {Problem} problem @returns {string[]} */
const missingIn = ({ code, missing, fix }) => (code === "input.missing" ? (missing ?? [fix?.input ?? ""]).filter((name) => name !== "") : []);

const none = () => {};
