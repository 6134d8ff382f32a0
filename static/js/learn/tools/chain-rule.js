/** A program cut in two: the Jacobian of the inner part, of the outer part, each at its point, and their product. */

import { ask } from "../../api.js";
import { h } from "../../dom.js";
import { format } from "../../format.js";
import { choice } from "../../share/controls.js";
import { valueText } from "../../values.js";
import { math } from "../../views/math.js";
import { wordsOf } from "../../build.js";
import { blocksOf } from "../jacobian.js";
import { matrixOf } from "../matrix.js";
import { cutsOf } from "../statements.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../lesson.js").Program} Program */
/** @typedef {import("../jacobian.js").Blocks} Blocks */
/** @typedef {import("../statements.js").Cut} Cut */
/** @typedef {import("../../values.js").InputValue} InputValue */
/** @typedef {{title: string, factor: Blocks, at: string}} Factor */

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const choices = h("div", {});
  const factors = h("div", { class: "chain" });
  root.replaceChildren(choices, factors);
  /** @type {Program | null} */
  let program = null;

  /** @param {Program} next @param {AbortSignal} signal */
  async function show(next, signal) {
    const whole = blocksOf(await lesson.ask("jacobian", {}, signal));
    program = next;
    const cuts = cutsOf(next.source);
    if (cuts.length === 0) {
      choices.replaceChildren();
      factors.replaceChildren(h("p", { class: "chain-none" }, "Write the program in two lines or more, each assigning a name: the page then cuts it between them."));
      return lesson.say("There is nothing to cut: the program has one statement.");
    }
    const cut = cuts.find(({ name }) => name === lesson.params.get("cut")) ?? cuts[cuts.length - 1];
    const cutChoice = choice("Cut after", cuts.map(({ name }) => /** @type {const} */ ([name, name])), cut.name, () => {
      lesson.setParam("cut", cutChoice.value());
      if (program !== null) void show(program, new AbortController().signal);
    });
    choices.replaceChildren(cutChoice.root);
    await draw(next, cut, whole, signal);
  }

  /** @param {Program} next @param {Cut} cut @param {Blocks} whole @param {AbortSignal} signal */
  async function draw(next, cut, whole, signal) {
    const given = Object.fromEntries(next.inputs);
    const innerWords = wordsOf(cut.inner);
    const own = (/** @type {Set<string>} */ words) => Object.fromEntries(Object.entries(given).filter(([name]) => words.has(name)));
    const inner = { source: cut.inner, inputs: own(innerWords), outputs: [cut.name] };
    const [first, primal] = await Promise.all([ask("jacobian", inner, signal), ask("trace", { ...inner, mode: "primal", include: [] }, signal)]);
    const value = primal.nodes[primal.names[cut.name]].primal;
    const others = namesBefore(cut, primal, given);
    const second = await ask("jacobian", { source: cut.outer, inputs: { ...own(wordsOf(cut.outer)), ...others, [cut.name]: value } }, signal);
    const outer = blocksOf(second);
    const through = columnsOf(outer, cut.name);
    const parts = [
      { title: "inner factor", factor: blocksOf(first), at: `at ${Object.entries(own(innerWords)).map(([name, one]) => `${name} = ${short(one)}`).join(", ")}` },
      { title: "outer factor", factor: through, at: `at ${cut.name} = ${short(value)}` },
    ];
    factors.replaceChildren(...[parts[1], parts[0]].flatMap((part, at) => [at === 0 ? null : h("span", { class: "chain-sign" }, "·"), factorOf(part)].filter((one) => one !== null)), h("span", { class: "chain-sign" }, "="), factorOf({ title: "product", factor: whole, at: "the whole program" }));
    const direct = outer.inputs.filter(({ name }) => name in given);
    if (direct.length > 0) factors.append(h("p", { class: "chain-note" }, `The outer part also reads ${direct.map(({ name }) => name).join(", ")} directly: the product above is one part of the derivative, and what flows past the cut is added to it.`));
    const side = Object.keys(others).length > 0 ? ` ${Object.keys(others).join(", ")} is kept as it is.` : "";
    lesson.say(sentenceOf(parts, whole, cut, direct.length > 0) + side);
  }

  /** @param {Factor} part */
  function factorOf({ title, factor, at }) {
    const isNumber = factor.rows.length === 1 && factor.columns.length === 1;
    const shape = isNumber ? "a number" : `${factor.rows.length} × ${factor.columns.length}`;
    const body = isNumber ? h("p", { class: "chain-number numeral" }, format(factor.entries[0][0], { digits: lesson.digits })) : matrixOf(factor, { caption: `${title}, ${shape}`, digits: lesson.digits });
    const name = factor.rows.length > 0 && factor.columns.length > 0 ? math(`∂${stem(factor.rows[0])}/∂${stem(factor.columns[0])}`) : "";
    return h("section", { class: "chain-factor", "aria-label": title }, h("p", { class: "chain-title" }, name, h("span", {}, title)), body, h("p", { class: "chain-at" }, at), h("p", { class: "chain-shape" }, shape));
  }

  /** @param {Factor[]} parts @param {Blocks} whole @param {Cut} cut @param {boolean} passes */
  function sentenceOf([inner, outer], whole, cut, passes) {
    const number = (/** @type {Blocks} */ { entries }) => format(entries[0][0], { digits: lesson.digits });
    const isScalar = [inner.factor, outer.factor, whole].every(({ rows, columns }) => rows.length === 1 && columns.length === 1);
    if (!isScalar) return `Cut after ${cut.name}: ${outer.factor.rows.length} by ${outer.factor.columns.length} times ${inner.factor.rows.length} by ${inner.factor.columns.length} is ${whole.rows.length} by ${whole.columns.length}.`;
    return passes ? `Cut after ${cut.name}: ${number(outer.factor)} times ${number(inner.factor)}, and what flows past ${cut.name}, make ${number(whole)}.` : `Cut after ${cut.name}: ${number(outer.factor)} times ${number(inner.factor)} is ${number(whole)}.`;
  }
  return { show };
}

/** @param {Cut} cut @param {any} primal @param {Object<string, InputValue>} given @returns {Object<string, InputValue>} other names that the inner part assigns and the outer part reads */
function namesBefore(cut, primal, given) {
  const words = wordsOf(cut.outer);
  const assigned = Object.entries(primal.names).filter(([name]) => name !== cut.name && words.has(name) && !(name in given));
  return Object.fromEntries(assigned.map(([name, node]) => [name, primal.nodes[/** @type {number} */ (node)].primal]));
}

/** @param {Blocks} blocks @param {string} name @returns {Blocks} the columns of one input */
function columnsOf(blocks, name) {
  const kept = blocks.columns.flatMap((column, at) => (stem(column) === name ? [at] : []));
  return { ...blocks, inputs: blocks.inputs.filter((input) => input.name === name), columns: kept.map((at) => blocks.columns[at]), entries: blocks.entries.map((row) => kept.map((at) => row[at])) };
}

/** @param {string} entry "x[0, 1]" @returns {string} "x" */
const stem = (entry) => entry.replace(/\[.*$/, "");

/** @param {InputValue} value @returns {string} */
function short(value) {
  const text = Array.isArray(value) ? valueText(value) : format(/** @type {import("../../format.js").Scalar} */ (value));
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
