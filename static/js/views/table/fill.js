/** The numbers of the trace's table at one moment: what stands in each cell, and which cells the step is about. */

import { h } from "../../dom.js";
import { ABSENT } from "../../format.js";
import { textOf } from "../../scene/values.js";
import { align, keepFull, originOf } from "./digits.js";
import { isStep } from "./lines.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").SceneNode} SceneNode */
/** @typedef {import("../../steps.js").Step} Step */
/** @typedef {import("../../picture.js").Picture} Picture */
/** @typedef {import("../../format.js").FormatOptions} FormatOptions */
/** @typedef {import("./build.js").Row} Row */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {{picture: Picture | null, marks: Map<string, import("../../plan.js").Mark>, decimals: {primal: number, tangent: number, adjoint: number}}} Moment outlined cells, and what is not written yet */

/** @param {Row} row @param {Scene} scene @param {FormatOptions} options @param {Moment} moment */
export function update({ row, line, cells }, scene, options, moment) {
  const node = scene.node(line.node);
  if (node === undefined) return;
  if (line.span > 0) updateForward(row, line, cells, node, scene, moment);
  if (cells.adjoint === undefined) return;
  const step = line.reverse;
  const current = isStep(step, scene);
  const playing = step !== null && step.index >= scene.from && step.index < scene.cursor;
  const text = step !== null ? adjointText(step, scene, options) : node.kind === "input" ? node.adjoint : "";
  const held = moment.picture?.texts.get(step === null ? `${node.id} adjoint` : `row ${step.index}`);
  write(cells.adjoint, held ?? text);
  keepFull(cells.adjoint, held !== undefined || isOpen(text) ? null : step === null ? node.adjointValue : step.adjoint_after);
  align(cells.adjoint, held ?? text, moment.decimals.adjoint);
  if (step?.kind === "contribution") writeGift(cells.reverseRule, playing ? (moment.picture?.texts.get(`gift ${step.index}`) ?? giftText(step, scene)) : "");
  mark(cells.reverseRule, current, step);
  cells.reverseRule.classList.toggle("is-playing", playing);
  cells.adjoint.classList.toggle("is-current", current);
  cells.adjoint.classList.toggle("is-sum", current && step !== null && (scene.node(receiverOf(step))?.arrival.sum ?? null) !== null);
}

/** @param {HTMLElement} row @param {Line} line @param {Object<string, HTMLElement>} cells @param {SceneNode} node @param {Scene} scene @param {Moment} moment */
function updateForward(row, line, cells, node, scene, { picture, marks, decimals }) {
  const current = isStep(line.forward, scene);
  for (const slot of /** @type {const} */ (["primal", "tangent"])) {
    if (cells[slot] === undefined) continue;
    const held = picture?.texts.get(`${node.id} ${slot}`);
    const text = held ?? node[slot];
    write(cells[slot], text);
    keepFull(cells[slot], held !== undefined || isOpen(text) ? null : slot === "primal" ? node.primalValue : node.tangentValue, originOf(scene, node));
    align(cells[slot], text, decimals[slot]);
  }
  setVerdict(cells.verdict, node);
  mark(cells.rule, current, line.forward);
  for (const cell of [cells.number, cells.primal, cells.tangent]) cell?.classList.toggle("is-current", current);
  for (const slot of ["primal", "tangent"]) {
    const given = marks.get(`${node.id} ${slot}`);
    cells[slot]?.classList.toggle("is-operand", given === "operand");
    cells[slot]?.classList.toggle("is-remembered", given === "remembered");
  }
  row.classList.toggle("is-todo", node.state === "todo");
}

/** @param {Step} step @param {Scene} scene @returns {string} what the step adds */
const giftText = (step, scene) => textOf(step.value ?? null, scene.node(/** @type {number} */ (step.to))?.shape ?? [], scene);

/** While a contribution is played, its number stands in place of its rule. @param {HTMLElement} cell @param {string} text */
function writeGift(cell, text) {
  const button = cell.querySelector(".step-button");
  const shown = button?.querySelector(".gift");
  if ((shown?.textContent ?? "") === text) return;
  shown?.remove();
  button?.classList.toggle("has-gift", text !== "");
  if (text !== "") button?.insertBefore(h("span", { class: "gift numeral" }, text), button.lastElementChild);
}

/** @param {HTMLElement} cell @param {string} text */
function write(cell, text) {
  if (cell.textContent === text) return;
  const isSum = text.includes(" + ") && !text.includes("ε") && !/^\[|: /.test(text);
  cell.replaceChildren(isSum ? h("span", { class: "open-sum" }, text) : text);
  cell.classList.toggle("absent", text === ABSENT);
  cell.classList.toggle("tensor-text", /^\[|: /.test(text));
  cell.classList.toggle("long-text", /^\S{8,}$/.test(text));
}

/** @param {string} text @returns {boolean} whether a cell waits for its number, or asks for it: its digits are kept nowhere then */
const isOpen = (text) => text === ABSENT || text === "?";

/** @param {Step} step @returns {number} */
const receiverOf = (step) => (step.kind === "contribution" ? /** @type {number} */ (step.to) : step.node);

/** @param {Step} step @param {Scene} scene @param {FormatOptions} options @returns {string} what the adjoint is after this write; the sum itself in the first half of the step */
function adjointText(step, scene, options) {
  if (step.index === scene.asks) return "?";
  if (step.index >= scene.cursor) return ABSENT;
  const receiver = /** @type {SceneNode} */ (scene.node(receiverOf(step)));
  if (isStep(step, scene) && receiver.arrival.sum !== null) return scene.sub < scene.subSteps ? receiver.arrival.sum : receiver.adjoint;
  return textOf(step.adjoint_after ?? null, receiver.shape, options);
}

/** @param {HTMLElement} cell @param {boolean} current @param {Step | null} step */
function mark(cell, current, step) {
  cell.classList.toggle("is-current", current);
  if (current) {
    cell.setAttribute("aria-current", "step");
    cell.dataset.step = String(step?.index);
  } else {
    cell.removeAttribute("aria-current");
    delete cell.dataset.step;
  }
}

/** @param {HTMLElement} cell @param {SceneNode} node */
function setVerdict(cell, node) {
  const agrees = node.verdict?.agrees ?? null;
  const sign = node.verdict === null ? "" : agrees === true ? "✓" : agrees === false ? "✗" : "?";
  if (cell.textContent === sign) return;
  cell.textContent = sign;
  cell.dataset.agrees = String(agrees);
  cell.title = agrees === true ? "agrees with torch" : agrees === false ? "differs from torch" : (node.verdict?.reason ?? "");
}
