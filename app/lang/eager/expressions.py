"""What each kind of expression is worth, over the values of a library."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.core.diagnostic import problem
from app.lang.eager.builtins import OPERATORS
from app.lang.eager.calls import call
from app.lang.eager.check import span_of
from app.lang.eager.functions import Function

if TYPE_CHECKING:
    from app.lang.eager.interpreter import Interpreter

Names = dict[str, Any]
Expression = Callable[["Interpreter", Any, Names], Any]


def _list(run: Interpreter, node: ast.List, names: Names) -> list[Any]:
    made = [run.value(one, names) for one in node.elts]
    run.perused(node, made)
    return made


def _dict(run: Interpreter, node: ast.Dict, names: Names) -> dict[Any, Any]:
    if None in node.keys:
        raise problem("syntax.unsupported", "** does not take a dict apart here.", span_of(node, run.source))
    made = {run.value(k, names): run.value(v, names) for k, v in zip(node.keys, node.values, strict=True) if k is not None}
    run.perused(node, made)
    return made


def _binary(run: Interpreter, node: ast.BinOp, names: Names) -> Any:
    sign = type(node.op).__name__
    return run.operated(node, SIGNS.get(sign, ""), OPERATORS[sign], run.value(node.left, names), run.value(node.right, names))


SIGNS = {"MatMult": "matmul"}
"""Signs that make more than their operands broadcast to."""

EXPRESSIONS: Mapping[type[ast.AST], Expression] = {
    ast.Constant: lambda run, node, names: node.value,
    ast.Name: lambda run, node, names: run.load(node, names),
    ast.Attribute: lambda run, node, names: run.attribute(node, names),
    ast.Call: call,
    ast.BinOp: _binary,
    ast.UnaryOp: lambda run, node, names: run.unary(node, names),
    ast.BoolOp: lambda run, node, names: run.boolean(node, names),
    ast.Compare: lambda run, node, names: run.compare(node, names),
    ast.IfExp: lambda run, node, names: run.value(node.body if run.value(node.test, names) else node.orelse, names),
    ast.List: _list,
    ast.Tuple: lambda run, node, names: tuple(_list(run, node, names)),
    ast.Dict: _dict,
    ast.Subscript: lambda run, node, names: run.operated(
        node, "get", operator.getitem, run.value(node.value, names), run.value(node.slice, names)
    ),
    ast.Slice: lambda run, node, names: slice(
        *(None if part is None else run.value(part, names) for part in (node.lower, node.upper, node.step))
    ),
    ast.ListComp: lambda run, node, names: run.listed(node, names),
    ast.JoinedStr: lambda run, node, names: run.joined(node, names),
    ast.Lambda: lambda run, node, names: Function(
        "<lambda>",
        node.args,
        node.body,
        [run.value(one, names) for one in node.args.defaults],
        names if names is not run.globals else None,
        [],
    ),
}
