"""Rule text: read from Python's syntax into terms, evaluated by closures over numpy or over any namespace of operations."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

Closure = Callable[[Sequence[Any]], Any]
"""Evaluates a term for a list of values, one a variable."""

SEED = "g"
"""The variable of the adjoint or tangent that a partial is multiplied by."""

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "nan": math.nan, "inf": math.inf}

_OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow", ast.Mod: "remainder", ast.FloorDiv: "floor_divide",
    ast.USub: "neg", ast.UAdd: "positive", ast.Not: "logical_not", ast.And: "logical_and", ast.Or: "logical_or",
    ast.Gt: "gt", ast.GtE: "ge", ast.Lt: "lt", ast.LtE: "le", ast.Eq: "eq", ast.NotEq: "ne",
}  # fmt: skip


_OWN: Mapping[str, str] = {"singular": "where"}
"""Names that only rule text has: ``singular(c, a, b)`` is ``where`` with a case that formulas for people leave out."""


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of the language applied to terms; operators are calls too: ``x + y`` is ``add``."""

    name: str
    args: tuple[Term, ...]


Term = str | int | float | Call
"""A variable, a number, or a call."""


@cache
def read(text: str) -> Term:
    """The term of a rule text such as ``"1 - z*z"`` or ``"where(x > 0, 1, 0)"``."""
    return _term(ast.parse(text, mode="eval").body)


def _term(node: ast.expr) -> Term:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.BinOp(left=left, op=op, right=right):
            return Call(_OPERATORS[type(op)], (_term(left), _term(right)))
        case ast.UnaryOp(op=sign, operand=operand):
            return Call(_OPERATORS[type(sign)], (_term(operand),))
        case ast.BoolOp(op=junction, values=values):
            return reduce(lambda first, second: Call(_OPERATORS[type(junction)], (first, second)), map(_term, values))
        case ast.Compare(left=left, ops=[relation], comparators=[right]):
            return Call(_OPERATORS[type(relation)], (_term(left), _term(right)))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return Call(name, tuple(map(_term, args)))
    raise SyntaxError(f"not rule text: {ast.unparse(node)}")


def names(term: Term) -> frozenset[str]:
    """The variables of a term; ``pi``, ``nan`` and ``inf`` are constants."""
    return frozenset(v for v in _leaves(term) if isinstance(v, str) and v not in CONSTANTS)


def _leaves(term: Term) -> Iterator[Term]:
    if isinstance(term, Call):
        for argument in term.args:
            yield from _leaves(argument)
    else:
        yield term


def functions(term: Term) -> Iterator[str]:
    """The operations of a term."""
    if isinstance(term, Call):
        yield term.name
        for argument in term.args:
            yield from functions(argument)


def seeded(partial: Term) -> Term:
    """Seed times partial, as torch's backward formulas multiply.

    The seed goes inside ``where`` and ``singular``, where a 0 stays 0: infinity times a shut gate is 0, as torch masks.
    ``+where(…)`` is multiplied as a whole instead. 1 over a denominator becomes the seed over it. A text that speaks of ``g`` is
    the product already, where torch's order of multiplications shows.
    """
    if SEED in names(partial):
        return partial
    match partial:
        case 0:
            return 0
        case 1:
            return SEED
        case Call("where" | "singular", (condition, yes, no)):
            return Call("where", (condition, seeded(yes), seeded(no)))
        case Call("neg", (inner,)):
            return Call("neg", (seeded(inner),))
        case Call("div", (1, denominator)):
            return Call("div", (SEED, denominator))
    return Call("mul", (SEED, partial))


def seedless(product: Term) -> Term:
    """The partial in a product that speaks of ``g``: the product for a seed of 1."""
    if not isinstance(product, Call):
        return 1 if product == SEED else product
    match Call(product.name, tuple(map(seedless, product.args))):
        case Call("mul", (1, factor)):
            return factor
        case Call("xlogy", (1, argument)):
            return Call("log", (argument,))
        case other:
            return other


def closure(term: Term, places: Mapping[str, int], table: Mapping[str, Callable[..., Any]]) -> Closure:
    """The function that evaluates ``term``, its variables at their places in a list; terms of numbers are evaluated now."""
    if isinstance(term, Call):
        call = table[term.name]
        if not names(term):
            number = call(*[closure(a, places, table)(()) for a in term.args])
            return lambda values: number
        return _applied(call, [_place(a, places) for a in term.args], [closure(a, places, table) for a in term.args])
    if isinstance(term, str) and (term in places or term not in CONSTANTS):
        place = places[term]
        return lambda values: values[place]
    constant = CONSTANTS[term] if isinstance(term, str) else term
    return lambda values: constant


def _place(term: Term, places: Mapping[str, int]) -> int | None:
    """Where a variable stands; None for anything else."""
    return places.get(term) if isinstance(term, str) else None


def _applied(call: Callable[..., Any], places: list[int | None], args: list[Closure]) -> Closure:
    """A call of closures; variables are read in place, which saves a call each."""
    match places, args:
        case [int() as i], _:
            return lambda v: call(v[i])
        case [int() as i, int() as j], _:
            return lambda v: call(v[i], v[j])
        case [int() as i, None], [_, b]:
            return lambda v: call(v[i], b(v))
        case [None, int() as j], [a, _]:
            return lambda v: call(a(v), v[j])
        case _, [a]:
            return lambda v: call(a(v))
        case _, [a, b]:
            return lambda v: call(a(v), b(v))
        case _, [a, b, c]:
            return lambda v: call(a(v), b(v), c(v))
    return lambda v: call(*[a(v) for a in args])


def recorded(o: Any, term: Term, variables: Mapping[str, Any]) -> Any:
    """The term evaluated with the operations of ``o``: on recorded nodes, for derivatives of derivatives."""
    if isinstance(term, Call):
        values = [recorded(o, a, variables) for a in term.args]
        return values[0] if term.name == "positive" else getattr(o, _OWN.get(term.name, term.name))(*values)
    if isinstance(term, str):
        return variables[term] if term in variables else CONSTANTS[term]
    return term
