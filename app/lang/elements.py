"""A tape taken apart into numbers: every element a node of its own, every node an operation that compiled code knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from app.core.diagnostic import OpError
from app.ops.native import CONSTANT, Native
from app.ops.numeric import bound
from app.ops.op import Op, Shape
from app.ops.table import OPS, SPELLINGS

MOST = 20_000
"""Elements of a tape that is taken apart."""


class UnknownError(Exception):
    """Something that compiled code does not know, or that a number decides."""


class Element:
    """One number of the tape; arithmetic with it makes further ones. Arrays of them go through operations that move, sum and multiply."""

    __slots__ = ("node", "whole")
    shape: ClassVar[Shape] = ()
    ndim: ClassVar[int] = 0
    __array_ufunc__ = None
    __hash__ = None  # type: ignore[assignment]  # known by its node

    def __init__(self, node: int, whole: Elements) -> None:
        self.node, self.whole = node, whole

    def __bool__(self) -> bool:
        raise UnknownError

    def __eq__(self, other: object) -> bool:
        raise UnknownError

    def __add__(self, other: Any) -> Any:
        return self.whole.apply("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self if isinstance(other, int) and other == 0 else self.whole.apply("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return self.whole.apply("sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return self.whole.apply("sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return self.whole.apply("mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return self.whole.apply("mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return self.whole.apply("div", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self.whole.apply("div", other, self)

    def __neg__(self) -> Any:
        return self.whole.apply("neg", self)


class Elements:
    """The numbers: the first ``before`` are inputs. Also a namespace of operations, in which rules can be evaluated to further numbers.

    A number that is there already is not made again; what depends on no input is computed at once.
    """

    plain: ClassVar[bool] = False

    def __init__(self, machine: Native, before: int) -> None:
        self.machine, self.before = machine, before
        self.rules: list[Op | None] = [None] * before
        self.sources: list[tuple[int, ...]] = [()] * before
        self.values: list[float | None] = [None] * before
        self._made: dict[Any, int] = {}

    def __len__(self) -> int:
        return len(self.rules)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        op = OPS.get(name) or SPELLINGS.get(name)
        if op is None:
            raise AttributeError(name)

        def function(*args: Any, **keywords: Any) -> Any:
            inputs, attributes = bound(op, args, keywords)
            return self.apply(op.name, *inputs, attributes=attributes)

        return function

    def apply(self, name: str, *inputs: Any, attributes: Mapping[str, Any] | None = None) -> Any:
        """One operation: a number where all operands are numbers, otherwise an element."""
        op = OPS[name]
        if not any(isinstance(x, Element) for x in inputs):
            return _computed(op, inputs, attributes or {})
        if name == "where" and isinstance(inputs[0], (bool, float)):
            return inputs[1] if inputs[0] else inputs[2]
        if name == "mul" and any(not isinstance(x, Element) and x == 1 for x in inputs):
            return inputs[0] if isinstance(inputs[0], Element) else inputs[1]
        if name == "pow" and not isinstance(inputs[1], Element) and inputs[1] in (1, 2):
            return inputs[0] if inputs[1] == 1 else self.apply("square", inputs[0])
        if name not in self.machine.codes or attributes:
            raise UnknownError(name)
        return Element(self._node(op, tuple([self.node(x) for x in inputs])), self)

    def node(self, value: Any) -> int:
        """The node of an element, or of a constant."""
        if isinstance(value, Element):
            return value.node
        key = ("constant", float(value).hex())
        if key not in self._made:
            self._made[key] = self._append(None, (), float(value))
        return self._made[key]

    def _node(self, op: Op, sources: tuple[int, ...]) -> int:
        key = (op.name, *sources)
        if key not in self._made:
            self._made[key] = self._append(op, sources, None)
        return self._made[key]

    def _append(self, op: Op | None, sources: tuple[int, ...], value: float | None) -> int:
        if len(self) >= MOST:
            raise UnknownError
        self.rules.append(op)
        self.sources.append(sources)
        self.values.append(value)
        return len(self) - 1

    def pruned(self, outputs: Sequence[int]) -> tuple[Elements, list[int]]:
        """The same without what no output needs, and the outputs' places in it."""
        needed = set(outputs)
        for node in range(len(self) - 1, self.before - 1, -1):
            if node in needed:
                needed.update(self.sources[node])
        left = Elements(self.machine, self.before)
        place = {node: node for node in range(self.before)}
        for node in range(self.before, len(self)):
            if node in needed:
                place[node] = left._append(self.rules[node], tuple([place[i] for i in self.sources[node]]), self.values[node])
        return left, [place[node] for node in outputs]

    def columns(self) -> tuple[list[int], list[int], list[int], list[int], list[float]]:
        """Codes, arities, left and right operands for the machine, and the constants."""
        codes: list[int] = []
        arity: list[int] = []
        left: list[int] = []
        right: list[int] = []
        constants: list[float] = []
        for node in range(self.before, len(self)):
            rule, sources, value = self.rules[node], self.sources[node], self.values[node]
            codes.append(CONSTANT if rule is None else self.machine.codes[rule.name])
            arity.append(len(sources))
            sides = [source - node for source in sources] or [len(constants)]
            left.append(sides[0])
            right.append(sides[-1])
            if value is not None:
                constants.append(value)
        return codes, arity, left, right, constants


def _computed(op: Op, inputs: tuple[Any, ...], attributes: Mapping[str, Any]) -> Any:
    """An operation on constants."""
    try:
        return op.value(inputs, attributes)
    except OpError:
        raise UnknownError(op.name) from None
