"""POST /api/v1/sweep: primals and gradients over a range of one or two inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import problem
from app.core.limits import Limits
from app.engine.tape import Value
from app.labs.sweep import Points, Wanted, at_once, one_by_one
from app.lang.program import Program, Run
from app.settings import Settings
from app.wire.find import known
from app.wire.numbers import plain
from app.wire.ranges import check_points, values_of
from app.wire.requests.programs import SweepRequest
from app.wire.seeds import output_names, reverse_seeds
from app.wire.trace import library

OUTPUT, GRADIENTS = "output", "gradients"


def sweep(request: SweepRequest, settings: Settings) -> bytes:
    """The answer to a sweep; raises ProgramError."""
    limits = settings.limits
    axes = {name: values_of(name, given, limits) for name, given in request.vary.items()}
    shape = [len(values) for values in axes.values()]
    count = int(np.prod(shape))
    check_points(count, limits)
    columns = {name: grid.ravel() for name, grid in zip(axes, np.meshgrid(*axes.values(), indexing="ij"), strict=True)}
    with np.errstate(all="ignore"):
        points, names = _evaluated(request, columns, count, limits)
    answer = {"vary": {name: plain(values) for name, values in axes.items()}, "shape": shape} | _shown(request, points, names, shape)
    encoded = orjson.dumps(answer)
    if len(encoded) > limits.answer_bytes:
        raise problem("budget.answer", f"The answer would take {len(encoded):,} bytes; the limit here is {limits.answer_bytes:,}.")
    return encoded


def _evaluated(request: SweepRequest, columns: Mapping[str, np.ndarray], count: int, limits: Limits) -> tuple[Points, list[str]]:
    """The values at all points, and the names of the outputs; one run tells whether they can be had at once."""
    given = frozenset(request.inputs) | frozenset(columns)
    program = library(limits).program(request.source, given)
    rows = [dict(zip(columns, map(float, row), strict=True)) for row in zip(*columns.values(), strict=True)]
    first = _first(program, request, rows)
    wanted = Wanted(lambda run: _nodes(request, run), (lambda run: _seeds(request, run)) if GRADIENTS in request.quantities else None)
    names = output_names(first)
    _nodes(request, first, strict=True)
    if wanted.seeds is not None:
        wanted.seeds(first)  # a missing seed is the request's fault, not a point's
    points = at_once(first, columns, wanted)
    if points is None:
        points = _point_by_point(program, request, rows, wanted, limits)
    return points, names


def _run(program: Program, request: SweepRequest, row: Mapping[str, Value]) -> Run:
    return program.run({**request.inputs, **row}, request.wrt, request.outputs)


def _first(program: Program, request: SweepRequest, rows: Sequence[Mapping[str, Value]]) -> Run:
    """A run at the first point that has one; if none has, the refusal of the first."""
    refusal: Exception | None = None
    for row in (rows[0], rows[len(rows) // 2], rows[-1]):
        try:
            return _run(program, request, row)
        except Exception as error:  # noqa: BLE001  every refusal of one point may be absent at another
            refusal = refusal or error
    assert refusal is not None
    raise refusal


def _point_by_point(program: Program, request: SweepRequest, rows: Sequence[Mapping[str, Value]], wanted: Wanted, limits: Limits) -> Points:
    """Every point by itself, within the budget of nodes of a sweep."""
    try:
        return one_by_one(rows, lambda row: _run(program, request, row), wanted, limits.sweep_nodes)
    except OverflowError:
        message = f"The sweep would evaluate more than {limits.sweep_nodes:,} nodes."
        raise problem("budget.points", message, None, "Take fewer points.", limit="sweep_nodes", allowed=limits.sweep_nodes) from None


def _seeds(request: SweepRequest, run: Run) -> list[tuple[int, Value]]:
    """Cotangents at the outputs."""
    bars = reverse_seeds(run, request.seed)
    return [(node, bar) for (_, node), bar in zip(run.outputs, bars, strict=True) if bar is not None]


def _nodes(request: SweepRequest, run: Run, *, strict: bool = False) -> dict[str, int | None]:
    """The nodes whose primals are wanted, by label: outputs, names, v-numbers, and numbers after #."""
    found: dict[str, int | None] = {}
    if OUTPUT in request.quantities:
        found |= {f"{OUTPUT} {name}": node for name, (_, node) in zip(output_names(run), run.outputs, strict=True)}
    wanted = [label for label in request.quantities if label not in (OUTPUT, GRADIENTS)]
    if wanted:
        by_label = known(run)
        for label in wanted:
            found[label] = by_label.get(label)
            if strict and label not in by_label:
                raise problem("output.unknown", f"The program has no value called {label[:80]}.", field="quantities")
    return found


def _shown(request: SweepRequest, points: Points, names: Sequence[str], shape: Sequence[int]) -> dict[str, Any]:
    """The answer's fields."""
    shown: dict[str, Any] = {"vectorised": points.vectorised}
    if OUTPUT in request.quantities:
        outputs = {name: _laid(points.primals.get(f"{OUTPUT} {name}"), shape) for name in names}
        shown |= {"output": next(iter(outputs.values())), "outputs": outputs}
    if GRADIENTS in request.quantities:
        wrt = request.wrt if request.wrt is not None else list(points.adjoints)
        shown["gradients"] = {name: _laid(points.adjoints.get(name), shape) for name in wrt}
    shown["nodes"] = {name: _laid(points.primals.get(name), shape) for name in request.quantities if name not in (OUTPUT, GRADIENTS)}
    shown["refused"] = [{"index": _index(place, shape), "code": code, "detail": detail} for place, code, detail in points.refused]
    return shown


def _index(place: int, shape: Sequence[int]) -> list[int]:
    """The place of a point along each varied input."""
    return [int(i) for i in np.unravel_index(place, tuple(shape))]


def _laid(column: Any, shape: Sequence[int]) -> Any:
    """A column as nested lists, one level an input; None where nothing flows at any point."""
    if column is None:
        return None
    flat = plain(column) if isinstance(column, np.ndarray) else [plain(value) for value in column]
    if not any(value is not None for value in flat):
        return None
    if len(shape) == 1:
        return flat
    return [flat[row * shape[1] : (row + 1) * shape[1]] for row in range(shape[0])]
