"""What an expression can evaluate to besides a node (an ``int``: its number on the tape)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Node = int
"""A number of a node on the tape. Plain numbers are wrapped, so that an ``int`` is always a node."""


@dataclass(slots=True, eq=False)
class Plain:
    """A Python number or boolean that is not on the tape (yet): a literal, a loop count, a size.

    One that is bound to a ``name`` gets a single constant ``node``, at its first use; a literal gets one at every use.
    """

    value: float
    site: ast.AST | None = None
    name: str | None = None
    node: int | None = None


@dataclass(slots=True, eq=False)
class Sequence:
    """A list literal: an array as soon as it is bound or used as an operand."""

    items: list[Any]
    site: ast.AST


@dataclass(slots=True, eq=False)
class Counting:
    """A ``range``: never written out."""

    numbers: range


@dataclass(slots=True, eq=False)
class Walk:
    """An ``enumerate`` or a ``zip``: items made on demand."""

    start: Callable[[], Iterator[Any]]


@dataclass(slots=True, eq=False)
class Text:
    """A string where torch takes one, or a name of a dtype."""

    text: str


@dataclass(slots=True, eq=False)
class Function:
    """A function of the program: its parameters, its compiled body, and the frame it was defined in."""

    name: str
    parameters: tuple[str, ...]
    positional: int
    defaults: dict[str, Any]
    run: Callable[[dict[str, Any]], Any]
    frame: dict[str, Any] = field(repr=False)


@dataclass(slots=True, eq=False)
class Nothing:
    """None: what a function without return gives."""


NOTHING = Nothing()


def described(value: Any) -> str:
    """What a student would call this value."""
    words = {Plain: "a number", Sequence: "a list", Counting: "a range", Walk: "a sequence", Text: "a text", Function: "a function",
             Nothing: "nothing (a function without return)", tuple: "a tuple", int: "a tensor"}
    return words.get(type(value), "something else")
