import assert from "node:assert/strict";
import { test } from "node:test";

import { layoutOf } from "../../static/js/layout.js";
import { boxesIn, cardsIn, chipsIn, edge, labelsIn, node, overlap, tape } from "./layout-tape.js";

/** @typedef {import("../../static/js/layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("./layout-tape.js").Box} Box */

const DIRECTIONS = /** @type {const} */ (["right", "down"]);
const TITLE = 24;

/** @param {(graph: LayoutGraph, layout: import("../../static/js/layout/types.js").Layout, what: string) => void} holds */
function onTapes(holds) {
  for (const direction of DIRECTIONS) {
    for (let seed = 1; seed <= 20; seed += 1) {
      const graph = tape(20 + 3 * seed, seed, direction);
      holds(graph, layoutOf(graph), `${direction}, seed ${seed}`);
    }
  }
}

/** @param {(Box | null)[]} some @param {(Box | null)[]} others @returns {string[]} pairs that touch */
function touching(some, others) {
  const pairs = [];
  for (let i = 0; i < some.length; i += 1) {
    for (let j = some === others ? i + 1 : 0; j < others.length; j += 1) {
      const [a, b] = [some[i], others[j]];
      if (a !== null && b !== null && overlap(a, b)) pairs.push(`${i} on ${j}`);
    }
  }
  return pairs;
}

test("labels lie on no card, no other label and no chip", () => {
  onTapes((graph, layout, what) => {
    const labels = labelsIn(graph, layout);
    assert.deepEqual(touching(labels, cardsIn(graph, layout)), [], what);
    assert.deepEqual(touching(labels, labels), [], what);
    assert.deepEqual(touching(labels, chipsIn(graph, layout)), [], what);
  });
});

test("labels and chips keep clear of the titles of groups", () => {
  onTapes((graph, layout, what) => {
    const titles = boxesIn(graph, layout).map((box, at) => ({ ...box, width: graph.groups[at].labelWidth, height: TITLE }));
    assert.deepEqual(touching([...labelsIn(graph, layout), ...chipsIn(graph, layout), ...cardsIn(graph, layout)], titles), [], what);
  });
});

test("boxes lie in their parents or beside each other", () => {
  onTapes((graph, layout, what) => {
    const boxes = boxesIn(graph, layout);
    const isParent = (/** @type {number} */ a, /** @type {number} */ b) => graph.groups[a].parent === graph.groups[b].id || graph.groups[b].parent === graph.groups[a].id;
    boxes.forEach((a, i) => boxes.forEach((b, j) => assert.ok(i >= j || overlap(a, b) === isParent(i, j), `${what}: ${i}, ${j}`)));
  });
});

test("ports follow their slots", () => {
  onTapes((graph, layout, what) => {
    const across = graph.direction === "right" ? 1 : 0;
    const ends = new Map();
    graph.edges.forEach((one, at) => {
      if (layout.edgeStart[at] === layout.edgeStart[at + 1]) return;
      const end = layout.edgePoints[2 * layout.edgeStart[at + 1] - 2 + across];
      assert.ok(end > (ends.get(one.to) ?? -Infinity), what);
      ends.set(one.to, end);
    });
  });
});

test("the points of all lines grow with the tape, no faster", () => {
  const count = (/** @type {number} */ size) => layoutOf(tape(size, 3, "right", false)).edgePoints.length;
  assert.ok(count(4000) < 2.4 * count(2000) && count(8000) < 2.4 * count(4000));
});

test("the layout reads each node and edge a bounded number of times", () => {
  /** @param {number} size */
  const reads = (size) => {
    let count = 0;
    const counted = (/** @type {any[]} */ list) => list.map((one) => new Proxy(one, { get: (target, key) => ((count += 1), Reflect.get(target, key)) }));
    const graph = tape(size, 5, "right");
    layoutOf({ ...graph, nodes: counted(graph.nodes), edges: counted(graph.edges) });
    return count / size;
  };
  assert.ok(reads(2000) < 1.2 * reads(500));
});

/** @param {LayoutGraph} before @param {LayoutGraph} after @returns {{turned: number, moved: number}} part of the pairs that stand above each other and changed sides; mean way of a node, in cards */
function change(before, after) {
  const [a, b] = [layoutOf(before), layoutOf(after)];
  const common = before.nodes.flatMap((one, at) => {
    const there = after.nodes.findIndex(({ id }) => id === one.id);
    return there < 0 ? [] : [{ ax: a.nodeX[at], ay: a.nodeY[at], bx: b.nodeX[there], by: b.nodeY[there] }];
  });
  let [pairs, turned] = [0, 0];
  common.forEach((one, i) =>
    common.slice(i + 1).forEach((other) => {
      if (Math.abs(one.ax - other.ax) > 1 || Math.abs(one.bx - other.bx) > 1) return;
      pairs += 1;
      if (one.ay < other.ay !== one.by < other.by) turned += 1;
    }),
  );
  const way = common.map(({ ay, by }) => by - ay).sort((x, y) => x - y);
  const middle = way[way.length >> 1] ?? 0;
  return { turned: turned / Math.max(pairs, 1), moved: way.reduce((sum, one) => sum + Math.abs(one - middle), 0) / Math.max(way.length, 1) / 115 };
}

/** @param {(graph: LayoutGraph) => LayoutGraph} changed @returns {{turned: number, moved: number}} means over tapes */
function meanChange(changed) {
  const all = Array.from({ length: 20 }, (_, seed) => tape(40, seed + 1, "right")).map((graph) => change(graph, changed(graph)));
  return { turned: all.reduce((sum, one) => sum + one.turned, 0) / 20, moved: all.reduce((sum, one) => sum + one.moved, 0) / 20 };
}

test("a node added at the end leaves the others where they were", () => {
  const { turned, moved } = meanChange((graph) => ({ ...graph, nodes: [...graph.nodes, node(40)], edges: [...graph.edges, edge(39, 40, 0), edge(36, 40, 1)] }));
  assert.ok(turned < 0.05, `turned ${turned}`);
  assert.ok(moved < 0.5, `moved ${moved}`);
});

test("a constant with more digits leaves the others where they were", () => {
  const { turned, moved } = meanChange((graph) => ({ ...graph, edges: graph.edges.map((one) => (one.chip === null ? one : { ...one, chip: { width: 60, height: 24 } })) }));
  assert.ok(turned === 0 && moved < 0.01, `turned ${turned}, moved ${moved}`);
});

test("folding a group turns few pairs of the others round, where it is told how they stood", () => {
  const { turned, moved } = meanChange((graph) => hinted(folded(graph, 2), graph));
  assert.ok(turned < 0.08, `turned ${turned}`);
  assert.ok(moved < 2, `moved ${moved}`);
});

test("what stood before costs few crossings", () => {
  const graphs = Array.from({ length: 20 }, (_, seed) => tape(40, seed + 1, "right"));
  const sum = (/** @type {(graph: LayoutGraph) => LayoutGraph} */ made) => graphs.reduce((total, graph) => total + layoutOf(made(graph)).crossings, 0);
  const [fresh, kept] = [sum((graph) => folded(graph, 2)), sum((graph) => hinted(folded(graph, 2), graph))];
  assert.ok(kept <= 1.1 * fresh, `${kept} instead of ${fresh}`);
});

/** @param {LayoutGraph} graph @param {LayoutGraph} before @returns {LayoutGraph} each node told where it stood */
function hinted(graph, before) {
  const cards = cardsIn(before, layoutOf(before));
  const middles = new Map(before.nodes.map(({ id }, at) => [id, cards[at].y + cards[at].height / 2]));
  return { ...graph, nodes: graph.nodes.map((one) => ({ ...one, hint: middles.get(one.id) })) };
}

/** @param {LayoutGraph} graph @param {number} group @returns {LayoutGraph} the group and those in it are one node, in the place of its first */
function folded(graph, group) {
  const inside = new Set(graph.nodes.filter((one) => one.group === group || one.group === group + 1).map(({ id }) => id));
  const first = Math.min(...inside);
  const entering = [...new Set(graph.edges.flatMap((one) => (inside.has(one.to) && !inside.has(one.from) && one.chip === null ? [one.from] : [])))];
  const last = graph.nodes.filter(({ id }) => !inside.has(id) && id > first);
  const nodes = [...graph.nodes.filter(({ id }) => id < first), node(first, { slots: entering.length, height: 30 * entering.length + 60 }), ...last];
  const edges = [
    ...graph.edges.filter(({ to }) => !inside.has(to)).map((one) => (inside.has(one.from) ? { ...one, from: first } : one)),
    ...entering.map((from, slot) => edge(from, first, slot)),
  ].sort((a, b) => a.to - b.to || a.slot - b.slot);
  return { ...graph, nodes, edges, groups: graph.groups.filter(({ id }) => id !== group && id !== group + 1) };
}

test("a folded group is one node with a port for each value that enters it", () => {
  const graph = folded(tape(40, 2, "right"), 2);
  const layout = layoutOf(graph);
  const cards = cardsIn(graph, layout);
  assert.deepEqual(touching(cards, cards), []);
  assert.deepEqual(touching(labelsIn(graph, layout), cards), []);
});

test("downwards, labels wider than their cards keep clear of each other", () => {
  for (const nodeGap of [20, 32]) {
    const wide = (/** @type {number} */ from, /** @type {number} */ to) => ({ ...edge(from, to, 0), label: { width: 152, height: 20 } });
    /** @type {LayoutGraph} */
    const graph = { nodes: [node(0, { isInput: true }), ...[1, 2, 3].map((id) => node(id, { slots: 1, width: 90 }))], edges: [1, 2, 3].map((id) => wide(0, id)), groups: [], direction: "down", nodeGap };
    const labels = labelsIn(graph, layoutOf(graph));
    assert.deepEqual(touching(labels, labels), []);
  }
});
