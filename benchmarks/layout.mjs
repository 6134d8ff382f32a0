/** Times and crossings of the tape layout: node benchmarks/layout.mjs */

import { layoutOf } from "../static/js/layout.js";

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

/** @param {number} size */
function expression(size) {
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

/** @param {number} size */
function recurrence(size, grouped = true) {
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

/** @param {number} size */
function perceptron(size) {
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

for (const [name, make] of Object.entries({ expression, recurrence, loose: (size) => recurrence(size, false), perceptron })) {
  for (const size of [200, 1000, 10000, 100000]) {
    const graph = make(size);
    const times = [];
    let layout;
    for (let run = 0; run < (size > 1000 ? 2 : 7); run += 1) {
      const start = performance.now();
      layout = layoutOf(graph);
      times.push(performance.now() - start);
    }
    console.log(name.padEnd(12), String(graph.nodes.length).padStart(7), `${Math.min(...times).toFixed(1)} ms`.padStart(12), `${layout.crossings} crossings`.padStart(18), `${Math.round(layout.width)}×${Math.round(layout.height)}`);
  }
}
