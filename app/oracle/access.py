"""Reading parts of torch tensors: indices, rows, attributes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

import torch

from app.oracle.dialects import dialect_of
from app.oracle.plain import whole
from app.oracle.values import Frame, Listed, UnableError
from app.oracle.walker import CONSTANTS, Walker


def subscript(walker: Walker, node: ast.Subscript, frame: Frame) -> Any:
    """x[…]: of a tensor an operation, of a tuple or a range its item."""
    base = _value(walker, node.value, frame)
    place = _index(walker, node.slice, frame)
    if isinstance(base, (tuple, range)):
        return base[place]
    return _picked(walker, node, base, place)


def _picked(walker: Walker, node: ast.AST, base: Any, place: Any) -> torch.Tensor:
    """The part of a tensor at an index."""
    part: torch.Tensor = walker.apply(node, lambda x: x[place], (walker.tensor(base),))
    return part


def _index(walker: Walker, node: ast.expr, frame: Frame) -> Any:
    """An index as torch takes it: integers, slices, None, an ellipsis, masks, arrays of positions."""
    if isinstance(node, ast.Tuple):
        return tuple([_index(walker, e, frame) for e in node.elts])
    if isinstance(node, ast.Slice):
        ends = [None if e is None else _position(walker, _value(walker, e, frame)) for e in (node.lower, node.upper, node.step)]
        return slice(*ends)
    return _position(walker, _value(walker, node, frame))


def _value(walker: Walker, node: ast.expr, frame: Frame) -> Any:
    from app.oracle.expressions import evaluate  # noqa: PLC0415  expressions read subscripts

    return evaluate(walker, node, frame)


def _position(walker: Walker, value: Any) -> Any:
    """One position; floats with an integral value are read as integers."""
    if isinstance(value, Listed):
        value = walker.array(value)
    if isinstance(value, tuple):
        return tuple([_position(walker, v) for v in value])
    if isinstance(value, torch.Tensor):
        value = value.detach()
        if value.dim() == 0:
            return whole(value.item())
        return value if value.dtype == torch.bool else value.long()
    return whole(value)


def rows(walker: Walker, tensor: torch.Tensor, site: ast.AST) -> Iterator[torch.Tensor]:
    """The rows of a tensor, each an operation, made as they are asked for."""
    if tensor.dim() == 0:
        raise UnableError("torch cannot go over a single number")
    for place in range(tensor.shape[0]):
        yield _picked(walker, site, tensor, place)


# ---------------------------------------------------------------- attributes


def attribute(walker: Walker, node: ast.Attribute, frame: Frame) -> Any:
    """x.T, x.shape, torch.pi."""
    if dialect_of(walker, node.value, frame) is not None:
        return CONSTANTS.get(node.attr, node.attr)
    base = _value(walker, node.value, frame)
    if isinstance(base, tuple) and node.attr in FIELDS:
        return base[FIELDS[node.attr]]
    return READS[node.attr](walker, walker.tensor(base), node)


def _transposed(walker: Walker, x: torch.Tensor, node: ast.AST) -> Any:
    return walker.apply(node, lambda x: x.permute(*reversed(range(x.dim()))), (x,))


def _matrix_transposed(walker: Walker, x: torch.Tensor, node: ast.AST) -> Any:
    return walker.apply(node, lambda x: x.mT, (x,))


def _detached(walker: Walker, x: torch.Tensor, node: ast.AST) -> Any:
    return walker.apply(node, torch.Tensor.detach, (x,))


READS: dict[str, Callable[[Walker, torch.Tensor, ast.AST], Any]] = {
    "T": _transposed,
    "mT": _matrix_transposed,
    "data": _detached,
    "shape": lambda walker, x, node: tuple(x.shape),
    "ndim": lambda walker, x, node: x.dim(),
    "requires_grad": lambda walker, x, node: x.requires_grad,
}

FIELDS = {
    "values": 0,
    "indices": 1,
    "sign": 0,
    "logabsdet": 1,
    "Q": 0,
    "R": 1,
    "eigenvalues": 0,
    "eigenvectors": 1,
    "U": 0,
    "S": 1,
    "Vh": 2,
}
"""The names that torch gives the results of an operation with several."""
