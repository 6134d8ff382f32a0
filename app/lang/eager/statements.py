"""What each kind of statement does, over the values of a library."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.lang.eager.builtins import INPLACE, OPERATORS
from app.lang.eager.expressions import SIGNS
from app.lang.eager.functions import Function
from app.lang.eager.library import Module
from app.lang.eager.outcome import BreakSignal, ContinueSignal, ReturnSignal

if TYPE_CHECKING:
    from app.lang.eager.interpreter import Interpreter

Names = dict[str, Any]


def _expr(run: Interpreter, node: ast.Expr, names: Names) -> None:
    run.value(node.value, names)


def _assign(run: Interpreter, node: ast.Assign, names: Names) -> None:
    value = run.value(node.value, names)
    for target in node.targets:
        run.assign(target, value, names)


def _annassign(run: Interpreter, node: ast.AnnAssign, names: Names) -> None:
    if node.value is not None:
        run.assign(node.target, run.value(node.value, names), names)


def _augassign(run: Interpreter, node: ast.AugAssign, names: Names) -> None:
    sign = type(node.op).__name__
    operate, name = INPLACE.get(sign) or OPERATORS[sign], SIGNS.get(sign, "")
    target = node.target
    if isinstance(target, ast.Name):
        run.assign(target, run.operated(node, name, operate, run.load(target, names), run.value(node.value, names)), names)
    elif isinstance(target, ast.Subscript):
        whole, index = run.value(target.value, names), run.value(target.slice, names)
        part = run.operated(target, "get", operator.getitem, whole, index)
        whole[index] = run.operated(node, name, operate, part, run.value(node.value, names))
    elif isinstance(target, ast.Attribute):
        whole = run.value(target.value, names)
        made = run.operated(node, name, operate, run.library.attribute(whole, target.attr), run.value(node.value, names))
        run.library.assign(whole, target.attr, made)


def _if(run: Interpreter, node: ast.If, names: Names) -> None:
    run.body(node.body if run.value(node.test, names) else node.orelse, names)


def _while(run: Interpreter, node: ast.While, names: Names) -> None:
    while run.value(node.test, names):
        run.charge(node)
        if not run.round(node.body, names):
            return
    run.body(node.orelse, names)


def _for(run: Interpreter, node: ast.For, names: Names) -> None:
    for value in run.items(node.iter, run.value(node.iter, names)):
        run.charge(node)
        run.assign(node.target, value, names)
        if not run.round(node.body, names):
            return
    run.body(node.orelse, names)


def _with(run: Interpreter, node: ast.With, names: Names) -> None:
    managers = [run.value(item.context_expr, names) for item in node.items]
    for manager in managers:
        manager.__enter__()
    try:
        run.body(node.body, names)
    finally:
        for manager in reversed(managers):
            manager.__exit__(None, None, None)


def _functiondef(run: Interpreter, node: ast.FunctionDef, names: Names) -> None:
    defaults = [run.value(one, names) for one in node.args.defaults]
    switches = [run.value(one, names) for one in node.decorator_list]
    names[node.name] = Function(node.name, node.args, node.body, defaults, names if names is not run.globals else None, switches)


def _return(run: Interpreter, node: ast.Return, names: Names) -> None:
    raise ReturnSignal(None if node.value is None else run.value(node.value, names))


def _break(run: Interpreter, node: ast.Break, names: Names) -> None:
    raise BreakSignal


def _continue(run: Interpreter, node: ast.Continue, names: Names) -> None:
    raise ContinueSignal


def _pass(run: Interpreter, node: ast.Pass, names: Names) -> None:
    return


def _assert(run: Interpreter, node: ast.Assert, names: Names) -> None:
    if not run.value(node.test, names):
        raise AssertionError(*([] if node.msg is None else [run.value(node.msg, names)]))


def _delete(run: Interpreter, node: ast.Delete, names: Names) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            run.load(target, names)
            names.pop(target.id, None)


def _import(run: Interpreter, node: ast.Import, names: Names) -> None:
    for alias in node.names:
        if alias.name.split(".")[0] in {name.split(".")[0] for name in run.library.modules}:
            names[alias.asname or alias.name.split(".")[0]] = Module(alias.name if alias.asname else alias.name.split(".")[0])


def _importfrom(run: Interpreter, node: ast.ImportFrom, names: Names) -> None:
    module = node.module or ""
    if module in run.library.modules:
        for alias in node.names:
            names[alias.asname or alias.name] = run.member(Module(module), alias.name)


STATEMENTS: Mapping[type[ast.AST], Callable[[Interpreter, Any, Names], None]] = {
    ast.Expr: _expr,
    ast.Assign: _assign,
    ast.AnnAssign: _annassign,
    ast.AugAssign: _augassign,
    ast.If: _if,
    ast.While: _while,
    ast.For: _for,
    ast.With: _with,
    ast.FunctionDef: _functiondef,
    ast.Return: _return,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Pass: _pass,
    ast.Assert: _assert,
    ast.Delete: _delete,
    ast.Import: _import,
    ast.ImportFrom: _importfrom,
}
