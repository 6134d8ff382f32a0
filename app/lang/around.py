"""What a piece of syntax stands in, where that decides whether it is allowed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from enum import Flag, auto
from typing import Any

from app.lang.places import Places


class Around(Flag):
    """A function's body, a loop's body, the arguments of a call, of a print, an index, the left side of an assignment."""

    NOWHERE = 0
    FUNCTION = auto()
    LOOP = auto()
    ARGUMENT = auto()
    PRINT = auto()
    INDEX = auto()
    CALLED = auto()


BODY = Around.FUNCTION | Around.LOOP

Parts = Iterator[tuple[ast.AST, Around]]
Rule = Callable[[Places, Any, Around], Parts]
"""What a kind of syntax does: it refuses, or gives its parts to look at next."""


def nothing(places: Places, node: ast.AST, around: Around) -> Parts:
    """The rule of what is allowed everywhere and has no parts to look at."""
    return iter(())
