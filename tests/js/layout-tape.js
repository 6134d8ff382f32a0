/** Random tapes for the layout's tests. */

/** @typedef {import("../../static/js/layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/** @param {number} seed @returns {() => number} */
export function random(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** @param {number} id @param {Partial<import("../../static/js/layout/types.js").LayoutNode>} [more] */
export const node = (id, more = {}) => ({ id, width: 120, height: 80, slots: 2, group: /** @type {number | null} */ (null), isInput: false, reference: { width: 30, height: 24 }, ...more });

/** @param {number} from @param {number} to @param {number} slot */
export const edge = (from, to, slot) => ({ from, to, slot, label: { width: 80, height: 20 }, chip: /** @type {{width: number, height: number} | null} */ (null) });

/** @param {number} size @param {number} seed @param {"right" | "down"} direction @param {boolean} [grouped] @returns {LayoutGraph} groups of groups, chips, one to three operands */
export function tape(size, seed, direction, grouped = true) {
  const draw = random(seed);
  const nodes = [];
  const edges = [];
  /** @type {LayoutGraph["groups"]} */
  const groups = [];
  for (let id = 0; id < size; id += 1) {
    const isInput = id < 3;
    const slots = isInput ? 0 : 1 + Math.floor(draw() * 3);
    const outer = Math.floor(id / 12);
    const group = !grouped || id < 12 || id % 12 < 3 ? null : id % 12 > 8 ? 2 * outer + 1 : 2 * outer;
    if (group !== null && !groups.some((one) => one.id === group)) groups.push({ id: group, parent: group % 2 === 1 ? group - 1 : null, labelWidth: 60 });
    nodes.push(node(id, { isInput, slots, group, width: 100 + Math.floor(draw() * 80), height: 90 + Math.floor(draw() * 50) }));
    for (let slot = 0; slot < slots; slot += 1) edges.push({ ...edge(Math.max(0, id - 1 - Math.floor(draw() ** 2 * 14)), id, slot), chip: draw() < 0.1 ? { width: 30, height: 24 } : null });
  }
  return { nodes, edges, groups, direction };
}

/** @param {Box} a @param {Box} b */
export const overlap = (a, b) => a.x < b.x + b.width - 0.01 && b.x < a.x + a.width - 0.01 && a.y < b.y + b.height - 0.01 && b.y < a.y + a.height - 0.01;

/** @param {LayoutGraph} graph @param {import("../../static/js/layout/types.js").Layout} layout @returns {Box[]} */
export const cardsIn = (graph, layout) => graph.nodes.map(({ width, height }, at) => ({ x: layout.nodeX[at], y: layout.nodeY[at], width, height }));

/** @param {LayoutGraph} graph @param {import("../../static/js/layout/types.js").Layout} layout @returns {Box[]} */
export const boxesIn = (graph, layout) => graph.groups.map((_, at) => ({ x: layout.groupBox[4 * at], y: layout.groupBox[4 * at + 1], width: layout.groupBox[4 * at + 2], height: layout.groupBox[4 * at + 3] }));

/** @param {LayoutGraph} graph @param {import("../../static/js/layout/types.js").Layout} layout @returns {(Box | null)[]} by edge; null where a chip stands instead */
export const labelsIn = (graph, layout) =>
  graph.edges.map(({ label: { width, height } }, at) => (layout.edgeStart[at] === layout.edgeStart[at + 1] ? null : { x: layout.labelX[at] - width / 2, y: layout.labelY[at] - height / 2, width, height }));

/** @param {LayoutGraph} graph @param {import("../../static/js/layout/types.js").Layout} layout @returns {(Box | null)[]} by edge */
export const chipsIn = (graph, layout) =>
  graph.edges.map((one, at) => {
    const size = one.chip ?? graph.nodes.find(({ id }) => id === one.from)?.reference ?? { width: 0, height: 0 };
    return Number.isNaN(layout.chipX[at]) ? null : { x: layout.chipX[at], y: layout.chipY[at], ...size };
  });
