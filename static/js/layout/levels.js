/**
 * The tree of groups as levels: each group is laid out alone and is then one unit of the level around it.
 *
 * Groups are intervals of the tape, so contracting one never makes a cycle. An edge becomes one piece per level that it passes.
 */

/** @typedef {import("./types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("./types.js").Level} Level */
/** @typedef {{level: number, sink: number}} Piece */

/** More units than any level has: a net and a unit make one key. */
const UNITS = 2 ** 26;

/**
 * @param {LayoutGraph} graph
 * @param {number[]} routed edges drawn as lines, by index
 * @param {Map<number, number>} place node id → index
 * @returns {{levels: Level[], pieces: Piece[][]}} levels children first, the whole last; pieces per routed edge, source first
 */
export function levelsOf(graph, routed, place) {
  const levels = emptyLevels(graph);
  const levelOfGroup = new Map(levels.map((level, index) => [level.group, index]));
  const home = graph.nodes.map((node) => levelOfGroup.get(node.group) ?? levels.length - 1);
  const used = new Set();
  graph.nodes.forEach((node, index) => {
    addUnit(levels, home[index], { kind: "node", ref: index, fixed: node.isInput });
    for (let at = home[index]; at >= 0 && !used.has(at); at = levels[at].parent) {
      used.add(at);
      if (levels[at].parent >= 0) addUnit(levels, levels[at].parent, { kind: "level", ref: at, fixed: false });
    }
  });
  const chains = levels.map((_, index) => chain(levels, index));
  const pieces = routed.map((edge) => {
    const [from, to] = [/** @type {number} */ (place.get(graph.edges[edge].from)), /** @type {number} */ (place.get(graph.edges[edge].to))];
    return route(levels, { node: from, around: chains[home[from]] }, { node: to, around: chains[home[to]] }, graph.edges[edge].slot);
  });
  for (const level of levels) closeBoundaries(level);
  return { levels, pieces };
}

/** @param {LayoutGraph} graph @returns {Level[]} */
function emptyLevels(graph) {
  const parentOf = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const depthOf = (/** @type {number | null} */ id) => {
    let depth = 0;
    for (let at = id; at !== null && at !== undefined && depth <= parentOf.size; at = parentOf.get(at) ?? null) depth += 1;
    return depth;
  };
  const ordered = graph.groups.map((group) => ({ group, depth: depthOf(group.id) })).sort((a, b) => b.depth - a.depth);
  /** @type {(number | null)[]} */
  const ids = [...ordered.map(({ group }) => group.id), null];
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  return ids.map((group) => ({
    group,
    parent: group === null ? -1 : (indexOf.get(parentOf.get(group) ?? null) ?? ids.length - 1),
    units: [],
    nets: [],
    sinks: [],
    netOf: new Map(),
    unitOf: new Map(),
    unitOfLevel: new Map(),
    sinkOf: new Map(),
  }));
}

/** @param {Level[]} levels @param {number} at @param {import("./types.js").Unit} unit */
function addUnit(levels, at, unit) {
  const level = levels[at];
  if (unit.kind === "node") level.unitOf.set(unit.ref, level.units.length);
  if (unit.kind === "level") level.unitOfLevel.set(unit.ref, level.units.length);
  level.units.push(unit);
}

/** @typedef {{node: number, around: number[]}} End around: the levels that hold the node, innermost first */

/** @param {Level[]} levels @param {End} source @param {End} target @param {number} slot @returns {Piece[]} */
function route(levels, { node: from, around: sources }, { node: to, around: targets }, slot) {
  let [up, down] = [sources.length - 1, targets.length - 1];
  while (up > 0 && down > 0 && sources[up - 1] === targets[down - 1]) {
    up -= 1;
    down -= 1;
  }
  /** @type {Piece[]} */
  const pieces = [];
  for (let step = 0; step < up; step += 1) pieces.push({ level: sources[step], sink: sinkAt(levels[sources[step]], from, boundary(levels[sources[step]], from, "out"), -1) });
  for (let step = down; step >= 0; step -= 1) {
    const level = levels[targets[step]];
    const unit = unitAround(level, targets, step, to);
    pieces.push({ level: targets[step], sink: sinkAt(level, from, unit, step === 0 ? slot : -1) });
    const net = netOf(level, from);
    if (net.unit < 0) net.unit = step === down ? unitAround(level, sources, up, from) : boundary(level, from, "in");
  }
  for (let step = 0; step < up; step += 1) {
    const net = netOf(levels[sources[step]], from);
    if (net.unit < 0) net.unit = unitAround(levels[sources[step]], sources, step, from);
  }
  return pieces;
}

/** @param {Level} level @param {number[]} around @param {number} step the level's place among those around the node @param {number} node @returns {number} the unit that is the node, or the group it lies in */
const unitAround = (level, around, step, node) => /** @type {number} */ (step === 0 ? level.unitOf.get(node) : level.unitOfLevel.get(around[step - 1]));

/** @param {Level} level @param {number} source */
const netOf = (level, source) => level.nets[/** @type {number} */ (level.netOf.get(source))];

/** @param {Level[]} levels @param {number} at @returns {number[]} the level and those around it, innermost first */
function chain(levels, at) {
  const path = [];
  for (let level = at; level >= 0; level = levels[level].parent) path.push(level);
  return path;
}

/** @param {Level} level @param {number} source @param {"in" | "out"} kind @returns {number} placeholder of a boundary unit, resolved when the level is closed */
function boundary(level, source, kind) {
  const key = kind === "in" ? -2 - 2 * source : -3 - 2 * source;
  let unit = level.unitOf.get(key);
  if (unit === undefined) {
    unit = level.units.length;
    level.unitOf.set(key, unit);
    level.units.push({ kind, ref: source, fixed: false });
  }
  return unit;
}

/** @param {Level} level @param {number} source @param {number} unit @param {number} slot @returns {number} */
function sinkAt(level, source, unit, slot) {
  let net = level.netOf.get(source);
  if (net === undefined) {
    net = level.nets.length;
    level.nets.push({ unit: -1, source });
    level.netOf.set(source, net);
  }
  const key = slot < 0 ? net * UNITS + unit : -1;
  const found = level.sinkOf.get(key);
  if (found !== undefined) return found;
  if (slot < 0) level.sinkOf.set(key, level.sinks.length);
  level.sinks.push({ net, unit, slot, source });
  return level.sinks.length - 1;
}

/** @param {Level} level boundaries in front of and behind everything else, so that units stand in evaluation order */
function closeBoundaries(level) {
  const rankOf = { in: 0, node: 1, level: 1, out: 2 };
  const order = level.units.map((_, index) => index).sort((a, b) => rankOf[level.units[a].kind] - rankOf[level.units[b].kind] || a - b);
  const moved = new Int32Array(order.length);
  order.forEach((unit, index) => (moved[unit] = index));
  level.units = order.map((unit) => level.units[unit]);
  for (const net of level.nets) net.unit = moved[net.unit];
  for (const sink of level.sinks) sink.unit = moved[sink.unit];
  for (const [key, unit] of level.unitOf) level.unitOf.set(key, moved[unit]);
  for (const [key, unit] of level.unitOfLevel) level.unitOfLevel.set(key, moved[unit]);
}
