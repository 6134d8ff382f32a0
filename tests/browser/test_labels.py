"""What the stage writes at the ports of the graph lies on nothing else: every label of the gallery, as wide as the page measures it."""

from __future__ import annotations

import pytest

from app.gallery import examples

PLACED = """async ([request, direction, width]) => {
  const { drawingOf } = await import("/static/js/views/stage/graph.js");
  const { layoutOf } = await import("/static/js/layout.js");
  const headers = { "content-type": "application/json" };
  const answer = await fetch("/api/v1/trace", { method: "POST", headers, body: JSON.stringify(request) });
  if (!answer.ok) return [0, [`no trace: ${answer.status}`]];
  const { graph, chipText } = drawingOf(await answer.json(), 4, direction, width);
  const layout = layoutOf(graph);
  const { labelX, labelY, chipX, chipY, nodeX, nodeY, groupBox } = layout;
  const isChip = (at) => !Number.isNaN(chipX[at]);
  const references = new Map(graph.nodes.map(({ id, reference }) => [id, reference]));
  const labels = graph.edges.flatMap(({ from, to, label: { width, height } }, at) => {
    const box = { name: `label ${from} to ${to}`, x: labelX[at] - width / 2, y: labelY[at] - height / 2, width, height };
    return isChip(at) || width === 0 ? [] : [box];
  });
  const chips = graph.edges.flatMap(({ from, chip }, at) => {
    const { width, height } = chip ?? references.get(from);
    return isChip(at) ? [{ name: `chip ${chipText(at)}`, x: chipX[at], y: chipY[at], width, height }] : [];
  });
  const cards = graph.nodes.map(({ id, width, height }, at) => ({ name: `card ${id}`, x: nodeX[at], y: nodeY[at], width, height }));
  const titles = graph.groups.map(({ id, labelWidth: width }, at) =>
    ({ name: `title ${id}`, x: groupBox[4 * at], y: groupBox[4 * at + 1], width, height: 24 }));
  const apart = (a, b, start, size) => a[start] >= b[start] + b[size] - 0.5 || b[start] >= a[start] + a[size] - 0.5;
  const meet = (a, b) => !apart(a, b, "x", "width") && !apart(a, b, "y", "height");
  const others = [...chips, ...cards, ...titles];
  const touching = (label, at) => [...labels.slice(at + 1), ...others].filter((other) => meet(label, other));
  return [labels.length, labels.flatMap((label, at) => touching(label, at).map(({ name }) => `${label.name} on ${name}`))];
}"""
DIRECTIONS = [("right", 1366), ("right", 740), ("down", 390)]


@pytest.mark.parametrize(("direction", "width"), DIRECTIONS, ids=["wide", "narrow", "downwards"])
def test_labels_lie_on_no_card_chip_title_or_other_label(visit, direction: str, width: int):
    explorer = visit("?v=1")
    found, seen = {}, 0
    for example in examples():
        request = {name: example[name] for name in ("source", "inputs", "seed", "mode") if example.get(name) is not None}
        labels, pairs = explorer.page.evaluate(PLACED, [request, direction, width])
        seen += labels
        if pairs:
            found[example["id"]] = pairs
    assert seen > 3 * len(examples())
    assert found == {}
