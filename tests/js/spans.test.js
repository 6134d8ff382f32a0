import assert from "node:assert/strict";
import test from "node:test";

import { nodeOfLine, nodesAt, rangeOf, rangesOf } from "../../static/js/spans.js";

const TEXT = "c = a + b\nd = a * c";
const span = (line, column, end_column) => ({ line, column, end_line: line, end_column });
const TRACE = {
  nodes: [
    { id: 0, label: "a", kind: "input", span: null },
    { id: 1, label: "b", kind: "input", span: null },
    { id: 2, label: "c", kind: "op", span: span(1, 4, 9) },
    { id: 3, label: "d", kind: "op", span: span(2, 4, 9) },
  ],
  names: { a: 0, b: 1, c: 2, d: 3 },
};

test("a span marks its characters", () => {
  const { from, to } = rangeOf(TEXT, span(2, 4, 9));
  assert.equal(TEXT.slice(from, to), "a * c");
});

test("an empty span at the end still marks something", () => {
  assert.deepEqual(rangeOf("(x", span(1, 2, 2)), { from: 1, to: 2 });
  assert.deepEqual(rangeOf("x", span(9, 0, 3)), { from: 0, to: 1 });
});

test("a name under the caret is its node, an operator the expression around it", () => {
  assert.deepEqual(nodesAt(TEXT, TRACE, TEXT.indexOf("a")), [0]);
  assert.deepEqual(nodesAt(TEXT, TRACE, TEXT.lastIndexOf("c")), [2]);
  assert.deepEqual(nodesAt(TEXT, TRACE, TEXT.indexOf("*")), [3]);
});

test("an input is marked at every mention", () => {
  assert.equal(rangesOf(TEXT, TRACE.nodes[0]).length, 2);
});

test("a line leads to the node that it evaluates last", () => {
  assert.equal(nodeOfLine(TRACE, 2), 3);
  assert.equal(nodeOfLine(TRACE, 7), null);
});
