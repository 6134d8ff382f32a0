"""Names: which need a value, in what order they appear, and which the outputs are called by."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.lang.builtins import CONSTANTS, DIALECTS, READS, ROOMS, known
from app.lang.places import Places

Function = ast.FunctionDef | ast.Lambda


@dataclass(slots=True)
class Names:
    """The names of a program, and where each appears first as a value, as a called function, and at all."""

    bound: frozenset[str]
    first: dict[str, tuple[int, int]] = field(default_factory=dict)
    values: dict[str, ast.Name] = field(default_factory=dict)
    called: dict[str, list[ast.Name]] = field(default_factory=dict)
    free: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """All names by first appearance in the text."""
        return tuple(sorted(self.first, key=lambda name: self.first[name]))


def bound_names(statements: list[ast.stmt]) -> set[str]:
    """The names that these statements bind in their own scope; functions inside keep theirs."""
    names: set[str] = set()
    stack: list[ast.AST] = list(statements)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        if not isinstance(node, Function):
            stack.extend(ast.iter_child_nodes(node))
    return names


def names_of(tree: ast.Module) -> Names:
    """The names of the module's scope, in the order of evaluation; functions run later than they are defined."""
    names = Names(frozenset(bound_names(tree.body)))
    bound: set[str] = set()
    needed: set[str] = set()
    for node, inner, role in _evaluated(tree):
        name = node.id if isinstance(node, ast.Name) else node.name
        if name in inner:
            continue
        place = node.lineno, node.col_offset
        names.first[name] = min(place, names.first.get(name, place))
        if isinstance(node, ast.FunctionDef) or isinstance(node.ctx, ast.Store):
            bound.add(name)
        elif role == "called":
            names.called.setdefault(name, []).append(node)
        elif role == "value":
            names.values.setdefault(name, node)
            if name not in CONSTANTS and name not in (bound if inner is _MODULE else names.bound):
                needed.add(name)
    names.free = tuple(name for name in names.order if name in needed)
    return names


_MODULE: frozenset[str] = frozenset()
"""The names of the functions around a place that is in none; told from a function without names by identity."""


def _evaluated(tree: ast.Module) -> Iterator[tuple[ast.Name | ast.FunctionDef, frozenset[str], str]]:
    """Names with the names of the functions around them and their role, in the order in which Python would evaluate them."""
    stack: list[tuple[ast.AST, frozenset[str], str]] = [(tree, _MODULE, "value")]
    while stack:
        node, inner, role = stack.pop()
        if isinstance(node, ast.Name):
            if role != "prefix" or node.id not in DIALECTS or node.id in inner:
                yield node, inner, "value" if role == "prefix" else role
            else:
                yield node, inner, role
            continue
        if isinstance(node, ast.FunctionDef):
            yield node, inner, "value"
        stack.extend(reversed(list(_children(node, inner))))


def _children(node: ast.AST, inner: frozenset[str]) -> Iterator[tuple[ast.AST, frozenset[str], str]]:
    """The parts of a node in the order of evaluation."""
    if isinstance(node, ast.JoinedStr):
        return
    if isinstance(node, ast.Call):
        yield node.func, inner, "called"
    elif isinstance(node, ast.Attribute):
        yield node.value, inner, "prefix" if is_dialect(node) else "value"
        return
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        yield ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target), inner, "value"
    if isinstance(node, Function):
        yield from _of_function(node, inner)
        return
    fields = [f for f in node._fields if (type(node), f) not in {(ast.Call, "func"), (ast.With, "items")}]
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.For)):
        fields.sort(key=lambda f: f not in {"value", "iter"})
    for name in fields:
        part = getattr(node, name)
        for child in part if isinstance(part, list) else [part]:
            if isinstance(child, ast.AST):
                yield child, inner, "value"


def _of_function(node: Function, inner: frozenset[str]) -> Iterator[tuple[ast.AST, frozenset[str], str]]:
    """The defaults in the scope around, the body in its own."""
    a = node.args
    for default in (*a.defaults, *a.kw_defaults):
        if default is not None:
            yield default, inner, "value"
    own = {p.arg for p in (*a.posonlyargs, *a.args, *a.kwonlyargs)}
    body = node.body if isinstance(node, ast.FunctionDef) else [node.body]
    if isinstance(node, ast.FunctionDef):
        own |= bound_names(node.body)
    around = frozenset(inner | own | {"="})
    for statement in body:
        yield statement, around, "value"


def is_dialect(node: ast.Attribute) -> bool:
    """Whether an attribute is read of a dialect (torch.sin) and not of a value (a matrix called F, as in F.T)."""
    if node.attr in READS and node.attr not in known():
        return False
    base: ast.expr = node.value
    while isinstance(base, ast.Attribute) and base.attr in ROOMS:
        base = base.value
    return isinstance(base, ast.Name) and base.id in DIALECTS


SILENT = (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Pass)
"""Statements that compute nothing."""


def has_output(tree: ast.Module, places: Places) -> None:
    """Raise ProgramError if there is nothing to compute; drop strings at the end, which are remarks."""
    while tree.body and _is_remark(tree.body[-1]):
        tree.body.pop()
    if not tree.body:
        raise places.source.error("source.empty", "There is nothing to compute yet.", 0, 0, "Type an expression such as x*y + sin(x).")
    if all(isinstance(statement, SILENT) or _is_remark(statement) for statement in tree.body):
        message = "The program has no output: nothing is computed."
        raise places.error("source.empty", message, tree.body[-1], "End with an expression, or with an assignment.")
    last = tree.body[-1]
    if isinstance(last, (ast.Expr, ast.Assign)) and isinstance(last.value, ast.Lambda):
        raise places.error("type.output", "The output is a function, not a number.", last.value, "Call it: end with f(x).")


def _is_remark(statement: ast.stmt) -> bool:
    """Whether a statement is a string alone."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)


def outputs_of(tree: ast.Module) -> tuple[str | None, ...] | None:
    """What the outputs of the last statement are called; None where the last assigned name counts when the program runs."""
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        parts = last.value.elts if isinstance(last.value, ast.Tuple) else [last.value]
        return tuple(part.id if isinstance(part, ast.Name) else None for part in parts)
    if isinstance(last, (ast.Assign, ast.AugAssign)):
        target = last.targets[-1] if isinstance(last, ast.Assign) else last.target
        parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
        return tuple(part.id if isinstance(part, ast.Name) else None for part in parts)
    return None
