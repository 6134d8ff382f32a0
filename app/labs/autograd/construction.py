"""``torch.tensor`` of nested lists: the dtype that it infers, the shape that it reads, and its refusals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import numpy as np

from app.labs.autograd.promotion import FLOATS, OF_PYTHON, cast, stronger
from app.labs.autograd.refusal import TorchError

SEQUENCES = (list, tuple, range, np.ndarray)
LONG = range(-(2**63), 2**63)


def array_of(data: Any, dtype: str | None = None) -> np.ndarray[Any, Any]:
    """The elements of ``torch.tensor(data, dtype=dtype)``.

    A tensor inside a list is given as its numpy scalar, or as its item where a dtype is asked for.
    """
    if isinstance(data, np.ndarray):
        return cast(data, dtype or inferred(data)).copy()
    if isinstance(data, str):
        raise TorchError("TypeError", "new(): invalid data type 'str'")
    shape = _shape(data)
    target = dtype or inferred(data)
    elements = [] if 0 in shape else [_element(value, target) for value in _leaves(data, shape, 0)]
    with np.errstate(over="ignore"):
        return np.array(elements, dtype=target).reshape(shape)


def inferred(data: Any) -> str:
    """The dtype of nested lists is the strongest of their elements, float32 where there is none; an array keeps its own."""
    if isinstance(data, np.generic | np.ndarray):
        return data.dtype.name
    if isinstance(data, str):
        raise TorchError("TypeError", "new(): invalid data type 'str'")
    if isinstance(data, SEQUENCES):
        return reduce(stronger, map(inferred, data)) if len(data) else "float32"
    if type(data) not in OF_PYTHON:
        raise TorchError("RuntimeError", f"Could not infer dtype of {type(data).__name__}")
    return OF_PYTHON[type(data)]


def _shape(data: Any) -> tuple[int, ...]:
    """The first element of each level says how long all others must be."""
    shape: list[int] = []
    while isinstance(data, SEQUENCES):
        shape.append(len(data))
        if not len(data):
            break
        data = data[0]
    if isinstance(data, str):
        raise TorchError("ValueError", "too many dimensions 'str'")
    return tuple(shape)


def _leaves(data: Any, shape: Sequence[int], dim: int) -> Iterator[Any]:
    if dim == len(shape):
        yield data
        return
    if not isinstance(data, (*SEQUENCES, str)):
        raise TorchError("TypeError", "not a sequence")
    if len(data) != shape[dim]:
        raise TorchError("ValueError", f"expected sequence of length {shape[dim]} at dim {dim} (got {len(data)})")
    for part in data:
        yield from _leaves(part, shape, dim + 1)


def _element(value: Any, dtype: str) -> bool | float:
    if dtype in FLOATS:
        return _real(value.item() if isinstance(value, np.generic) else value)
    if isinstance(value, np.integer) or (isinstance(value, np.bool_) and dtype == "bool"):
        value = value.item()
    if not isinstance(value, int | float):
        owner = "numpy." if isinstance(value, np.generic) else ""
        raise TorchError("TypeError", f"'{owner}{type(value).__name__}' object cannot be interpreted as an integer")
    return bool(value) if dtype == "bool" else _integer(value, dtype)


def _real(value: Any) -> float:
    if not isinstance(value, int | float):
        raise TorchError("TypeError", f"must be real number, not {type(value).__name__}")
    try:
        return float(value)
    except OverflowError as error:
        raise TorchError("OverflowError", str(error)) from None


def _integer(value: float, dtype: str) -> int:
    if isinstance(value, int) and value not in LONG:
        raise TorchError("ValueError", "Overflow when unpacking long long")
    bounds = np.iinfo(dtype)
    # A float is compared with the bounds as floats: 2**63 passes, and wraps.
    low, high = (float(bounds.min), float(bounds.max)) if isinstance(value, float) else (bounds.min, bounds.max)
    if math.isnan(value) or not low <= value <= high:
        raise TorchError("RuntimeError", f"value cannot be converted to type {dtype} without overflow")
    return (int(value) + 2**63) % 2**64 - 2**63
