import assert from "node:assert/strict";
import { test } from "node:test";

import { frameOf } from "../../static/js/frames.js";
import { rounded, sliderRange, stopsOf } from "../../static/js/values.js";

test("a frame is the first trace with the values of its columns", () => {
  const first = /** @type {any} */ (JSON.parse('{"nodes": [{"primal": 1}], "gradients": {"__proto__": 2}}'));
  const columns = [{ at: ["nodes", 0, "primal"], values: [1, 3] }, { at: ["gradients", "__proto__"], values: [2, 4] }];
  assert.equal(JSON.stringify(frameOf(first, columns, 1)), '{"nodes":[{"primal":3}],"gradients":{"__proto__":4}}');
  assert.equal(first.nodes[0].primal, 1);
});

test("a trace that is another one altogether is a frame too", () => {
  const first = /** @type {any} */ ({ nodes: [] });
  assert.deepEqual(frameOf(first, [{ at: [], values: [{ nodes: [] }, { nodes: [{}] }] }], 1), { nodes: [{}] });
});

test("the stops of a slider are what its field shows", () => {
  for (const value of [0, 2, -7.5, 1234, 1e-9]) {
    const range = sliderRange(value);
    const stops = stopsOf(range);
    assert.equal(stops.length, 201);
    assert.deepEqual([stops[0], stops[100], stops[200]], [range.min, 0, range.max]);
    assert.ok(stops.every((stop) => rounded(stop) === stop));
  }
});
