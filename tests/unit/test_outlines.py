"""Every example of the gallery has an outline of its graph."""

from __future__ import annotations

from app.gallery import examples
from app.settings import Settings
from app.wire.outlines import LARGEST, outlines


def test_every_example_has_an_outline_that_follows_the_tape():
    found = outlines(Settings())["outlines"]
    assert set(found) == {example["id"] for example in examples()}
    for outline in found.values():
        assert 0 < len(outline["nodes"]) <= LARGEST
        assert set(outline["nodes"]) <= set("ioy")
        assert all(0 <= producer < consumer < len(outline["nodes"]) for producer, consumer in outline["edges"])


def test_a_node_read_twice_has_two_edges():
    assert outlines(Settings())["outlines"]["square"] == {"nodes": "iy", "edges": [[0, 1], [0, 1]]}
