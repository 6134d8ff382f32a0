/** Backpropagation step by step: partials on the edges, contributions as sums, the path ledger, and what mistakes make of it. */

import { Refusal } from "../../api.js";
import { h } from "../../dom.js";
import { format } from "../../format.js";
import { textOf } from "../../scene/values.js";
import { choice } from "../../share/controls.js";
import { numbers } from "../chart.js";
import { inputsOf, namesOf } from "../names.js";
import { createDrawing, MOST_DRAWN } from "../backpropagation/drawing.js";
import { ledgerOf } from "../backpropagation/ledger.js";
import { createPlayer } from "../backpropagation/player.js";
import { HAPPENS, RULES, adjointAt, endSentence, shownValue, stepSentence, sumOf, wrongSentence } from "../backpropagation/words.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../names.js").Called} Called */
/** @typedef {import("../../scene/trace.js").Trace} Trace */
/** @typedef {import("../backpropagation/words.js").Backpropagation} Backpropagation */
/** @typedef {import("../backpropagation/words.js").Rule} Rule */
/** @typedef {import("../backpropagation/words.js").Sweep} Sweep */

const MOST_ROWS = 200;

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const look = { digits: lesson.digits };
  /** @type {Rule} */
  let rule = RULES.map(([one]) => one).find((one) => one === lesson.params.get("rule")) ?? "added";
  let step = Number(lesson.params.get("step") ?? "0") || 0;
  /** @type {Trace | null} */
  let trace = null;
  /** @type {Backpropagation | null} */
  let answer = null;
  /** @type {Called[]} */
  let names = [];

  const rules = choice("The sweep", RULES, rule, () => {
    rule = rules.value();
    lesson.setParam("rule", rule === "added" ? null : rule);
    restart(sweepNow()?.contributions.length ?? 0);
  });
  const happens = h("p", { class: "back-happens" });
  const drawing = createDrawing("The graph with local derivatives on its edges, scrolls");
  const large = h("p", { class: "learn-note" }, "This graph is too large to be drawn here; the table has every adjoint.");
  const player = createPlayer("Step of the sweep", (at, byHand) => {
    step = at;
    lesson.setParam("step", step === 0 ? null : String(step));
    render(byHand);
  });
  const told = h("p", { class: "back-told" });
  const sums = h("div", {});
  const wrongs = h("ul", { class: "back-wrongs" });
  const from = h("select", { class: "field", "aria-label": "Paths from", onchange: () => void listPaths() });
  const ledger = h("div", { class: "learn-figure" });
  const paths = h("section", { class: "learn-figure" }, h("h3", {}, "Path ledger"), h("p", {}, h("label", {}, "Every path from ", from, " to the result")), ledger);
  root.replaceChildren(rules.root, happens, drawing.root, large, player.root, told, h("div", { class: "back-both" }, h("section", { class: "learn-figure" }, h("h3", {}, "Adjoints as sums"), sums, wrongs), paths));

  /** @param {import("../lesson.js").Program} _ @param {AbortSignal} signal */
  async function show(_, signal) {
    const [found, swept] = await both({}, signal);
    trace = found;
    answer = swept;
    names = namesOf(found.nodes);
    const isSmall = found.nodes.filter(({ kind }) => kind !== "constant").length <= MOST_DRAWN;
    drawing.root.hidden = !isSmall;
    large.hidden = isSmall;
    if (isSmall) drawing.draw(cardsOf(found), linesOf(found));
    fillPaths(found);
    restart(step);
    await listPaths(signal);
  }

  /** @param {object} body @param {AbortSignal} signal @returns {Promise<[Trace, Backpropagation]>} results of many entries are seeded with ones */
  async function both(body, signal) {
    try {
      return await Promise.all([lesson.ask("trace", { mode: "reverse", include: ["partials"], ...body }, signal), lesson.ask("backpropagation", body, signal)]);
    } catch (reason) {
      const { ones } = reason instanceof Refusal ? /** @type {any} */ (reason.problem) : {};
      if (ones === undefined || Object.keys(body).length > 0) throw reason;
      return both({ seed: ones }, signal);
    }
  }

  const sweepNow = () => answer?.sweeps[rule] ?? null;

  /** @param {number} start */
  function restart(start) {
    const sweep = sweepNow();
    if (sweep === null) return;
    step = player.load(sweep.contributions.length, start);
    render(true);
  }

  /** @param {number} node @returns {any} */
  function seededAt(node) {
    const place = trace?.outputs.indexOf(node) ?? -1;
    return place < 0 ? null : (answer?.seed[trace?.output_names?.[place] ?? ""] ?? null);
  }

  /** @param {number} node @param {number} slot @returns {string} its number, or its form where it is of tensors */
  function partialOf(node, slot) {
    const partial = /** @type {any} */ (trace?.nodes[node].partials?.[slot]);
    return partial?.value === undefined || partial.value === null ? (partial?.structure ?? "") : format(partial.value, look);
  }

  /** @param {boolean} aloud */
  function render(aloud) {
    const sweep = sweepNow();
    if (sweep === null || answer === null || trace === null) return;
    const isOver = step === sweep.contributions.length;
    const wrong = new Map(isOver ? sweep.wrong.map((one) => [one.node, one]) : []);
    happens.textContent = HAPPENS[rule];
    const now = step === 0 ? null : sweep.contributions[step - 1];
    drawing.move(
      (id) => {
        const bar = adjointAt(sweep, step, id, seededAt(id));
        const mistaken = wrong.get(id);
        return { text: bar === null ? "" : `${names[id].adjoint} = ${shownValue(bar, look)}`, lit: now !== null && (now.to === id || now.from === id), wrong: mistaken === undefined ? "" : `✗ not ${shownValue(mistaken.right, look)}` };
      },
      ({ from: producer, to, slot }) => {
        if (now !== null && now.to === producer && now.from === to && now.slot === slot) return "now";
        return sweep.contributions.slice(0, step).some((one) => one.to === producer && one.from === to && one.slot === slot) ? "done" : "";
      },
    );
    told.setAttribute("aria-live", aloud ? "polite" : "off");
    told.textContent = stepSentence(sweep, step, names, seededAt, partialOf, look);
    sums.replaceChildren(sumsOf(sweep, new Set(wrong.keys())));
    wrongs.replaceChildren(...[...wrong.values()].slice(0, 12).map((one) => h("li", {}, wrongSentence(one, names, look))));
    lesson.say(endSentence(sweep, answer.gradients[rule], names, look));
  }

  /** @param {Sweep} sweep @param {ReadonlySet<number>} wrong */
  function sumsOf(sweep, wrong) {
    const shown = /** @type {Trace} */ (trace).nodes.filter(({ kind, requires_grad: live }) => kind !== "constant" && live !== false).slice(0, MOST_ROWS).reverse();
    const right = /** @type {Backpropagation} */ (answer).sweeps.added.adjoints;
    const rows = shown.map(({ id }) => [names[id].adjoint, sumNodes(sumOf(sweep, step, id, seededAt(id), look)), ...(rule === "added" ? [] : [h("span", {}, shownValue(right[id], look), wrong.has(id) ? h("span", { class: "back-mark" }, " ✗ differs") : "")])]);
    return numbers("Adjoints as sums of contributions", ["adjoint", "sum of what has arrived", ...(rule === "added" ? [] : ["right"])], rows, (row) => (wrong.has(shown[row].id) ? "is-wrong" : ""));
  }

  /** @param {Trace} found */
  function fillPaths(found) {
    const ends = inputsOf(found).filter(({ shape }) => shape.length === 0);
    const before = from.value;
    from.replaceChildren(...ends.map(({ name, node }) => h("option", { value: `#${node}`, selected: `#${node}` === before }, name)));
    paths.hidden = ends.length === 0 || found.outputs.length !== 1;
  }

  /** @param {AbortSignal} [signal] */
  async function listPaths(signal) {
    if (paths.hidden || trace === null) return;
    const found = await lesson.ask("paths", { from: from.value, to: `#${trace.outputs[0]}`, most: 40 }, signal);
    ledger.replaceChildren(...ledgerOf(found, names, look));
  }

  /** @param {Trace} found @returns {import("../backpropagation/drawing.js").Card[]} */
  function cardsOf(found) {
    return found.nodes.filter(({ id, kind }) => kind !== "constant" || found.outputs.includes(id)).map((node) => ({ id: node.id, kind: node.kind, inputs: node.inputs, live: node.requires_grad !== false, title: node.kind === "op" ? `${names[node.id].shown} = ${names[node.id].rule}` : names[node.id].shown, value: textOf(node.primal, node.shape, look) }));
  }

  /** @param {Trace} found @returns {import("../backpropagation/drawing.js").Line[]} constants stand where they are read */
  function linesOf(found) {
    return found.nodes.flatMap(({ id, inputs }) => inputs.map((producer, slot) => {
      const isConstant = found.nodes[producer].kind === "constant" && !found.outputs.includes(producer);
      return { from: producer, to: id, slot, label: isConstant || found.nodes[producer].requires_grad === false ? "" : partialOf(id, slot), chip: isConstant ? names[producer].shown : null };
    }));
  }

  return { show };
}

/** @param {ReturnType<typeof sumOf>} sum @returns {Node} */
function sumNodes(sum) {
  if (sum === null) return h("span", { class: "back-empty" }, "nothing yet");
  const terms = sum.terms.flatMap(({ text, lost }, place) => [place === 0 ? "" : lost || sum.terms[0].lost ? ", " : " + ", lost ? h("s", {}, h("span", { class: "visually-hidden" }, "overwritten "), text) : text]);
  return h("span", {}, ...terms, sum.terms.length > 1 && !sum.terms[0].lost ? ` = ${sum.total}` : "");
}
