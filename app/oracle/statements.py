"""Statements in torch. A statement gives None, or the signal that leaves its block."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

import torch

from app.oracle.access import rows
from app.oracle.calls import define
from app.oracle.expressions import combine, evaluate, truth
from app.oracle.values import Frame, Listed, UnableError
from app.oracle.walker import Walker

BREAK, CONTINUE, RETURN = "break", "continue", "return"
RESULT = "="
"""Where a frame keeps the value that its function returns: no name of the language."""


def run(walker: Walker, statements: list[ast.stmt], frame: Frame) -> str | None:
    """Statements in a row, up to the first signal."""
    for statement in statements:
        walker.step()
        signal = STATEMENTS[type(statement)](walker, statement, frame)
        if signal is not None:
            return signal
    return None


def bind(walker: Walker, target: ast.expr, value: Any, frame: Frame) -> None:
    """Bind a value to a name, or its parts to a tuple of targets."""
    if isinstance(target, ast.Name):
        walker.store(frame, target.id, value)
        return
    assert isinstance(target, (ast.Tuple, ast.List))
    parts = list(items(walker, value, target))
    if len(parts) != len(target.elts):
        raise UnableError(f"{len(parts)} values cannot be taken apart into {len(target.elts)} names")
    for part, item in zip(target.elts, parts, strict=True):
        bind(walker, part, item, frame)


def items(walker: Walker, value: Any, site: ast.AST) -> Iterator[Any]:
    """The items of an iterable, one by one; of a tensor its rows."""
    if isinstance(value, torch.Tensor):
        return rows(walker, value, site)
    if isinstance(value, Listed):
        return iter(list(value.items))
    if isinstance(value, (tuple, range, Iterator)):
        return iter(value)
    raise UnableError(f"there is nothing to go over in a value of type {type(value).__name__}")


def _assign(walker: Walker, node: ast.Assign, frame: Frame) -> None:
    value = evaluate(walker, node.value, frame)
    if len(node.targets) > 1:
        value = walker.settled(value)
    for target in node.targets:
        bind(walker, target, value, frame)


def _augmented(walker: Walker, node: ast.AugAssign, frame: Frame) -> None:
    assert isinstance(node.target, ast.Name)
    old = evaluate(walker, node.target, frame)
    new = combine(walker, node, type(node.op), old, evaluate(walker, node.value, frame))
    walker.store(frame, node.target.id, new)


def _if(walker: Walker, node: ast.If, frame: Frame) -> str | None:
    return run(walker, node.body if truth(evaluate(walker, node.test, frame)) else node.orelse, frame)


def _while(walker: Walker, node: ast.While, frame: Frame) -> str | None:
    return _loop(walker, node, iter(lambda: truth(evaluate(walker, node.test, frame)), False), frame)


def _for(walker: Walker, node: ast.For, frame: Frame) -> str | None:
    def rounds() -> Iterator[None]:
        for item in items(walker, evaluate(walker, node.iter, frame), node.iter):
            bind(walker, node.target, item, frame)
            yield

    return _loop(walker, node, rounds(), frame)


def _loop(walker: Walker, node: ast.While | ast.For, rounds: Iterator[Any], frame: Frame) -> str | None:
    """The body, once for each of the rounds, and what comes after the last one."""
    for _ in rounds:
        walker.step()
        signal = run(walker, node.body, frame)
        if signal is BREAK:
            return None
        if signal is RETURN:
            return signal
    return run(walker, node.orelse, frame)


def _with(walker: Walker, node: ast.With, frame: Frame) -> str | None:
    with torch.no_grad():
        return run(walker, node.body, frame)


def _expression(walker: Walker, node: ast.Expr, frame: Frame) -> None:
    value = walker.settled(evaluate(walker, node.value, frame))
    if frame is walker.globals:
        walker.last = value


def _return(walker: Walker, node: ast.Return, frame: Frame) -> str:
    frame[RESULT] = None if node.value is None else evaluate(walker, node.value, frame)
    return RETURN


def _define(walker: Walker, node: ast.FunctionDef, frame: Frame) -> None:
    frame[node.name] = define(walker, node, frame)


STATEMENTS: dict[type[ast.stmt], Callable[[Walker, Any, Frame], str | None]] = {
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.If: _if,
    ast.While: _while,
    ast.For: _for,
    ast.With: _with,
    ast.Expr: _expression,
    ast.Return: _return,
    ast.FunctionDef: _define,
    ast.Break: lambda walker, node, frame: BREAK,
    ast.Continue: lambda walker, node, frame: CONTINUE,
    ast.Pass: lambda walker, node, frame: None,
    ast.Import: lambda walker, node, frame: None,
    ast.ImportFrom: lambda walker, node, frame: None,
}
