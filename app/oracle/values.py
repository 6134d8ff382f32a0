"""What an expression is worth while torch evaluates a program, and what was evaluated on the way."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch

Frame = dict[str, Any]
"""The names of one call, or of the program, and what they are bound to."""

AROUND = "^"
"""Where a frame keeps the frame around it: no name of the language."""

MISSING = object()


class Event(NamedTuple):
    """One evaluated operation: the syntax that asked for it, torch's result, and what it was made from."""

    site: ast.AST
    value: torch.Tensor
    operands: tuple[Any, ...]


class UnableError(Exception):
    """Torch cannot evaluate this program, or this derivative; the message says why in words."""


@dataclass(slots=True, eq=False)
class Listed:
    """A list literal: an array where one is needed, a sequence where one is walked over."""

    items: list[Any]
    site: ast.AST


@dataclass(slots=True, eq=False)
class Function:
    """A function of the program, with the defaults and the frame of its definition."""

    node: ast.FunctionDef | ast.Lambda
    defaults: Frame
    frame: Frame = field(repr=False)


@dataclass(slots=True, eq=False)
class Transformed:
    """What grad(f) and its like give: a function again, called with its syntax, its values by place, and those by name."""

    call: Callable[[ast.Call, list[Any], dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Derived:
    """What one derivative inside a program gave; ``outermost`` says that no other derivative is around it."""

    site: ast.AST
    values: tuple[torch.Tensor, ...]
    outermost: bool


def is_plain(value: Any) -> bool:
    """Whether a value is a Python number or boolean."""
    return isinstance(value, (int, float))
