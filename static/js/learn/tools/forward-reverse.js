/** Both sweeps beside each other on the reader's program, the sum that every cut keeps, and what the whole Jacobian costs either way. */

import { askCosts, askExamples } from "../../api.js";
import { h } from "../../dom.js";
import { createColumns } from "../forward-reverse/columns.js";
import { createCosts } from "../forward-reverse/costs.js";
import { createGallery } from "../forward-reverse/gallery.js";
import { ALL, clashes, entriesIn, entryFrom, seedsFor } from "../forward-reverse/seeds.js";
import { inputsOf, namesOf, outputsOf } from "../names.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../lesson.js").Program} Program */
/** @typedef {import("../names.js").End} End */

const EXTREMES = Object.freeze([
  { id: "one-to-many", words: "One input, many outputs" },
  { id: "speelpenning", words: "Many inputs, one output" },
]);

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const columns = createColumns({ onCut });
  const costs = createCosts();
  const gallery = createGallery((id) => void openExample(id));
  const moved = h("select", { class: "field", "aria-label": "Input that moves", onchange: () => choose("in", moved.value) });
  const weighed = h("select", { class: "field", "aria-label": "Output that counts", onchange: () => choose("out", weighed.value) });
  const seeds = h("div", { class: "seeds-row" }, h("label", {}, h("span", {}, "Forward: moves"), moved), h("label", {}, h("span", {}, "Reverse: counts"), weighed), ...EXTREMES.map(({ id, words }) => h("button", { type: "button", class: "button small", onclick: () => void openExample(id) }, words)));
  root.replaceChildren(seeds, columns.root, costs.root, gallery.root);
  /** @type {{inputs: End[], outputs: End[]} | null} */
  let ends = null;
  /** @type {ReturnType<typeof askCosts> | null} */
  let bound = null;
  let cut = 0;
  let places = 0;

  /** @param {Program} _ @param {AbortSignal} signal */
  async function show(_, signal) {
    const primal = await lesson.ask("trace", { mode: "primal", include: [], values: "summary" }, signal);
    const found = { inputs: inputsOf(primal), outputs: outputsOf(primal) };
    const [counted] = await Promise.all([lesson.ask("cost", {}, signal), sweep(found, signal)]);
    ends = found;
    costs.render(counted, lesson.digits);
    bound ??= askCosts();
    const all = await bound;
    if (!signal.aborted) gallery.render(all, counted.ratio, lesson.digits);
  }

  /** @param {{inputs: End[], outputs: End[]}} found @param {AbortSignal} [signal] */
  async function sweep(found, signal) {
    const { inputs, outputs } = found;
    const isShared = clashes(inputs, outputs);
    const [entriesOfInputs, entriesOfOutputs] = [entriesIn(inputs), entriesIn(outputs)];
    const from = isShared ? ALL : entryFrom(lesson.params.get("in"), entriesOfInputs.length);
    const to = isShared ? ALL : entryFrom(lesson.params.get("out"), entriesOfOutputs.length);
    const seed = Object.fromEntries([...seedsFor(inputs, from), ...seedsFor(outputs, to)]);
    const trace = await lesson.ask("trace", { mode: "both", seed, include: ["cuts"], values: "summary" }, signal);
    offer(moved, entriesOfInputs, from, isShared);
    offer(weighed, entriesOfOutputs, to, isShared);
    places = trace.cuts?.places.length ?? 0;
    const said = Number(lesson.params.get("cut") ?? NaN);
    cut = Number.isInteger(said) && said >= 0 && said < places ? said : Math.floor((places - 1) / 2);
    columns.render({ trace, names: namesOf(trace.nodes), digits: lesson.digits }, Math.max(cut, 0));
    tell(entriesOfInputs[from], entriesOfOutputs[to]);
  }

  /** @param {string | undefined} from @param {string | undefined} to one entry of each, or undefined for all */
  function tell(from, to) {
    if (places === 0) return lesson.say("Long programs show no cuts; values and costs are complete.");
    const meeting = from !== undefined && to !== undefined ? ` That is ∂${to}/∂${from}, the one entry of the Jacobian that both sweeps find.` : "";
    lesson.say(columns.show(cut) + meeting);
  }

  /** @param {number} place */
  function onCut(place) {
    cut = place;
    lesson.setParam("cut", String(place));
    if (ends !== null) tell(...chosen());
  }

  /** @returns {[string | undefined, string | undefined]} */
  const chosen = () => /** @type {[string | undefined, string | undefined]} */ ([moved, weighed].map(({ selectedOptions }) => (selectedOptions[0]?.value === "all" ? undefined : selectedOptions[0]?.textContent ?? undefined)));

  /** @param {string} name @param {string} value */
  function choose(name, value) {
    lesson.setParam(name, value === "0" ? null : value);
    if (ends !== null) void sweep(ends);
  }

  /** @param {string} id */
  async function openExample(id) {
    const example = (await askExamples()).find((one) => one.id === id);
    if (example === undefined) return;
    for (const name of ["in", "out", "cut"]) lesson.setParam(name, null);
    lesson.setProgram(example.source, example.inputs);
  }

  return { show };
}

/** @param {HTMLSelectElement} select @param {string[]} entries @param {number} chosen @param {boolean} isShared one seed stands for both sides: there is nothing to choose */
function offer(select, entries, chosen, isShared) {
  const option = (/** @type {string} */ value, /** @type {string} */ words) => h("option", { value, selected: value === (chosen === ALL ? "all" : String(chosen)) }, words);
  select.replaceChildren(...(isShared ? [] : entries.map((entry, at) => option(String(at), entry))), option("all", "all, by 1"));
  select.disabled = isShared;
}
