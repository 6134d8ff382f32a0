/** What a reverse sweep keeps of the reader's program, the gradient along a cotangent, and a sweep that keeps a few snapshots only. */

import { h } from "../../dom.js";
import { textOf } from "../../scene/values.js";
import { parseNumber } from "../../values.js";
import { math } from "../../views/math.js";
import { entryNames, shaped, sizeOf } from "../entries.js";
import { entriesOf, namesOf, outputsOf } from "../names.js";
import { createCurve } from "../reverse-mode/curve.js";
import { createHeld } from "../reverse-mode/held.js";
import { createLives } from "../reverse-mode/lives.js";
import { createSchedule } from "../reverse-mode/schedule.js";
import { createTape } from "../reverse-mode/tape.js";
import { lensSentence, pointSentence } from "../reverse-mode/words.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../names.js").End} End */
/** @typedef {import("../reverse-mode/words.js").Memory} Memory */
/** @typedef {import("../../values.js").Numeral} Numeral */
/** @typedef {import("../../scene/trace.js").Trace} Trace */

const MOST = 8;

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const direction = h("div", { class: "along" });
  const tape = createTape();
  const lives = createLives(lesson.say);
  const held = createHeld();
  const curve = createCurve((slots) => choose("slots", String(slots)));
  const schedule = createSchedule(lesson.say);
  const snapshots = h("div", { class: "snapshots" }, h("h3", {}, "Hold less, compute again"), h("p", { class: "learn-note" }, "The program is cut into segments: the rounds of a loop, elsewhere single operations. Bytes here are those of computed values; inputs are there in any case."), curve.root, schedule.root);
  root.replaceChildren(direction, tape.root, lives.root, held.root, snapshots);
  /** @type {Trace | null} */
  let trace = null;
  let turn = new AbortController();

  /** @param {import("../lesson.js").Program} _ @param {AbortSignal} signal */
  async function show(_, signal) {
    const found = await lesson.ask("trace", { mode: "primal", include: [], values: "summary" }, signal);
    const memory = await asked(found, signal);
    draw(await swept(memory, signal), memory);
    trace = found;
    lesson.say(lensSentence(memory, namesOf(found.nodes)));
  }

  /** @param {Trace} found @param {AbortSignal} signal @returns {Promise<Memory>} */
  function asked(found, signal) {
    const seed = seedOf(outputsOf(found), lesson.params.get("u"));
    const slots = Number(lesson.params.get("slots"));
    return lesson.ask("memory", { ...(seed === null ? {} : { seed }), ...(Number.isInteger(slots) && slots > 0 ? { slots } : {}) }, signal);
  }

  /** @param {Memory} memory @param {AbortSignal} signal @returns {Promise<Trace>} with the adjoints for the same cotangent */
  const swept = ({ seed }, signal) => lesson.ask("trace", { mode: "reverse", seed, include: [], values: "summary" }, signal);

  /** @param {Trace} found @param {Memory} memory */
  function draw(found, memory) {
    const names = namesOf(found.nodes);
    direction.replaceChildren(...along(found, memory));
    tape.render(found, memory, names, lesson.digits);
    lives.render({ memory, nodes: found.nodes, names });
    held.render(memory, names);
    drawSnapshots(memory);
  }

  /** @param {Memory} memory */
  function drawSnapshots(memory) {
    snapshots.hidden = memory.segments.length < 2;
    const point = curve.render(memory);
    schedule.render(memory);
    return point;
  }

  /** @param {string} name @param {string | null} value */
  async function choose(name, value) {
    if (trace === null) return;
    lesson.setParam(name, value);
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    const found = trace;
    const quietly = (/** @type {unknown} */ reason) => (signal.aborted ? null : Promise.reject(reason));
    const memory = await asked(found, signal).catch(quietly);
    const again = memory !== null && name === "u" ? await swept(memory, signal).catch(quietly) : null;
    if (memory === null || signal.aborted || found !== trace) return;
    if (again !== null) return draw(again, memory);
    const point = drawSnapshots(memory);
    if (point !== null) lesson.say(pointSentence(point, memory));
  }

  /** @param {Trace} found @param {Memory} memory @returns {Node[]} u, and what one sweep makes of it */
  function along(found, memory) {
    const outputs = outputsOf(found);
    const count = entriesOf(outputs);
    if (count === 0) return [];
    const given = outputs.flatMap(({ name, shape }) => [memory.seed[name]].flat(Infinity).slice(0, sizeOf(shape)));
    const fields = count > MOST ? [h("span", {}, `1 for each of ${count} entries`)] : outputs.flatMap(({ name, shape }) => entryNames(name, shape)).map((name, at) => fieldOf(name, at, given));
    const shapes = new Map(found.nodes.filter(({ kind }) => kind === "input").map(({ label, shape }) => [label ?? "", shape]));
    const results = Object.entries(memory.gradients).map(([name, value]) => h("span", { class: "along-result" }, h("code", {}, name), " ", h("span", { class: "numeral" }, textOf(value, shapes.get(name) ?? [], { digits: lesson.digits }))));
    return [h("div", { class: "along-row" }, math("u"), ...fields), h("div", { class: "along-row" }, math("uᵀ J"), ...results)];
  }

  /** @param {string} name @param {number} at @param {Numeral[]} given */
  function fieldOf(name, at, given) {
    const box = h("input", { class: "field numeral", type: "text", inputmode: "decimal", autocomplete: "off", value: String(given[at]), "aria-label": `Cotangent of ${name}` });
    box.addEventListener("change", () => {
      const value = parseNumber(box.value);
      box.setAttribute("aria-invalid", String(value === null));
      if (value === null) return;
      const next = given.map((one, place) => (place === at ? value : one));
      void choose("u", next.every((one) => one === 1) ? null : next.join("_"));
    });
    return h("label", {}, h("code", {}, name), box);
  }

  return { show };
}

/** @param {End[]} outputs @param {string | undefined} text "1_0_-2" @returns {Object<string, unknown> | null} null where the address says nothing that fits */
export function seedOf(outputs, text) {
  const said = text?.split("_").map((one) => parseNumber(one)) ?? [];
  if (said.length !== entriesOf(outputs) || said.length === 0 || said.some((one) => one === null)) return null;
  let before = 0;
  return Object.fromEntries(
    outputs.map(({ name, shape }) => {
      const count = sizeOf(shape);
      before += count;
      return [name, shaped(/** @type {Numeral[]} */ (said.slice(before - count, before)), shape)];
    }),
  );
}
