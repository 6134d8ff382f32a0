"""The graphs of the gallery's examples as outlines: which nodes there are, and who reads whom."""

from __future__ import annotations

from typing import Any

from app.gallery import examples
from app.lang.program import Run
from app.settings import Settings
from app.wire.requests.programs import TraceRequest
from app.wire.requests.reading import read
from app.wire.trace import library

LARGEST = 90
"""Nodes of an outline: a small picture of a longer tape shows how it begins."""


def outlines(settings: Settings) -> dict[str, Any]:
    """By example: a sign for each node (input, operation, output) and the edges between them, constants left out."""
    return {"outlines": {example["id"]: _outline(_run(example, settings)) for example in examples()}}


def _run(example: dict[str, Any], settings: Settings) -> Run:
    request = read(TraceRequest, {"source": example["source"], "inputs": example["inputs"]})
    return library(settings.limits).program(request.source, frozenset(request.inputs)).run(request.inputs)


def _outline(run: Run) -> dict[str, Any]:
    """One graph, cut where it is long."""
    inputs, outputs = len(run.inputs), {node for _, node in run.outputs}
    kept: dict[int, int] = {}
    signs = []
    for node, rule in enumerate(run.tape.rules):
        if len(kept) < LARGEST and (rule is not None or node < inputs):
            kept[node] = len(kept)
            signs.append("i" if node < inputs else "y" if node in outputs else "o")
    edges = [[kept[i], place] for node, place in kept.items() for i in run.tape.inputs[node] if i in kept]
    return {"nodes": "".join(signs), "edges": edges}
