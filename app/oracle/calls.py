"""Calls in torch: of torch's own functions, of the language's built-in ones, of functions of the program."""

from __future__ import annotations

import ast
from functools import partial
from typing import Any

from app.oracle.arguments import Arguments
from app.oracle.builtins import FUNCTIONS, METHODS
from app.oracle.derivatives import DERIVATIVES
from app.oracle.dialects import TENSOR, Prefix, dialect_of
from app.oracle.operations import operate
from app.oracle.values import AROUND, Frame, Function, Transformed, UnableError
from app.oracle.walker import Walker


def call(walker: Walker, node: ast.Call, frame: Frame) -> Any:
    """f(…), torch.f(…), x.f(…)."""
    target = node.func
    if isinstance(target, ast.Name):
        bound = walker.load(frame, target.id)
        own = isinstance(bound, (Function, Transformed))
        return invoke(walker, node, bound, frame) if own else _known(walker, node, target.id, None, frame)
    if isinstance(target, ast.Attribute):
        dialect = dialect_of(walker, target.value, frame)
        return _known(walker, node, target.attr, dialect, frame) if dialect else _method(walker, node, target, frame)
    return invoke(walker, node, _value(walker, target, frame), frame)


def _known(walker: Walker, node: ast.Call, name: str, dialect: Prefix | None, frame: Frame) -> Any:
    """A function that the language knows by this name."""
    arguments = _arguments(walker, node, frame, [], dialect)
    if name in DERIVATIVES:
        return DERIVATIVES[name](walker, node, arguments, partial(call_with, walker))
    return FUNCTIONS[name](walker, node, arguments) if name in FUNCTIONS else operate(walker, node, name, arguments)


def _method(walker: Walker, node: ast.Call, target: ast.Attribute, frame: Frame) -> Any:
    """x.f(…)."""
    arguments = _arguments(walker, node, frame, [_value(walker, target.value, frame)], TENSOR)
    return METHODS[target.attr](walker, node, arguments) if target.attr in METHODS else operate(walker, node, target.attr, arguments)


def _arguments(walker: Walker, node: ast.Call, frame: Frame, first: list[Any], dialect: Prefix | None) -> Arguments:
    places = first + [_value(walker, a, frame) for a in node.args]
    return Arguments(places, {k.arg or "": _value(walker, k.value, frame) for k in node.keywords}, dialect)


def _value(walker: Walker, node: ast.expr, frame: Frame) -> Any:
    from app.oracle.expressions import evaluate  # noqa: PLC0415  expressions contain calls

    return evaluate(walker, node, frame)


# ---------------------------------------------------------------- functions of the program


def define(walker: Walker, node: ast.FunctionDef | ast.Lambda, frame: Frame) -> Function:
    """The function that def and lambda make, with its defaults evaluated now."""
    arguments = node.args
    places = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    late = places[len(places) - len(arguments.defaults) :]
    defaults = {name: _value(walker, d, frame) for name, d in zip(late, arguments.defaults, strict=True)}
    for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            defaults[parameter.arg] = _value(walker, default, frame)
    return Function(node, defaults, frame)


def invoke(walker: Walker, node: ast.Call, target: Any, frame: Frame) -> Any:
    """Call a function of the program, its arguments evaluated in a frame."""
    given = _arguments(walker, node, frame, [], None)
    return call_with(walker, node, target, given.places, given.names)


def call_with(walker: Walker, node: ast.Call, target: Any, values: list[Any], named: dict[str, Any]) -> Any:
    """Call a function of the program in a frame of its own, or what a derivative made of one."""
    from app.oracle.statements import RESULT, run  # noqa: PLC0415  statements contain calls

    if isinstance(target, Transformed):
        return target.call(node, values, named)
    if not isinstance(target, Function):
        raise UnableError("a value is called that is no function")
    names = [a.arg for a in (*target.node.args.posonlyargs, *target.node.args.args)]
    local = target.defaults | dict(zip(names, values, strict=False)) | named | {AROUND: target.frame}
    walker.step()
    if isinstance(target.node, ast.Lambda):
        return _value(walker, target.node.body, local)
    run(walker, target.node.body, local)
    return local.get(RESULT)
