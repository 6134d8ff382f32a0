"""Functions of pasted code: their parameters, and the names of a call."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function of the program; ``around`` are the names of the function it stands in, ``switches`` what its decorators switch."""

    name: str
    arguments: ast.arguments
    body: list[ast.stmt] | ast.expr
    defaults: list[Any]
    around: dict[str, Any] | None
    switches: list[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A method of a tensor that was not called at once: still known by its name and its tensor, which decide what it costs."""

    owner: Any
    name: str
    function: Any


AROUND = ""
"""Where the names of a call keep those of the function around: no name of the language."""


def bound(function: Function, values: list[Any], keywords: Mapping[str, Any]) -> dict[str, Any]:
    """The names that a call begins with; in Python's words where the arguments do not fit."""
    given = function.arguments
    names = [one.arg for one in (*given.posonlyargs, *given.args)]
    local: dict[str, Any] = {} if function.around is None else {AROUND: function.around}
    if len(values) > len(names):
        raise TypeError(f"{function.name}() takes {len(names)} positional arguments but {len(values)} were given")
    local |= zip(names, values, strict=False)
    for name, value in keywords.items():
        if name not in [*names, *(one.arg for one in given.kwonlyargs)]:
            raise TypeError(f"{function.name}() got an unexpected keyword argument '{name}'")
        if name in local:
            raise TypeError(f"{function.name}() got multiple values for argument '{name}'")
        local[name] = value
    for name, default in zip(names[len(names) - len(function.defaults) :], function.defaults, strict=True):
        local.setdefault(name, default)
    missing = [name for name in names if name not in local]
    if missing:
        listed = " and ".join(f"'{name}'" for name in missing)
        raise TypeError(f"{function.name}() missing {len(missing)} required positional argument{'s' * (len(missing) > 1)}: {listed}")
    return local
