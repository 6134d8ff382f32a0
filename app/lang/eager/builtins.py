"""Python's own functions that pasted code may call, bounded."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

LONGEST = 100_000
"""Of a list, a text, or the digits of a number."""
MOST_DIGITS = 1_000


class TooLargeError(Exception):
    """A value of Python's own that would be too large."""


def _range(*bounds: int) -> range:
    return range(*bounds)


def _list(values: Any = ()) -> list[Any]:
    return bounded(values)


def bounded(values: Any) -> list[Any]:
    """The items of something, if there are not too many."""
    found = []
    for value in values:
        found.append(value)
        if len(found) > LONGEST:
            raise TooLargeError(f"a list would have more than {LONGEST:,} items")
    return found


def _rounded(x: Any, digits: Any = None) -> Any:
    """round, where the digits are bounded: before the point they cost a power of ten."""
    if isinstance(digits, int) and abs(digits) > MOST_DIGITS:
        raise TooLargeError(f"round takes at most {MOST_DIGITS} digits")
    return round(x) if digits is None else round(x, digits)


def _enumerate(values: Any, start: int = 0) -> Iterator[tuple[int, Any]]:
    return enumerate(values, start)


BUILTINS: Mapping[str, Callable[..., Any]] = {
    "range": _range,
    "len": len,
    "int": int,
    "float": float,
    "bool": bool,
    "str": str,
    "abs": abs,
    "min": lambda *values: min(bounded(values[0])) if len(values) == 1 else min(*values),
    "max": lambda *values: max(bounded(values[0])) if len(values) == 1 else max(*values),
    "sum": sum,
    "round": _rounded,
    "enumerate": _enumerate,
    "zip": zip,
    "list": _list,
    "tuple": lambda values=(): tuple(bounded(values)),
    "reversed": lambda values: reversed(bounded(values)),
    "sorted": lambda values: sorted(bounded(values)),
}

LAZY = frozenset({len, bool, zip, _range, _enumerate})
"""Functions that do not look at the items of what they are given."""
CONSUMERS = tuple(BUILTINS[name] for name in "list tuple min max sum sorted reversed".split())
"""Functions that go through all of them."""


def _power(x: Any, y: Any) -> Any:
    """x ** y, where the digits of an integer are bounded."""
    if isinstance(x, int) and isinstance(y, int) and y > 0 and abs(x) > 1 and y * x.bit_length() > 10_000:
        raise TooLargeError("an integer would have thousands of digits")
    return operator.pow(x, y)


def _times(x: Any, y: Any) -> Any:
    """x * y, where the length of a list or text is bounded."""
    for sequence, count in ((x, y), (y, x)):
        if isinstance(sequence, (list, tuple, str)) and isinstance(count, int) and len(sequence) * count > LONGEST:
            raise TooLargeError(f"a list would have more than {LONGEST:,} items")
    if isinstance(x, int) and isinstance(y, int) and x.bit_length() + y.bit_length() > 20_000:
        raise TooLargeError("an integer would have thousands of digits")
    return operator.mul(x, y)


def _added(x: Any, y: Any) -> Any:
    if isinstance(x, (list, tuple, str)) and isinstance(y, (list, tuple, str)) and len(x) + len(y) > LONGEST:
        raise TooLargeError(f"a list would have more than {LONGEST:,} items")
    return operator.add(x, y)


def _modulo(x: Any, y: Any) -> Any:
    if isinstance(x, str):
        raise TooLargeError("a text with % in it is better written as an f-string")
    return operator.mod(x, y)


OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "Add": _added, "Sub": operator.sub, "Mult": _times, "Div": operator.truediv, "FloorDiv": operator.floordiv, "Mod": _modulo,
    "Pow": _power, "MatMult": operator.matmul, "BitAnd": operator.and_, "BitOr": operator.or_, "BitXor": operator.xor,
}  # fmt: skip


def _added_in_place(x: Any, y: Any) -> Any:
    """x += y: a list grows, all else is made anew."""
    if not isinstance(x, list):
        return _added(x, y)
    more = bounded(y)
    _added(x, more)
    x.extend(more)
    return x


def _is_in(x: Any, y: Any) -> bool:
    if isinstance(y, range) and not isinstance(x, int):
        raise TooLargeError("only whole numbers are looked for in a range")
    return x in (bounded(y) if isinstance(y, Iterator) else y)


def _own(python: Callable[[Any, Any], Any], bounded_one: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operator in place: of Python's own values the bounded one, of the library's what it does in place."""
    return lambda x, y: bounded_one(x, y) if isinstance(x, (int, float, list, tuple, str)) else python(x, y)


INPLACE: Mapping[str, Callable[[Any, Any], Any]] = {
    "Add": _own(operator.iadd, _added_in_place), "Sub": operator.isub, "Mult": _own(operator.imul, _times), "Div": operator.itruediv,
    "FloorDiv": operator.ifloordiv, "Mod": _own(operator.imod, _modulo), "Pow": _own(operator.ipow, _power), "MatMult": operator.imatmul,
}  # fmt: skip

COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt, "GtE": operator.ge,
    "Is": operator.is_, "IsNot": operator.is_not, "In": _is_in, "NotIn": lambda x, y: not _is_in(x, y),
}  # fmt: skip
