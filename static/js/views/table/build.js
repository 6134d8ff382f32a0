/** The rows of the trace's table before they have numbers: heads, rules, and the buttons that lead to their steps. */

import { h } from "../../dom.js";
import { math, mathNodes } from "../math.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").SceneNode} SceneNode */
/** @typedef {import("../../steps.js").Step} Step */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {{onStep: (cursor: number) => void, onPoint: (node: number | null) => void}} TableEvents */

/**
 * @typedef {object} Row
 * @property {HTMLTableRowElement} row
 * @property {Line} line
 * @property {Object<string, HTMLElement>} cells
 */

/** @param {Scene} scene @returns {boolean} dual numbers have one column for both parts, unless tensors are among them */
export const tangentColumn = (scene) => scene.showsTangents && (scene.notation !== "dual" || scene.trace.nodes.some((node) => node.shape.length > 0));

/** @param {Scene} scene @returns {string[]} */
export const columnsOf = (scene) => ["number", "rule", "value", ...(tangentColumn(scene) ? ["value"] : []), ...(scene.showsAdjoints ? ["reverse", "value"] : [])];

/** Rows of the head, before the first line. */
export const HEAD_ROWS = 2;

/** @param {Scene} scene */
function heads(scene) {
  const forward = tangentColumn(scene) ? 4 : 3;
  const arrow = (/** @type {string} */ sign, /** @type {string} */ words) => [h("span", { "aria-hidden": "true", class: "head-arrow" }, sign), h("span", { class: "visually-hidden" }, words)];
  return h(
    "thead",
    {},
    h(
      "tr",
      { class: "sweeps", "aria-rowindex": "1" },
      h("th", { scope: "colgroup", colspan: String(forward) }, "Forward ", ...arrow("↓", "read downward")),
      scene.showsAdjoints ? h("th", { scope: "colgroup", colspan: "2", class: "reverse-head" }, "Reverse ", ...arrow("↑", "read upward")) : null,
    ),
    h(
      "tr",
      { class: "columns", "aria-rowindex": "2" },
      h("th", { scope: "col", class: "number-head" }, h("span", { class: "visually-hidden" }, "Step")),
      h("th", { scope: "col", class: "rule-head" }, "Rule"),
      h("th", { scope: "col", class: "value-head" }, scene.showsTangents && scene.notation === "dual" ? "Dual number" : "Primal"),
      tangentColumn(scene) ? h("th", { scope: "col", class: "value-head tangent-head" }, "▸ Tangent") : null,
      scene.showsAdjoints ? h("th", { scope: "col", class: "reverse-rule" }, "Adjoint rule") : null,
      scene.showsAdjoints ? h("th", { scope: "col", class: "value-head adjoint-head" }, "Adjoint ◂") : null,
    ),
  );
}

/** @param {Scene} scene @param {number} count of lines @param {HTMLElement} body */
export function tableOf(scene, count, body) {
  const kinds = [tangentColumn(scene) ? "with-tangents" : "", scene.notation === "dual" && scene.showsTangents ? "with-duals" : "", scene.showsAdjoints ? "with-adjoints" : "", scene.counts.forward.total > 9999 ? "with-long-numbers" : ""];
  return h(
    "table",
    { class: ["trace-table", ...kinds].filter(Boolean).join(" "), "aria-rowcount": String(count + HEAD_ROWS) },
    h("caption", { class: "visually-hidden" }, "Evaluation trace. The forward sweep is read downward, the reverse sweep upward."),
    h("colgroup", {}, ...columnsOf(scene).map((name) => h("col", { class: `col-${name}` }))),
    heads(scene),
    body,
  );
}

/** @param {Line} line @param {Scene} scene @param {TableEvents} events @returns {Row} */
export function buildRow(line, scene, events) {
  const node = /** @type {SceneNode} */ (scene.node(line.node));
  /** @type {Object<string, HTMLElement>} */
  const cells = {};
  const row = h("tr", { "data-node": String(line.node), class: line.span > 0 ? "first-line" : "" });
  if (line.span > 0) forwardCells(row, cells, line, node, scene, events);
  if (scene.showsAdjoints) reverseCells(row, cells, line, scene, events);
  row.addEventListener("mouseenter", () => events.onPoint(line.node));
  row.addEventListener("mouseleave", () => events.onPoint(null));
  row.addEventListener("focusin", () => events.onPoint(line.node));
  row.addEventListener("focusout", () => events.onPoint(null));
  return { row, line, cells };
}

/** @param {HTMLElement} row @param {Object<string, HTMLElement>} cells @param {Line} line @param {SceneNode} node @param {Scene} scene @param {TableEvents} events */
function forwardCells(row, cells, line, node, scene, events) {
  const rowspan = String(line.span);
  const symbol = node.symbol !== "" && node.symbol !== node.name ? node.symbol : "";
  const target = line.forward === null ? null : line.forward.index + 1;
  cells.number = h("td", { rowspan, class: "number" }, target === null ? "" : stepButton([String(target), ""], `Forward step ${target}: ${node.label}`, target, events));
  cells.rule = h(
    "th",
    { rowspan, scope: "row", class: "rule" },
    math(node.name),
    symbol !== "" ? math(symbol, "symbol") : null,
    node.expression !== "" ? math(` = ${node.expression}`, "expression") : null,
  );
  cells.verdict = h("span", { class: "row-verdict" });
  cells.rule.append(cells.verdict);
  cells.primal = h("td", { rowspan, class: "value primal numeral" });
  row.append(cells.number, cells.rule, cells.primal);
  if (tangentColumn(scene)) row.append((cells.tangent = h("td", { rowspan, class: "value tangent numeral" })));
}

/** @param {HTMLElement} row @param {Object<string, HTMLElement>} cells @param {Line} line @param {Scene} scene @param {TableEvents} events */
function reverseCells(row, cells, line, scene, events) {
  const step = line.reverse;
  cells.reverseRule = h("td", { class: "reverse-rule" });
  cells.adjoint = h("td", { class: "value adjoint numeral" });
  if (step !== null) {
    const receiver = scene.node(step.kind === "contribution" ? /** @type {number} */ (step.to) : step.node);
    const giver = scene.node(step.node);
    /** @type {[string, string]} */
    const rule = receiver === undefined || giver === undefined ? ["", ""] : reverseRule(step, receiver, giver, scene);
    cells.reverseRule.append(stepButton(rule, `Reverse step ${step.index + 1 - scene.counts.forward.total}`, step.index + 1, events));
  } else if (scene.node(line.node)?.kind === "input") {
    cells.reverseRule.append(math(scene.node(line.node)?.adjointName ?? "", "gradient"));
  }
  row.append(cells.reverseRule, cells.adjoint);
}

/** @param {Step} step @param {SceneNode} receiver @param {SceneNode} giver @param {Scene} scene @returns {[string, string]} the receiver; what is added, which narrow tables leave out */
function reverseRule(step, receiver, giver, scene) {
  if (step.kind === "seed") return [`${receiver.adjointName} =`, "seed"];
  const partial = scene.edgesInto(giver.id).find((edge) => edge.slot === step.slot)?.partialName ?? "";
  return [`${receiver.adjointName} +=`, `${giver.adjointName} ${partial}`];
}

/** @param {[string, string]} text @param {string} label @param {number} cursor @param {TableEvents} events */
function stepButton(text, label, cursor, events) {
  return h("button", { type: "button", class: "step-button math", "data-cursor": String(cursor), onclick: () => events.onStep(cursor) }, h("span", { class: "receiver" }, ...mathNodes(text[0])), text[1] === "" ? null : h("span", { class: "rest" }, ...mathNodes(text[1])), h("span", { class: "visually-hidden" }, ` (${label})`));
}
