"""Functions and methods that are no operations of torch: they count, read, or walk."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

import torch

from app.oracle.arguments import Arguments
from app.oracle.plain import whole
from app.oracle.values import Listed, UnableError, is_plain
from app.oracle.walker import Walker


def number(value: Any) -> Any:
    """The plain number of a number or of a tensor of one."""
    if isinstance(value, torch.Tensor):
        return value.item()
    if is_plain(value):
        return value
    raise UnableError("a number is needed here")


def _count(value: Any) -> int:
    """A whole number."""
    made = whole(number(value))
    if not isinstance(made, int):
        raise UnableError("a whole number is needed here")
    return made


def _range(walker: Walker, node: ast.Call, given: Arguments) -> range:
    return range(*[_count(v) for v in given.places])


def _len(walker: Walker, node: ast.Call, given: Arguments) -> int:
    value = given.only()
    return len(value.items if isinstance(value, Listed) else value)


def _items(walker: Walker, value: Any, site: ast.AST) -> Iterator[Any]:
    from app.oracle.statements import items  # noqa: PLC0415  statements contain calls

    return items(walker, value, site)


def _enumerate(walker: Walker, node: ast.Call, given: Arguments) -> Iterator[Any]:
    return enumerate(_items(walker, given.only(), node.args[0]))


def _zip(walker: Walker, node: ast.Call, given: Arguments) -> Iterator[Any]:
    return zip(*(_items(walker, value, site) for value, site in zip(given.places, node.args, strict=True)), strict=False)


def _detach(walker: Walker, node: ast.Call, given: Arguments) -> torch.Tensor:
    made: torch.Tensor = walker.apply(node, torch.Tensor.detach, (walker.tensor(given.only()),))
    return made


def _array(walker: Walker, node: ast.Call, given: Arguments) -> torch.Tensor:
    return walker.tensor(given.places[0])


def _floating(walker: Walker, node: ast.Call, given: Arguments) -> torch.Tensor:
    """A tensor of numbers: the language has float64 alone."""
    return walker.tensor(given.only()).to(torch.float64)


def _numel(walker: Walker, node: ast.Call, given: Arguments) -> int:
    return walker.tensor(given.only()).numel()


def _size(walker: Walker, node: ast.Call, given: Arguments) -> Any:
    shape = tuple(walker.tensor(given.places[0]).shape)
    return shape[_count(given.places[1])] if len(given.places) > 1 else shape


Builtin = Callable[[Walker, ast.Call, Arguments], Any]

FUNCTIONS: dict[str, Builtin] = {
    "range": _range,
    "len": _len,
    "int": lambda walker, node, given: int(number(given.only())),
    "float": lambda walker, node, given: float(number(given.only())),
    "bool": lambda walker, node, given: bool(number(given.only())),
    "enumerate": _enumerate,
    "zip": _zip,
    "print": lambda walker, node, given: None,
    "tensor": _array,
    "array": _array,
    "asarray": _array,
    "as_tensor": _array,
    "numel": _numel,
    "detach": _detach,
}

METHODS: dict[str, Builtin] = {
    "size": _size,
    "item": lambda walker, node, given: number(given.only()),
    "detach": _detach,
    "dim": lambda walker, node, given: walker.tensor(given.only()).dim(),
    "numel": _numel,
    "double": _floating,
    "float": _floating,
    "cpu": _array,
    "numpy": _array,
    "contiguous": _array,
    "requires_grad_": _array,
}
