"""What a run did again and again: the rounds of its loops and the calls of a function within itself, step by step."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.engine.tape import shape_of
from app.labs.branches import rounds_of
from app.labs.recursion import Call, owned, recursions
from app.lang.program import Run
from app.lang.witness import Account, Visit


@dataclass(frozen=True, slots=True)
class Step:
    """One round, or one call: its group, and the nodes that are its own. ``depth`` counts the calls around a call."""

    group: int
    depth: int
    nodes: Sequence[int]
    pattern: int


@dataclass(slots=True)
class Repeated:
    """A loop that was entered, or a function that called itself: its steps in order.

    Steps of one ``pattern`` do the same operations on operands from the same places.
    """

    kind: str
    name: str | None
    site: ast.AST
    steps: list[Step]
    patterns: list[int] = field(default_factory=list)
    """The first step of each pattern."""
    tail: Sequence[int] = ()
    """The nodes of a while's last look at its condition, which no round followed; they are what a round begins with."""


def repeated(run: Run, account: Account) -> list[Repeated]:
    """Loops by the order of their visits, then functions that called themselves."""
    loops = [_loop(run, visit) for visit in account.events if isinstance(visit, Visit)]
    return [one for one in (*loops, *(_recursion(run, calls) for calls in recursions(run))) if one.steps]


def _loop(run: Run, visit: Visit) -> Repeated:
    """The rounds of one visit; a round has all nodes of its group, and those of the condition before it."""
    groups, looks = run.groups, isinstance(visit.loop, ast.While)
    found = Repeated("while" if looks else "for", None, visit.loop, [])
    own, start = [], visit.after
    for group in rounds_of(run, visit):
        end = groups[group][5] + 1
        own.append((group, 0, range(start if looks else groups[group][4], end)))
        start = end
    _with_patterns(run, found, own)
    if looks and visit.ended == "condition" and found.steps:
        begin = found.steps[0].nodes[: visit.end - start]
        tail = range(start, start + len(begin))
        found.tail = tail if _pattern(run, tail) == _pattern(run, begin) else ()
    return found


def _recursion(run: Run, calls: Sequence[Call]) -> Repeated:
    """The calls of a function within its outermost one."""
    _, name, site, *_ = run.groups[calls[0].group]
    found = Repeated("recursion", name, site, [])
    own = [(call.group, call.depth, nodes) for call, nodes in zip(calls, owned(run, calls), strict=True)]
    _with_patterns(run, found, own)
    return found


def _with_patterns(run: Run, found: Repeated, own: Sequence[tuple[int, int, Sequence[int]]]) -> None:
    """Write the steps with their patterns."""
    known: dict[Any, int] = {}
    for group, depth, nodes in own:
        key = _pattern(run, nodes)
        if key not in known:
            known[key] = len(known)
            found.patterns.append(len(found.steps))
        found.steps.append(Step(group, depth, nodes, known[key]))


def _pattern(run: Run, nodes: Sequence[int]) -> Any:
    """What a step does: by node where in the program, which operation, of which shape, and which operands are from within."""
    place, tape, sites = {node: i for i, node in enumerate(nodes)}, run.tape, run.sites
    within = [tuple([place.get(i) for i in tape.inputs[node]]) for node in nodes]
    return tuple([(sites[n], tape.rules[n], shape_of(tape.values[n]), sides) for n, sides in zip(nodes, within, strict=True)])


# ---------------------------------------------------------------- what goes from step to step


ARGUMENTS, RESULTS = "arguments", "results"


@dataclass(slots=True)
class Carried:
    """A value that every step hands on: by step its nodes; ``start`` is what the first step begins with."""

    name: str
    start: int | None
    nodes: list[list[int]]


class Wiring:
    """Who reads what, and what values are called: looked up once a run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.last_reader = [-1] * len(run.tape)
        for node, sources in enumerate(run.tape.inputs):
            for source in sources:
                self.last_reader[source] = node
        for _, node in run.outputs:
            self.last_reader[node] = len(run.tape)
        self.names: dict[int, list[str]] = {}
        for node, name in (*run.bound, *run.local):
            self.names.setdefault(node, []).append(name)
        self._by_name: dict[str, list[int]] = {}
        for node, name in sorted((*((node, name) for name, node in run.inputs.items()), *run.bound, *run.local)):
            self._by_name.setdefault(name, []).append(node)

    def leaving(self, first: int, last: int) -> list[int]:
        """The nodes of a stretch that are read behind it, or are outputs; adjoints reach them."""
        live = self.run.tape.live
        return [node for node in range(first, last + 1) if self.last_reader[node] > last and live[node]]

    def before(self, name: str, first: int) -> int | None:
        """The last value of a name before a node."""
        nodes = self._by_name.get(name, [])
        place = bisect_left(nodes, first)
        return nodes[place - 1] if place else None


def carried(wiring: Wiring, found: Repeated) -> list[Carried]:
    """What leaves the rounds of a loop, by name; what goes into and out of the calls of a function."""
    return _through_calls(wiring, found) if found.kind == "recursion" else _through_rounds(wiring, found)


def _through_rounds(wiring: Wiring, found: Repeated) -> list[Carried]:
    groups = wiring.run.groups
    by_name: dict[str, Carried] = {}
    for place, step in enumerate(found.steps):
        first, last = groups[step.group][4], groups[step.group][5]
        for node in wiring.leaving(first, last):
            for name in wiring.names.get(node, ())[-1:]:
                if name not in by_name:
                    start = wiring.before(name, groups[found.steps[0].group][4])
                    by_name[name] = Carried(name, start, [[] for _ in found.steps])
                by_name[name].nodes[place].append(node)
    return list(by_name.values())


def _through_calls(wiring: Wiring, found: Repeated) -> list[Carried]:
    """By call: the nodes from outside that it reads and that were made by the call around it; the nodes of it that are read behind it."""
    run = wiring.run
    groups, inputs = run.groups, run.tape.inputs
    arguments, results = Carried(ARGUMENTS, None, []), Carried(RESULTS, None, [])
    made = {node for step in found.steps for node in step.nodes}
    for step in found.steps:
        first, last = groups[step.group][4], groups[step.group][5]
        read = {i for node in range(first, last + 1) for i in inputs[node] if i < first and i in made}
        arguments.nodes.append([node for node in sorted(read) if run.tape.live[node]])
        results.nodes.append(wiring.leaving(first, last))
    return [one for one in (arguments, results) if any(one.nodes)]
