"""Expressions in torch: how each kind of syntax evaluates."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

import torch

from app.oracle.access import attribute, subscript
from app.oracle.calls import call, define
from app.oracle.plain import BINARY, COMPARE, tame
from app.oracle.values import MISSING, Frame, Listed, UnableError, is_plain
from app.oracle.walker import Walker


def evaluate(walker: Walker, node: ast.expr, frame: Frame) -> Any:
    """The value of an expression."""
    return EXPRESSIONS[type(node)](walker, node, frame)


def _constant(walker: Walker, node: ast.Constant, frame: Frame) -> Any:
    return tame(node.value)


def _name(walker: Walker, node: ast.Name, frame: Frame) -> Any:
    value = walker.load(frame, node.id)
    if value is MISSING:
        raise UnableError(f"the name {node.id} has no value")
    return value


def floor_divide(x: Any, y: Any) -> torch.Tensor:
    """x // y with torch's derivative 0, which ``torch.floor_divide`` lacks."""
    return torch.div(x, y, rounding_mode="floor")


OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: floor_divide,
    ast.Mod: torch.remainder,
    ast.Pow: operator.pow,
    ast.MatMult: torch.matmul,
}

TENSORS_ONLY = (ast.FloorDiv, ast.Mod, ast.MatMult)


def combine(walker: Walker, site: ast.AST, kind: type[ast.operator], x: Any, y: Any) -> Any:
    """x ∘ y: of plain numbers a plain number, otherwise torch's."""
    if is_plain(x) and is_plain(y) and kind in BINARY:
        return BINARY[kind](x, y)
    if kind in TENSORS_ONLY or not (is_plain(x) or is_plain(y)):
        x, y = walker.tensor(x), walker.tensor(y)
    x = x if is_plain(x) else walker.tensor(x)
    y = y if is_plain(y) else walker.tensor(y)
    return walker.apply(site, OPERATORS[kind], (x, y))


def _binary(walker: Walker, node: ast.BinOp, frame: Frame) -> Any:
    """x ∘ y; a chain to the left, which may be long, link by link."""
    links = [node]
    while isinstance(left := links[-1].left, ast.BinOp):
        links.append(left)
    x = evaluate(walker, links[-1].left, frame)
    for link in reversed(links):
        x = combine(walker, link, type(link.op), x, evaluate(walker, link.right, frame))
    return x


def _unary(walker: Walker, node: ast.UnaryOp, frame: Frame) -> Any:
    x = evaluate(walker, node.operand, frame)
    if isinstance(node.op, ast.Not):
        return not truth(x)
    if isinstance(node.op, ast.Invert):
        return walker.apply(node, torch.logical_not, (walker.tensor(x),))
    x = x if is_plain(x) else walker.tensor(x)
    if isinstance(node.op, ast.UAdd):
        return x
    return -x if is_plain(x) else walker.apply(node, operator.neg, (x,))


def truth(value: Any) -> bool:
    """The value of a condition."""
    return bool(value.items) if isinstance(value, Listed) else bool(value)


def _compare(walker: Walker, node: ast.Compare, frame: Frame) -> Any:
    x = evaluate(walker, node.left, frame)
    result: Any = True
    for place, (kind, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
        if place and not truth(result):
            return result
        y = evaluate(walker, right, frame)
        result = _pair(walker, node, type(kind), x, y)
        x = y
    return result


def _pair(walker: Walker, site: ast.AST, kind: type[ast.cmpop], x: Any, y: Any) -> Any:
    """One comparison: an operation where a tensor takes part."""
    if not any(isinstance(v, (torch.Tensor, Listed)) for v in (x, y)) or x is None or y is None:
        return COMPARE[kind](x, y)
    return walker.apply(site, COMPARE[kind], [v if is_plain(v) else walker.tensor(v) for v in (x, y)])


def _boolean(walker: Walker, node: ast.BoolOp, frame: Frame) -> Any:
    value: Any = None
    for part in node.values:
        value = evaluate(walker, part, frame)
        if truth(value) == isinstance(node.op, ast.Or):
            return value
    return value


def _conditional(walker: Walker, node: ast.IfExp, frame: Frame) -> Any:
    return evaluate(walker, node.body if truth(evaluate(walker, node.test, frame)) else node.orelse, frame)


EXPRESSIONS: dict[type[ast.AST], Callable[[Walker, Any, Frame], Any]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.IfExp: _conditional,
    ast.List: lambda walker, node, frame: Listed([evaluate(walker, e, frame) for e in node.elts], node),
    ast.Tuple: lambda walker, node, frame: tuple([evaluate(walker, e, frame) for e in node.elts]),
    ast.Lambda: define,
    ast.Call: call,
    ast.Subscript: subscript,
    ast.Attribute: attribute,
    ast.JoinedStr: lambda walker, node, frame: "",
}
