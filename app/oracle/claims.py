"""What is to be verified: a question to torch, and what we claim about every node. Free of torch, so cheap to import."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

Mode = Literal["primal", "forward", "reverse", "both"]
Device = Literal["cpu", "cuda", "auto"]

Primal = Any
"""A Python number or boolean for 0-d values, otherwise an array."""


class Program(Protocol):
    """A checked program, as far as the oracle is concerned."""

    @property
    def tree(self) -> ast.Module:
        """The syntax."""


@dataclass(frozen=True, slots=True)
class Question:
    """A program's inputs, and which derivatives of which outputs are asked for.

    ``seeds_reverse`` has one cotangent an output, None for an output without; ``outputs`` are chosen names, None for
    those of the last statement. Inputs that ``seeds_forward`` leaves out have tangent 0.
    """

    inputs: Mapping[str, Primal]
    mode: Mode
    wrt: tuple[str, ...]
    seeds_forward: Mapping[str, Primal] | None = None
    seeds_reverse: Sequence[Primal | None] | None = None
    outputs: tuple[str, ...] | None = None
    derived: Sequence[tuple[int, ...]] = ()
    """The nodes that each derivative inside the program gave, in order."""


class Work(NamedTuple):
    """An operation by its name, with its attributes other than the defaults.

    ``part`` is the first node of what one derivative has recorded at one time, ``stretch`` that of the function evaluation which its
    sweeps go through. ``family`` are the nodes of all its
    results, if it has several, and ``result`` which of them is meant.
    """

    name: str
    operands: tuple[int, ...]
    attributes: Mapping[str, Any]
    part: int
    stretch: int
    family: tuple[int, ...] = ()
    result: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What we say about one node; ``adjoint`` and ``tangent`` are None where nothing flows.

    ``site`` is the very syntax node of the checked tree that made it; ``consumer`` is the operation, and its slot,
    that first uses a constant; ``name`` is that of an input, or what a constant is bound to at the end.
    """

    id: int
    kind: Literal["input", "constant", "op"]
    name: str | None
    site: ast.AST | None
    consumer: tuple[int, int] | None
    primal: Primal
    adjoint: Primal | None = None
    tangent: Primal | None = None
    work: Work | None = None
    """Of what a derivative inside the program has recorded."""
