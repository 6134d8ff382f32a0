/**
 * One lesson: the reader's program, the tool that follows it, and the exercises. A tool knows its own picture alone.
 *
 * The program travels in the address, from lesson to lesson and to the explorer.
 */

import { Refusal, ask as askEngine } from "../api.js";
import { byId, h, setText } from "../dom.js";
import { readLink, writeLink } from "../link.js";
import { written } from "../link/shorthand.js";
import { mathNodes } from "../views/math.js";
import { createExercises } from "./exercises.js";
import { createProgram } from "./program.js";

/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {import("../link.js").Link} Link */
/** @typedef {{source: string, inputs: ReadonlyMap<string, InputValue>}} Program */

/**
 * @typedef {object} Lesson what a tool may use
 * @property {(call: string, body?: object, signal?: AbortSignal) => Promise<any>} ask a call about the reader's program: its source and inputs are added
 * @property {(sentence: string) => void} say printed and spoken
 * @property {(name: string, value: InputValue) => void} setInput
 * @property {(source: string, inputs: Object<string, InputValue>) => void} setProgram another program, ready made
 * @property {ReadonlyMap<string, string>} params the tool's own part of the address
 * @property {(name: string, value: string | null) => void} setParam null leaves it out
 * @property {Readonly<Link>} opened what the address said
 * @property {(part: Partial<Link>) => void} carry further parts of the address
 * @property {(values: ReadonlyMap<string, InputValue>) => void} lend to a program without values: those with which it opens elsewhere
 * @property {() => void} again shows the program once more, with the tool's own fields as they are now
 * @property {HTMLElement} fields beside the program: the tool's own, where programs have no values
 * @property {number | "all"} digits
 */

/** @typedef {{show: (program: Program, signal: AbortSignal) => Promise<void> | void}} Tool show may throw a Refusal: the page tells it, and the last good picture stays */
/** @typedef {{slug: string, source: string, inputs: Object<string, InputValue>, mode?: "forward" | "reverse" | "both", notation?: import("../notation.js").Notation, exercises: import("./exercises.js").Exercise[]}} LessonData */

/** @param {(root: HTMLElement, lesson: Lesson) => Tool} createTool @param {{values?: boolean, shorthand?: readonly string[]}} [kind] without values the tool says what the names are; shorthand: parts of lab that a link may say by themselves */
export async function openLesson(createTool, { values = true, shorthand = [] } = {}) {
  const slug = byId("main").dataset.lesson ?? "";
  const opened = readLink(written(location.search, shorthand), location.hash);
  const data = await dataOf(slug);
  const { link } = opened;
  const params = new Map(link.lab ?? []);
  const own = link.e ?? link.f;
  /** @type {Program} */
  let program = { source: own ?? data.source, inputs: new Map([...(own === undefined ? Object.entries(data.inputs) : []), ...(link.at ?? [])]) };
  /** @type {ReadonlyMap<string, InputValue> | null} */
  let lent = null;
  /** @type {Partial<Link>} */
  let carriedToo = {};
  opened.notices.forEach(notify);
  for (const place of document.querySelectorAll("[data-math]")) place.replaceChildren(...mathNodes(place.textContent ?? ""));

  /** @type {Lesson} */
  const lesson = {
    ask: (call, body = {}, signal = undefined) => askEngine(call, { source: program.source, inputs: Object.fromEntries(program.inputs), ...body }, signal),
    say: (sentence) => setText(byId("lesson-said"), sentence),
    setInput: (name, value) => panel.setInput(name, value),
    setProgram: (source, inputs) => panel.setProgram(source, new Map(Object.entries(inputs))),
    params,
    setParam(name, value) {
      if (value === null) params.delete(name);
      else params.set(name, value);
      writeAddress();
    },
    opened: link,
    carry(part) {
      carriedToo = part;
    },
    lend(given) {
      lent = given;
    },
    again: () => panel.again(),
    fields: byId("lesson-inputs"),
    digits: link.digits ?? 4,
  };
  const tool = createTool(byId("lesson-tool"), lesson);
  const panel = createProgram(
    program,
    {
      async show(next, signal) {
        program = next;
        await tool.show(next, signal);
      },
      settled: writeAddress,
    },
    values,
  );
  createExercises(byId("lesson-exercises"), data.exercises, { digits: lesson.digits, explorer: (source, inputs) => explorerLink(source, new Map(Object.entries(inputs))) });

  /** @param {string} source @param {ReadonlyMap<string, InputValue>} at @returns {string} */
  function explorerLink(source, at) {
    return `../${writeLink(/** @type {Link} */ ({ e: source, at, ...ways() }))}`;
  }

  /** how the explorer shows what this lesson teaches */
  function ways() {
    return { ...(data.mode === undefined ? {} : { mode: data.mode }), ...(data.notation === undefined ? {} : { notation: data.notation }), ...looks() };
  }

  function looks() {
    return { ...(link.digits === undefined ? {} : { digits: link.digits }), ...(link.theme === undefined ? {} : { theme: link.theme }) };
  }

  function writeAddress() {
    const isOwn = program.source !== data.source || Object.keys(carriedToo).length > 0 || JSON.stringify([...program.inputs]) !== JSON.stringify(Object.entries(data.inputs));
    const at = lent ?? program.inputs;
    const carried = { e: program.source, ...(values ? { at } : {}), ...carriedToo };
    history.replaceState(null, "", location.pathname + writeLink(/** @type {Link} */ ({ ...(isOwn ? carried : {}), ...looks(), ...(params.size > 0 ? { lab: params } : {}) })));
    byId("lesson-open").setAttribute("href", explorerLink(program.source, at));
    for (const turn of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".learn-turn"))) {
      turn.setAttribute("href", (turn.dataset.lesson ?? "") + (isOwn ? writeLink(/** @type {Link} */ ({ e: program.source, at, ...looks() })) : ""));
    }
  }

  if (link.theme === "light" || link.theme === "dark") document.documentElement.dataset.theme = link.theme; // a link in the fragment, which comes after the first paint
  await panel.open();
  document.body.dataset.ready = "true";
}

/** @param {string} slug @returns {Promise<LessonData>} */
async function dataOf(slug) {
  const response = await fetch(new URL("../../../api/v1/lessons", import.meta.url)).catch(() => null);
  const found = response?.ok ? (await response.json()).lessons.find((/** @type {LessonData} */ one) => one.slug === slug) : undefined;
  if (found === undefined) throw new Refusal({ code: "page.unreachable", title: "No answer", status: 0, detail: "Can’t reach the engine." });
  return found;
}

/** @param {string} text */
function notify(text) {
  byId("lesson-notices").append(h("p", { class: "note" }, text));
}
