/** One level laid out: columns along, places across, and the knots of every line. */

import { orderOf } from "./order.js";
import { placesOf } from "./place.js";
import { layersOf, ranksOf } from "./rank.js";
import { BOX, GAP } from "./types.js";

/** @typedef {import("./types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("./types.js").Level} Level */
/** @typedef {import("./types.js").Layers} Layers */

/**
 * @typedef {object} Placed
 * @property {number} along size of the box, frame included
 * @property {number} across
 * @property {number} alongStart where the inside begins
 * @property {number} acrossStart
 * @property {Float64Array} unitAlong start of every unit, chips in front left out
 * @property {Float64Array} unitAcross middle of every unit
 * @property {Map<number, number>} inPort source → place across, frame included
 * @property {Map<number, number>} outPort
 * @property {(sink: number) => number[]} knots along, across pairs from the net's start to the sink
 * @property {number} crossings
 */

/** @typedef {{graph: LayoutGraph, levels: Level[], placed: Placed[], room: Float64Array, labelRoom: Float64Array, labelWidths: Map<number | null, number>}} Work room: chips in front of a node; labelRoom: its longest label; labelWidths: of groups */

/** @param {Work} work @param {number} index @returns {Placed} children must be placed */
export function placeLevel(work, index) {
  const level = work.levels[index];
  const sizes = sizesOf(work, level);
  const ranked = ranksOf(level);
  const cut = layersOf(level, ranked, sizes.across, (sink) => portIn(work, level, sizes.across, sink), (net) => portOut(work, level, sizes.across, net), inLine(level, sizes.across));
  const layers = { ...cut, nodeGap: work.graph.nodeGap ?? cut.nodeGap };
  const { order, position, crossings } = orderOf(layers, Int32Array.from(level.units.keys()).filter((unit) => level.units[unit].fixed));
  const middle = placesOf(layers, order, position);
  const columns = columnsOf(layers, sizes, middle);
  const frame = frameOf(work, level);
  const innerAcross = middle.reduce((most, place, unit) => Math.max(most, place + layers.across[unit] / 2), 0);
  const label = work.labelWidths.get(level.group) ?? 0;
  const right = work.graph.direction === "right";
  const unitAlong = Float64Array.from(level.units, (_, unit) => columns.card[layers.rank[unit]]);
  return {
    along: Math.max(columns.total + frame.alongStart + frame.alongEnd, right ? label : 0),
    across: Math.max(innerAcross + frame.acrossStart + frame.acrossEnd, right ? 0 : label),
    alongStart: frame.alongStart,
    acrossStart: frame.acrossStart,
    unitAlong,
    unitAcross: middle.slice(0, level.units.length),
    inPort: ports(level, "in", middle, frame.acrossStart),
    outPort: ports(level, "out", middle, frame.acrossStart),
    knots: (sink) => knotsOf(layers, sizes, middle, columns, sink),
    crossings,
  };
}

/** @typedef {{along: Float64Array, across: Float64Array, room: Float64Array, labels: Float64Array}} Sizes */

/** @param {Work} work @param {Level} level @returns {Sizes} */
function sizesOf({ graph, placed, room, labelRoom }, level) {
  const right = graph.direction === "right";
  const pick = (/** @type {(unit: import("./types.js").Unit) => number} */ size) => Float64Array.from(level.units, size);
  const line = (/** @type {import("./types.js").Unit} */ unit) => unit.kind === "in" || unit.kind === "out";
  const node = (/** @type {import("./types.js").Unit} */ unit) => graph.nodes[unit.ref];
  return {
    along: pick((unit) => (line(unit) ? 0 : unit.kind === "level" ? placed[unit.ref].along : right ? node(unit).width : node(unit).height)),
    across: pick((unit) => (line(unit) ? 0 : unit.kind === "level" ? placed[unit.ref].across : right ? node(unit).height : node(unit).width)),
    room: pick((unit) => (unit.kind === "node" ? room[unit.ref] : 0)),
    labels: pick((unit) => (unit.kind === "node" ? labelRoom[unit.ref] : 0)),
  };
}

/** @param {Work} work @param {Level} level @param {Float64Array} across @param {number} index @returns {number} offset from the middle: slots in order, evenly */
function portIn({ graph, placed }, level, across, index) {
  const sink = level.sinks[index];
  const unit = level.units[sink.unit];
  if (unit.kind === "level") return /** @type {number} */ (placed[unit.ref].inPort.get(sink.source)) - across[sink.unit] / 2;
  if (unit.kind !== "node") return 0;
  return across[sink.unit] * ((sink.slot + 1) / (graph.nodes[unit.ref].slots + 1) - 0.5);
}

/** @param {Work} work @param {Level} level @param {Float64Array} across @param {number} index @returns {number} */
function portOut({ placed }, level, across, index) {
  const net = level.nets[index];
  const unit = level.units[net.unit];
  return unit.kind === "level" ? /** @type {number} */ (placed[unit.ref].outPort.get(net.source)) - across[net.unit] / 2 : 0;
}

/**
 * Cards stand in line by their middles, boxes by their tops, lines from outside enter their port: port to port, chains of cards would slide down step by step.
 * @param {Level} level @param {Float64Array} across
 * @returns {(from: number, to: number, fromPort: number, toPort: number) => number}
 */
function inLine(level, across) {
  const isBox = (/** @type {number} */ unit) => unit >= 0 && level.units[unit].kind === "level";
  const isLine = (/** @type {number} */ unit) => unit >= 0 && level.units[unit].kind === "in";
  return (from, to, fromPort, toPort) => {
    if (isBox(from) && isBox(to)) return (across[to] - across[from]) / 2;
    return (isBox(from) ? fromPort : 0) - (isBox(to) || isLine(from) ? toPort : 0);
  };
}

/** @param {Level} level @param {"in" | "out"} kind @param {Float64Array} middle @param {number} start @returns {Map<number, number>} */
function ports(level, kind, middle, start) {
  return new Map(level.units.flatMap((unit, index) => (unit.kind === kind ? [[unit.ref, middle[index] + start]] : [])));
}

/** @param {Work} work @param {Level} level */
function frameOf({ graph }, level) {
  if (level.group === null) return { alongStart: GAP.margin, alongEnd: GAP.margin, acrossStart: GAP.margin, acrossEnd: GAP.margin };
  const down = graph.direction === "down";
  return {
    alongStart: down ? BOX.header : BOX.side,
    alongEnd: down ? BOX.foot : BOX.side,
    acrossStart: down ? BOX.side : BOX.header,
    acrossEnd: down ? BOX.side : BOX.foot,
  };
}

/** @typedef {{start: Float64Array, card: Float64Array, end: Float64Array, total: number}} Columns start … end of each rank without curves; card: where its units begin */

/** @param {Layers} layers @param {Sizes} sizes @param {Float64Array} middle @returns {Columns} */
function columnsOf(layers, sizes, middle) {
  const room = new Float64Array(layers.ranks);
  const width = new Float64Array(layers.ranks);
  const gap = new Float64Array(layers.ranks);
  for (let unit = 0; unit < layers.units; unit += 1) {
    const rank = layers.rank[unit];
    room[rank] = Math.max(room[rank], sizes.room[unit]);
    width[rank] = Math.max(width[rank], sizes.along[unit]);
    gap[rank] = Math.max(gap[rank], sizes.labels[unit]);
  }
  for (let segment = 0; segment < layers.segmentFrom.length; segment += 1) {
    const [from, to] = [layers.segmentFrom[segment], layers.segmentTo[segment]];
    const rise = Math.abs(middle[from] + layers.fromPort[segment] - middle[to] - layers.toPort[segment]);
    gap[layers.rank[to]] = Math.max(gap[layers.rank[to]], rise < 1 ? 24 : Math.min(GAP.curve + rise / 5, 2.6 * GAP.curve));
  }
  const columns = { start: new Float64Array(layers.ranks), card: new Float64Array(layers.ranks), end: new Float64Array(layers.ranks), total: 0 };
  for (let rank = 0; rank < layers.ranks; rank += 1) {
    columns.start[rank] = rank === 0 ? 0 : columns.end[rank - 1] + gap[rank];
    columns.card[rank] = columns.start[rank] + room[rank];
    columns.end[rank] = columns.card[rank] + width[rank];
  }
  columns.total = layers.ranks > 0 ? columns.end[layers.ranks - 1] : 0;
  return columns;
}

/** @param {Layers} layers @param {Sizes} sizes @param {Float64Array} middle @param {Columns} columns @param {number} sink @returns {number[]} */
function knotsOf(layers, sizes, middle, columns, sink) {
  const path = [layers.lastSegment[sink]];
  while (layers.segmentFrom[path[0]] >= layers.units) path.unshift(layers.inSegments[layers.inStart[layers.segmentFrom[path[0]]]]);
  const origin = layers.segmentFrom[path[0]];
  const out = middle[origin] + layers.fromPort[path[0]];
  const knots = [columns.card[layers.rank[origin]] + sizes.along[origin], out, columns.end[layers.rank[origin]], out];
  for (const segment of path) {
    const unit = layers.segmentTo[segment];
    const rank = layers.rank[unit];
    const across = middle[unit] + layers.toPort[segment];
    knots.push(columns.start[rank], across, unit < layers.units ? columns.card[rank] : columns.end[rank], across);
  }
  return knots;
}
