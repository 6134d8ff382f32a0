"""Which statements are in the language; each rule refuses, or gives the parts to look at next."""

from __future__ import annotations

import ast
from collections import Counter

from app.lang.around import BODY, Around, Parts, Rule, nothing
from app.lang.imports import check_import
from app.lang.places import Places
from app.lang.refusals import ALLOWED, operator_error
from app.lang.source import Edit


def _target(places: Places, target: ast.expr) -> Parts:
    """A name, or a tuple of names: nothing else can be assigned."""
    stack = [target]
    while stack:
        part = stack.pop()
        if isinstance(part, (ast.Tuple, ast.List)):
            if not part.elts:
                raise places.error("syntax.assign", "There is no name to assign here.", part, "Write a name before the =.")
            stack.extend(reversed(part.elts))
        elif isinstance(part, ast.Name):
            yield part, Around.NOWHERE
        elif isinstance(part, ast.Subscript):
            message = f"{places.shown(part)} cannot be assigned: the elements of a tensor are only read."
            raise places.error("syntax.assign", message, part, "Make a new tensor, with where, cat or stack.")
        elif isinstance(part, ast.Attribute):
            message = f"{places.shown(part)} cannot be assigned: attributes are only read."
            raise places.error("syntax.assign", message, part, "Assign a new name.")
        else:
            raise places.error("syntax.assign", "Only names, and tuples of names, can be assigned.", part, "Write each name out.")


def _assign(places: Places, node: ast.Assign, around: Around) -> Parts:
    for target in node.targets:
        yield from _target(places, target)
    yield node.value, around & BODY


def _augmented(places: Places, node: ast.AugAssign, around: Around) -> Parts:
    if not isinstance(node.op, ALLOWED):
        raise operator_error(places, node, node.op)
    yield from _target(places, node.target)
    yield node.value, around & BODY


def _annotated(places: Places, node: ast.AnnAssign, around: Around) -> Parts:
    start, end = places.stretch(node)
    value = f" = {places.text(node.value)}" if node.value else None
    edit = Edit(start, end, places.text(node.target) + value) if value else None
    raise places.error("syntax.unsupported", "Type annotations are not part of the language.", node, "Write only name = value.", edit)


def _expression(places: Places, node: ast.Expr, around: Around) -> Parts:
    if not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
        yield node.value, around & BODY


def _body(statements: list[ast.stmt], around: Around) -> Parts:
    for statement in statements:
        yield statement, around


def _branch(places: Places, node: ast.If, around: Around) -> Parts:
    yield node.test, around & BODY
    yield from _body([*node.body, *node.orelse], around)


def _while(places: Places, node: ast.While, around: Around) -> Parts:
    yield node.test, around & BODY
    yield from _body(node.body, around | Around.LOOP)
    yield from _body(node.orelse, around)


def _for(places: Places, node: ast.For, around: Around) -> Parts:
    yield from _target(places, node.target)
    yield node.iter, around & BODY
    yield from _body(node.body, around | Around.LOOP)
    yield from _body(node.orelse, around)


def _with(places: Places, node: ast.With, around: Around) -> Parts:
    for item in node.items:
        call = item.context_expr
        name = places.text(call.func) if isinstance(call, ast.Call) and not call.args and not call.keywords else ""
        if name not in {"no_grad", "torch.no_grad"} or item.optional_vars is not None or len(node.items) > 1:
            start, end = places.stretch(call)
            whole = item.optional_vars is None and len(node.items) == 1
            edit = Edit(start, end, "no_grad()") if whole and places.text(call).endswith("no_grad") else None
            raise places.error("syntax.unsupported", "with is only for no_grad().", call, "Write with no_grad(): …", edit)
    yield from _body(node.body, around)


def parameters(places: Places, arguments: ast.arguments, around: Around) -> Parts:
    """The defaults; refuses stars, annotations and names given twice."""
    for star, argument in (("*", arguments.vararg), ("**", arguments.kwarg)):
        if argument is not None:
            message = f"{star}{argument.arg} is not part of the language: a function has a fixed number of parameters."
            raise places.error("syntax.unsupported", message, argument, "Name each parameter, or give a list.")
    everyone = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    counts = Counter(a.arg for a in everyone)
    for place, argument in enumerate(everyone):
        if argument.annotation is not None:
            start, end = places.stretch(argument)
            message = "Type annotations are not part of the language."
            raise places.error("syntax.unsupported", message, argument, "Write only the name.", Edit(start, end, argument.arg))
        if counts[argument.arg] > 1 and any(a.arg == argument.arg for a in everyone[:place]):
            raise places.error("syntax.scope", f"The parameter {argument.arg} is there twice.", argument, "Rename one of the two.")
    for default in (*arguments.defaults, *arguments.kw_defaults):
        if default is not None:
            yield default, around


def _function(places: Places, node: ast.FunctionDef, around: Around) -> Parts:
    if node.decorator_list:
        message = "Decorators are not part of the language."
        raise places.error("syntax.unsupported", message, node.decorator_list[0], "Leave the line with @ out.")
    if node.returns is not None:
        message = "Type annotations are not part of the language."
        raise places.error("syntax.unsupported", message, node.returns, "Leave -> and the type out.")
    yield from parameters(places, node.args, around & BODY)
    yield from _body(node.body, Around.FUNCTION)


def _return(places: Places, node: ast.Return, around: Around) -> Parts:
    if Around.FUNCTION not in around:
        start, end = places.stretch(node)
        edit = Edit(start, end, places.text(node.value)) if node.value else None
        hint = "Outside, the last line is the output: write only the value."
        raise places.error("syntax.scope", "return stands outside a function.", node, hint, edit)
    if node.value is not None:
        yield node.value, around & BODY


def _leave(places: Places, node: ast.Break | ast.Continue, around: Around) -> Parts:
    if Around.LOOP not in around:
        raise places.error("syntax.scope", f"{places.text(node)} stands outside a loop.", node, "It belongs into a for or a while.")
    return nothing(places, node, around)


def _import(places: Places, node: ast.Import | ast.ImportFrom, around: Around) -> Parts:
    check_import(places, node)
    return nothing(places, node, around)


STATEMENTS: dict[type[ast.AST], Rule] = {
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.AnnAssign: _annotated,
    ast.Expr: _expression,
    ast.If: _branch,
    ast.While: _while,
    ast.For: _for,
    ast.With: _with,
    ast.FunctionDef: _function,
    ast.Return: _return,
    ast.Break: _leave,
    ast.Continue: _leave,
    ast.Pass: nothing,
    ast.Import: _import,
    ast.ImportFrom: _import,
}
