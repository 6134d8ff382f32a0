/** The drawing of a run's graph: cards, lines, boxes and dashed edges back, in places that the stage's layout gives. */

import { layoutOf } from "../../../layout.js";
import { d3 } from "../../../vendor.js";
import { pathOf } from "../../../views/stage/paths.js";
import { routesOf } from "./backs.js";
import { ALONE } from "./graph.js";

/** @typedef {import("./graph.js").Drawing} Drawing */
/** @typedef {import("./graph.js").Card} Card */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */

const MARGIN = 14;
const ROW = 18;
let made = 0;

/** @param {SVGSVGElement} root */
export function createPicture(root) {
  made += 1;
  const arrows = { forward: `dynamic-arrow-${made}`, back: `dynamic-arrow-back-${made}` };
  const svg = d3.select(root).attr("class", "dynamic-graph").attr("role", "img");
  const defs = svg.append("defs");
  for (const [kind, id] of Object.entries(arrows)) {
    defs.append("marker").attr("id", id).attr("class", `dynamic-arrow ${kind}`).attr("viewBox", "0 0 10 10").attr("refX", 9).attr("refY", 5).attr("markerUnits", "userSpaceOnUse").attr("markerWidth", 11).attr("markerHeight", 11).attr("orient", "auto").append("path").attr("d", "M0 0L10 5L0 10z");
  }
  const [boxes, lines, backs, cards] = ["boxes", "lines", "backs", "cards"].map((name) => svg.append("g").attr("class", name));

  return {
    /** @param {Drawing} drawing @param {string} label */
    render(drawing, label) {
      const layout = layoutOf(drawing.graph);
      const { routes, width, height } = routesOf(drawing, layout);
      const [wide, high] = [width + 2 * MARGIN, height + 2 * MARGIN];
      svg.attr("viewBox", `${-MARGIN} ${-MARGIN} ${wide} ${high}`).attr("width", wide).attr("height", high).attr("aria-label", label);
      paintBoxes(boxes, drawing, layout);
      paintLines(lines, drawing, layout, arrows.forward);
      paintBacks(backs, routes, arrows.back);
      paintCards(cards, drawing.cards, layout);
    },
    /** @param {number | null} line whose cards are lit */
    light(line) {
      cards.selectAll("g.dynamic-card").classed("is-lit", (/** @type {any} */ { card }) => line !== null && card.line === line);
    },
  };
}

/** @param {Group} layer @param {Drawing} drawing @param {import("../../../layout/types.js").Layout} layout */
function paintBoxes(layer, { boxes }, layout) {
  const places = boxes.map((box, at) => ({ box, place: layout.groupBox.subarray(4 * at, 4 * at + 4) })).filter(({ place }) => !Number.isNaN(place[0]));
  const joined = layer.selectAll("g").data(places, (/** @type {any} */ { box }) => box.id).join((enter) => {
    const group = enter.append("g");
    group.append("rect").attr("rx", 9);
    group.append("text").attr("x", 12).attr("y", 17);
    return group;
  });
  joined.order().attr("class", ({ box }) => `dynamic-box ${box.kind}`).attr("transform", ({ place: [x, y] }) => `translate(${x},${y})`);
  joined.select("rect").attr("width", ({ place }) => place[2]).attr("height", ({ place }) => place[3]);
  joined.select("text").text(({ box }) => box.label);
}

/** @param {Group} layer @param {Drawing} drawing @param {import("../../../layout/types.js").Layout} layout @param {string} arrow */
function paintLines(layer, drawing, layout, arrow) {
  const items = drawing.lines.map((line, index) => ({ line, index, isChip: !Number.isNaN(layout.chipX[index]) }));
  const key = (/** @type {any} */ { line }) => `${line.from}-${line.to}-${line.slot}`;
  layer.selectAll("path.dynamic-line").data(items.filter(({ isChip }) => !isChip), key).join("path").attr("class", "dynamic-line").attr("marker-end", `url(#${arrow})`).attr("d", ({ index }) => pathOf(layout, index));
  const chips = layer.selectAll("g").data(items.filter(({ isChip }) => isChip), key).join((enter) => {
    const chip = enter.append("g").attr("class", "dynamic-chip");
    chip.append("path").attr("marker-end", `url(#${arrow})`);
    chip.append("rect").attr("rx", 6);
    chip.append("text");
    return chip;
  });
  const titles = new Map(drawing.cards.map(({ id, title }) => [id, title]));
  const sizeOf = (/** @type {typeof items[number]} */ { index, line }) => drawing.graph.edges[index].chip ?? referenceOf(drawing, line.from);
  const right = layout.direction === "right";
  chips.attr("transform", ({ index }) => `translate(${layout.chipX[index]},${layout.chipY[index]})`);
  chips.select("rect").attr("width", (item) => sizeOf(item).width).attr("height", (item) => sizeOf(item).height);
  chips.select("text").attr("x", (item) => sizeOf(item).width / 2).attr("y", (item) => sizeOf(item).height / 2 + 4).text(({ line }) => line.chip ?? titles.get(line.from) ?? "");
  chips.select("path").attr("d", (item) => (right ? `M${sizeOf(item).width} ${sizeOf(item).height / 2}h16` : `M${sizeOf(item).width / 2} ${sizeOf(item).height}v16`));
}

/** @param {Drawing} drawing @param {number} id @returns {{width: number, height: number}} of a chip that stands for a card drawn elsewhere */
const referenceOf = ({ graph }, id) => graph.nodes.find((node) => node.id === id)?.reference ?? { width: 0, height: 0 };

/** @param {Group} layer @param {import("./backs.js").Route[]} routes @param {string} arrow */
function paintBacks(layer, routes, arrow) {
  const joined = layer.selectAll("g").data(routes, (/** @type {any} */ { from }) => from).join((enter) => {
    const group = enter.append("g").attr("class", "dynamic-back");
    group.append("g");
    group.append("rect").attr("rx", 6).attr("height", 22);
    group.append("text");
    return group;
  });
  joined.select("g").selectAll("path").data(({ paths }) => paths).join("path").attr("marker-end", `url(#${arrow})`).attr("d", (/** @type {string} */ path) => path);
  joined.select("rect").attr("x", ({ x, width }) => x - width / 2).attr("y", ({ y }) => y - 11).attr("width", ({ width }) => width);
  joined.select("text").attr("x", ({ x }) => x).attr("y", ({ y }) => y + 4).text(({ label }) => label);
}

/** @param {Group} layer @param {Card[]} cards @param {import("../../../layout/types.js").Layout} layout */
function paintCards(layer, cards, layout) {
  const items = cards.map((card, place) => ({ card, x: layout.nodeX[place], y: layout.nodeY[place] }));
  const joined = layer.selectAll("g.dynamic-card").data(items, (/** @type {any} */ { card }) => card.id).join((enter) => {
    const group = enter.append("g");
    group.append("rect").attr("rx", 7);
    group.append("rect").attr("class", "inner").attr("rx", 5).attr("x", 3).attr("y", 3);
    return group;
  });
  joined
    .attr("class", ({ card }) => ["dynamic-card", `kind-${card.kind}`, card.isOutput ? "is-output" : "", card.isControl ? "is-control" : "", card.alone ? "is-alone" : ""].filter(Boolean).join(" "))
    .attr("data-node", ({ card }) => card.id)
    .attr("data-line", ({ card }) => card.line)
    .attr("transform", ({ x, y }) => `translate(${x},${y})`);
  joined.select("rect").attr("width", ({ card }) => card.width).attr("height", ({ card }) => card.height);
  joined.select("rect.inner").attr("width", ({ card }) => card.width - 6).attr("height", ({ card }) => card.height - 6);
  const texts = joined.selectAll("text").data(({ card }) => rowsOf(card), (/** @type {any} */ row) => row.kind).join("text");
  texts.attr("class", ({ kind }) => kind).attr("x", ({ width }) => width / 2).attr("y", ({ place }) => (place + 1) * ROW + 1).text(({ text }) => text);
}

/** @param {Card} card @returns {{kind: string, text: string, place: number, width: number}[]} its lines from top to bottom */
function rowsOf({ title, value, adjoint, alone, width }) {
  const rows = [["title", title], ["value", value], ["adjoint", adjoint], ["alone", alone ? ALONE : ""]].filter(([, text]) => text !== "");
  return rows.map(([kind, text], place) => ({ kind, text, place, width }));
}
