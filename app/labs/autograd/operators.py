"""Python's operators on tensors; put on the class here, since they are made of operations, which are made of tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.labs.autograd.binding import operation
from app.labs.autograd.inplace import assigned, inplace
from app.labs.autograd.tensor import Tensor
from app.labs.autograd.views import indexed

BINARY = {
    "add": "add", "sub": "sub", "mul": "mul", "truediv": "div", "floordiv": "floor_divide", "mod": "remainder", "pow": "pow",
    "matmul": "matmul", "and": "logical_and", "or": "logical_or", "xor": "logical_xor",
}  # fmt: skip
COMPARED = {"eq": "eq", "ne": "ne", "lt": "lt", "le": "le", "gt": "gt", "ge": "ge"}
IN_PLACE = {"iadd": "add", "isub": "sub", "imul": "mul", "itruediv": "div", "ipow": "pow"}


def _fits(other: Any) -> bool:
    """Whether an operand is a tensor or a number; others are left to Python's own refusal."""
    return isinstance(other, (Tensor, bool, int, float, np.generic))


def _binary(name: str, *, turned: bool = False) -> Callable[[Tensor, Any], Any]:
    operate = operation(name)

    def operator(self: Tensor, other: Any) -> Any:
        if not _fits(other):
            return NotImplemented
        return operate(other, self) if turned else operate(self, other)

    return operator


def _compared(name: str) -> Callable[[Tensor, Any], Any]:
    operate = operation(name)

    def operator(self: Tensor, other: Any) -> Any:
        return operate(self, other) if _fits(other) else name == "ne" if name in ("eq", "ne") else NotImplemented

    return operator


def _in_place(name: str) -> Callable[[Tensor, Any], Any]:
    operate = inplace(name)
    return lambda self, other: operate(self, other) if _fits(other) else NotImplemented


def install() -> None:
    """Put the operators on the class."""
    for python, name in BINARY.items():
        setattr(Tensor, f"__{python}__", _binary(name))
        setattr(Tensor, f"__r{python}__", _binary(name, turned=True))
    for python, name in COMPARED.items():
        setattr(Tensor, f"__{python}__", _compared(name))
    for python, name in IN_PLACE.items():
        setattr(Tensor, f"__{python}__", _in_place(name))
    named: dict[str, Any] = {
        "__neg__": operation("neg"),
        "__pos__": lambda self: self,
        "__abs__": operation("abs"),
        "__invert__": operation("logical_not"),
        "__getitem__": indexed,
        "__setitem__": assigned,
    }
    for name, function in named.items():
        setattr(Tensor, name, function)


install()
