/**
 * A layered layout made for tapes: linear time, the same picture for the same program.
 *
 * Inputs stand in the first column in order, unless another order saves many crossings; ports are in slot order; a value read at several places has one line that
 * branches; constants and far values are chips beside the port; groups are boxes, laid out by themselves.
 */

import { chipRoom, chipsOf } from "./layout/chips.js";
import { labelRooms, outlinesOf } from "./layout/labels.js";
import { placeLevel } from "./layout/level.js";
import { levelsOf } from "./layout/levels.js";
import { GAP } from "./layout/types.js";

/** @typedef {import("./layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("./layout/types.js").Layout} Layout */
/** @typedef {import("./layout/level.js").Placed} Placed */
/** @typedef {import("./layout/level.js").Work} Work */

/** @param {LayoutGraph} graph @returns {Layout} */
export function layoutOf(graph) {
  const place = new Map(graph.nodes.map((node, index) => [node.id, index]));
  const chips = chipsOf(graph, place);
  const { along: room, size } = chipRoom(graph, place, chips);
  const routed = graph.edges.map((_, edge) => edge).filter((edge) => chips[edge] === 0);
  const { levels, pieces } = levelsOf(graph, routed, place);
  /** @type {Work} */
  const work = { graph, levels, placed: [], room, labelRoom: labelRooms(graph, place, chips), outline: outlinesOf(graph, place, chips, size), labelWidths: new Map(graph.groups.map((group) => [group.id, group.labelWidth])), alike: new Map(), hasHints: graph.nodes.some(({ hint }) => hint !== undefined) };
  levels.forEach((level, index) => {
    work.placed.push(level.units.length > 0 || level.group === null ? placeLevel(work, index) : nothing());
  });
  const origins = originsOf(work);
  const nodes = nodePlaces(work, origins);
  const whole = work.placed[work.placed.length - 1];
  const right = graph.direction === "right";
  return {
    direction: graph.direction,
    width: right ? whole.along : whole.across,
    height: right ? whole.across : whole.along,
    ...nodes,
    ...edgePlaces(work, origins, routed, pieces),
    ...besidePorts(graph, place, nodes, { chips, size, room }),
    groupBox: groupBoxes(work, origins),
    crossings: work.placed.reduce((sum, level) => sum + level.crossings, 0),
  };
}

/** @returns {Placed} */
const nothing = () => ({
  along: 0, across: 0, alongStart: 0, acrossStart: 0, unitAlong: new Float64Array(0), unitAcross: new Float64Array(0),
  inPort: new Map(), outPort: new Map(), knots: () => {}, crossings: 0,
});

/** @param {Work} work @returns {{along: Float64Array, across: Float64Array}} where the inside of each level begins */
function originsOf({ levels, placed }) {
  const along = new Float64Array(levels.length);
  const across = new Float64Array(levels.length);
  for (let index = levels.length - 1; index >= 0; index -= 1) {
    const { parent } = levels[index];
    const unit = parent < 0 ? undefined : levels[parent].unitOfLevel.get(index);
    const start = unit === undefined ? 0 : along[parent] + placed[parent].unitAlong[unit];
    const side = unit === undefined ? 0 : across[parent] + placed[parent].unitAcross[unit] - placed[index].across / 2;
    along[index] = start + placed[index].alongStart;
    across[index] = side + placed[index].acrossStart;
  }
  return { along, across };
}

/** @param {Work} work @param {{along: Float64Array, across: Float64Array}} origins */
function nodePlaces({ graph, levels, placed }, origins) {
  const nodeX = new Float64Array(graph.nodes.length);
  const nodeY = new Float64Array(graph.nodes.length);
  const right = graph.direction === "right";
  levels.forEach((level, index) => {
    level.units.forEach((unit, at) => {
      if (unit.kind !== "node") return;
      const node = graph.nodes[unit.ref];
      const along = origins.along[index] + placed[index].unitAlong[at];
      const across = origins.across[index] + placed[index].unitAcross[at] - (right ? node.height : node.width) / 2;
      nodeX[unit.ref] = right ? along : across;
      nodeY[unit.ref] = right ? across : along;
    });
  });
  return { nodeX, nodeY };
}

/** @param {Work} work @param {{along: Float64Array, across: Float64Array}} origins @param {number[]} routed @param {import("./layout/levels.js").Piece[][]} pieces */
function edgePlaces({ graph, placed }, origins, routed, pieces) {
  const edgeStart = new Int32Array(graph.edges.length + 1);
  const points = growing();
  const right = graph.direction === "right";
  let [start, side] = [0, 0];
  const take = (/** @type {number} */ along, /** @type {number} */ across) => (right ? points.push(start + along, side + across) : points.push(side + across, start + along));
  let next = 0;
  for (let edge = 0; edge < graph.edges.length; edge += 1) {
    if (routed[next] === edge) {
      for (const { level, sink } of pieces[next]) {
        start = origins.along[level];
        side = origins.across[level];
        placed[level].knots(sink, take);
      }
      next += 1;
    }
    edgeStart[edge + 1] = points.pairs();
  }
  return { edgeStart, edgePoints: points.taken() };
}

/** Pairs of numbers in one array that doubles: lists of a million numbers are slow to make and slow to forget. */
function growing() {
  let room = new Float64Array(1024);
  let size = 0;
  return {
    /** @param {number} x @param {number} y */
    push(x, y) {
      if (size + 2 > room.length) {
        const larger = new Float64Array(2 * room.length);
        larger.set(room);
        room = larger;
      }
      room[size++] = x;
      room[size++] = y;
    },
    pairs: () => size / 2,
    taken: () => room.slice(0, size),
  };
}

/**
 * Labels and chips stand in front of the port they belong to; downwards, labels of one node stand on steps above its chips.
 * @param {LayoutGraph} graph @param {Map<number, number>} place @param {{nodeX: Float64Array, nodeY: Float64Array}} nodes
 * @param {{chips: Uint8Array, size: (edge: number) => {width: number, height: number}, room: Float64Array}} kinds
 */
function besidePorts(graph, place, { nodeX, nodeY }, { chips, size, room }) {
  const blank = () => new Float64Array(graph.edges.length).fill(NaN);
  const beside = { labelX: blank(), labelY: blank(), chipX: blank(), chipY: blank(), chipReference: Float64Array.from(chips, (kind) => (kind === 2 ? 1 : 0)) };
  graph.edges.forEach((edge, index) => {
    const to = /** @type {number} */ (place.get(edge.to));
    const { width, height, slots } = graph.nodes[to];
    const fraction = (edge.slot + 1) / (slots + 1);
    const right = graph.direction === "right";
    const [x, y] = right ? [nodeX[to], nodeY[to] + height * fraction] : [nodeX[to] + width * fraction, nodeY[to]];
    if (chips[index] !== 0) {
      const chip = size(index);
      beside.chipX[index] = right ? x - GAP.chip - chip.width : x - chip.width / 2;
      beside.chipY[index] = right ? y - chip.height / 2 : y - GAP.chip - chip.height;
    }
    beside.labelX[index] = right ? x - 12 - edge.label.width / 2 : x;
    beside.labelY[index] = right ? y : y - room[to] - 14 - edge.label.height / 2 - (slots - 1 - edge.slot) * (edge.label.height + 3);
  });
  return beside;
}

/** @param {Work} work @param {{along: Float64Array, across: Float64Array}} origins @returns {Float64Array} */
function groupBoxes({ graph, levels, placed }, origins) {
  const boxes = new Float64Array(graph.groups.length * 4).fill(NaN);
  const right = graph.direction === "right";
  const levelOf = new Map(levels.map((level, index) => [level.group, index]));
  graph.groups.forEach((group, at) => {
    const index = /** @type {number} */ (levelOf.get(group.id));
    if (levels[index].units.length === 0) return;
    const { along, across, alongStart, acrossStart } = placed[index];
    const [start, side] = [origins.along[index] - alongStart, origins.across[index] - acrossStart];
    boxes.set(right ? [start, side, along, across] : [side, start, across, along], at * 4);
  });
  return boxes;
}
