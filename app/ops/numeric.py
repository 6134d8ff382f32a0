"""The namespace ``o`` for numbers: every operation of the table as a function of values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from app.core.diagnostic import OpError
from app.ops.op import NO_ATTRIBUTES, REQUIRED, Op, Value, normal
from app.ops.table import OPS, SPELLINGS


class Numeric:
    """Rules written in operations of the language evaluate here to plain numbers: ``o.matmul(a, b)``, ``o.sum(x, dim=0)``."""

    plain: ClassVar[bool] = True

    def __getattr__(self, name: str) -> Callable[..., Value]:
        """The operation of that name, kept for the next time."""
        if name not in OPS and name not in SPELLINGS:
            raise AttributeError(name)
        function = function_of(OPS.get(name) or SPELLINGS[name])
        self.__dict__[name] = function
        return function


def function_of(op: Op) -> Callable[..., Value]:
    """One operation as a function: operands and attributes by place or by name."""
    evaluate, several = op.value, op.results > 1

    def function(*args: Any, **keywords: Any) -> Value:
        inputs, attributes = bound(op, args, keywords)
        result = evaluate(inputs, attributes)
        return tuple(map(normal, result)) if several else normal(result)

    if several or any(p.variadic for p in op.parameters):
        return function
    count = sum(p.operand for p in op.parameters)
    defaults = {p.name: p.default for p in op.parameters if not p.operand}
    if REQUIRED in defaults.values():
        defaults = {}  # all attributes must be given, then
    names = {p.name for p in op.parameters if not p.operand}
    if not names:

        def of_operands(*args: Any, **keywords: Any) -> Value:
            return function(*args, **keywords) if keywords or len(args) != count else normal(evaluate(args, NO_ATTRIBUTES))

        return of_operands

    def as_rules_write_it(*args: Any, **keywords: Any) -> Value:
        if len(args) != count or not (keywords.keys() <= names if defaults else keywords.keys() == names):
            return function(*args, **keywords)
        return normal(evaluate(args, {**defaults, **keywords}))

    return as_rules_write_it


def bound(op: Op, args: Sequence[Any], keywords: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Operands in slot order and attributes by name, from the arguments of a call."""
    inputs: list[Any] = []
    attributes: dict[str, Any] = {}
    left = list(args)
    for parameter in op.parameters:
        if parameter.variadic:
            values, left = left, []
            if not values and parameter.name in keywords:
                values = [keywords.pop(parameter.name)]
            whole = len(values) == 1 and isinstance(values[0], (tuple, list))
            values = list(values[0]) if whole else values
            if parameter.operand:
                inputs += values
            else:
                attributes[parameter.name] = tuple(values)
            continue
        value = left.pop(0) if left else keywords.pop(parameter.name, parameter.default)
        if value is REQUIRED:
            raise OpError("call.arguments", f"{op.name} needs a value for {parameter.name}.")
        if parameter.operand:
            inputs += [] if value is None and parameter.default is None else [value]  # an optional operand that is left out
        else:
            attributes[parameter.name] = value
    if left or keywords:
        raise OpError("call.arguments", f"{op.name} does not take {', '.join(keywords) or 'so many arguments'}.")
    return inputs, attributes


numeric = Numeric()
