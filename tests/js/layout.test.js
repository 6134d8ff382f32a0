import assert from "node:assert/strict";
import { test } from "node:test";

import { layoutOf } from "../../static/js/layout.js";

/** @typedef {import("../../static/js/layout/types.js").LayoutGraph} LayoutGraph */

/** @param {number} id @param {Partial<import("../../static/js/layout/types.js").LayoutNode>} [more] */
const node = (id, more = {}) => ({ id, width: 120, height: 80, slots: 2, group: null, isInput: false, reference: { width: 30, height: 24 }, ...more });

/** @param {number} from @param {number} to @param {number} slot */
const edge = (from, to, slot) => ({ from, to, slot, label: { width: 80, height: 22 }, chip: /** @type {{width: number, height: number} | null} */ (null) });

/** @param {number} size @param {number} seed @param {"right" | "down"} direction @returns {LayoutGraph} a random tape */
function tape(size, seed, direction) {
  let state = seed;
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const nodes = [];
  const edges = [];
  const groups = [];
  for (let id = 0; id < size; id += 1) {
    const isInput = id < 3;
    const group = id >= 3 && id % 7 > 2 ? Math.floor(id / 7) : null;
    if (group !== null && !groups.some((one) => one.id === group)) groups.push({ id: group, parent: null, labelWidth: 60 });
    nodes.push(node(id, { isInput, group, width: 100 + Math.floor(draw() * 80), height: 60 + Math.floor(draw() * 60) }));
    if (!isInput) for (const slot of [0, 1]) edges.push({ ...edge(Math.floor(draw() * id), id, slot), chip: draw() < 0.1 ? { width: 30, height: 24 } : null });
  }
  return { nodes, edges, groups, direction };
}

/** @param {LayoutGraph} graph @returns {{x: number, y: number, width: number, height: number}[]} */
function boxesOf(graph) {
  const layout = layoutOf(graph);
  return graph.nodes.map(({ width, height }, at) => ({ x: layout.nodeX[at], y: layout.nodeY[at], width, height }));
}

/** @param {{x: number, y: number, width: number, height: number}} a @param {typeof a} b */
const overlap = (a, b) => a.x < b.x + b.width - 0.01 && b.x < a.x + a.width - 0.01 && a.y < b.y + b.height - 0.01 && b.y < a.y + a.height - 0.01;

test("no card lies on another, in either direction", () => {
  for (const direction of /** @type {const} */ (["right", "down"])) {
    for (let seed = 1; seed <= 25; seed += 1) {
      const boxes = boxesOf(tape(10 + seed, seed, direction));
      boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b, j) => assert.ok(!overlap(a, b), `seed ${seed}: ${i} on ${i + 1 + j}`)));
    }
  }
});

test("every line leads on from its producer to its consumer's port", () => {
  const graph = tape(40, 7, "right");
  const layout = layoutOf(graph);
  graph.edges.forEach((one, at) => {
    const knots = layout.edgePoints.slice(2 * layout.edgeStart[at], 2 * layout.edgeStart[at + 1]);
    if (knots.length === 0) return;
    const xs = knots.filter((_, index) => index % 2 === 0);
    assert.ok(xs.every((x, index) => index === 0 || x >= xs[index - 1] - 1e-9));
    assert.ok(Math.abs(xs[0] - layout.nodeX[one.from] - graph.nodes[one.from].width) < 1e-6);
    assert.ok(Math.abs(xs[xs.length - 1] - layout.nodeX[one.to]) < 1e-6);
    const port = layout.nodeY[one.to] + (graph.nodes[one.to].height * (one.slot + 1)) / 3;
    assert.ok(Math.abs(knots[knots.length - 1] - port) < 1e-6);
  });
});

test("both operands of x times x have a line and a port of their own", () => {
  const layout = layoutOf({ nodes: [node(0, { isInput: true }), node(1)], edges: [edge(0, 1, 0), edge(0, 1, 1)], groups: [], direction: "right" });
  const ends = [0, 1].map((at) => layout.edgePoints[2 * layout.edgeStart[at + 1] - 1]);
  assert.ok(ends[0] < ends[1]);
});

test("inputs stand in the first column, in order", () => {
  const graph = tape(30, 3, "right");
  const layout = layoutOf(graph);
  assert.deepEqual([0, 1, 2].map((at) => layout.nodeX[at]), Array(3).fill(Math.min(...layout.nodeX)));
  assert.ok(layout.nodeY[0] < layout.nodeY[1] && layout.nodeY[1] < layout.nodeY[2]);
});

test("a group's box holds its nodes and no others", () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const graph = tape(40, seed, "right");
    const layout = layoutOf(graph);
    graph.groups.forEach((group, at) => {
      const [x, y, width, height] = layout.groupBox.slice(4 * at, 4 * at + 4);
      graph.nodes.forEach((one, index) => {
        const card = { x: layout.nodeX[index], y: layout.nodeY[index], width: one.width, height: one.height };
        const inside = card.x >= x && card.y >= y && card.x + card.width <= x + width && card.y + card.height <= y + height;
        assert.equal(inside, one.group === group.id);
        assert.equal(overlap(card, { x, y, width, height }), one.group === group.id);
      });
    });
  }
});

test("boxes lie in boxes", () => {
  const nodes = [node(0, { isInput: true }), node(1, { group: 1 }), node(2, { group: 2 }), node(3, { group: 1 }), node(4)];
  const edges = [edge(0, 1, 0), edge(1, 2, 0), edge(0, 2, 1), edge(2, 3, 0), edge(3, 4, 0), edge(2, 4, 1)];
  const { groupBox } = layoutOf({ nodes, edges, groups: [{ id: 1, parent: null, labelWidth: 40 }, { id: 2, parent: 1, labelWidth: 40 }], direction: "down" });
  const [outer, inner] = [groupBox.slice(0, 4), groupBox.slice(4, 8)];
  assert.ok(inner[0] > outer[0] && inner[1] > outer[1] && inner[0] + inner[2] < outer[0] + outer[2] && inner[1] + inner[3] < outer[1] + outer[3]);
});

test("chips stand beside the port and on no card", () => {
  const graph = tape(40, 11, "right");
  const layout = layoutOf(graph);
  const cards = graph.nodes.map(({ width, height }, at) => ({ x: layout.nodeX[at], y: layout.nodeY[at], width, height }));
  graph.edges.forEach((one, at) => {
    if (one.chip === null) return assert.ok(Number.isNaN(layout.chipX[at]) || layout.chipReference[at] === 1);
    const chip = { x: layout.chipX[at], y: layout.chipY[at], ...one.chip };
    assert.ok(cards.every((card) => !overlap(card, chip)));
    assert.equal(layout.edgeStart[at], layout.edgeStart[at + 1]);
  });
});

test("labels of one node do not touch each other", () => {
  for (const direction of /** @type {const} */ (["right", "down"])) {
    const graph = tape(30, 5, direction);
    const layout = layoutOf(graph);
    for (const one of graph.nodes) {
      const own = graph.edges.flatMap((each, at) => (each.to === one.id ? [{ x: layout.labelX[at] - 40, y: layout.labelY[at] - 11, width: 80, height: direction === "right" ? Math.min(22, one.height / 3) : 22 }] : []));
      if (own.length === 2) assert.ok(!overlap(own[0], own[1]));
    }
  }
});

test("the same program has the same picture", () => {
  assert.deepEqual(layoutOf(tape(60, 9, "right")), layoutOf(tape(60, 9, "right")));
});

test("a parameter of a long loop is a chip at each far use", () => {
  const nodes = [node(0, { isInput: true }), node(1, { isInput: true })];
  const edges = [];
  for (let id = 2; id < 30; id += 1) {
    nodes.push(node(id));
    edges.push(edge(id - 1, id, 0), edge(0, id, 1));
  }
  const layout = layoutOf({ nodes, edges, groups: [], direction: "right" });
  assert.ok(layout.chipReference[2 * 20 + 1] === 1 && layout.chipReference[2 * 20] === 0);
});

test("an empty program has an empty picture", () => {
  assert.equal(layoutOf({ nodes: [], edges: [], groups: [], direction: "right" }).nodeX.length, 0);
});

test("downwards, a label stands clear of the chips of its node", () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const graph = tape(20, seed, "down");
    const layout = layoutOf(graph);
    const isChip = (/** @type {number} */ at) => !Number.isNaN(layout.chipX[at]);
    graph.edges.forEach((one, at) => {
      graph.edges.forEach((other, beside) => {
        if (one.to !== other.to || isChip(at) || !isChip(beside)) return;
        assert.ok(layout.labelY[at] + one.label.height / 2 <= layout.chipY[beside], `seed ${seed}: label ${at} on chip ${beside}`);
      });
    });
  }
});
