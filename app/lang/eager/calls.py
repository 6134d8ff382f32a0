"""Calls: of a function of the program, of Python's, or of the library's; what each costs is paid first."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from app.core.diagnostic import problem
from app.lang.eager.builtins import BUILTINS, CONSUMERS, LAZY, OPERATORS, bounded
from app.lang.eager.check import span_of
from app.lang.eager.functions import Function, Method, bound
from app.lang.eager.library import Module
from app.lang.eager.outcome import ReturnSignal
from app.lang.eager.sizes import HIDDEN

if TYPE_CHECKING:
    from app.lang.eager.interpreter import Interpreter

Names = dict[str, Any]
ADDED = 100
"""What one addition of ``sum`` costs, in operations on elements."""


def call(run: Interpreter, node: ast.Call, names: Names) -> Any:
    """The value of f(x)."""
    subject, function = called(run, node.func, names)
    values = [run.value(one, names) for one in node.args]
    keywords = {one.arg or "": run.value(one.value, names) for one in node.keywords}
    run.line = getattr(node, "lineno", run.line)
    if isinstance(function, Function):
        return invoke(run, function, values, keywords, node)
    if not isinstance(function, Method) and any(function is one for one in BUILTINS.values()):
        return _own(run, node, function, values, keywords)
    own = bool(subject) and run.budget.shape(subject[0]) is None  # append and its like cost a step
    name = None if own or function == run.print else _spelling(run, node.func, function)
    function = function.function if isinstance(function, Method) else function
    if not callable(function) or isinstance(function, Module) or hasattr(function, "next_functions"):
        raise TypeError(f"'{type(function).__name__}' object is not callable")
    run.perused(node, *values, *keywords.values())
    work = run.charged(node, name, *subject, *values, **keywords)
    made = function(*values, **keywords)
    run.library.noted(made, work)
    return made


def called(run: Interpreter, node: ast.expr, names: Names) -> tuple[list[Any], Any]:
    """What is called, after the value that it is a method of."""
    if not isinstance(node, ast.Attribute):
        found = run.value(node, names)
        return ([found.owner], found) if isinstance(found, Method) else ([], found)
    run.steps += 1
    whole = run.value(node.value, names)
    return [] if isinstance(whole, Module) else [whole], run.part_of(whole, node)


def _own(run: Interpreter, node: ast.Call, function: Any, values: list[Any], keywords: Mapping[str, Any]) -> Any:
    """A function of Python's: it pays for the items that it goes through, and for tensors as their own functions do."""
    if function not in LAZY:
        if function in CONSUMERS:
            values = [bounded(one) if isinstance(one, (range, Iterator)) else run.items(node, one) for one in values]
        run.perused(node, *values, *keywords.values())
        if any(run.budget.shape(one) is not None for one in values):
            run.charged(node, "", *values)
        if function is str:
            run.told(*values)
    if function is sum:
        return _summed(run, node, *values, **keywords)
    made = function(*values, **keywords)
    run.library.noted(made, 1)
    return made


def _summed(run: Interpreter, node: ast.Call, values: Any, start: Any = 0) -> Any:
    """sum: as many additions as there are items."""
    found, items = start, bounded(values)
    run.budget.toil(ADDED * len(items), lambda: span_of(node, run.source))
    for one in items:
        found = run.operated(node, "", OPERATORS["Add"], found, one)
    return found


def _spelling(run: Interpreter, node: ast.expr, function: Any) -> str:
    """The name that a function is charged by; another name given to a method hides it."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(function, Method):
        return function.name
    return run.budget.names.get(id(function), HIDDEN)


def invoke(run: Interpreter, function: Function, values: list[Any], keywords: Mapping[str, Any], node: ast.Call) -> Any:
    """Run a function of the program in names of its own."""
    run.depth += 1
    if run.depth > run.limits.call_depth:
        said = f"Calls are nested {run.depth} deep; the limit here is {run.limits.call_depth}."
        raise problem("budget.depth", said, span_of(node, run.source), "Does the function ever stop calling itself?")
    local = bound(function, values, keywords)
    for switch in function.switches:
        switch.__enter__()
    try:
        if isinstance(function.body, ast.expr):
            return run.value(function.body, local)
        run.body(function.body, local)
    except ReturnSignal as signal:
        return signal.value
    finally:
        for switch in reversed(function.switches):
            switch.__exit__(None, None, None)
        run.depth -= 1
    return None
