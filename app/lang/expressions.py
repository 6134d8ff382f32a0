"""Expressions: how each kind of syntax evaluates."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from app.lang.access import attribute, subscript
from app.lang.arithmetic import BINARY, COMPARE, OP_OF_BINARY, OP_OF_COMPARE, bounded
from app.lang.calls import call
from app.lang.compiler import Closure, Compiler
from app.lang.functions import lambda_
from app.lang.operands import static, truth
from app.lang.values import NOTHING, Frame, Plain, Sequence, Text
from app.ops.op import NO_ATTRIBUTES, Op
from app.ops.table import OPS


def constant(c: Compiler, node: ast.Constant) -> Closure:
    """A literal."""
    value = node.value
    if isinstance(value, str):
        text = Text(value)
        return lambda frame: text
    if value is None:
        return lambda frame: NOTHING
    plain = Plain(bounded(value), node)
    return lambda frame: plain


def name(c: Compiler, node: ast.Name) -> Closure:
    """A name."""
    return c.load(node)


def binary(c: Compiler, node: ast.BinOp) -> Closure:
    """x + y and its like."""
    return combining(c, node.op, (c.expression(node.left), node.left), (c.expression(node.right), node.right), node)


Operand = tuple[Closure, ast.expr]
"""A closure and the syntax it came from."""


def combining(c: Compiler, op: ast.operator, left: Operand, right: Operand, site: ast.AST) -> Closure:
    """Two operands of an operator: scalars inline, where a loop pays every nanosecond; the rest with care.

    A node is an ``int`` and indexes the values; anything else does not, which is cheaper to find out afterwards.
    The budget of nodes is charged by the loops and calls around: a statement alone cannot exceed it by much.
    """
    first, second = left[0], right[0]
    rule = OPS[OP_OF_BINARY[type(op)]]
    careful = _carefully(c, op, rule, left[1], right[1], site)
    kernel = rule.kernel
    if kernel is None:
        return lambda frame: careful(first(frame), second(frame))
    r = c.recorder
    values, live = r.values, r.live
    add_rule, add_inputs, add_value, add_partials, add_site, add_live = r.appends()

    def run(frame: Frame) -> Any:
        x = first(frame)
        y = second(frame)
        try:
            a = values[x]
            b = values[y]
        except TypeError:
            return careful(x, y)
        if type(a) is float and type(b) is float:
            node = len(values)
            z, slopes = kernel(a, b)
            add_value(z)
            add_partials(slopes)
            add_inputs((x, y))
            add_live(live[x] or live[y])
            add_rule(rule)
            add_site(site)
            return node
        return careful(x, y)

    return run


def _carefully(c: Compiler, op: ast.operator, rule: Op, left: ast.AST, right: ast.AST, site: ast.AST) -> Callable[[Any, Any], Any]:
    """Two operands of whatever kind: plain numbers stay plain, lists become arrays."""
    plain = BINARY.get(type(op))

    def combine(x: Any, y: Any) -> Any:
        if plain is not None and type(x) is Plain and type(y) is Plain:
            return Plain(plain(x.value, y.value), site)
        return c.apply(rule, (c.node_of(x, left), c.node_of(y, right)), NO_ATTRIBUTES, site)

    return combine


def unary(c: Compiler, node: ast.UnaryOp) -> Closure:
    """-x, +x, not x, ~x."""
    operand = c.expression(node.operand)
    if isinstance(node.op, ast.Not):
        return lambda frame: Plain(not truth(c.recorder, operand(frame), node.operand), node)
    rule = OPS["logical_not" if isinstance(node.op, ast.Invert) else "neg"]
    positive = isinstance(node.op, ast.UAdd)

    def run(frame: Frame) -> Any:
        x = operand(frame)
        if positive:
            return x if type(x) is int or type(x) is Plain else c.node_of(x, node)
        if type(x) is Plain and isinstance(node.op, ast.USub):
            return Plain(-x.value, node)
        return c.apply(rule, (c.node_of(x, node.operand),), NO_ATTRIBUTES, node)

    return run


def compare(c: Compiler, node: ast.Compare) -> Closure:
    """x < y, also chained: each comparison of tensors is a node, as torch evaluates it."""
    closures = [c.expression(e) for e in (node.left, *node.comparators)]
    ops = [type(op) for op in node.ops]

    def pair(kind: type[ast.cmpop], x: Any, y: Any) -> Any:
        if type(x) is Plain and type(y) is Plain:
            return Plain(COMPARE[kind](x.value, y.value), node)
        if isinstance(x, (Text, tuple)) or isinstance(y, (Text, tuple)) or x is NOTHING or y is NOTHING:
            if kind not in (ast.Eq, ast.NotEq):
                raise c.recorder.fail("type.mismatch", "Only numbers and tensors can be compared by size.", node)
            return Plain(_same(static(c.recorder, x, node), static(c.recorder, y, node)) is (kind is ast.Eq), node)
        return c.apply(OPS[OP_OF_COMPARE[kind]], (c.node_of(x, node), c.node_of(y, node)), NO_ATTRIBUTES, node)

    def run(frame: Frame) -> Any:
        x = closures[0](frame)
        result: Any = None
        for place, kind in enumerate(ops):
            y = closures[place + 1](frame)
            result = pair(kind, x, y)
            if place + 1 < len(ops) and not truth(c.recorder, result, node):
                return result
            x = y
        return result

    return run


def _same(x: Any, y: Any) -> bool:
    """Whether two static values are equal; tensors among them by all their elements."""
    if isinstance(x, tuple) and isinstance(y, tuple):
        return len(x) == len(y) and all(map(_same, x, y))
    if isinstance(x, np.ndarray) or isinstance(y, np.ndarray):
        return type(x) is type(y) and np.array_equal(x, y)
    return bool(x == y)


def boolean(c: Compiler, node: ast.BoolOp) -> Closure:
    """x and y, x or y: one of the operands, as in Python."""
    closures = [c.expression(e) for e in node.values]
    stops_at = isinstance(node.op, ast.Or)

    def run(frame: Frame) -> Any:
        result: Any = None
        for closure, site in zip(closures, node.values, strict=True):
            result = closure(frame)
            if truth(c.recorder, result, site) == stops_at:
                return result
        return result

    return run


def conditional(c: Compiler, node: ast.IfExp) -> Closure:
    """a if condition else b: only one side is evaluated."""
    test, yes, no = c.expression(node.test), c.expression(node.body), c.expression(node.orelse)
    return lambda frame: yes(frame) if truth(c.recorder, test(frame), node.test) else no(frame)


def listed(c: Compiler, node: ast.List) -> Closure:
    """[a, b]: an array as soon as it is used as one."""
    closures = [c.expression(e) for e in node.elts]
    return lambda frame: Sequence([closure(frame) for closure in closures], node)


def tupled(c: Compiler, node: ast.Tuple) -> Closure:
    """(a, b)."""
    closures = [c.expression(e) for e in node.elts]
    return lambda frame: tuple([closure(frame) for closure in closures])


def formatted(c: Compiler, node: ast.JoinedStr) -> Closure:
    """An f-string of a print: it says nothing to the tape."""
    return lambda frame: Text("")


EXPRESSIONS: dict[type[ast.AST], Callable[[Compiler, Any], Closure]] = {
    ast.Constant: constant,
    ast.Name: name,
    ast.BinOp: binary,
    ast.UnaryOp: unary,
    ast.Compare: compare,
    ast.BoolOp: boolean,
    ast.IfExp: conditional,
    ast.List: listed,
    ast.Tuple: tupled,
    ast.Call: call,
    ast.Lambda: lambda_,
    ast.Subscript: subscript,
    ast.Attribute: attribute,
    ast.JoinedStr: formatted,
}
