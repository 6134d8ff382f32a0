"""grad(sin): an operation of the language, passed to a derivative, is the function that applies it."""

from __future__ import annotations

import ast

from app.lang.builtins import DERIVATIVES, known
from app.lang.scope import bound_names, is_dialect

ARGUMENT = "x"
"""What such a function calls its argument."""


def pass_operations(tree: ast.Module) -> None:
    """Write ``lambda x: sin(x)`` for ``sin`` where a derivative takes it; the program's own names go first."""
    bound = bound_names(tree.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _is_derivative(node.func) and _is_operation(node.args[0], bound):
            node.args[0] = _function(node.args[0])


def _is_derivative(function: ast.expr) -> bool:
    """grad, torch.func.grad and their like."""
    if isinstance(function, ast.Attribute):
        return function.attr in DERIVATIVES and is_dialect(function)
    return isinstance(function, ast.Name) and function.id in DERIVATIVES


def _is_operation(argument: ast.expr, bound: set[str]) -> bool:
    """sin, torch.sin and their like."""
    if isinstance(argument, ast.Attribute):
        return argument.attr in known() and is_dialect(argument)
    return isinstance(argument, ast.Name) and argument.id in known() - bound - DERIVATIVES


def _function(operation: ast.expr) -> ast.Lambda:
    """The operation as a function of one argument, standing where its name stands."""
    call = ast.Call(operation, [ast.Name(ARGUMENT, ast.Load())], [])
    made = ast.Lambda(ast.arguments([], [ast.arg(ARGUMENT)], None, [], [], None, []), call)
    for part in ast.walk(made):
        if part is not operation and isinstance(part, (ast.expr, ast.arg)):
            ast.copy_location(part, operation)
    return made
