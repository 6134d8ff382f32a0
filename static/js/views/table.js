/** The evaluation trace: the forward sweep read downward on the left, tangents beside it, the reverse sweep read upward on the right. */

import { h } from "../dom.js";
import { math, mathNodes } from "./math.js";
import { ABSENT } from "../format.js";
import { textOf } from "../scene/values.js";
import { nodesOf } from "../scene/trace.js";
import { stepsOf } from "../steps.js";
import { align, copyInFull, decimalsOf, keepFull, originOf, showOnFocus } from "./table/digits.js";
import { connect, marksOf } from "./table/marks.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../steps.js").Step} Step */
/** @typedef {import("../picture.js").Picture} Picture */
/** @typedef {{picture: Picture | null, marks: Map<string, import("../plan.js").Mark>, decimals: {primal: number, tangent: number, adjoint: number}}} Moment outlined cells, and what is not written yet */
/** @typedef {import("../format.js").FormatOptions} FormatOptions */
/** @typedef {{onStep: (cursor: number) => void, onPoint: (node: number | null) => void}} TableEvents */

/** Rows that are drawn at a time; a longer trace shows the part around the cursor. */
const MOST_ROWS = 600;

/**
 * @typedef {object} Line one line of the table: a node's forward part, or one write to an adjoint
 * @property {number} node
 * @property {Step | null} forward
 * @property {Step | null} reverse
 * @property {number} span how many lines the node takes; 0 below its first line
 */

/**
 * @typedef {object} Row
 * @property {HTMLTableRowElement} row
 * @property {Line} line
 * @property {Object<string, HTMLElement>} cells
 */

/** @param {HTMLElement} root @param {TableEvents} events */
export function createTable(root, events) {
  /** @type {Row[]} */
  let rows = [];
  let drawn = "";
  /** @type {Trace["nodes"] | null} */
  let nodes = null;
  /** @type {Line[]} */
  let lines = [];
  /** @type {{scene: Scene, connect: boolean} | null} */
  let latest = null;
  let waiting = 0;
  let decimals = { primal: 0, tangent: 0, adjoint: 0 };
  copyInFull(root);
  showOnFocus(root, h("div", { class: "full-digits numeral", role: "tooltip" }));

  return {
    /** @param {Scene | null} scene @param {FormatOptions} options @param {Picture | null} [picture] the moment of a plan that is being played */
    render(scene, options, picture = null) {
      if (scene === null) return root.replaceChildren();
      if (scene.trace.nodes !== nodes) {
        nodes = scene.trace.nodes;
        lines = linesOf(scene);
        drawn = "";
      }
      const start = windowStart(lines, scene);
      const key = `${start} ${scene.digits} ${tangentColumn(scene)} ${scene.showsAdjoints} ${scene.notation}`;
      if (key !== drawn) {
        drawn = key;
        rows = build(root, scene, lines, start, events);
        decimals = decimalsIn(scene, rows);
      }
      const moment = { picture, marks: picture?.cells ?? marksOf(scene), decimals };
      for (const row of rows) update(row, scene, options, moment);
      latest = { scene, connect: picture === null || picture.tape };
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        if (latest === null) return;
        showCurrent(root, rows, latest.scene);
        connect(root, rows, latest.connect ? latest.scene : null);
      });
    },
    /** @param {readonly number[]} ids */
    highlight(ids) {
      for (const { row, line } of rows) row.classList.toggle("lit", ids.includes(line.node));
    },
  };
}

/** @param {Scene} scene @param {Row[]} rows @returns {{primal: number, tangent: number, adjoint: number}} digits behind the points of each column */
function decimalsIn(scene, rows) {
  const at = new Map(scene.trace.nodes.map((node) => [node.id, node]));
  const nodes = rows.filter(({ line }) => line.span > 0).flatMap(({ line }) => at.get(line.node) ?? []);
  const adjoints = [...rows.map(({ line }) => line.reverse?.adjoint_after ?? null), ...nodes.map((node) => node.adjoint ?? null)];
  return { primal: decimalsOf(nodes.map((node) => node.primal), scene.digits), tangent: decimalsOf(nodes.map((node) => node.tangent ?? null), scene.digits), adjoint: decimalsOf(adjoints, scene.digits) };
}

/** @param {Scene} scene @returns {Line[]} from top to bottom; the reverse sweep rises, so a node's last write stands highest */
function linesOf(scene) {
  const steps = stepsOf(scene.trace);
  const forward = new Map(steps.filter((step) => step.kind === "forward").map((step) => [step.node, step]));
  /** @type {Map<number, Step[]>} */
  const reverse = new Map();
  for (const step of steps) {
    if (step.phase !== "reverse") continue;
    reverse.set(step.node, [step, ...(reverse.get(step.node) ?? [])]);
  }
  return nodesOf(scene.trace).flatMap((node) => {
    const own = forward.get(node.id) ?? null;
    const writes = reverse.get(node.id) ?? [];
    if (own === null && writes.length === 0) return [];
    const parts = writes.length > 0 ? writes : [null];
    return parts.map((step, index) => ({ node: node.id, forward: index === 0 ? own : null, reverse: step, span: index === 0 ? parts.length : 0 }));
  });
}

/** @param {Line[]} lines @param {Scene} scene @returns {number} */
function windowStart(lines, scene) {
  if (lines.length <= MOST_ROWS) return 0;
  const at = lines.findIndex((line) => isLineOf(line, scene));
  let start = Math.max(0, Math.min(Math.floor((at - MOST_ROWS / 4) / (MOST_ROWS / 2)) * (MOST_ROWS / 2), lines.length - MOST_ROWS));
  while (start > 0 && lines[start].span === 0) start -= 1;
  return start;
}

/** @param {HTMLElement} root @param {Scene} scene @param {Line[]} lines @param {number} start @param {TableEvents} events @returns {Row[]} */
function build(root, scene, lines, start, events) {
  const shown = lines.slice(start, start + MOST_ROWS);
  const rows = shown.map((line) => buildRow(line, scene, events));
  const table = h(
    "table",
    { class: `trace-table ${tangentColumn(scene) ? "with-tangents" : ""} ${scene.notation === "dual" && scene.showsTangents ? "with-duals" : ""} ${scene.showsAdjoints ? "with-adjoints" : ""}` },
    h("caption", { class: "visually-hidden" }, "Evaluation trace. The forward sweep is read downward, the reverse sweep upward."),
    columns(scene),
    heads(scene),
    h("tbody", {}, ...rows.map(({ row }) => row)),
  );
  const rest = lines.length > shown.length ? h("p", { class: "trace-rest" }, `Rows ${start + 1} to ${start + shown.length} of ${lines.length}; the cursor brings the others.`) : null;
  root.replaceChildren(...[table, rest].filter((part) => part !== null));
  return rows;
}

/** @param {Scene} scene @returns {boolean} dual numbers have one column for both parts, unless tensors are among them */
const tangentColumn = (scene) => scene.showsTangents && (scene.notation !== "dual" || scene.trace.nodes.some((node) => node.shape.length > 0));

/** @param {Scene} scene */
function columns(scene) {
  const names = ["number", "rule", "value", ...(tangentColumn(scene) ? ["value"] : []), ...(scene.showsAdjoints ? ["reverse", "value"] : [])];
  return h("colgroup", {}, ...names.map((name) => h("col", { class: `col-${name}` })));
}

/** @param {Scene} scene */
function heads(scene) {
  const forward = tangentColumn(scene) ? 4 : 3;
  const arrow = (/** @type {string} */ sign, /** @type {string} */ words) => [h("span", { "aria-hidden": "true", class: "head-arrow" }, sign), h("span", { class: "visually-hidden" }, words)];
  return h(
    "thead",
    {},
    h(
      "tr",
      { class: "sweeps" },
      h("th", { scope: "colgroup", colspan: String(forward) }, "Forward ", ...arrow("↓", "read downward")),
      scene.showsAdjoints ? h("th", { scope: "colgroup", colspan: "2", class: "reverse-head" }, "Reverse ", ...arrow("↑", "read upward")) : null,
    ),
    h(
      "tr",
      { class: "columns" },
      h("th", { scope: "col", class: "number-head" }, h("span", { class: "visually-hidden" }, "Step")),
      h("th", { scope: "col", class: "rule-head" }, "Rule"),
      h("th", { scope: "col", class: "value-head" }, scene.showsTangents && scene.notation === "dual" ? "Dual number" : "Primal"),
      tangentColumn(scene) ? h("th", { scope: "col", class: "value-head tangent-head" }, "▸ Tangent") : null,
      scene.showsAdjoints ? h("th", { scope: "col", class: "reverse-rule" }, "Adjoint rule") : null,
      scene.showsAdjoints ? h("th", { scope: "col", class: "value-head adjoint-head" }, "Adjoint ◂") : null,
    ),
  );
}

/** @param {Line} line @param {Scene} scene @param {TableEvents} events @returns {Row} */
function buildRow(line, scene, events) {
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

/** @param {Row} row @param {Scene} scene @param {FormatOptions} options @param {Moment} moment */
function update({ row, line, cells }, scene, options, moment) {
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

/** @param {Step | null} step @param {Scene} scene @returns {boolean} steps are compared by place: a checked trace has new ones */
const isStep = (step, scene) => step !== null && step.index === scene.step?.index;

/** @param {Line} line @param {Scene} scene @returns {boolean} */
const isLineOf = (line, scene) => isStep(line.forward, scene) || isStep(line.reverse, scene);

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

/** Brings the current row into the panel's view, without moving the page. @param {HTMLElement} root @param {Row[]} rows @param {Scene} scene */
function showCurrent(root, rows, scene) {
  if (scene.step === null) return;
  const current = rows.find(({ line }) => isLineOf(line, scene));
  if (current === undefined || root.contains(document.activeElement)) return;
  const head = root.querySelector("thead")?.getBoundingClientRect().height ?? 0;
  const box = root.getBoundingClientRect();
  const row = current.row.getBoundingClientRect();
  if (row.top < box.top + head) root.scrollTop -= box.top + head - row.top + 8;
  else if (row.bottom > box.bottom) root.scrollTop += row.bottom - box.bottom + 8;
}
