"""The walk: statements in order, expressions over the values of a library; Python's own evaluation is never asked."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.core.diagnostic import ProgramError, problem
from app.core.limits import Limits
from app.core.span import Span
from app.lang.eager.budget import Budget
from app.lang.eager.builtins import BUILTINS, COMPARISONS, LONGEST, TooLargeError, bounded
from app.lang.eager.check import span_of
from app.lang.eager.expressions import EXPRESSIONS
from app.lang.eager.functions import Function, Method
from app.lang.eager.library import METHODS, STANDARD, Library, Module
from app.lang.eager.names import METHODS as METHOD_NAMES
from app.lang.eager.numbers import as_numbers
from app.lang.eager.outcome import BreakSignal, ContinueSignal, Failure, Outcome, Printed, Watch
from app.lang.eager.shown import checked_depth, formatted, shown
from app.lang.eager.sizes import HIDDEN
from app.lang.eager.statements import STATEMENTS

Names = dict[str, Any]
SWEEPS = frozenset({"backward", "grad", HIDDEN})
"""Calls that walk back through a graph."""
LETTER = 100
"""What a printed letter costs, in operations on elements."""
WHOLE, SHORTENED, NUMBER = 1_000, 6, 10
"""Tensors of more elements are shown with so many in each dimension, each with so many letters."""
ITEM, ROW = 20, 500
"""Likewise an item of a list, and a row of a tensor as a tensor of its own."""
UNARY: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert, ast.Not: operator.not_,
}  # fmt: skip


class Interpreter:
    """One run of a checked program over one library."""

    def __init__(
        self,
        tree: ast.Module,
        source: str,
        library: Library,
        limits: Limits,
        watch: Watch | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        self.tree, self.source, self.library, self.limits = tree, source, library, limits
        self.watch, self.given = watch, dict(given or {})
        self.budget = Budget(limits, library)
        self.outcome = Outcome()
        self.globals: Names = {}
        self.steps = self.depth = 0
        self.line = 1

    def run(self) -> Outcome:
        """Walk to the end, or to the exception that ends the program; raises ProgramError where a budget does."""
        try:
            self.body(self.tree.body, self.globals)
        except ProgramError as error:
            if error.diagnostic.span is not None:
                raise
            raise ProgramError(replace(error.diagnostic, span=self.place())) from None
        except TooLargeError as error:
            raise problem("budget.steps", f"Stopped on line {self.line}: {error}.", self.place()) from None
        except (RecursionError, MemoryError):
            said = f"Stopped on line {self.line}: calls, or lists, are nested too deeply."
            raise problem("budget.depth", said, self.place()) from None
        except Exception as error:  # noqa: BLE001  whatever a library refuses is how the program ends
            kind = getattr(error, "kind", None) or type(error).__name__
            self.outcome.failure = Failure(self.line, kind, str(error).encode("utf-8", "backslashreplace").decode())
        self.outcome.names = {name: value for name, value in self.globals.items() if not isinstance(value, (Module, Function))}
        return self.outcome

    def place(self) -> Span:
        """The line where the program is."""
        text = self.source.split("\n")[self.line - 1]
        return Span(self.line, 0, self.line, len(text.encode("utf-16-le", "surrogatepass")) // 2)

    # ------------------------------------------------------------ statements

    def body(self, statements: list[ast.stmt], names: Names) -> None:
        """Statements one after the other."""
        for statement in statements:
            self.charge(statement)
            self.line = statement.lineno
            STATEMENTS[type(statement)](self, statement, names)
            if self.watch is not None:
                self.watch(statement.lineno, self.globals)

    def charge(self, node: ast.AST) -> None:
        """One step."""
        self.steps += 1
        if self.steps > self.limits.steps:
            raise problem(
                "budget.steps", f"Stopped after {self.limits.steps:,} steps: a loop goes on for too long.", span_of(node, self.source)
            )

    def round(self, statements: list[ast.stmt], names: Names) -> bool:
        """One time through a loop; False where a break ends it."""
        try:
            self.body(statements, names)
        except ContinueSignal:
            return True
        except BreakSignal:
            return False
        return True

    # ------------------------------------------------------------ targets

    def assign(self, target: ast.expr, value: Any, names: Names) -> None:
        """Bind a name, several, an element, or an attribute."""
        if isinstance(target, ast.Name):
            names[target.id] = value
            if target.id in self.given and names is self.globals and self.library.is_tensor(value):
                self.library.filled(value, self.given.pop(target.id))
        elif isinstance(target, (ast.Tuple, ast.List)):
            values = bounded(self.items(target, value))
            if len(values) != len(target.elts):
                few = len(values) < len(target.elts)
                said = f"not enough values to unpack (expected {len(target.elts)}, got {len(values)})"
                raise ValueError(said if few else f"too many values to unpack (expected {len(target.elts)})")
            for one, part in zip(target.elts, values, strict=True):
                self.assign(one, part, names)
        elif isinstance(target, ast.Subscript):
            whole, index = self.value(target.value, names), self.value(target.slice, names)
            self.perused(target, index, [value])
            self.charged(target, "get", whole, index)
            self.charged(target, "", whole, value)
            whole[index] = value
        elif isinstance(target, ast.Attribute):
            self.library.assign(self.value(target.value, names), target.attr, value)

    # ------------------------------------------------------------ expressions

    def value(self, node: ast.expr, names: Names) -> Any:
        """The value of an expression."""
        self.steps += 1
        return EXPRESSIONS[type(node)](self, node, names)

    def load(self, node: ast.Name, names: Names) -> Any:
        """What a name is bound to: in the function, the functions around it, the program, the language."""
        for scope in (names, names.get(""), self.globals):
            if scope is not None and node.id in scope:
                return scope[node.id]
        if node.id in STANDARD:
            return Module(STANDARD[node.id])
        if node.id in BUILTINS:
            return BUILTINS[node.id]
        if node.id == "print":
            return self.print
        raise NameError(f"name '{node.id}' is not defined")

    def print(self, *values: Any, sep: str | None = None, end: str | None = None) -> None:
        """What print shows, as a line of its own."""
        self.told(*values)
        text = (" " if sep is None else str(sep)).join(shown(value, self.library) for value in values)
        self.written(text)
        text.encode()  # half a character cannot be printed, in Python's words
        self.outcome.printed.append(Printed(self.line, text if end in (None, "\n") else text + str(end)))
        if len(self.outcome.printed) > 2_000 or sum(len(one.text) for one in self.outcome.printed[-50:]) > 2_000_000:
            raise TooLargeError("the program prints too much")

    def member(self, module: Module, name: str) -> Any:
        """torch.name: a function, a value, or a module again."""
        inner = f"{module.name}.{name}"
        if inner in self.library.modules:
            return Module(inner)
        known = self.library.modules.get(module.name, {})
        if name not in known:
            raise AttributeError(f"module '{module.name}' has no attribute '{name}'")
        return known[name]

    def attribute(self, node: ast.Attribute, names: Names) -> Any:
        """module.name, or an attribute of a value."""
        whole = self.value(node.value, names)
        found = self.part_of(whole, node)
        return Method(whole, node.attr, found) if node.attr in METHOD_NAMES and self.library.is_tensor(whole) else found

    def part_of(self, whole: Any, node: ast.Attribute) -> Any:
        """What stands behind the point."""
        if isinstance(whole, Module):
            return self.member(whole, node.attr)
        for kind, allowed in METHODS.items():
            if type(whole) is kind:
                if node.attr not in allowed:
                    raise AttributeError(f"'{kind.__name__}' object has no attribute '{node.attr}'")
                return getattr(whole, node.attr)
        return self.library.attribute(whole, node.attr)

    def charged(self, node: ast.AST, name: str | None, /, *values: Any, **keywords: Any) -> int:
        """Pay for what is about to be computed; the work of it."""
        if name is None:
            return 0
        if name in SWEEPS:
            for value in values:
                self.budget.toil(self.library.debt(value), lambda: span_of(node, self.source))
        return self.budget.charge(name, list(values), keywords, lambda: span_of(node, self.source))

    def perused(self, node: ast.AST, *values: Any) -> None:
        """Pay for the lists that are about to be gone through."""
        count = sum(checked_depth(value) for value in values)
        if count:
            self.budget.toil(ITEM * count, lambda: span_of(node, self.source))

    def items(self, node: ast.AST, value: Any) -> Any:
        """What is about to be gone through one by one; the rows of a tensor are all made at once."""
        shape = self.budget.shape(value)
        if shape:
            if shape[0] > LONGEST:
                raise TooLargeError(f"a list would have more than {LONGEST:,} items")
            self.budget.toil(ROW * shape[0], lambda: span_of(node, self.source))
        return value

    def operated(self, node: ast.AST, name: str, operate: Callable[..., Any], *values: Any) -> Any:
        """A sign between values, paid for."""
        self.line = getattr(node, "lineno", self.line)
        self.perused(node, *(values[1:] if name == "get" else values))
        work = self.charged(node, name, *values)
        made = as_numbers(operate(*values))
        self.library.noted(made, work)
        return made

    def compare(self, node: ast.Compare, names: Names) -> Any:
        """x < y < z: each with the next, until one does not hold."""
        left = self.value(node.left, names)
        found: Any = True
        for op, right in zip(node.ops, node.comparators, strict=True):
            other = self.value(right, names)
            found = self.operated(node, "", COMPARISONS[type(op).__name__], left, other)
            if len(node.ops) > 1 and not found:
                return found
            left = other
        return found

    def boolean(self, node: ast.BoolOp, names: Names) -> Any:
        """and, or: the value that decides."""
        found: Any = None
        for part in node.values:
            found = self.value(part, names)
            if bool(found) is isinstance(node.op, ast.Or):
                return found
        return found

    def listed(self, node: ast.ListComp, names: Names) -> list[Any]:
        """[x for x in …] with one for."""
        if len(node.generators) != 1:
            raise problem("syntax.unsupported", "Only one for can stand in a list.", span_of(node, self.source))
        (only,) = node.generators
        inner, found = {**names, "": names.get("") or names}, []
        for value in self.items(only.iter, self.value(only.iter, names)):
            self.charge(node)
            self.assign(only.target, value, inner)
            if all(self.value(test, inner) for test in only.ifs):
                found.append(self.value(node.elt, inner))
        return found

    def joined(self, node: ast.JoinedStr, names: Names) -> str:
        """An f-string."""
        text = "".join(self.part(one, names) for one in node.values)
        if len(text) > 100_000:
            raise TooLargeError("a text would have more than 100,000 signs")
        return text

    def part(self, node: ast.expr, names: Names) -> str:
        """One part of an f-string."""
        if isinstance(node, ast.Constant):
            return str(node.value)
        assert isinstance(node, ast.FormattedValue)
        spec = self.joined(node.format_spec, names) if isinstance(node.format_spec, ast.JoinedStr) else ""
        value = self.value(node.value, names)
        self.told(value)
        text = formatted(value, spec, node.conversion, self.library)
        self.written(text)
        return text

    def told(self, *values: Any) -> None:
        """Pay for tensors that even shortened show thousands of numbers, in many dimensions."""
        stack = list(values)
        while stack:
            value = stack.pop()
            shape = self.budget.shape(value)
            if isinstance(value, (list, tuple)):
                stack += value
            elif shape is not None and math.prod(shape) > WHOLE:
                self.budget.toil(LETTER * NUMBER * math.prod(min(side, SHORTENED) for side in shape), self.place)

    def written(self, text: str) -> None:
        """Pay for the letters of numbers: each costs as much as many operations on elements."""
        self.budget.toil(LETTER * len(text), self.place)

    def unary(self, node: ast.UnaryOp, names: Names) -> Any:
        """-x, +x, ~x, not x."""
        return self.operated(node, "", UNARY[type(node.op)], self.value(node.operand, names))
