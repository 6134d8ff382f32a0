"""From the arguments of a call to operands and attributes, by the operation's signature."""

from __future__ import annotations

import ast
from typing import Any

from app.core.diagnostic import OpError, problem
from app.lang.access import rows
from app.lang.compiler import Closure, Compiler
from app.lang.dialects import Dialect
from app.lang.operands import integral, static
from app.lang.values import NOTHING, Frame, Sequence
from app.ops.creation import CREATIONS
from app.ops.op import NO_ATTRIBUTES, REQUIRED, Op, Parameter

Argument = tuple[Closure, ast.AST]
"""A closure and the syntax it came from."""

NUMPY_KEYWORDS = {"axis": "dim", "keepdims": "keepdim", "a_min": "min", "a_max": "max", "ord": "p"}
JOINS = frozenset({"cat", "stack", "hstack", "vstack"})
"""Operations of a list of tensors; a list that has a name is an array already, and its items are the rows."""
IGNORED_KEYWORDS = frozenset({"dtype", "device", "requires_grad"})


class Arguments:
    """The arguments of a call, compiled: by place (the receiver of a method first) and by name."""

    def __init__(self, c: Compiler, node: ast.Call, dialect: Dialect | None, receiver: Argument | None = None) -> None:
        self.dialect = dialect
        self.positional: list[Argument] = [(c.expression(a), a) for a in node.args]
        if receiver is not None:
            self.positional.insert(0, receiver)
        self.keywords: dict[str, Argument] = {
            NUMPY_KEYWORDS.get(k.arg or "", k.arg or ""): (c.expression(k.value), k.value)
            for k in node.keywords
            if k.arg not in IGNORED_KEYWORDS
        }

    @property
    def of_numpy(self) -> bool:
        """Whether numpy's defaults hold."""
        return self.dialect is not None and self.dialect.owner == "numpy"


# ---------------------------------------------------------------- signatures


def placed(c: Compiler, node: ast.Call, name: str, parameters: tuple[Parameter, ...], arguments: Arguments) -> dict[str, list[Argument]]:
    """The arguments of each parameter, by place and then by name."""
    taken, left = _by_place(parameters, arguments.positional)
    if left:
        raise _wrong(c, node, name, parameters, f"{name} takes {len(parameters)} arguments at most.")
    known = {p.name for p in parameters}
    for keyword, argument in arguments.keywords.items():
        if keyword not in known:
            raise _wrong(c, node, name, parameters, f"{name} has no argument {keyword}.")
        if taken.get(keyword):
            raise _wrong(c, node, name, parameters, f"{name} got two values for {keyword}.")
        taken[keyword] = [argument]
    for parameter in parameters:
        if not taken.get(parameter.name) and parameter.default is REQUIRED and not (parameter.variadic and parameter.operand):
            raise _wrong(c, node, name, parameters, f"{name} needs a value for {parameter.name}.")
    return taken


def _by_place(parameters: tuple[Parameter, ...], positional: list[Argument]) -> tuple[dict[str, list[Argument]], list[Argument]]:
    """The arguments of each parameter by place, and those that are left; a variadic parameter takes all there are."""
    left = list(positional)
    taken: dict[str, list[Argument]] = {}
    for parameter in parameters:
        if parameter.variadic and parameter.operand and parameter is not parameters[-1]:
            taken[parameter.name], left = left[:1], left[1:]  # cat([a, b], 1): the tensors come as one list
        elif parameter.variadic:
            taken[parameter.name], left = left, []
        elif left:
            taken[parameter.name] = [left.pop(0)]
    return taken, left


def _wrong(c: Compiler, node: ast.Call, name: str, parameters: tuple[Parameter, ...], message: str) -> Exception:
    """The error of a call that does not fit its signature."""
    shown = ", ".join(("*" if p.variadic else "") + p.name + ("" if p.default is REQUIRED else f"={p.default!r}") for p in parameters)
    return c.recorder.fail("call.arguments", message, node, f"It is {name}({shown}).")


def bind_rule(c: Compiler, node: ast.Call, rule: Op, arguments: Arguments) -> Closure:
    """The closure of a call of one operation."""
    for theirs, ours in rule.renamed.items():
        if theirs in arguments.keywords:
            arguments.keywords[ours] = arguments.keywords.pop(theirs)
    parameters = _formula_first(rule)
    taken = placed(c, node, rule.name, parameters, arguments)
    base = {p.name: p.default for p in parameters if not p.operand}
    if arguments.of_numpy:
        base.update(rule.numpy_defaults)
    operands = [(p, taken.get(p.name, [])) for p in parameters if p.operand]
    attributes = [(p, taken[p.name]) for p in parameters if not p.operand and taken.get(p.name)]
    joins = rule.name in JOINS
    if len(operands) == 1 and not base and not operands[0][0].variadic:
        return _one_operand(c, node, rule, operands[0][1][0])

    def run(frame: Frame) -> Any:
        inputs = _inputs(c, frame, operands, by_rows=joins)
        if not base:
            return c.apply(rule, inputs, NO_ATTRIBUTES, node)
        given = dict(base)
        for parameter, closures in attributes:
            given[parameter.name] = attribute(c, frame, parameter, closures)
        return c.apply(rule, inputs, given, node)

    return run


def _formula_first(rule: Op) -> tuple[Parameter, ...]:
    """Parameters in the order of a call: einsum's formula goes before its operands."""
    if rule.name != "einsum":
        return rule.parameters
    return tuple(sorted(rule.parameters, key=lambda p: p.operand))


def _one_operand(c: Compiler, node: ast.Call, rule: Op, argument: Argument) -> Closure:
    """sin(x) and its like: inline for scalars, as operators are."""
    closure, site = argument
    r, kernel = c.recorder, rule.kernel
    if kernel is None:
        return lambda frame: c.apply(rule, (c.node_of(closure(frame), site),), NO_ATTRIBUTES, node)
    values, live = r.values, r.live
    add_rule, add_inputs, add_value, add_partials, add_site, add_live = r.appends()

    def run(frame: Frame) -> Any:
        x = closure(frame)
        value = values[x] if type(x) is int else None
        if type(value) is not float:
            return c.apply(rule, (c.node_of(x, site),), NO_ATTRIBUTES, node)
        made = len(values)
        z, slopes = kernel(value)
        add_value(z)
        add_partials(slopes)
        add_inputs((x,))
        add_live(live[x])
        add_rule(rule)
        add_site(node)
        return made

    return run


def _inputs(c: Compiler, frame: Frame, operands: list[tuple[Parameter, list[Argument]]], *, by_rows: bool) -> tuple[int, ...]:
    """The nodes of the operands; a list or tuple given to a variadic parameter is its items, and ``by_rows`` a tensor its rows."""
    nodes: list[int] = []
    for parameter, arguments in operands:
        values = [(closure(frame), site) for closure, site in arguments]
        if parameter.variadic and len(values) == 1 and isinstance(values[0][0], (tuple, Sequence)):
            whole, site = values[0]
            values = [(item, site) for item in (whole if isinstance(whole, tuple) else whole.items)]
        elif by_rows and len(values) == 1 and type(values[0][0]) is int:
            values = [(row, values[0][1]) for row in rows(c, values[0][0], values[0][1])]
        nodes += [c.node_of(value, site) for value, site in values if not (value is NOTHING and parameter.default is None)]
    return tuple(nodes)


def attribute(c: Compiler, frame: Frame, parameter: Parameter, arguments: list[Argument]) -> Any:
    """The static value of an attribute; a variadic one is a tuple, given as one or as several."""
    values = tuple(integral(static(c.recorder, closure(frame), site)) for closure, site in arguments)
    if not parameter.variadic:
        return values[0]
    return values[0] if len(values) == 1 and isinstance(values[0], tuple) else values


def create(c: Compiler, node: ast.Call, name: str, arguments: Arguments) -> Closure:
    """zeros(3) and its like: a constant node."""
    creation = CREATIONS[name]
    taken = placed(c, node, name, creation.parameters, arguments)
    given = [(p, taken[p.name]) for p in creation.parameters if taken.get(p.name)]

    def run(frame: Frame) -> int:
        attributes = {p.name: p.default for p in creation.parameters if p.default is not REQUIRED}
        attributes |= {p.name: attribute(c, frame, p, closures) for p, closures in given}
        try:
            c.recorder.charge_elements(creation.elements(attributes), node)
            value = creation.value(attributes)
        except OpError as error:
            raise problem(error.code, error.message, c.recorder.span(node), error.hint, **error.extra) from None
        return c.recorder.leaf(value, node)

    return run
