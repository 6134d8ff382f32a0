/** The graphs that the layouts are measured on, as the layout takes them. */

/** @typedef {import("../../static/js/layout/types.js").LayoutGraph} LayoutGraph */

/** @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const node = (id, isInput, group = null) => ({ id, width: 150, height: 92, slots: 2, group, isInput, reference: { width: 40, height: 24 } });
const edge = (from, to, slot) => ({ from, to, slot, label: { width: 90, height: 22 }, chip: null });

/** @param {number} size @returns {LayoutGraph} each value reads two of the sixty before it, near ones most often */
export function expression(size) {
  const draw = random(size);
  const nodes = [];
  const edges = [];
  for (let id = 0; id < size; id += 1) {
    const isInput = id < Math.max(2, size / 20);
    nodes.push(node(id, isInput));
    if (!isInput) for (const slot of [0, 1]) edges.push(edge(Math.max(0, id - 1 - Math.floor(draw() ** 3 * Math.min(id, 60))), id, slot));
  }
  return { nodes, edges, groups: [], direction: "right" };
}

/** @param {number} size @param {boolean} [grouped] @returns {LayoutGraph} a loop whose turns all read two parameters */
export function recurrence(size, grouped = true) {
  const nodes = [node(0, true), node(1, true), node(2, true)];
  const edges = [];
  const groups = [];
  let state = 2;
  for (let turn = 0; nodes.length < size; turn += 1) {
    const group = grouped ? turn : null;
    if (grouped) groups.push({ id: turn, parent: null, labelWidth: 80 });
    const [a, b, c] = [nodes.length, nodes.length + 1, nodes.length + 2];
    nodes.push(node(a, false, group), node(b, false, group), node(c, false, group));
    edges.push(edge(0, a, 0), edge(state, a, 1), edge(a, b, 0), edge(1, b, 1), edge(b, c, 0), edge(state, c, 1));
    state = c;
  }
  return { nodes, edges, groups, direction: "right" };
}

/** @param {number} size @returns {LayoutGraph} the recurrence without boxes */
export const loose = (size) => recurrence(size, false);

/** @param {number} size @returns {LayoutGraph} two layers, every product and every sum a node of its own */
export function perceptron(size) {
  const width = Math.max(3, Math.round(Math.sqrt(size / 6)));
  const nodes = [];
  const edges = [];
  const add = (inputs) => {
    const id = nodes.length;
    nodes.push(node(id, inputs.length === 0));
    inputs.forEach((from, slot) => edges.push(edge(from, id, slot)));
    return id;
  };
  let layer = Array.from({ length: width }, () => add([]));
  const weights = Array.from({ length: 2 * width * width }, () => add([]));
  for (let depth = 0; depth < 2; depth += 1) {
    layer = Array.from({ length: width }, (_, to) => layer.map((from, at) => add([from, weights[(depth * width + to) * width + at]])).reduce((sum, term) => add([sum, term])));
  }
  return { nodes, edges, groups: [], direction: "right" };
}

/** @param {{inputs: number[], kind: string}[]} tape of one example @returns {LayoutGraph} constants as chips */
export function tape(tape) {
  const isChip = (id) => tape[id].kind === "constant";
  return {
    nodes: tape.flatMap(({ inputs, kind }, id) => (isChip(id) ? [] : [{ ...node(id, kind === "input"), slots: inputs.length }])),
    edges: tape.flatMap(({ inputs }, to) => inputs.map((from, slot) => ({ ...edge(from, to, slot), chip: isChip(from) ? { width: 40, height: 24 } : null }))),
    groups: [],
    direction: "right",
  };
}
