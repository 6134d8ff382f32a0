"""One slip of every kind that a graph has room for."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from app.grading import local
from app.grading.key import Key
from app.grading.spot import Spot
from benchmarks.grading.student import Slip


def slips(key: Key, draw: random.Random) -> Iterator[Slip]:
    """Slips in primals, then in adjoints, each at a node drawn among those where it can be made."""
    yield from _primals(key, draw)
    yield from _adjoints(key, draw)


def _primals(key: Key, draw: random.Random) -> Iterator[Slip]:
    tape = key.run.tape
    names = {node: rule.name for node, rule in enumerate(tape.rules) if rule is not None}

    def at(*wanted: str) -> int | None:
        found = [node for node, name in names.items() if not wanted or name in wanted]
        return draw.choice(found) if found else None

    def other(node: int):
        return lambda value, o: o[0] + o[1] if names[node] == "mul" else o[0] * o[1]

    table = [
        (at(), lambda node: lambda value, o: -value, "sign"),
        (at(), lambda node: lambda value, o: value * 10, "decimal_shift"),
        (at("sub", "div"), lambda node: lambda value, o: local.value(tape, node, o[::-1]), "swapped_operands"),
        (at("sin", "cos"), lambda node: lambda value, o: local.value(tape, node, [o[0] * math.pi / 180]), "degrees"),
        (at("log"), lambda node: lambda value, o: value / math.log(10), "log_base"),
        (at("add", "sub", "mul", "div"), other, "wrong_operation"),
    ]
    for node, make, name in table:
        if node is not None:
            yield Slip(Spot("primal", node), make(node), name)


def _adjoints(key: Key, draw: random.Random) -> Iterator[Slip]:
    reached = [node for node, bar in enumerate(key.adjoints) if bar is not None and node not in key.cotangents]
    joined = [node for node in reached if sum(key.adjoints[c] is not None for c, _ in key.consumers[node]) > 1]
    primals = key.run.tape.values
    single = {
        "sign": lambda value, terms: -value,
        "forgotten_upstream": lambda value, terms: sum(partial for _, _, _, partial in terms),
        "forgotten_inner": lambda value, terms: sum(bar for _, _, bar, _ in terms),
        "decimal_shift": lambda value, terms: value / 10,
        "primal_for_partial": lambda value, terms: sum(bar * float(primals[node]) for _, node, bar, _ in terms),
    }
    several = {
        "missing_path": lambda value, terms: value - terms[0][0],
        "assigned_not_added": lambda value, terms: terms[-1][0],
        "path_counted_twice": lambda value, terms: value + terms[0][0],
    }
    for nodes, kinds in ((reached, single), (joined, several)):
        for name, make in kinds.items() if nodes else ():
            yield Slip(Spot("adjoint", draw.choice(nodes)), make, name)
