"""What an expression can evaluate to besides a node, which is an ``int``: its number on the tape. Numbers of Python are wrapped."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Plain:
    """A Python number or boolean that is not on the tape (yet): a literal, a loop count, a size.

    One that is bound to a ``name`` gets a single constant ``node``, at its first use; a literal gets one at every use.
    No dataclass: a loop makes one every time round, and this is twice as fast.
    """

    __slots__ = ("name", "node", "site", "value")

    def __init__(self, value: float, site: ast.AST | None = None, name: str | None = None) -> None:
        self.value = value
        self.site = site
        self.name = name
        self.node: int | None = None


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
class Nothing:
    """None: what a function without return gives."""


NOTHING = Nothing()


class UnboundError(Exception):
    """A name that has no value; whoever knows the statement finds the place."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
        self.site: ast.Name | None = None


class Frame(dict[str, Any]):
    """The names of one call (or of the program) and what they are bound to."""

    __slots__ = ()

    def __missing__(self, name: str) -> Any:
        raise UnboundError(name)


@dataclass(slots=True, eq=False)
class Function:
    """A function of the program: its parameters, its compiled body, and the frame it was defined in."""

    name: str
    parameters: tuple[str, ...]
    positional: int
    defaults: dict[str, Any]
    run: Callable[[Frame], Any]
    frame: Frame = field(repr=False)


@dataclass(slots=True, eq=False)
class Transformed:
    """What grad(f) and its like give: a function again, called with its syntax, its values by place, and those by name."""

    name: str
    call: Callable[[ast.Call, list[Any], list[tuple[str, Any]]], Any]
    parameters: tuple[str, ...] = ()
    """Of the function that is differentiated."""


class Derived(NamedTuple):
    """The nodes that one derivative gave, with the call that asked for it.

    ``group`` is what it has recorded, and ``home`` the first node of the function's evaluation, which may lie further back.
    """

    site: ast.AST
    results: tuple[int, ...]
    group: int
    home: int


def described(value: Any) -> str:
    """What a student would call this value."""
    words = {
        Plain: "a number",
        Sequence: "a list",
        Counting: "a range",
        Walk: "a sequence",
        Text: "a text",
        Function: "a function",
        Transformed: "a function",
        Nothing: "nothing (a function without return)",
        tuple: "a tuple",
        int: "a tensor",
    }
    return words.get(type(value), "something else")
