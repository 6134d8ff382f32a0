"""What print and f-strings show of a value, within bounds: lists may hold each other many times over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import EllipsisType, MethodType
from typing import Any

from app.lang.eager.builtins import TooLargeError
from app.lang.eager.functions import Function
from app.lang.eager.library import Library, Module

DEEPEST = 16
NESTED = (list, tuple, dict, range)
LONGEST = 200_000
SPEC = re.compile(r"[^\d]*\d{0,3}(\.\d{1,3})?[^\d]*")
"""Widths of more than three digits are for mischief."""


def checked_depth(value: Any) -> int:
    """How many items a list holds, with all lists in it. Lists too deep in lists are refused: printing them could take for ever."""
    level, count = [value] if isinstance(value, NESTED) else [], 0
    for _ in range(DEEPEST):
        if not level:
            return count
        inside = [_items(one) for one in level]
        count += sum(map(len, inside))
        level = [inner for items in inside for inner in items if isinstance(inner, NESTED)]
        if len(level) > LONGEST:
            raise TooLargeError("lists are nested too widely")
    raise TooLargeError("lists are nested too deeply")


def _items(value: Any) -> Sequence[Any]:
    """What a list holds; of a dict the keys too."""
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, range) and value[LONGEST:]:
        raise TooLargeError(f"a list would have more than {LONGEST:,} items")
    held: Sequence[Any] = value
    return held


def shown(value: Any, library: Library) -> str:
    """The text of ``print(value)``."""
    return value if isinstance(value, str) else _repr(value, library, top=True)


def _repr(value: Any, library: Library, *, top: bool = False) -> str:
    """The text of a value inside a list."""
    if isinstance(value, str):
        return repr(value)
    if type(value) in (list, tuple):
        inside = ", ".join(_repr(one, library) for one in value)
        if len(inside) > LONGEST:
            raise TooLargeError("the text of a list is too long")
        return f"[{inside}]" if isinstance(value, list) else f"({inside}{',' * (len(value) == 1)})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_repr(k, library)}: {_repr(v, library)}" for k, v in value.items()) + "}"
    if isinstance(value, (Function, Module)):
        return f"<function {value.name}>" if isinstance(value, Function) else f"<module '{value.name}'>"
    if isinstance(value, MethodType):
        return f"<built-in function {value.__name__}>"  # print: its object is nobody's business
    if value is None or isinstance(value, (bool, int, float, range, slice, EllipsisType)):
        return repr(value)
    return library.shown(value)


def formatted(value: Any, spec: str, conversion: int, library: Library) -> str:
    """One value of an f-string."""
    if not SPEC.fullmatch(spec):
        raise TooLargeError("the width of a number is too large")
    if conversion != -1:
        return _repr(value, library) if conversion in (ord("r"), ord("a")) else shown(value, library)
    if spec == "" and not isinstance(value, (int, float)) and not library.is_tensor(value):
        return shown(value, library)
    return format(value, spec)
