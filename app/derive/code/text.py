"""Expressions of symbols as Python text: operators where there are some, brackets only where they are needed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.derive.code.symbol import SYMBOLS, Symbol
from app.ops.op import REQUIRED, Op
from app.ops.rule import Elementwise
from app.ops.table import OPS
from app.ops.text import read, recorded

ATOM, POWER, SIGN, PRODUCT, SUM, COMPARISON = 6, 5, 4, 3, 2, 1
INFIX: Mapping[str, tuple[str, int]] = {
    "add": ("+", SUM), "sub": ("-", SUM), "mul": ("*", PRODUCT), "div": ("/", PRODUCT), "matmul": ("@", PRODUCT), "mm": ("@", PRODUCT),
    "mv": ("@", PRODUCT), "dot": ("@", PRODUCT), "bmm": ("@", PRODUCT), "pow": ("**", POWER), "gt": (">", COMPARISON),
    "ge": (">=", COMPARISON), "lt": ("<", COMPARISON), "le": ("<=", COMPARISON), "eq": ("==", COMPARISON), "ne": ("!=", COMPARISON),
}  # fmt: skip
TORCH = "The code for torch has every operation."
LARGEST = 512
"""Entries of an array that is written out."""

Text = tuple[str, int]
"""Code, and how tightly it binds."""
Words = Callable[["Dialect", Symbol, list[str]], str]
"""The code of one operation: of the dialect, the call, and its operands' codes as arguments."""


@dataclass(slots=True)
class Dialect:
    """One library: how its module is called, its words, and which numbers must be wrapped. ``used`` collects the imports it needs."""

    module: str
    words: Mapping[str, Words]
    wraps: bool = False
    expands: bool = True
    closed: str = "{}"
    """How a value is made through which nothing flows."""
    used: set[str] = field(default_factory=set)

    def code(self, value: Any) -> str:
        """The code of a value."""
        return self.text(value)[0]

    def text(self, value: Any) -> Text:
        """Code and binding of a symbol or a number."""
        if not isinstance(value, Symbol):
            return self.constant(value)
        if value.name is not None:
            return value.name, ATOM
        return self._call(value)

    def _call(self, value: Symbol) -> Text:
        op: Op = value.op  # type: ignore[assignment]  # a symbol without a name has an operation
        if op.name == "neg":
            return "-" + self._within(value.operands[0], SIGN), SIGN
        if op.name in INFIX and not (self.wraps and not any(isinstance(x, Symbol) for x in value.operands)):
            return self._infix(value, *INFIX[op.name])
        if op.name in self.words:
            return self.words[op.name](self, value, [self.argument(x) for x in value.operands]), ATOM
        if self.expands and isinstance(op, Elementwise):
            return self.text(_expanded(value, op))
        raise OpError("export.operation", f"{op.name} has no short form in {self.module}.", TORCH)

    def _infix(self, value: Symbol, sign: str, binding: int) -> Text:
        """Operators keep the order of evaluation: sums of floats are not associative."""
        left, right = value.operands
        if sign == "+" and isinstance(right, Symbol) and right.name is None and right.op is OPS["neg"]:
            sign, right = "-", right.operands[0]
        powers = binding == POWER
        return f"{self._within(left, binding + powers)} {sign} {self._within(right, binding + (not powers))}", binding

    def part(self, value: Any) -> str:
        """The code of a summand."""
        return self._within(value, SUM + 1)

    def _within(self, value: Any, least: int) -> str:
        """A part of an expression, in brackets where it binds less."""
        code, binding = self.text(value)
        return code if binding >= least else f"({code})"

    def argument(self, value: Any) -> str:
        """An operand of a function: libraries that do not take numbers get a tensor of it."""
        code = self.code(value)
        is_number = not isinstance(value, (Symbol, np.ndarray))
        return f"{self.module}.tensor({code})" if self.wraps and is_number else code

    def constant(self, value: Any) -> Text:
        """A number or an array, written out."""
        if isinstance(value, np.ndarray):
            if value.size > LARGEST:
                raise OpError(
                    "export.constant", f"A constant of {value.size} entries is too long to be written out; the most is {LARGEST}."
                )
            maker = "tensor" if self.wraps else "array"
            return f"{self.module}.{maker}({self._nested(value)})", ATOM
        if isinstance(value, bool):
            return str(value), ATOM
        if isinstance(value, float) and not math.isfinite(value):
            name = f"{self.module}.nan" if math.isnan(value) else f"{self.module}.inf"
            return (f"-{name}", SIGN) if value < 0 else (name, ATOM)
        return repr(value), SIGN if value < 0 or str(value).startswith("-") else ATOM

    def _nested(self, value: np.ndarray) -> str:
        """The entries of an array in brackets."""
        if value.ndim == 0:
            return self.constant(value.item())[0]
        return "[" + ", ".join(self._nested(row) for row in value) + "]"


def _expanded(value: Symbol, op: Elementwise) -> Any:
    """An elementwise operation by its own rule text, in simpler operations."""
    variables: dict[str, Any] = dict(zip(op.operands, value.operands, strict=True))
    for parameter in op.attributes:
        given = value.attributes.get(parameter.name, parameter.default)
        variables[parameter.name] = op.open_ends[parameter.name] if given is None and parameter.name in op.open_ends else given
    made = recorded(SYMBOLS, read(op.value_text), variables)
    if isinstance(made, Symbol) and made.op is op:
        raise OpError("export.operation", f"{op.name} has no short form here.", TORCH)
    return made


def keywords(value: Symbol, renamed: Mapping[str, str] | None = None, *, leave: Sequence[str] = ()) -> str:
    """The attributes that are not what they usually are, as keyword arguments, each after a comma."""
    op: Op = value.op  # type: ignore[assignment]  # a symbol without a name has an operation
    usual = {p.name: p.default for p in op.parameters if not p.operand and p.default is not REQUIRED}
    shown = []
    for name, given in value.attributes.items():
        if name not in leave and not (name in usual and _same(usual[name], given)):
            shown.append(f", {(renamed or {}).get(name, name)}={literal(given)}")
    return "".join(shown)


def _same(a: Any, b: Any) -> bool:
    """Whether an attribute has its usual value."""
    return type(a) is type(b) and not isinstance(a, np.ndarray) and bool(a == b)


def literal(value: Any) -> str:
    """An attribute as Python text."""
    if isinstance(value, np.ndarray):
        return repr(value.tolist())
    if isinstance(value, slice):
        return f"slice({value.start}, {value.stop}, {value.step})"
    if value is Ellipsis:
        return "..."
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if isinstance(value, tuple):
        return "(" + ", ".join(map(literal, value)) + ("," if len(value) == 1 else "") + ")"
    return repr(value)


def index_text(index: Any, array: Callable[[np.ndarray], str]) -> str:
    """What stands between the brackets of an access."""
    parts = index if isinstance(index, tuple) else (index,)
    return ", ".join(_index_part(part, array) for part in parts)


def _index_part(part: Any, array: Callable[[np.ndarray], str]) -> str:
    if isinstance(part, slice):
        text = f"{'' if part.start is None else part.start}:{'' if part.stop is None else part.stop}"
        return text if part.step is None else f"{text}:{part.step}"
    return array(part) if isinstance(part, np.ndarray) else literal(part)
