/** The evaluation trace: the forward sweep read downward on the left, tangents beside it, the reverse sweep read upward on the right. */

import { h } from "../dom.js";
import { buildRow, columns, heads, tangentColumn } from "./table/build.js";
import { copyInFull, decimalsOf, showOnFocus } from "./table/digits.js";
import { update } from "./table/fill.js";
import { MOST_ROWS, isLineOf, linesOf, windowStart } from "./table/lines.js";
import { connect, marksOf } from "./table/marks.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../picture.js").Picture} Picture */
/** @typedef {import("../format.js").FormatOptions} FormatOptions */
/** @typedef {import("./table/build.js").Row} Row */
/** @typedef {import("./table/build.js").TableEvents} TableEvents */
/** @typedef {import("./table/lines.js").Line} Line */

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
