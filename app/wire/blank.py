"""The blank sheet of an exercise: its graph and what is given, a place for every number that is asked, and none of these numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import problem
from app.grading.blank import Blank, blanks
from app.grading.exercise import Exercise
from app.grading.key import Key
from app.grading.spot import Spot
from app.settings import Settings
from app.wire import keys
from app.wire.labels import labels
from app.wire.nodes import View, bones, groups
from app.wire.numbers import plain
from app.wire.requests.exercise import exercise
from app.wire.requests.sheet import SheetRequest

SHOWN = ("id", "label", "v", "op", "kind", "inputs", "shape", "dtype", "group", "span", "latex")
"""What is told of a node: its place in the graph, not its numbers."""
VIEW = View(summary=False, partials=False, latex=True, spans=True)
MOST = 2_000
"""Cells of a sheet: nobody fills in more by hand."""
WORD = re.compile(r"(?<![\d.])[^\W\d]")
"""A letter that begins a name; the e of 2e-3 does not."""


def blank_sheet(request: SheetRequest, settings: Settings) -> bytes:
    """The sheet as a student gets it; raises ProgramError."""
    task = exercise(request.exercise)
    seed, inputs = keys.variant(task, request.seed, request.student, settings)
    key = keys.key(task, inputs, settings)
    asked = _asked(task, key)
    return orjson.dumps(
        _about(task, asked)
        | {
            "inputs": {name: plain(value) for name, value in inputs.items()},
            "seed": seed,
            "seeds": list(_seeds(key)),
            "nodes": _nodes(key, {blank.spot for blank in asked}),
            "groups": groups(key.run),
            "outputs": [node for _, node in key.run.outputs],
            "asked": _rows(asked, key),
        }
    )


def _asked(task: Exercise, key: Key) -> list[Blank]:
    """The cells in working order; raises ``grade.too_large``."""
    found = blanks(task, key)
    if len(found) > MOST:
        raise problem("grade.too_large", f"{len(found):,} numbers are asked; a sheet has {MOST:,} at most.", limit=MOST)
    return found


def _about(task: Exercise, asked: Sequence[Blank]) -> dict[str, Any]:
    """What a student reads before the work begins."""
    return {
        "title": task.title,
        "statement": task.statement,
        "source": task.source,
        "mode": task.mode,
        "policy": {name: value for name, value in asdict(task.policy).items() if name != "carried"},
        "tolerance": task.tolerance.words(),
        "decimal_comma": task.comma,
        "points": task.points if task.points is not None else round(sum(blank.weight for blank in asked), 9),
    }


def _seeds(key: Key) -> Iterator[dict[str, Any]]:
    """What the sweeps start from: tangents of inputs, adjoints of outputs."""
    for quantity, given in (("tangent", key.directions), ("adjoint", key.cotangents)):
        for node, value in given.items():
            yield {"node": key.names[node], "id": node, "quantity": quantity, "value": plain(value)}


def _nodes(key: Key, asked: set[Spot]) -> list[dict[str, Any]]:
    """The graph: inputs and constants with their values, but for constants that would give an answer away."""
    tape = key.run.tape
    secret = {node for node in range(len(tape)) if tape.rules[node] is None and _betrays(key, node, asked)}
    listed = []
    for bone, _ in bones(key.run, VIEW):
        node = bone["id"]
        row = {name: bone.get(name) for name in SHOWN} | {"name": key.names[node]}
        if secret & {node, *bone["inputs"]}:
            row["latex"] = ""  # an unnamed constant stands in formulas with its value
        if node in secret:
            row["label"] = key.names[node]
        elif tape.rules[node] is None:
            row["value"] = plain(tape.values[node])
        listed.append(row)
    return listed


def _betrays(key: Key, node: int, asked: set[Spot]) -> bool:
    """Whether a constant is an asked number that the program has read off (``c.item()``), and not one that is written in it."""
    run = key.run
    if node < len(run.inputs) or _is_written(key, node):
        return False
    own = np.asarray(run.tape.values[node])
    return any(
        np.shape(value) == own.shape and np.array_equal(value, own, equal_nan=True) for value in map(key.truth, asked) if value is not None
    )


def _is_written(key: Key, node: int) -> bool:
    """Whether a constant's place in the program holds no name: it is read there, or worked out from what is."""
    site = key.run.sites[node]
    if site is None:
        return False
    span, lines = key.run.checked.span(site), key.run.checked.source.split("\n")
    return span.line == span.end_line and WORD.search(lines[span.line - 1][span.column : span.end_column]) is None


def _rows(asked: Sequence[Blank], key: Key) -> list[dict[str, Any]]:
    """The cells: how each is answered, what it is worth, and what it is called."""
    called = [rf"\{name}" if name.startswith("#") else latex for name, latex in zip(key.names, labels(key.run).latex, strict=True)]
    return [
        {
            "node": key.names[spot.node],
            "id": spot.node,
            "quantity": word,
            "slot": spot.slot,
            "index": list(index) if index else None,
            "weight": weight,
            "latex": _symbol(spot, called, key),
        }
        for spot, word, index, weight in asked
    ]


def _symbol(spot: Spot, called: Sequence[str], key: Key) -> str:
    """The quantity as LaTeX: c, its dot, its bar, or a partial by an operand."""
    own = called[spot.node]
    match spot.quantity:
        case "tangent":
            return rf"\dot{{{own}}}"
        case "adjoint":
            return rf"\bar{{{own}}}"
        case "partial":
            assert spot.slot is not None
            return rf"\frac{{\partial {own}}}{{\partial {called[key.run.tape.inputs[spot.node][spot.slot]]}}}"
    return own
