"""A call by name: which function of torch is meant, with which operands and attributes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import torch

from app.oracle.access import rows
from app.oracle.arguments import Arguments, Operation, operation, placed, spread, static
from app.oracle.arrays import ARRAYS
from app.oracle.creation import CREATED, create
from app.oracle.dialects import Prefix
from app.oracle.elementwise import ELEMENTWISE
from app.oracle.gauge import GAUGES
from app.oracle.values import Listed, UnableError
from app.oracle.walker import Walker

TABLE: dict[str, Operation] = ELEMENTWISE | ARRAYS

ATTRIBUTE_FIRST = {"einsum": "equation", "polygamma": "n"}
"""Functions whose first argument is no operand."""

RESULTS = {"eigh": 2, "svd": 3}

NUMPY_FIRST = frozenset({"sort"})
"""Where numpy gives the values alone, torch the indices too."""

JOINS = frozenset({"cat", "concat", "concatenate", "stack", "hstack", "vstack"})
"""Functions of a list; a tensor in its place is the list of its rows."""


def operate(walker: Walker, node: ast.Call, name: str, given: Arguments) -> Any:
    """Evaluate the operation of this name."""
    name = _spelled(name, given.dialect)
    if name in OVERLOADED:
        return OVERLOADED[name](walker, node, given)
    if name in CREATED:
        return create(walker, node, name, given)
    if name not in TABLE:
        raise UnableError(f"torch has no {name} for this check")
    if name in JOINS and len(given.places) == 1 and isinstance(given.places[0], torch.Tensor):
        given = Arguments([tuple(rows(walker, given.places[0], node.args[0]))], given.names, given.dialect)
    result = _evaluate(walker, node, name, TABLE[name], given)
    return result[0] if str(given.dialect) == "numpy" and name in NUMPY_FIRST else result


def _spelled(name: str, dialect: Prefix | None) -> str:
    """The name with what stands before it, where that makes it another function."""
    spelled = f"{dialect}.{name}"
    return spelled if spelled in TABLE or spelled in OVERLOADED else name


def _evaluate(walker: Walker, node: ast.AST, name: str, wanted: Operation, given: Arguments) -> Any:
    """Evaluate one operation on operands as tensors and attributes as plain values."""
    if name in ATTRIBUTE_FIRST and given.places:
        given = Arguments(given.places[1:], {ATTRIBUTE_FIRST[name]: given.places[0]} | given.names)
    taken = placed(wanted, given)
    operands: list[Any] = []
    for parameter in wanted.operands:
        value = taken.pop(parameter, None)
        operands += _tensors(walker, value) if parameter.startswith("*") else [] if value is None else [walker.tensor(value)]
    attributes = {p.lstrip("*"): spread(v) if p.startswith("*") else static(v) for p, v in taken.items()}
    if name in GAUGES and (ours := walker.expected(node, RESULTS[name])):
        return walker.apply(node, lambda *x, **options: GAUGES[name](wanted.function(*x, **options), ours), operands, **attributes)
    return walker.apply(node, wanted.function, operands, **attributes)


def _tensors(walker: Walker, values: list[Any]) -> list[torch.Tensor]:
    """The operands of a function of many: given one by one, or as one list."""
    if len(values) == 1 and isinstance(values[0], (tuple, Listed)):
        values = list(values[0]) if isinstance(values[0], tuple) else values[0].items
    return [walker.tensor(v) for v in values]


# ---------------------------------------------------------------- one name, several functions

Overload = Callable[[Walker, ast.Call, Arguments], Any]


def _along(function: Callable[..., Any]) -> Operation:
    return operation(lambda x, **options: tuple(function(x, **options)), "x; dim, keepdim")


def _whole(function: Callable[..., Any]) -> Operation:
    return operation(function, "x")


def _extreme(reduce: Callable[..., Any], pair: Callable[..., Any]) -> Overload:
    """max and min: of all entries, along a dimension, or of two values."""

    def overload(walker: Walker, node: ast.Call, given: Arguments) -> Any:
        if len(given.places) == 1 and not given.names:
            return _evaluate(walker, node, "", _whole(reduce), given)
        if len(given.places) == 2 and not given.names and not _is_dimension(*given.places):
            return _evaluate(walker, node, "", operation(pair, "x, y"), given)
        return _evaluate(walker, node, "", _along(reduce), given)

    return overload


def _is_dimension(x: Any, y: Any) -> bool:
    """Whether the second of two arguments of max is a dimension of the first."""
    return type(y) is int and isinstance(x, torch.Tensor) and x.dim() > 0


def _median(walker: Walker, node: ast.Call, given: Arguments) -> Any:
    whole = len(given.places) == 1 and not given.names
    return _evaluate(walker, node, "", _whole(torch.median) if whole else _along(torch.median), given)


def _clamp(walker: Walker, node: ast.Call, given: Arguments) -> Any:
    """clamp: between numbers, or between tensors, through which derivatives flow."""
    taken = placed(operation(torch.clamp, "x; min, max"), given)
    x, low, high = walker.tensor(taken["x"]), taken.get("min"), taken.get("max")
    if not any(isinstance(bound, (torch.Tensor, Listed)) for bound in (low, high)):
        return walker.apply(node, lambda x: torch.clamp(x, low, high), (x,))
    ends = [float("-inf") if low is None else low, float("inf") if high is None else high]
    return walker.apply(node, torch.clamp, (x, *[walker.tensor(end) for end in ends]))


def _in_a_row(function: Callable[..., torch.Tensor]) -> Overload:
    """numpy's cumsum and cumprod: without a dimension they go over all entries in a row."""

    def overload(walker: Walker, node: ast.Call, given: Arguments) -> Any:
        taken = placed(operation(function, "x; dim"), given)
        x, dim = walker.tensor(taken["x"]), taken.get("dim")
        if dim is None and x.dim() != 1:
            x = walker.apply(node, torch.flatten, (x,))
        return walker.apply(node, function, (x,), dim=0 if dim is None else static(dim))

    return overload


def _svd_with_v(walker: Walker, node: ast.Call, given: Arguments) -> Any:
    """torch.svd: V in the place of its transpose."""
    u, s, vh = _evaluate(walker, node, "svd", TABLE["svd"], given)
    return u, s, walker.apply(node, lambda x: x.mT, (vh,))


OVERLOADED: dict[str, Overload] = {
    "max": _extreme(torch.max, torch.maximum),
    "min": _extreme(torch.min, torch.minimum),
    "median": _median,
    "clamp": _clamp,
    "clip": _clamp,
    "numpy.cumsum": _in_a_row(torch.cumsum),
    "numpy.cumprod": _in_a_row(torch.cumprod),
    "torch.svd": _svd_with_v,
}
