/** The rows that are elements: kept while they are drawn, so that focus and selection stay, with empty ones in place of the others. */

import { h } from "../../dom.js";
import { HEAD_ROWS, buildRow, columnsOf } from "./build.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("./build.js").Row} Row */
/** @typedef {import("./build.js").TableEvents} TableEvents */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./window.js").Stretch} Stretch */

/** @param {TableEvents} events */
export function createBody(events) {
  const element = h("tbody", {});
  /** @type {Map<number, Row>} by place, from top to bottom */
  let drawn = new Map();

  /** @param {Line[]} lines @param {Scene} scene @param {number} place */
  function fresh(lines, scene, place) {
    const row = buildRow(lines[place], scene, events);
    row.row.setAttribute("aria-rowindex", String(place + HEAD_ROWS + 1));
    return row;
  }

  return {
    element,
    drawn: () => drawn,
    /** @returns {number} the place of the row that has the focus, else −1 */
    focused() {
      const row = document.activeElement?.closest("tr") ?? null;
      if (row === null || row.parentElement !== element) return -1;
      return Number(row.getAttribute("aria-rowindex")) - HEAD_ROWS - 1;
    },
    /** @param {Line[]} lines @param {Scene} scene @param {Stretch[]} stretches @param {number} height of a line that is not drawn @returns {Row[]} the new ones */
    draw(lines, scene, stretches, height) {
      const before = drawn;
      drawn = new Map(stretches.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => [from + at, before.get(from + at) ?? fresh(lines, scene, from + at)])));
      for (const [place, { row }] of before) if (!drawn.has(place)) row.remove();
      for (const empty of element.querySelectorAll(".rows-beyond")) empty.remove();
      arrange(element, drawn, lines.length, (lacking) => beyond(lacking * height, columnsOf(scene).length));
      return [...drawn].flatMap(([place, row]) => (before.has(place) ? [] : [row]));
    },
  };
}

/** What stands there already is not moved: it would lose the focus. @param {HTMLElement} body @param {Map<number, Row>} drawn @param {number} count @param {(lacking: number) => Element} beyond */
function arrange(body, drawn, count, beyond) {
  let [next, at] = [0, body.firstElementChild];
  for (const [place, { row }] of drawn) {
    if (place > next) body.insertBefore(beyond(place - next), at);
    if (row === at) at = at.nextElementSibling;
    else body.insertBefore(row, at);
    next = place + 1;
  }
  if (next < count) body.append(beyond(count - next));
}

/** @param {number} height of all the rows that it stands for @param {number} columns */
function beyond(height, columns) {
  const row = h("tr", { class: "rows-beyond", "aria-hidden": "true" }, h("td", { colspan: String(columns) }));
  row.style.setProperty("height", `${height}px`);
  return row;
}
