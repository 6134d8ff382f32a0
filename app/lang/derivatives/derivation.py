"""One derivative that a program asks for: its function evaluated on nodes of its own, then swept through, all on the same tape."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np

from app.core.diagnostic import OpError, problem
from app.engine.forward import forward
from app.engine.reverse import reverse
from app.engine.tape import Tape, is_float
from app.lang.compiler import Compiler
from app.lang.derivatives.inner import Inner, tape_of
from app.lang.derivatives.recording import Recorded, Recording
from app.lang.functions import call_with
from app.lang.values import Derived, Function, Transformed
from app.ops.op import NO_ATTRIBUTES, Shape, Value, shape_of
from app.ops.table import OPS

Callee = Function | Transformed
Keywords = list[tuple[str, Any]]
Swept = TypeVar("Swept")


class Derivation:
    """The call of a derivative at ``site``; adjoints and tangents are recorded nodes, numbers, or None where nothing flows."""

    def __init__(self, c: Compiler, site: ast.Call) -> None:
        self.c, self.site, self.o = c, site, Recording(c, site)
        self.recorder = c.recorder

    @contextmanager
    def group(self, kind: str, what: str) -> Iterator[int]:
        """What is recorded meanwhile belongs together: its number."""
        around = self.recorder.open_group(kind, what, self.site, 1)
        assert self.recorder.group is not None
        yield self.recorder.group
        self.recorder.close_group(around)

    # ------------------------------------------------------------ the function

    def evaluated(self, target: Callee, values: list[Any], keywords: Keywords, places: Sequence[int]) -> tuple[Inner, Any]:
        """Evaluate a function, its arguments at ``places`` on fresh nodes; what it recorded, and what it returned."""
        first = len(self.recorder.values)
        values = list(values)
        arguments = []
        for place in places:
            node = values[place] = self._argument(values[place])
            arguments.append(node)
            if place < len(target.parameters):
                self.recorder.local.append((node, target.parameters[place]))
        returned = call_with(self.c, self.site, target, values, keywords)
        results = tuple(self._result(value) for value in (returned if isinstance(returned, tuple) else (returned,)))
        return Inner(first, len(self.recorder.values), tuple(arguments), results), returned

    def _argument(self, value: Any) -> int:
        """A copy, which stands for this argument alone: the function may also know the value by another name."""
        node = self.c.node_of(value, self.site)
        if not is_float(self.recorder.values[node]):
            raise self.fail("type.mismatch", "Only floats can be differentiated by, not integers or booleans.", "Multiply it by 1.0 first.")
        return self._copied(node)

    def _copied(self, node: int) -> int:
        copy = self.c.apply(OPS["clone"], (node,), NO_ATTRIBUTES, self.site)
        assert isinstance(copy, int)
        return copy

    def _result(self, value: Any) -> int:
        if isinstance(value, (Function, Transformed)):
            raise self.fail("type.mismatch", "The function must return a number or a tensor, not a function.", None)
        return self.c.node_of(value, self.site)

    # ------------------------------------------------------------ sweeps

    def pulled(self, inner: Inner, seeds: Sequence[Any]) -> list[Any]:
        """The adjoint of each argument for a cotangent at each result (None: no cotangent)."""

        def sweep(tape: Tape, place: dict[int, int]) -> list[Any]:
            given = [(place[node], seed) for node, seed in zip(inner.results, seeds, strict=True) if seed is not None]
            adjoints = reverse(tape, given)
            return [adjoints[place[node]] for node in inner.arguments]

        return self._swept(inner, sweep)

    def pushed(self, inner: Inner, seeds: Sequence[Any]) -> list[Any]:
        """The tangent of each result for a tangent at each argument."""

        def sweep(tape: Tape, place: dict[int, int]) -> list[Any]:
            tangents = forward(tape, {place[node]: seed for node, seed in zip(inner.arguments, seeds, strict=True)})
            return [tangents[place[node]] for node in inner.results]

        return self._swept(inner, sweep)

    def _swept(self, inner: Inner, sweep: Callable[[Tape, dict[int, int]], Swept]) -> Swept:
        """A sweep over the inner tape, charged, and a group of its own."""
        recorder = self.recorder
        recorder.work += inner.end - inner.first
        if recorder.work > recorder.limits.work:
            recorder.over("work", "budget.work", recorder.work, self.site)
        try:
            return sweep(*tape_of(inner, recorder, self.o))
        except OpError as error:
            raise problem(error.code, error.message, recorder.span(self.site), error.hint, **error.extra) from None

    # ------------------------------------------------------------ values

    def value(self, node: int) -> Value:
        """The primal of a node."""
        return self.recorder.values[node]

    def shape(self, node: int) -> Shape:
        """The shape of a node."""
        return shape_of(self.recorder.values[node])

    def node(self, value: Any, shape: Shape) -> int:
        """The node of an adjoint or a tangent of this shape; zeros where nothing flows."""
        if isinstance(value, Recorded):
            return value.node
        made = np.zeros(shape) if value is None else np.broadcast_to(np.asarray(value, dtype=float), shape)
        return self.o.constant(np.array(made))

    def seed(self, value: Any, shape: Shape, what: str, inner: Inner) -> Recorded:
        """A seed that the program gives, in the shape of what it is for; a copy, where it is a value of the function itself."""
        node = self.c.node_of(value, self.site)
        if inner.first <= node < inner.end:
            node = self._copied(node)
        given = self.shape(node)
        if given == shape:
            return Recorded(node, self.o)
        if given != ():
            said = f"{what} has shape {list(given)}; it must have the shape {list(shape)}."
            raise self.fail("shape.mismatch", said, "A seed has the shape of what it stands beside.")
        spread: Recorded = self.o.broadcast_to(Recorded(node, self.o), shape=shape)
        return spread

    def noted(self, nodes: Sequence[int], group: int, home: int) -> None:
        """Keep in mind what came out: torch is asked for the same."""
        self.recorder.derived.append(Derived(self.site, tuple(nodes), group, home))

    def fail(self, code: str, message: str, hint: str | None) -> Exception:
        """An error at the call."""
        return self.recorder.fail(code, message, self.site, hint)
