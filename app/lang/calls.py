"""Calls: of operations, of the built-in functions of the language, of functions of the program."""

from __future__ import annotations

import ast
from typing import Any

from app.lang.binding import Arguments, bind_rule, create
from app.lang.builtins import closest
from app.lang.compiler import Closure, Compiler
from app.lang.derivatives.specials import DERIVATIVES
from app.lang.dialects import METHOD, Dialect, dialect_of, elsewhere, meant
from app.lang.functions import call_value
from app.lang.overloads import OVERLOADS
from app.lang.specials import METHODS, SPECIALS
from app.lang.values import Frame, Sequence, described
from app.ops.creation import CREATIONS
from app.ops.table import SPELLINGS


def call(c: Compiler, node: ast.Call) -> Closure:
    """f(…), torch.f(…), x.f(…)."""
    target = node.func
    if isinstance(target, ast.Name) and c.is_free(target.id):
        return _named(c, node, target.id, None)
    if isinstance(target, ast.Attribute):
        dialect = dialect_of(c, target.value)
        return _named(c, node, target.attr, dialect) if dialect else _method(c, node, target)
    return call_value(c, node, c.expression(target))


def _named(c: Compiler, node: ast.Call, name: str, dialect: Dialect | None) -> Closure:
    """A function that the language knows by this name."""
    arguments = Arguments(c, node, dialect)
    if special := SPECIALS.get(name) or DERIVATIVES.get(name):
        return special(c, node, arguments)
    if name in SPELLINGS or name in CREATIONS:
        return _bound(c, node, name, arguments)
    like = closest(name)
    hint = f"Did you mean {like}?" if like else "The list of all functions is in the help."
    raise c.recorder.fail("name.unknown", f"I don't know {name}.", node.func, hint)


NUMPY_FIRST = frozenset({"sort"})
"""Where numpy gives the values alone, torch the indices too."""


def _bound(c: Compiler, node: ast.Call, name: str, arguments: Arguments) -> Closure:
    """The closure of a call of an operation or of a function that makes a constant, as its dialect means it."""
    if refusal := elsewhere(name, arguments.dialect):
        raise c.recorder.fail("name.unknown", refusal[0], node.func, refusal[1])
    name = meant(name, arguments.dialect)
    if name in OVERLOADS:
        return OVERLOADS[name](c, node, arguments)
    if name in CREATIONS:
        return create(c, node, name, arguments)
    bound = bind_rule(c, node, SPELLINGS[name], arguments)
    return (lambda frame: bound(frame)[0]) if arguments.of_numpy and name in NUMPY_FIRST else bound


def _method(c: Compiler, node: ast.Call, target: ast.Attribute) -> Closure:
    """x.f(…): the operation f with x as its first operand."""
    receiver = c.expression(target.value)
    name = target.attr
    if name in METHODS:
        return METHODS[name](c, node, receiver, Arguments(c, node, None))
    rule = SPELLINGS.get(name)
    if rule is None or not rule.method:
        like = closest(name)
        hint = f"Did you mean .{like}()?" if like else "Every operation of the language can be called as a method."
        raise c.recorder.fail("name.attribute", f"There is no method .{name}() here.", target, hint)

    def tensor(frame: Frame) -> Any:
        value = receiver(frame)
        if isinstance(value, (int, Sequence)):
            return value
        raise c.recorder.fail("name.attribute", f"Only tensors have .{name}(); this is {described(value)}.", target.value)

    return _bound(c, node, name, Arguments(c, node, METHOD, (tensor, target.value)))
