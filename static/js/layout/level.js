/** One level laid out, and the frame around it. */

import { columnsOf, knotsOf } from "./columns.js";
import { orderOf } from "./order.js";
import { placesOf } from "./place.js";
import { layersOf, ranksOf } from "./rank.js";
import { BOX, GAP } from "./types.js";

/** @typedef {import("./types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("./types.js").Level} Level */
/** @typedef {import("./columns.js").Sizes} Sizes */

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
 * @property {(sink: number, take: (along: number, across: number) => void) => void} knots from the net's start to the sink
 * @property {number} crossings
 */

/** @typedef {{graph: LayoutGraph, levels: Level[], placed: Placed[], room: Float64Array, labelRoom: Float64Array, outline: Float64Array, labelWidths: Map<number | null, number>, alike: Map<string, Placed>, hasHints: boolean}} Work room: chips in front of a node; labelRoom: its longest label; outline: its size across with what is written at its ports; labelWidths: of groups; alike: what groups came out as, by their signatures */

/** Nodes of a picture that has time for a longer search. */
const SMALL = 64;

/** @param {Work} work @param {number} index @returns {Placed} children must be placed */
export function placeLevel(work, index) {
  const level = work.levels[index];
  const sizes = sizesOf(work, level);
  const ends = { in: each(level.sinks, (_, sink) => portIn(work, level, sizes.across, sink)), out: each(level.nets, (_, net) => portOut(work, level, sizes.across, net)) };
  if (level.group === null || work.hasHints) return placedFrom(work, level, sizes, ends);
  const key = signatureOf(level, sizes, ends, work.labelWidths.get(level.group) ?? 0);
  const alike = work.alike.get(key);
  if (alike === undefined) {
    const placed = placedFrom(work, level, sizes, ends);
    work.alike.set(key, placed);
    return placed;
  }
  const { acrossStart } = alike;
  return { ...alike, inPort: ports(level, "in", alike.unitAcross, acrossStart), outPort: ports(level, "out", alike.unitAcross, acrossStart) };
}

/** As Float64Array.from, which asks an iterator for each of a million numbers. @template T @param {T[]} list @param {(one: T, at: number) => number} number @returns {Float64Array} */
function each(list, number) {
  const numbers = new Float64Array(list.length);
  for (let at = 0; at < list.length; at += 1) numbers[at] = number(list[at], at);
  return numbers;
}

/** @typedef {{in: Float64Array, out: Float64Array}} Ends offset of each sink's and each net's port from the middle of its unit */

/** @param {Level} level @param {Sizes} sizes @param {Ends} ends @param {number} label @returns {string} the same for groups that come out the same, as most rounds of a loop do */
function signatureOf({ units, nets, sinks }, { along, across, outline, room, labels }, ends, label) {
  const shapes = units.map(({ kind, fixed }, unit) => `${kind}${fixed ? "!" : ""} ${along[unit]} ${across[unit]} ${outline[unit]} ${room[unit]} ${labels[unit]}`);
  const starts = nets.map(({ unit }, net) => `${unit} ${ends.out[net]}`);
  const stops = sinks.map(({ net, unit, slot }, sink) => `${net} ${unit} ${slot} ${ends.in[sink]}`);
  return `${label}|${shapes}|${starts}|${stops}`;
}

/** @param {Work} work @param {Level} level @param {Sizes} sizes @param {Ends} ends @returns {Placed} */
function placedFrom(work, level, sizes, ends) {
  const ranked = ranksOf(level);
  const cut = layersOf(level, ranked, sizes.outline, (sink) => ends.in[sink], (net) => ends.out[net], inLine(level, sizes.across));
  const layers = { ...cut, nodeGap: work.graph.nodeGap ?? cut.nodeGap };
  const { order, position, crossings } = orderOf(layers, pinnedIn(level), { hints: hintsOf(work, level), isSmall: work.graph.nodes.length <= SMALL });
  const middle = placesOf(layers, order, position);
  const columns = columnsOf(layers, sizes, middle);
  const frame = frameOf(work, level);
  const innerAcross = middle.reduce((most, place, unit) => Math.max(most, place + layers.across[unit] / 2), 0);
  const label = work.labelWidths.get(level.group) ?? 0;
  const right = work.graph.direction === "right";
  const unitAlong = each(level.units, (_, unit) => columns.card[layers.rank[unit]]);
  return {
    along: Math.max(columns.total + frame.alongStart + frame.alongEnd, right ? label : 0),
    across: Math.max(innerAcross + frame.acrossStart + frame.acrossEnd, right ? 0 : label),
    alongStart: frame.alongStart,
    acrossStart: frame.acrossStart,
    unitAlong,
    unitAcross: middle.slice(0, level.units.length),
    inPort: ports(level, "in", middle, frame.acrossStart),
    outPort: ports(level, "out", middle, frame.acrossStart),
    knots: (sink, take) => knotsOf(layers, sizes, middle, columns, sink, take),
    crossings,
  };
}

/** @param {Level} level @returns {Int32Array} its inputs */
const pinnedIn = ({ units }) => Int32Array.from(units.flatMap(({ fixed }, unit) => (fixed ? [unit] : [])));

/** @param {Work} work @param {Level} level @returns {Float64Array | null} where each unit was before; null where no node was */
function hintsOf({ graph, levels, hasHints }, level) {
  if (!hasHints) return null;
  /** @type {(unit: import("./types.js").Unit) => number} */
  const hintOf = ({ kind, ref }) => (kind === "level" ? mean(levels[ref].units.filter((inner) => inner.kind === "node" || inner.kind === "level").map(hintOf)) : (graph.nodes[ref].hint ?? NaN));
  return each(level.units, hintOf);
}

/** @param {number[]} values @returns {number} of those that are known */
function mean(values) {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** @param {Work} work @param {Level} level @returns {Sizes} */
function sizesOf({ graph, placed, room, labelRoom, outline }, level) {
  const right = graph.direction === "right";
  const pick = (/** @type {(unit: import("./types.js").Unit) => number} */ size) => each(level.units, size);
  const line = (/** @type {import("./types.js").Unit} */ unit) => unit.kind === "in" || unit.kind === "out";
  const node = (/** @type {import("./types.js").Unit} */ unit) => graph.nodes[unit.ref];
  return {
    along: pick((unit) => (line(unit) ? 0 : unit.kind === "level" ? placed[unit.ref].along : right ? node(unit).width : node(unit).height)),
    across: pick((unit) => (line(unit) ? 0 : unit.kind === "level" ? placed[unit.ref].across : right ? node(unit).height : node(unit).width)),
    outline: pick((unit) => (line(unit) ? 0 : unit.kind === "level" ? placed[unit.ref].across : outline[unit.ref])),
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
