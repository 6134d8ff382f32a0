"""The names of numpy and math that pasted code may use: numbers and small arrays, nothing that reads files or takes long."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.lang.eager.builtins import TooLargeError

LARGEST = 1_000_000
DTYPES = frozenset("float32 float64 int32 int64 bool float int".split())
KEYWORDS = frozenset("dtype axis keepdims decimals rtol atol equal_nan axes num shape fill_value start stop".split())
"""What may be said by name; where and out would show memory as it is."""
NUMERIC = "biuf"
"""Kinds of dtypes: objects and texts have no bounds."""


def as_numbers(value: Any) -> Any:
    """A value, if it is no array of something else than numbers."""
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind not in NUMERIC:
        raise TypeError("only arrays of numbers can be followed here")
    return value


def numeric(make: Callable[..., Any]) -> Callable[..., Any]:
    """A function of numpy that is given numbers, and gives numbers."""

    def function(*args: Any, **keywords: Any) -> Any:
        for word in keywords:
            if word not in KEYWORDS:
                raise TypeError(f"{getattr(make, '__name__', 'this')}() got an unexpected keyword argument '{word}'")
        stack = [*args, *keywords.values()]
        while stack:
            one = stack.pop()
            if isinstance(one, (list, tuple)):
                stack += one
            elif one is str or (isinstance(one, str) and one not in DTYPES):
                raise TypeError("only arrays of numbers can be followed here")
        return as_numbers(make(*args, **keywords))

    return function


def _like(make: Callable[..., Any]) -> Callable[..., Any]:
    """zeros_like and ones_like, of the same shape."""

    def like(array: Any, dtype: Any = None) -> Any:
        return make(array, dtype=dtype)

    return like


def array_attribute(value: Any, name: str) -> Any:
    """What may be asked of an array of numpy."""
    found = getattr(value, name)
    return numeric(found) if callable(found) else found


def _sized(make: Callable[..., Any]) -> Callable[..., Any]:
    """A function that makes an array of a shape, which is looked at first."""

    def function(shape: Any, *args: Any, **keywords: Any) -> Any:
        count = 1
        for side in shape if isinstance(shape, (list, tuple)) else (shape,):
            count *= int(side)
        if count > LARGEST:
            raise TooLargeError(f"an array would have more than {LARGEST:,} elements")
        return make(shape, *args, **keywords)

    return function


def _counted(make: Callable[..., Any], place: int) -> Callable[..., Any]:
    """A function that makes an array of a length that stands among its arguments."""

    def function(*args: Any, **keywords: Any) -> Any:
        if len(args) > place and isinstance(args[place], (int, float)) and abs(args[place]) > LARGEST:
            raise TooLargeError(f"an array would have more than {LARGEST:,} elements")
        return make(*args, **keywords)

    return function


def _arange(*bounds: float) -> Any:
    if (len(bounds) > 2 and bounds[2] and abs((bounds[1] - bounds[0]) / bounds[2]) > LARGEST) or max(map(abs, bounds), default=0) > LARGEST:
        raise TooLargeError(f"an array would have more than {LARGEST:,} elements")
    return np.arange(*bounds)


NUMPY: Mapping[str, Any] = {
    **{
        name: numeric(getattr(np, name))
        for name in "array asarray sum mean prod sqrt exp log sin cos tanh abs max min dot allclose isclose round transpose".split()
    },
    **{name: getattr(np, name) for name in "float32 float64 int32 int64 bool_ pi inf nan".split()},
    "zeros_like": numeric(_like(np.zeros_like)),
    "ones_like": numeric(_like(np.ones_like)),
    "zeros": numeric(_sized(np.zeros)),
    "ones": numeric(_sized(np.ones)),
    "full": numeric(_sized(np.full)),
    "eye": _counted(lambda n: _sized(lambda shape: np.eye(shape[0]))((n, n)), 0),
    "linspace": numeric(_counted(np.linspace, 2)),
    "arange": numeric(_arange),
}

MATH: Mapping[str, Any] = {
    name: getattr(math, name)
    for name in "pi e inf nan tau sqrt exp log log2 log10 sin cos tan tanh atan floor ceil isnan isinf fabs pow".split()
}

ARRAY_ATTRIBUTES = frozenset("shape dtype ndim size T sum mean max min copy tolist item reshape astype flatten".split())
"""What may be asked of an array of numpy."""
