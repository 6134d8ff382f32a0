/** The graph of a program with a local derivative on every edge, and adjoints that grow as the sweep is played. */

import { h } from "../../dom.js";
import { layoutOf } from "../../layout.js";
import { shape } from "../../plot/frame.js";
import { pathOf } from "../../views/stage/paths.js";
import { fitted, widthOf } from "../../views/stage/measure.js";

/** @typedef {{id: number, kind: string, inputs: readonly number[], title: string, value: string, live: boolean}} Card */
/** @typedef {{text: string, lit: boolean, wrong: string}} Shown the adjoint of a card as it stands; wrong says what it should be */
/** @typedef {{from: number, to: number, slot: number, label: string, chip: string | null}} Line */

const ROW = 19;
const LEAST = 96;
const MOST = 190;
const NARROW = 620;
const MARGIN = 12;
export const MOST_DRAWN = 40;

/** @param {string} label */
export function createDrawing(label) {
  const root = h("div", { class: "back-drawing", tabindex: "0", role: "group", "aria-label": label });
  /** @type {{cards: Card[], lines: Line[]} | null} */
  let graph = null;
  let drawn = 0;
  /** @type {(() => void)} */
  let refresh = () => {};

  const paint = () => {
    const width = root.clientWidth;
    if (graph === null || width === 0 || width === drawn) return;
    drawn = width;
    root.replaceChildren(pictureOf(graph.cards, graph.lines, width < NARROW ? "down" : "right"));
    refresh();
  };
  new ResizeObserver(paint).observe(root);
  return {
    root,
    /** @param {Card[]} cards @param {Line[]} lines */
    draw(cards, lines) {
      graph = { cards, lines };
      drawn = 0;
      paint();
    },
    /** @param {(id: number) => Shown} adjointOf @param {(line: {from: number, to: number, slot: number}) => "now" | "done" | ""} stateOf */
    move(adjointOf, stateOf) {
      refresh = () => {
        for (const place of root.querySelectorAll("[data-card]")) {
          const { text, lit, wrong } = adjointOf(Number(/** @type {SVGElement} */ (place).dataset.card));
          place.classList.toggle("is-lit", lit);
          place.classList.toggle("is-wrong", wrong !== "");
          /** @type {SVGElement} */ (place.querySelector(".back-adjoint")).textContent = text;
          /** @type {SVGElement} */ (place.querySelector(".back-should")).textContent = wrong;
        }
        for (const place of root.querySelectorAll("[data-line]")) {
          const [from, to, slot] = (/** @type {SVGElement} */ (place).dataset.line ?? "").split(".").map(Number);
          const state = stateOf({ from, to, slot });
          place.classList.toggle("is-now", state === "now");
          place.classList.toggle("is-done", state === "done");
        }
        follow(root);
      };
      refresh();
    },
  };
}

/** @param {HTMLElement} root where the graph is larger than its place, the edge of the step is brought into sight */
function follow(root) {
  const edge = root.querySelector(".back-label.is-now") ?? root.querySelector(".back-line.is-now");
  if (edge === null || (root.scrollHeight <= root.clientHeight && root.scrollWidth <= root.clientWidth)) return;
  const [mark, place] = [edge.getBoundingClientRect(), root.getBoundingClientRect()];
  root.scrollBy({ top: mark.top + mark.height / 2 - place.top - root.clientHeight / 2, left: mark.left + mark.width / 2 - place.left - root.clientWidth / 2 });
}

/** @param {Card[]} cards @param {Line[]} lines @param {"right" | "down"} direction @returns {SVGElement} */
function pictureOf(cards, lines, direction) {
  const sizes = cards.map(({ title, value }) => ({ width: Math.ceil(Math.min(MOST, Math.max(LEAST, widthOf(title, "title") + 26, widthOf(value, "cell") + 26))), height: 4 * ROW + 12 }));
  const chipSize = (/** @type {string} */ text) => ({ width: Math.ceil(widthOf(text, "slot")) + 14, height: 24 });
  const labelSize = (/** @type {string} */ text) => (text === "" ? { width: 0, height: 0 } : { width: Math.ceil(widthOf(text, "slot")) + 14, height: 24 });
  const layout = layoutOf({
    direction,
    nodeGap: 26,
    nodes: cards.map(({ id, kind, inputs, title }, place) => ({ id, ...sizes[place], slots: inputs.length, group: null, isInput: kind === "input", reference: chipSize(title) })),
    edges: lines.map(({ from, to, slot, label, chip }) => ({ from, to, slot, label: labelSize(label), chip: chip === null ? null : chipSize(chip) })),
    groups: [],
  });
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  const svg = shape("svg", { class: "back-graph", viewBox: `${-MARGIN} ${-MARGIN} ${width} ${height}`, width, height, "aria-hidden": "true" });
  const titles = new Map(cards.map(({ id, title }) => [id, title]));
  lines.forEach((line, place) => svg.append(...lineOf(line, place, layout, chipSize, titles)));
  lines.forEach((line, place) => line.label !== "" && svg.append(labelOf(line, layout.labelX[place] - (Number.isNaN(layout.chipX[place]) ? 0 : chipRoom(line, chipSize, titles, direction)), layout.labelY[place], labelSize(line.label))));
  cards.forEach((card, place) => svg.append(cardOf(card, layout.nodeX[place], layout.nodeY[place], sizes[place])));
  return svg;
}

/** @param {Line} line @param {(text: string) => {width: number}} chipSize @param {Map<number, string>} titles @param {"right" | "down"} direction @returns {number} a label beside a chip stands before it */
const chipRoom = ({ from, chip }, chipSize, titles, direction) => (direction === "right" ? chipSize(chip ?? titles.get(from) ?? "").width + 8 : 0);

/** @param {Line} line @param {number} place @param {import("../../layout/types.js").Layout} layout @param {(text: string) => {width: number, height: number}} chipSize @param {Map<number, string>} titles @returns {SVGElement[]} */
function lineOf({ from, to, slot, chip }, place, layout, chipSize, titles) {
  const key = `${from}.${to}.${slot}`;
  if (Number.isNaN(layout.chipX[place])) return [shape("path", { class: "back-line", d: pathOf(layout, place), "data-line": key })];
  const text = chip ?? titles.get(from) ?? "";
  const { width, height } = chipSize(text);
  const right = layout.direction === "right";
  const group = shape("g", { class: "back-chip", transform: `translate(${layout.chipX[place]},${layout.chipY[place]})` });
  group.append(shape("path", { class: "back-line", d: right ? `M${width} ${height / 2}h16` : `M${width / 2} ${height}v16`, "data-line": key }), shape("rect", { width, height, rx: 6 }), shape("text", { x: width / 2, y: height / 2 + 5, "text-anchor": "middle" }, text));
  return [group];
}

/** @param {Line} line @param {number} x @param {number} y @param {{width: number, height: number}} size @returns {SVGElement} */
function labelOf({ from, to, slot, label }, x, y, { width, height }) {
  const group = shape("g", { class: "back-label", "data-line": `${from}.${to}.${slot}`, transform: `translate(${x},${y})` });
  group.append(shape("rect", { x: -width / 2, y: -height / 2, width, height, rx: 11 }), shape("text", { x: 0, y: 5, "text-anchor": "middle" }, label));
  return group;
}

/** @param {Card} card @param {number} x @param {number} y @param {{width: number, height: number}} size @returns {SVGElement} */
function cardOf({ id, kind, title, value, live }, x, y, { width, height }) {
  const group = shape("g", { class: `back-card kind-${kind}${live ? "" : " is-still"}`, "data-card": id, transform: `translate(${x},${y})` });
  const row = (/** @type {string} */ name, /** @type {number} */ place, /** @type {string} */ text) => shape("text", { class: name, x: width / 2, y: place * ROW + 3, "text-anchor": "middle" }, text);
  group.append(shape("rect", { width, height, rx: 7 }), row("back-title", 1, fitted(title, "title", MOST - 16)), row("back-value", 2, fitted(value, "cell", MOST - 16)), row("back-adjoint", 3, ""), row("back-should", 4, ""));
  return group;
}
