"""Slips in a tangent or an adjoint: in which edges are summed, and in what goes along each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.engine.tape import Value, shape_of
from app.grading.expectation import Expectation, Part
from app.grading.key import Key
from app.grading.slips.partials import partials
from app.grading.slips.slip import Slip
from app.grading.spot import Spot
from app.grading.work import Work


def sums(spot: Spot, expectation: Expectation, work: Work, key: Key) -> Iterator[Slip]:
    """Where slips in a sum over edges lead."""
    parts, value = expectation.parts, expectation.value
    if value is None or not parts:
        return
    if len(parts) > 1:
        yield from _paths(parts, value, key)
    yield Slip("sign", -1 * value)
    edges = [part for part in parts if part.slot >= 0]
    yield from _left_out(edges, parts)
    for part in edges:
        if part.partial is None or shape_of(part.partial):
            continue
        for slip in _of_partial(part, work, key):
            yield Slip(slip.name, value - part.value + part.source * slip.value, slip.detail)
    yield from _all_by_primals(edges, parts, work, key)
    yield from _seeds(value, key)
    yield from _arrays(value)


def _paths(parts: Sequence[Part], value: Value, key: Key) -> Iterator[Slip]:
    """A path forgotten, replaced, or counted twice; named by the operation it runs through."""
    yield Slip("assigned_not_added", parts[-1].value)
    for part in parts:
        through = "the seed" if part.slot < 0 else f"the one through {key.names[part.node]}"
        yield Slip("missing_path", value - part.value, through)
        yield Slip("path_counted_twice", value + part.value, through)
        yield Slip("sign", value - 2 * part.value, through)


def _left_out(edges: Sequence[Part], parts: Sequence[Part]) -> Iterator[Slip]:
    """One of the two factors forgotten, on every edge or on one."""
    rest: Value = sum(part.value for part in parts if part.slot < 0) if len(edges) < len(parts) else 0.0
    scalars = [part for part in edges if part.partial is not None]
    if len(scalars) == len(edges) and edges:
        yield Slip("forgotten_upstream", rest + sum(part.partial for part in scalars))  # type: ignore[misc]  # none is None
        yield Slip("forgotten_inner", rest + sum(part.source for part in scalars))
    if len(parts) > 1:
        total = sum(part.value for part in parts)
        for part in scalars:
            yield Slip("forgotten_upstream", total - part.value + part.partial)
            yield Slip("forgotten_inner", total - part.value + part.source)


def _all_by_primals(edges: Sequence[Part], parts: Sequence[Part], work: Work, key: Key) -> Iterator[Slip]:
    """Every partial taken for the primal of its operation."""
    total: Value = sum(part.value for part in parts if part.slot < 0) if len(edges) < len(parts) else 0.0
    for part in edges:
        own = work.primals[part.node]
        if own is None or shape_of(own) or part.partial is None:
            return
        total = total + part.source * own
    if edges:
        yield Slip("primal_for_partial", total, f"of {key.names[edges[0].node]}" if len(edges) == 1 else "")


def _of_partial(part: Part, work: Work, key: Key) -> Iterator[Slip]:
    """The slips in the partial of one edge."""
    operands = work.operands(part.node)
    if operands is None:
        return
    z = work.result(part.node, operands, written=False)
    if z is not None and not isinstance(z, tuple):
        yield from partials(key.run.tape, part.node, part.slot, operands, z)


def _seeds(value: Value, key: Key) -> Iterator[Slip]:
    """Another seed at a single output: 1 for what was asked, or the output's own number."""
    if len(key.cotangents) != 1:
        return
    node, seed = next(iter(key.cotangents.items()))
    if shape_of(seed):
        return
    if seed not in (0.0, 1.0):
        yield Slip("wrong_seed", value / seed, "1")
    output = key.run.tape.values[node]
    if not shape_of(output) and seed:
        yield Slip("wrong_seed", value / seed * output, "the output itself")


def _arrays(value: Value) -> Iterator[Slip]:
    """Slips that only arrays have."""
    if isinstance(value, np.ndarray):
        if value.ndim == 2 and value.shape[0] == value.shape[1]:
            yield Slip("transposed", value.T)
        yield Slip("missing_mean", value * value.size)
