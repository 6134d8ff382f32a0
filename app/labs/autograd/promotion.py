"""Which dtype a result has, and how elements go from one dtype to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.labs.autograd.refusal import TorchError

DTYPES = ("bool", "int32", "int64", "float32", "float64")
"""From the weakest to the strongest: two dtypes of equal right meet in the stronger."""
CATEGORY = {"bool": 0, "int32": 1, "int64": 1, "float32": 2, "float64": 2}
FLOATS = frozenset({"float32", "float64"})
LONG_NAMES = {"bool": "Bool", "int32": "Int", "int64": "Long", "float32": "Float", "float64": "Double"}
"""The dtypes as PyTorch's error messages call them."""
OF_PYTHON: dict[type, str] = {bool: "bool", int: "int64", float: "float32"}
SIGNED = {"int32": np.int32, "int64": np.int64}


@dataclass(frozen=True, slots=True)
class Kind:
    """All that decides about the dtype of a result: of a tensor its dtype and its dimensions, of a Python number that it is one."""

    dtype: str
    dims: int
    number: bool = False

    @property
    def right(self) -> int:
        """Tensors with dimensions come before those without, and these before Python numbers."""
        return 0 if self.number else 1 + (self.dims > 0)


def kind_of_number(value: bool | float) -> Kind:
    """A Python number, or a scalar of numpy, which PyTorch takes for one; a float is as precise as the tensors it meets."""
    python = value.item() if isinstance(value, np.generic) else value
    return Kind(OF_PYTHON[type(python)], 0, number=True)


def promoted(left: Kind, right: Kind) -> str:
    """The dtype in which two operands meet: the one of lesser right counts only if its category is higher."""
    first, second = sorted((left, right), key=lambda kind: kind.right, reverse=True)
    if first.right > second.right and CATEGORY[first.dtype] >= CATEGORY[second.dtype]:
        return first.dtype
    return stronger(first.dtype, second.dtype)


def stronger(left: str, right: str) -> str:
    """Where two dtypes of equal right meet, as in ``torch.cat`` and ``torch.promote_types``."""
    return max(left, right, key=DTYPES.index)


def quotient(left: Kind, right: Kind) -> str:
    """The dtype of ``/``, which never is an integer's."""
    return floated(promoted(left, right))


def floated(dtype: str) -> str:
    """The dtype of a function with fractions, such as ``exp``."""
    return dtype if dtype in FLOATS else "float32"


def summed(dtype: str) -> str:
    """The dtype of ``sum`` and ``prod``: counts are wide."""
    return dtype if dtype in FLOATS else "int64"


def refuse_mean(dtype: str) -> None:
    """A mean of integers has no dtype of its own."""
    if dtype not in FLOATS:
        text = "Input dtype must be either a floating point or complex dtype."
        raise TorchError("RuntimeError", f"mean(): could not infer output dtype. {text} Got: {LONG_NAMES[dtype]}")


def refuse_subtraction(left: Kind, right: Kind) -> None:
    """Truth values are not subtracted."""
    falsities = [left.dtype, right.dtype].count("bool")
    if falsities:
        operands = "two bool tensors" if falsities == 2 else "a bool tensor"
        text = f"Subtraction, the `-` operator, with {operands} is not supported."
        advice = "Use the `^` or `logical_xor()` operator instead."
        if falsities == 1:
            advice = "If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."
        raise TorchError("RuntimeError", f"{text} {advice}")


def cast(values: np.ndarray[Any, Any], dtype: str) -> np.ndarray[Any, Any]:
    """The elements in another dtype: fractions are cut off, what is too large wraps or becomes infinite."""
    with np.errstate(all="ignore"):
        return np.asarray(values).astype(dtype)


def number_as(value: bool | float, dtype: str) -> np.ndarray[Any, Any]:
    """A Python number as an operand of this dtype: an integer wraps around, as the elements do."""
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        raise TorchError("OverflowError", "int too big to convert" if value > 0 else "can't convert negative int to unsigned")
    if isinstance(value, int) and dtype in SIGNED:
        return np.asarray(value % 2**64, dtype=np.uint64).astype(SIGNED[dtype])
    return cast(np.asarray(value), dtype)
