"""What each derivative is: sweeps over the function's tape, and how their results are put together."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

import numpy as np

from app.lang.compiler import Compiler
from app.lang.derivatives.derivation import Callee, Derivation, Keywords
from app.lang.derivatives.inner import Inner
from app.lang.derivatives.recording import Recorded
from app.lang.values import Transformed
from app.ops.op import Shape

Places = tuple[int, ...]
"""Which arguments to differentiate by."""


def grad(d: Derivation, target: Callee, values: list[Any], keywords: Keywords, places: Places) -> list[int]:
    """One reverse sweep from the one number that the function returns: an adjoint an argument."""
    inner, _ = d.evaluated(target, values, keywords, places)
    if len(inner.results) != 1 or np.size(d.value(inner.results[0])) != 1:
        said = "several values" if len(inner.results) != 1 else f"a tensor of shape {list(d.shape(inner.results[0]))}"
        hint = "Reduce it, for instance with sum, or take jacobian(f) instead."
        raise d.fail("seed.required", f"grad needs a function with one number as its result; this one returns {said}.", hint)
    shape = d.shape(inner.results[0])
    with d.group("sweep", f"reverse sweep of {target.name}"):
        adjoints = d.pulled(inner, [np.ones(shape) if shape else 1.0])
        return [d.node(bar, d.shape(node)) for bar, node in zip(adjoints, inner.arguments, strict=True)]


def jacobian_by_rows(d: Derivation, target: Callee, values: list[Any], keywords: Keywords, places: Places) -> list[int]:
    """One reverse sweep an entry of the result."""
    return _by_rows(d, target, d.evaluated(target, values, keywords, places)[0])


def jacobian_by_columns(d: Derivation, target: Callee, values: list[Any], keywords: Keywords, places: Places) -> list[int]:
    """One forward sweep an entry of the arguments."""
    return _by_columns(d, target, d.evaluated(target, values, keywords, places)[0])


def jacobian(d: Derivation, target: Callee, values: list[Any], keywords: Keywords, places: Places) -> list[int]:
    """By rows or by columns, whichever takes fewer sweeps."""
    inner, _ = d.evaluated(target, values, keywords, places)
    rows = sum(_count(d.shape(node)) for node in inner.results)
    columns = sum(_count(d.shape(node)) for node in inner.arguments)
    return (_by_rows if rows < columns else _by_columns)(d, target, inner)


def hessian(d: Derivation, target: Callee, values: list[Any], keywords: Keywords, places: Places) -> list[int]:
    """Forward over reverse: the columns of the Jacobian of the gradient."""
    gradient = transformed(d.c, "grad", grad, target, places)
    inner, _ = d.evaluated(gradient, values, keywords, places)
    return _by_columns(d, gradient, inner)


def _by_rows(d: Derivation, target: Callee, inner: Inner) -> list[int]:
    """The Jacobian of the one result by each argument, a row a sweep."""
    result = _one(d, inner)
    shape = d.shape(result)
    with d.group("sweep", f"reverse sweeps of {target.name}"):
        rows = [d.pulled(inner, [seed]) for seed in _unit_seeds(d, shape)]
        blocks = zip(inner.arguments, zip(*rows, strict=True), strict=True)
        return [_stacked(d, parts, shape, d.shape(node), first=True) for node, parts in blocks]


def _by_columns(d: Derivation, target: Callee, inner: Inner) -> list[int]:
    """The same, a column a sweep."""
    result = _one(d, inner)
    shape = d.shape(result)
    with d.group("sweep", f"forward sweeps of {target.name}"):
        blocks = []
        for place, node in enumerate(inner.arguments):
            none: list[Any] = [np.zeros(d.shape(other)) if d.shape(other) else 0.0 for other in inner.arguments]
            columns = [d.pushed(inner, [*none[:place], seed, *none[place + 1 :]])[0] for seed in _unit_seeds(d, d.shape(node))]
            blocks.append(_stacked(d, columns, shape, d.shape(node), first=False))
        return blocks


def _one(d: Derivation, inner: Inner) -> int:
    if len(inner.results) != 1:
        raise d.fail("type.mismatch", "A Jacobian needs a function with one result.", "Join the results with cat or stack.")
    return inner.results[0]


def _count(shape: Shape) -> int:
    return int(np.prod(shape, dtype=int))


def _unit_seeds(d: Derivation, shape: Shape) -> list[Any]:
    """A seed an entry: 1 there, 0 elsewhere."""
    count = _count(shape)
    d.recorder.charge_elements(count * count, d.site)
    return [1.0] if shape == () else list(np.eye(count).reshape(count, *shape))


def _stacked(d: Derivation, parts: Sequence[Any], result: Shape, argument: Shape, *, first: bool) -> int:
    """Rows or columns joined into a block of shape result + argument."""
    own, whole = (argument if first else result), (*result, *argument)
    if whole == own:
        return d.node(parts[0], whole)
    if not any(isinstance(part, Recorded) for part in parts):
        numbers = [np.zeros(own) if part is None else np.broadcast_to(part, own) for part in parts]
        return d.node(np.stack(numbers, axis=0 if first else -1).reshape(whole) if numbers else None, whole)
    nodes = [part if isinstance(part, Recorded) else Recorded(d.node(part, own), d.o) for part in parts]
    stacked = d.o.stack(*nodes, dim=0 if first else len(own))
    return d.node(stacked if stacked.shape == whole else d.o.reshape(stacked, shape=whole), whole)


# ---------------------------------------------------------------- functions again


def transformed(c: Compiler, name: str, derive: Any, target: Callee, places: Places | int) -> Transformed:
    """The function that grad(f) and its like stand for; with one place it gives one result, with a tuple of places a tuple."""
    chosen = places if isinstance(places, tuple) else (places,)

    def call(site: ast.Call, values: list[Any], keywords: Keywords) -> Any:
        d = Derivation(c, site)
        within = tuple(_place(d, target, place, len(values)) for place in chosen)
        first = len(c.recorder.values)
        with d.group("derivative", f"{name} of {target.name}") as group:
            nodes = derive(d, target, values, keywords, within)
        d.noted(nodes, group, first)
        return tuple(nodes) if isinstance(places, tuple) and len(nodes) > 1 else nodes[0]

    return Transformed(f"{name}({target.name})", call, target.parameters)


def _place(d: Derivation, target: Callee, place: int, count: int) -> int:
    """The place of an argument; from the end where it is negative."""
    if not -count <= place < count:
        raise d.fail("call.arguments", f"{target.name} is called with {count} arguments here; there is none at place {place}.", None)
    return place % count


# ---------------------------------------------------------------- jvp and vjp


def jvp(d: Derivation, target: Callee, primals: list[Any], tangents: list[Any]) -> tuple[Any, Any]:
    """What the function returns, and its tangent along the given tangents: one forward sweep."""
    if len(primals) != len(tangents):
        said = f"jvp needs a tangent for each argument: there are {len(primals)} arguments and {len(tangents)} tangents."
        raise d.fail("call.arguments", said, "It is jvp(f, (x,), (v,)).")
    with d.group("derivative", f"jvp of {target.name}") as group:
        inner, returned = d.evaluated(target, primals, [], range(len(primals)))
        seeds = [d.seed(v, d.shape(node), "The tangent", inner) for v, node in zip(tangents, inner.arguments, strict=True)]
        with d.group("sweep", f"forward sweep of {target.name}"):
            dots = [d.node(dot, d.shape(node)) for dot, node in zip(d.pushed(inner, seeds), inner.results, strict=True)]
    d.noted([*inner.results, *dots], group, inner.first)
    return (inner.results, tuple(dots)) if isinstance(returned, tuple) else (inner.results[0], dots[0])


def vjp(d: Derivation, target: Callee, primals: list[Any]) -> tuple[Any, Transformed]:
    """What the function returns, and the function that carries a cotangent of it back to the arguments."""
    with d.group("derivative", f"vjp of {target.name}") as group:
        inner, returned = d.evaluated(target, primals, [], range(len(primals)))
    d.noted(inner.results, group, inner.first)

    def pull(site: ast.Call, values: list[Any], keywords: Keywords) -> tuple[int, ...]:
        here = Derivation(d.c, site)
        given = list(values[0]) if len(values) == 1 and isinstance(values[0], tuple) else values
        if keywords or len(given) != len(inner.results):
            said = f"This takes {len(inner.results)} cotangents, one for each result of {target.name}."
            raise here.fail("call.arguments", said, None)
        with here.group("sweep", f"reverse sweep of {target.name}") as own:
            seeds = [here.seed(v, here.shape(node), "The cotangent", inner) for v, node in zip(given, inner.results, strict=True)]
            bars = here.pulled(inner, seeds)
            nodes = [here.node(bar, here.shape(node)) for bar, node in zip(bars, inner.arguments, strict=True)]
        here.noted(nodes, own, inner.first)
        return tuple(nodes)

    return inner.results if isinstance(returned, tuple) else inner.results[0], Transformed(f"the VJP of {target.name}", pull)
