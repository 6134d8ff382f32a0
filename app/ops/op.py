"""The noun of this room: one operation, with everything that calculus knows about it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

Value = Any
"""What a node holds: float, int or bool for a 0-d value, otherwise an ndarray (float64, int64 or bool)."""

Shape = tuple[int, ...]
Kernel = Callable[..., tuple[float, tuple[float, ...]]]
REQUIRED = object()
NO_ATTRIBUTES: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation: an operand (an edge of the graph) or an attribute (static)."""

    name: str
    operand: bool
    variadic: bool = False
    default: Any = REQUIRED


def signature(text: str) -> tuple[Parameter, ...]:
    """Parameters from text: operands, then after a semicolon the attributes: ``"x, y; dim=None"``, ``"*tensors; dim=0"``."""
    operands, _, attributes = text.partition(";")
    return tuple(_parameters(operands, operand=True)) + tuple(_parameters(attributes, operand=False))


def _parameters(text: str, *, operand: bool) -> list[Parameter]:
    """The parameters of one half of a signature; defaults are Python literals."""
    if not text.strip():
        return []
    arguments = ast.parse(f"def f({text}): pass").body[0].args  # type: ignore[attr-defined]  # a def has args
    if arguments.vararg:
        return [Parameter(arguments.vararg.arg, operand, variadic=True)]
    missing = len(arguments.args) - len(arguments.defaults)
    defaults = [REQUIRED] * missing + [ast.literal_eval(d) for d in arguments.defaults]
    return [Parameter(a.arg, operand, default=d) for a, d in zip(arguments.args, defaults, strict=True)]


@dataclass(frozen=True, slots=True)
class Convention:
    """What happens at a kink, a tie or a singular point, and how to recognise one.

    ``at`` is a predicate on ``(z, inputs, attributes)``; ``sentence`` is shown as a note on the node.
    """

    at: Callable[[Value, Sequence[Value], Mapping[str, Any]], bool]
    sentence: str


@dataclass(frozen=True, eq=False)
class Op:
    """One operation of the language.

    Edges are per slot: ``vjp`` carries an adjoint of the result back along one slot, ``jvp`` a tangent forward.
    ``o`` is the namespace of operations in which a rule is evaluated: numbers now, recorded nodes for
    derivatives of derivatives.
    """

    kernel: ClassVar[Kernel | None] = None
    """The scalar function ``(x, …) -> (z, (∂z/∂x, …))`` on floats, where there is one; it never raises."""

    name: str
    parameters: tuple[Parameter, ...]
    category: str
    summary: str
    latex: str
    torch: str
    grad_fn: str | None
    aliases: tuple[str, ...] = ()
    method: bool = True
    differentiable: bool = True
    results: int = 1
    conventions: tuple[Convention, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Other spellings of keywords (numpy's): ``{"axis": "dim"}``."""
    numpy_defaults: Mapping[str, Any] = field(default_factory=dict)
    """Defaults that differ when called as np.…: ``{"correction": 0}`` for var."""

    @property
    def elementwise(self) -> bool:
        """Whether the derivative is one partial per slot and element."""
        return False

    def shape(self, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> Shape | tuple[Shape, ...]:
        """The result's shape (a tuple of shapes when ``results > 1``), before any work is done; raises OpError."""
        raise NotImplementedError

    def work(self, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> int:
        """Element operations of one evaluation, in machine-independent units."""
        raise NotImplementedError

    def value(self, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        """The primal (a tuple of primals when ``results > 1``); raises OpError."""
        raise NotImplementedError

    def blocks(self, slot: int, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> bool:
        """Whether nothing flows through this slot (a condition, a class index): its adjoint is null, not 0."""
        return not self.differentiable

    def vjp(self, o: Any, slot: int, bar: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        """The contribution of the result's adjoint ``bar`` to the adjoint of operand ``slot``, in that operand's shape.

        With several results, ``z`` is the tuple of all and ``attributes["result"]`` says which one ``bar`` belongs to.
        """
        raise NotImplementedError

    def jvp(self, o: Any, slot: int, dot: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        """The part of the result's tangent that comes from the tangent ``dot`` of operand ``slot``."""
        raise NotImplementedError

    def partial(self, slot: int, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value | None:
        """The local derivative as entries where it has few (the diagonal of an elementwise op), else None."""
        return None

    def structure(self, slot: int, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> str:
        """The form of the local Jacobian: ``scalar``, ``diagonal``, ``broadcast``, ``dense``, ``matmul``, ``selection``, ``reduction``."""
        return "dense"

    def multilinear(self) -> bool:
        """Whether the result is linear in each operand while the others stay: no value decides then which elements it links."""
        return False

    def formula(self, count: int, attributes: Mapping[str, Any]) -> str:
        """LaTeX template of the operation itself, for ``count`` operands: ``{0}``, ``{1}``, …"""
        return self.latex

    def grad_fn_for(self, shapes: Sequence[Shape], constants: Sequence[bool], attributes: Mapping[str, Any]) -> str | None:
        """The name of torch's grad_fn for these operands; ``constants`` says which of them are plain numbers."""
        return self.grad_fn

    def keeps(self, count: int) -> Sequence[int]:
        """The slots whose primals the reverse sweep reads; ``count`` stands for the result. A linear operation keeps none."""
        return range(count)

    def needs(self, slot: int, count: int) -> Sequence[int]:
        """Of those, the ones that the contribution along one slot reads."""
        return self.keeps(count)

    def partial_latex(self, slot: int, attributes: Mapping[str, Any]) -> str:
        """LaTeX template of the local derivative, with ``{0}``, ``{1}`` for the operands and ``{z}`` for the result."""
        raise NotImplementedError


FLOAT = np.dtype(np.float64)
"""Of every tensor that derivatives flow through; asked for by identity first, which is ten times as fast as by equality."""


def normal(value: Any) -> Value:
    """A primal in its canonical form: Python numbers for 0-d values, otherwise a float64, int64 or bool array."""
    if type(value) is np.ndarray:
        return value if value.ndim else value.item()
    return value.item() if isinstance(value, np.generic) else value


def shape_of(value: Value) -> Shape:
    """The shape of a primal; ``()`` for Python numbers."""
    return value.shape if isinstance(value, np.ndarray) else ()
