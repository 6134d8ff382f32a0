"""Functions of the program: defined, called with Python's rules for arguments, inlined as groups."""

from __future__ import annotations

import ast
from typing import Any

from app.lang.compiler import PARENT, Closure, Compiler, Scope
from app.lang.scope import bound_names
from app.lang.values import NOTHING, Frame, Function, Transformed, described

RESULT = "="
"""Where a frame keeps the value that its function returns: no name of the language."""


def definition(c: Compiler, node: ast.FunctionDef | ast.Lambda) -> Closure:
    """The closure that makes the function in the frame around it."""
    arguments = node.args
    positional = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    keyword_only = [a.arg for a in arguments.kwonlyargs]
    late = positional[len(positional) - len(arguments.defaults) :]
    defaults = [(n, c.expression(d)) for n, d in zip(late, arguments.defaults, strict=True)]
    defaults += [(n, c.expression(d)) for n, d in zip(keyword_only, arguments.kw_defaults, strict=True) if d is not None]
    name = node.name if isinstance(node, ast.FunctionDef) else "lambda"
    run = _inside(c, node, {*positional, *keyword_only})
    parameters = (*positional, *keyword_only)

    def make(frame: Frame) -> Function:
        return Function(name, parameters, len(positional), {n: d(frame) for n, d in defaults}, run, frame)

    return make


def _inside(c: Compiler, node: ast.FunctionDef | ast.Lambda, parameters: set[str]) -> Closure:
    """The compiled body: a frame in, the returned value out."""
    statements = node.body if isinstance(node, ast.FunctionDef) else []
    c.scopes.append(Scope(parameters | bound_names(statements)))
    try:
        if isinstance(node, ast.Lambda):
            return c.expression(node.body)
        inside = c.body(node.body)
    finally:
        c.scopes.pop()

    def run(frame: Frame) -> Any:
        inside(frame)
        return frame.get(RESULT, NOTHING)

    return run


def lambda_(c: Compiler, node: ast.Lambda) -> Closure:
    """lambda x: …"""
    return definition(c, node)


def call_value(c: Compiler, node: ast.Call, function: Closure) -> Closure:
    """Call whatever an expression gives: it must be a function of the program."""
    arguments = [c.expression(a) for a in node.args]
    keywords = [(k.arg, c.expression(k.value)) for k in node.keywords]

    def run(frame: Frame) -> Any:
        target = function(frame)
        if not isinstance(target, (Function, Transformed)):
            raise c.recorder.fail("call.not_callable", f"This is {described(target)}, not a function.", node.func)
        return call_with(c, node, target, [a(frame) for a in arguments], [(n or "", k(frame)) for n, k in keywords])

    return run


def call_with(c: Compiler, node: ast.Call, target: Function | Transformed, values: list[Any], keywords: list[tuple[str, Any]]) -> Any:
    """Call a function of the program, or what a derivative made of one, with values by place and by name."""
    if isinstance(target, Transformed):
        return target.call(node, values, keywords)
    return invoke(c, node, target, _bound(c, node, target, values, keywords))


def invoke(c: Compiler, node: ast.Call, target: Function, local: Frame) -> Any:
    """Run the body in its own frame, as a group, within the budgets of depth and steps."""
    recorder = c.recorder
    if recorder.depth >= c.limits.call_depth:
        recorder.over("call_depth", "budget.depth", recorder.depth + 1, node)
    recorder.depth += 1
    around = recorder.open_group("call", target.name, node, 1)
    try:
        return target.run(local)
    finally:
        recorder.close_group(around)
        recorder.depth -= 1


def _bound(c: Compiler, node: ast.Call, target: Function, values: list[Any], keywords: list[tuple[str, Any]]) -> Frame:
    """The frame of a call: arguments by place and by name, then defaults."""
    if len(values) > target.positional:
        raise _arguments(c, node, target, f"{target.name} takes {target.positional} arguments, {len(values)} were given.")
    local = Frame(zip(target.parameters, values, strict=False))
    for name, value in keywords:
        if name not in target.parameters:
            raise _arguments(c, node, target, f"{target.name} has no parameter {name}.")
        if name in local:
            raise _arguments(c, node, target, f"{target.name} got two values for {name}.")
        local[name] = value
    for name in target.parameters:
        if name not in local:
            if name not in target.defaults:
                raise _arguments(c, node, target, f"{target.name} needs a value for {name}.")
            local[name] = target.defaults[name]
    local[PARENT] = target.frame
    return local


def _arguments(c: Compiler, node: ast.Call, target: Function, message: str) -> Exception:
    return c.recorder.fail("call.arguments", message, node, f"It is defined as {target.name}({', '.join(target.parameters)}).")
