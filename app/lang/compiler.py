"""Checked syntax to closures: one closure a syntax node, made once a program, run for every set of inputs."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace
from operator import itemgetter
from typing import Any

from app.core.diagnostic import Fix
from app.core.limits import Limits
from app.lang import operands
from app.lang.builtins import known
from app.lang.check import Checked
from app.lang.record import Recorder
from app.lang.values import Frame, Plain, UnboundError
from app.lang.witness import Witness
from app.ops.numeric import numeric
from app.ops.op import NO_ATTRIBUTES, Op

Closure = Callable[[Frame], Any]

PARENT = "^"
"""Where a frame keeps the frame around it: no name of the language."""

CONSTANTS: Mapping[str, float] = {"pi": 3.141592653589793, "e": 2.718281828459045, "inf": float("inf"), "nan": float("nan")}


class Scope:
    """The names that a function binds."""

    __slots__ = ("names",)

    def __init__(self, names: set[str]) -> None:
        self.names = names


class Compiler:
    """Turns the syntax of one program into closures that share one recorder and one frame of globals.

    ``given`` are the names of the inputs: they go before constants and operations of the same name. With a ``witness``, the closures
    of conditions and statements report to it.
    """

    def __init__(
        self, checked: Checked, given: frozenset[str], limits: Limits, witness: Witness | None = None, values: list[Any] | None = None
    ) -> None:
        self.checked, self.given, self.limits, self.witness = checked, given, limits, witness
        self.recorder = Recorder(limits, checked.span, numeric, values)
        self.globals = Frame()
        self.scopes: list[Scope] = []
        self.module_names = checked.bound | given

    # ------------------------------------------------------------ dispatch

    def expression(self, node: ast.expr) -> Closure:
        """The closure that evaluates an expression in a frame."""
        from app.lang.expressions import EXPRESSIONS  # noqa: PLC0415  the table needs this class

        closure = EXPRESSIONS[type(node)](self, node)
        return closure if self.witness is None else self.witness.expression(self, node, closure)

    def statement(self, node: ast.stmt) -> Closure:
        """The closure that runs a statement; gives None or a signal."""
        from app.lang.statements import STATEMENTS  # noqa: PLC0415  the table needs this class

        closure = STATEMENTS[type(node)](self, node)
        return closure if self.witness is None else self.witness.statement(self, node, closure)

    def body(self, statements: list[ast.stmt]) -> Closure:
        """The closure that runs statements; gives None or the signal that left them."""
        from app.lang.statements import body  # noqa: PLC0415  the module needs this class

        return body(self, statements)

    # ------------------------------------------------------------ names

    def is_free(self, name: str) -> bool:
        """Whether no assignment, parameter or input gives this name a meaning of its own."""
        return name not in self.module_names and not any(name in scope.names for scope in self.scopes)

    def load(self, node: ast.Name) -> Closure:
        """Read a name: of the function, of the functions around it, of the program, then constants."""
        name = node.id
        for distance, scope in enumerate(reversed(self.scopes)):
            if name in scope.names:
                return itemgetter(name) if distance == 0 else _around(name, distance)
        if name not in self.module_names:
            return self._constant(node)
        if name in CONSTANTS:
            return self._assigned_or_constant(node)
        if not self.scopes:
            return itemgetter(name)
        space = self.globals
        return lambda frame: space[name]

    def _constant(self, node: ast.Name) -> Closure:
        """A name without a binding: a constant of the language, or an error."""
        if node.id in CONSTANTS:
            plain = Plain(CONSTANTS[node.id], node)
            return lambda frame: plain

        def missing(frame: Frame) -> Any:
            raise self.unbound(node)

        return missing

    def _assigned_or_constant(self, node: ast.Name) -> Closure:
        """A name that the program or the inputs define, and that is a constant of the language as long as they have not."""
        name, space, plain = node.id, self.globals, Plain(CONSTANTS[node.id], node)
        return lambda frame: space.get(name, plain)

    def located(self, error: UnboundError, statement: ast.AST | None) -> ast.Name | None:
        """The place of an unbound name: its first reading in a statement, or anywhere."""
        for root in (statement, self.checked.tree):
            found = [n for n in ast.walk(root) if isinstance(n, ast.Name) and n.id == error.name] if root else []
            if found:
                return min(found, key=lambda n: (n.lineno, n.col_offset, isinstance(n.ctx, ast.Store)))
        return None

    def unbound(self, node: ast.Name) -> Exception:
        """The error of a name that has no value."""
        name, line = node.id, self.checked.span(node).line
        if name in self.module_names - self.given or any(name in s.names for s in self.scopes):
            return self.recorder.fail("name.unbound", f"{name} has no value yet (line {line}).", node, "Assign it before this line.")
        missing = [n for n in self.checked.free if n not in self.given]
        error = self.recorder.fail(
            "input.missing",
            f"{name} has no value yet (line {line}).",
            node,
            f"Add an input {name}, or {'write ' + name + '(x) if the function is meant' if name in known() else 'check the spelling'}.",
            missing=missing,
        )
        return with_fix(error, Fix(input=name, value=1.0))

    # ------------------------------------------------------------ values

    def node_of(self, value: Any, site: ast.AST) -> int:
        """The node of a value."""
        return value if type(value) is int else operands.as_node(self.recorder, value, site)

    def apply(self, rule: Op, inputs: tuple[int, ...], attributes: Mapping[str, Any], site: ast.AST) -> Any:
        """Record one operation: scalars through their kernel, with their partials, the rest through the rule."""
        recorder = self.recorder
        kernel = rule.kernel
        if kernel is not None and not attributes:
            values = [recorder.values[i] for i in inputs]
            if all([type(v) is float for v in values]):
                return self.scalar(rule, inputs, kernel(*values), site)
        return recorder.apply(rule, inputs, attributes or NO_ATTRIBUTES, site)

    def scalar(self, rule: Op, inputs: tuple[int, ...], outcome: tuple[float, tuple[float, ...]], site: ast.AST) -> int:
        """Append a scalar node: its primal and its partials are known."""
        recorder = self.recorder
        node = recorder.leaf(outcome[0], site)
        recorder.rules[node] = rule
        recorder.inputs[node] = inputs
        recorder.partials[node] = outcome[1]
        live = recorder.live
        live[node] = rule.differentiable and any([live[i] for i in inputs])
        return node


def _around(name: str, distance: int) -> Closure:
    """A name of a function further out."""

    def load(frame: Frame) -> Any:
        for _ in range(distance):
            frame = frame[PARENT]
        return frame[name]

    return load


def with_fix(error: Any, fix: Fix) -> Exception:
    """The same error with a fix."""
    error.diagnostic = replace(error.diagnostic, fix=fix)
    return error  # type: ignore[no-any-return]  # a ProgramError
