"""The arguments of a call, and which of an operation's parameters they are for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import torch

from app.oracle.plain import whole
from app.oracle.values import Listed, UnableError

RENAMED = {
    "axis": ("dim", "dims"), "axes": ("dims", "dim0"), "keepdims": ("keepdim",), "a_min": ("min",), "a_max": ("max",), "ord": ("p",),
    "ddof": ("correction",), "input": ("x",), "unbiased": ("correction",), "newshape": ("shape",), "axis1": ("dim0", "dim1"),
    "axis2": ("dim2", "dim1"), "k": ("diagonal",),
}  # fmt: skip
"""Other spellings of keywords: numpy's, and torch's name of a first operand; the first that the function has is meant."""

WITHOUT_EFFECT = frozenset({"dtype", "device", "requires_grad"})


class Arguments:
    """Values given by place (a method's receiver first) and by name; ``dialect`` is what stands before the function's name."""

    __slots__ = ("dialect", "names", "places")

    def __init__(self, places: list[Any], names: dict[str, Any], dialect: Any = None) -> None:
        self.places, self.names, self.dialect = places, names, dialect

    def only(self) -> Any:
        """The one value of a call with one."""
        if len(self.places) != 1 or self.names:
            raise UnableError("torch takes one argument here")
        return self.places[0]


class Operation(NamedTuple):
    """A function of torch with its parameters: operands, which derivatives flow through, then attributes.

    A name with a star takes all values by place that are left.
    """

    function: Callable[..., Any]
    operands: tuple[str, ...]
    attributes: tuple[str, ...] = ()


def operation(function: Callable[..., Any], parameters: str) -> Operation:
    """An operation from text: ``"x, y; dim, keepdim"``."""
    operands, _, attributes = parameters.partition(";")
    return Operation(function, _words(operands), _words(attributes))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def placed(wanted: Operation, given: Arguments) -> dict[str, Any]:
    """The value of each parameter that was given one; a starred one has a list."""
    left, taken = list(given.places), dict[str, Any]()
    for name in wanted.operands + wanted.attributes:
        if name.startswith("*"):
            count = 1 if left and isinstance(left[0], (tuple, Listed)) else len(left)  # cat([a, b], 1): the tensors come as one list
            taken[name], left = left[:count], left[count:]
        elif left:
            taken[name] = left.pop(0)
    if left:
        raise UnableError("there are more arguments than torch takes")
    known = {name.lstrip("*"): name for name in wanted.operands + wanted.attributes}
    for word, value in given.names.items():
        if word in WITHOUT_EFFECT:
            continue
        meant = next((known[name] for name in (word, *RENAMED.get(word, ())) if name in known), None)
        if meant is None:
            raise UnableError(f"torch knows no argument {word} here")
        taken[meant] = [value] if meant.startswith("*") else value
    return taken


def static(value: Any) -> Any:
    """An attribute as torch takes it: whole numbers as integers, lists as tuples, tensors of one number as the number."""
    if isinstance(value, Listed):
        value = tuple(value.items)
    if isinstance(value, (tuple, range)):
        return tuple([static(v) for v in value])
    if isinstance(value, torch.Tensor):
        return whole(value.item()) if value.dim() == 0 else value.detach()
    return whole(value) if not isinstance(value, np.generic) else whole(value.item())


def spread(values: list[Any]) -> tuple[Any, ...]:
    """The static values of a starred attribute, given one by one or as one tuple."""
    made = tuple([static(v) for v in values])
    return made[0] if len(made) == 1 and isinstance(made[0], tuple) else made
