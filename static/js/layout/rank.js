/** Ranks by longest path, and the long nets of a level cut into points, one shared chain per net. */

import { GAP } from "./types.js";

/** @typedef {import("./types.js").Level} Level */
/** @typedef {import("./types.js").Layers} Layers */

/** More inputs than these do not all stand in the first column: parameters of a later layer stand where it reads them. */
export const FEW_INPUTS = 6;

/** @param {Level} level @returns {{rank: Int32Array, ranks: number}} rank of every unit; inputs and entering boundaries in the first, as long as there are few inputs */
export function ranksOf(level) {
  const { units, sinks, nets } = level;
  const rank = new Int32Array(units.length);
  const hasFirst = units.some((unit) => unit.fixed || unit.kind === "in");
  const { start, list } = byUnit(units.length, sinks.map((sink) => sink.unit));
  for (let unit = 0; unit < units.length; unit += 1) {
    if (units[unit].fixed || units[unit].kind === "in") continue;
    let most = hasFirst ? 1 : 0;
    for (let at = start[unit]; at < start[unit + 1]; at += 1) most = Math.max(most, rank[nets[sinks[list[at]].net].unit] + 1);
    rank[unit] = most;
  }
  pull(level, rank, start, list, units.filter((unit) => unit.fixed).length > FEW_INPUTS);
  let last = 0;
  units.forEach((unit, index) => {
    if (unit.kind !== "out") last = Math.max(last, rank[index]);
  });
  const hasOut = units.some((unit) => unit.kind === "out");
  units.forEach((unit, index) => {
    if (unit.kind === "out") rank[index] = last + 1;
  });
  return { rank, ranks: last + (hasOut ? 2 : 1) };
}

/**
 * Moves a unit later where that shortens lines: all nets it reads pass there already, or come along.
 * @param {Level} level @param {Int32Array} rank @param {Int32Array} start @param {Int32Array} list @param {boolean} withInputs move inputs too, and units that lengthen one line as much as they shorten another
 */
function pull(level, rank, start, list, withInputs) {
  const { units, nets, sinks } = level;
  const reach = new Int32Array(nets.length);
  const uses = new Int32Array(nets.length);
  for (const sink of sinks) uses[sink.net] += 1;
  const nearest = new Int32Array(units.length).fill(-1);
  for (let unit = units.length - 1; unit >= 0; unit -= 1) {
    if (units[unit].kind === "out") continue;
    const target = nearest[unit] < 0 ? -1 : nearest[unit] - 1;
    const stays = units[unit].kind === "in" || (units[unit].fixed && !withInputs);
    if (!stays && target > rank[unit] && stretched(unit, target) <= (withInputs ? 1 : 0)) rank[unit] = target;
    for (let at = start[unit]; at < start[unit + 1]; at += 1) {
      const { net } = sinks[list[at]];
      reach[net] = Math.max(reach[net], rank[unit]);
      const producer = nets[net].unit;
      if (nearest[producer] < 0 || rank[unit] < nearest[producer]) nearest[producer] = rank[unit];
    }
  }

  /** @param {number} unit @param {number} target @returns {number} how many nets would grow */
  function stretched(unit, target) {
    let grown = 0;
    for (let at = start[unit]; at < start[unit + 1]; at += 1) {
      const { net } = sinks[list[at]];
      const follows = withInputs && units[nets[net].unit].fixed && uses[net] === 1;
      if (!follows && reach[net] < target) grown += 1;
    }
    return grown;
  }
}

/**
 * Compressed rows: the entries of each unit.
 * @param {number} count
 * @param {ArrayLike<number>} owners entry → unit
 */
export function byUnit(count, owners) {
  const start = new Int32Array(count + 1);
  for (let entry = 0; entry < owners.length; entry += 1) start[owners[entry] + 1] += 1;
  for (let unit = 0; unit < count; unit += 1) start[unit + 1] += start[unit];
  const list = new Int32Array(owners.length);
  const filled = start.slice();
  for (let entry = 0; entry < owners.length; entry += 1) list[filled[owners[entry]]++] = entry;
  return { start, list };
}

/**
 * @param {Level} level
 * @param {{rank: Int32Array, ranks: number}} ranked
 * @param {Float64Array} sizes unit → its size across
 * @param {(sink: number) => number} portIn offset of a sink's port from the middle of its unit
 * @param {(net: number) => number} portOut
 * @param {(from: number, to: number, fromPort: number, toPort: number) => number} inLine offset of the middles of two units that stand in line
 * @returns {Layers}
 */
export function layersOf(level, { rank, ranks }, sizes, portIn, portOut, inLine) {
  const units = level.units.length;
  const byNet = byUnit(level.nets.length, level.sinks.map((sink) => sink.net));
  /** @type {number[]} */ const pointRank = [];
  /** @type {number[]} */ const from = [];
  /** @type {number[]} */ const to = [];
  /** @type {number[]} */ const fromPort = [];
  /** @type {number[]} */ const toPort = [];
  const lastSegment = new Int32Array(level.sinks.length);
  const segment = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ pa, /** @type {number} */ pb) => {
    from.push(a);
    to.push(b);
    fromPort.push(pa);
    toPort.push(pb);
    return from.length - 1;
  };
  level.nets.forEach((net, index) => {
    const first = rank[net.unit];
    const sinks = Array.from(byNet.list.subarray(byNet.start[index], byNet.start[index + 1]));
    const last = sinks.reduce((most, sink) => Math.max(most, rank[level.sinks[sink].unit]), first);
    const base = units + pointRank.length;
    for (let at = first + 1; at < last; at += 1) {
      const here = units + pointRank.length;
      pointRank.push(at);
      segment(at === first + 1 ? net.unit : here - 1, here, at === first + 1 ? portOut(index) : 0, 0);
    }
    for (const sink of sinks) {
      const { unit } = level.sinks[sink];
      const near = rank[unit] === first + 1;
      lastSegment[sink] = segment(near ? net.unit : base + rank[unit] - first - 2, unit, near ? portOut(index) : 0, portIn(sink));
    }
  });
  return assemble(level, ranks, rank, sizes, pointRank, { from, to, fromPort, toPort, lastSegment }, inLine);
}

/** @param {Level} level @param {number} ranks @param {Int32Array} rank @param {Float64Array} sizes @param {number[]} pointRank
 *  @param {{from: number[], to: number[], fromPort: number[], toPort: number[], lastSegment: Int32Array}} segments
 *  @param {(from: number, to: number, fromPort: number, toPort: number) => number} inLine @returns {Layers} */
function assemble(level, ranks, rank, sizes, pointRank, { from, to, fromPort, toPort, lastSegment }, inLine) {
  const units = level.units.length;
  const count = units + pointRank.length;
  const allRank = new Int32Array(count);
  allRank.set(rank);
  allRank.set(pointRank, units);
  const across = new Float64Array(count);
  across.set(sizes);
  const line = new Uint8Array(count).fill(1, units);
  level.units.forEach((unit, index) => {
    if (unit.kind === "in" || unit.kind === "out") line[index] = 1;
  });
  const incoming = byUnit(count, to);
  const outgoing = byUnit(count, from);
  sortRows(incoming.start, incoming.list, toPort);
  sortRows(outgoing.start, outgoing.list, fromPort);
  return {
    count,
    units,
    nodeGap: GAP.nodes,
    ranks,
    rank: allRank,
    across,
    segmentFrom: Int32Array.from(from),
    segmentTo: Int32Array.from(to),
    fromPort: Float64Array.from(fromPort),
    toPort: Float64Array.from(toPort),
    ...partsOf(across, { from, to, fromPort, toPort }, (unit) => (unit < units ? unit : -1), inLine),
    lastSegment,
    ...outRanks(count, outgoing, fromPort),
    line,
    inStart: incoming.start,
    inSegments: incoming.list,
    outStart: outgoing.start,
    outSegments: outgoing.list,
  };
}

/** @param {Float64Array} across @param {{from: number[], to: number[], fromPort: number[], toPort: number[]}} segments @param {(unit: number) => number} middle @param {(from: number, to: number, fromPort: number, toPort: number) => number} inLine */
function partsOf(across, { from, to, fromPort, toPort }, middle, inLine) {
  const parts = { fromPart: new Float64Array(from.length), toPart: new Float64Array(from.length), offset: new Float64Array(from.length) };
  for (let segment = 0; segment < from.length; segment += 1) {
    parts.fromPart[segment] = fromPort[segment] / (across[from[segment]] + 1);
    parts.toPart[segment] = toPort[segment] / (across[to[segment]] + 1);
    parts.offset[segment] = inLine(middle(from[segment]), middle(to[segment]), fromPort[segment], toPort[segment]);
  }
  return parts;
}

/** @param {Int32Array} start @param {Int32Array} list @param {number[]} keys entries of each row in order of their keys, ties as they were */
function sortRows(start, list, keys) {
  for (let row = 0; row + 1 < start.length; row += 1) {
    for (let at = start[row] + 1; at < start[row + 1]; at += 1) {
      const entry = list[at];
      let hole = at;
      for (; hole > start[row] && keys[list[hole - 1]] > keys[entry]; hole -= 1) list[hole] = list[hole - 1];
      list[hole] = entry;
    }
  }
}

/** @param {number} count @param {{start: Int32Array, list: Int32Array}} outgoing in order of ports @param {number[]} fromPort */
function outRanks(count, { start, list }, fromPort) {
  const outRank = new Int32Array(list.length);
  const outPorts = new Int32Array(count);
  for (let unit = 0; unit < count; unit += 1) {
    let ports = 0;
    for (let at = start[unit]; at < start[unit + 1]; at += 1) {
      if (at > start[unit] && fromPort[list[at]] !== fromPort[list[at - 1]]) ports += 1;
      outRank[list[at]] = ports;
    }
    outPorts[unit] = start[unit] === start[unit + 1] ? 0 : ports + 1;
  }
  return { outRank, outPorts };
}
