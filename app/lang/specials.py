"""Functions and methods that are no operations: they count, read, or leave the tape alone."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from app.lang.binding import Argument, Arguments
from app.lang.compiler import Closure, Compiler
from app.lang.operands import count, static
from app.lang.values import NOTHING, Counting, Frame, Plain, Sequence, Walk, described
from app.ops.op import NO_ATTRIBUTES, shape_of
from app.ops.table import OPS


def _arity(c: Compiler, node: ast.Call, arguments: Arguments, least: int, most: int) -> list[Argument]:
    """The positional arguments, if there are as many as there should be."""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "this function")
    if not least <= len(arguments.positional) <= most or arguments.keywords:
        wanted = str(least) if least == most else f"{least} to {most}"
        raise c.recorder.fail("call.arguments", f"{name} takes {wanted} arguments.", node)
    return arguments.positional


def range_(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """range(n): never written out."""
    bounds = _arity(c, node, arguments, 1, 3)

    def run(frame: Frame) -> Counting:
        numbers = [count(c.recorder, closure(frame), site, "The bound of a range") for closure, site in bounds]
        if len(numbers) == 3 and numbers[2] == 0:
            raise c.recorder.fail("call.arguments", "The step of a range must not be 0.", node)
        return Counting(range(*numbers))

    return run


def len_(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """len(x): the first side of a tensor."""
    ((closure, site),) = _arity(c, node, arguments, 1, 1)

    def run(frame: Frame) -> Plain:
        value = closure(frame)
        if isinstance(value, tuple):
            return Plain(len(value), node)
        if isinstance(value, Counting):
            return Plain(len(value.numbers), node)
        if isinstance(value, Sequence):
            return Plain(len(value.items), node)
        shape = shape_of(c.recorder.values[value]) if type(value) is int else ()
        if not shape:
            raise c.recorder.fail(
                "type.mismatch", f"There is no len of {'a single number' if type(value) is int else described(value)}.", site
            )
        return Plain(shape[0], node)

    return run


def _number(convert: Callable[[float], float]) -> Callable[[Compiler, ast.Call, Arguments], Closure]:
    """int(x), float(x): a plain number; nothing flows through it."""

    def special(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
        ((closure, site),) = _arity(c, node, arguments, 1, 1)
        return lambda frame: Plain(_one_number(c, closure(frame), site, convert), node)

    return special


def _one_number(c: Compiler, value: Any, site: ast.AST, convert: Callable[[float], float]) -> float:
    number = static(c.recorder, value, site)
    if isinstance(number, np.ndarray) and number.size == 1:
        number = number.item()
    if not isinstance(number, (int, float)):
        raise c.recorder.fail("type.mismatch", "Only one number can be converted, this has several.", site)
    try:
        return convert(number)
    except (ValueError, OverflowError):
        raise c.recorder.fail("value.domain", f"{number} has no integer value.", site) from None


def enumerate_(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """enumerate(v)."""
    ((closure, site),) = _arity(c, node, arguments, 1, 1)

    def run(frame: Frame) -> Walk:
        value = closure(frame)
        return Walk(lambda: ((Plain(i, node), item) for i, item in enumerate(_items(c, value, site))))

    return run


def zip_(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """zip(v, w): up to the shorter."""
    sources = _arity(c, node, arguments, 1, 16)

    def run(frame: Frame) -> Walk:
        values = [(closure(frame), site) for closure, site in sources]
        return Walk(lambda: zip(*(_items(c, value, site) for value, site in values), strict=False))

    return run


def _items(c: Compiler, value: Any, site: ast.AST) -> Iterator[Any]:
    from app.lang.statements import items  # noqa: PLC0415  statements compile calls too

    return items(c, value, site)


def print_(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """print(…): evaluated, not shown; the graph shows every value."""
    closures = [closure for closure, _ in arguments.positional]

    def run(frame: Frame) -> Any:
        for closure in closures:
            closure(frame)
        return NOTHING

    return run


def tensor(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """tensor([…]), array(…): the array itself."""
    ((closure, site),) = _arity(c, node, arguments, 1, 1)
    return lambda frame: c.node_of(closure(frame), site)


def shape_special(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """numel(x)."""
    ((closure, site),) = _arity(c, node, arguments, 1, 1)
    return lambda frame: Plain(int(np.prod(shape_of(c.recorder.values[c.node_of(closure(frame), site)]))), node)


def detach(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """detach(x)."""
    ((closure, site),) = _arity(c, node, arguments, 1, 1)
    return lambda frame: c.apply(OPS["detach"], (c.node_of(closure(frame), site),), NO_ATTRIBUTES, node)


Special = Callable[[Compiler, ast.Call, Arguments], Closure]

SPECIALS: dict[str, Special] = {
    "range": range_,
    "len": len_,
    "int": _number(int),
    "float": _number(float),
    "bool": _number(bool),
    "enumerate": enumerate_,
    "zip": zip_,
    "print": print_,
    "tensor": tensor,
    "array": tensor,
    "asarray": tensor,
    "as_tensor": tensor,
    "numel": shape_special,
    "detach": detach,
}

# ---------------------------------------------------------------- methods

Method = Callable[[Compiler, ast.Call, Closure, Arguments], Closure]


def _reading(read: Callable[[Any, ast.Call], Any]) -> Method:
    """A method without arguments that reads the primal and records nothing."""

    def method(c: Compiler, node: ast.Call, receiver: Closure, arguments: Arguments) -> Closure:
        _arity(c, node, arguments, 0, 0)
        return lambda frame: read(c.recorder.values[c.node_of(receiver(frame), node)], node)

    return method


def _same(c: Compiler, node: ast.Call, receiver: Closure, arguments: Arguments) -> Closure:
    """A method that changes nothing here: .double(), .cpu(), .numpy()."""
    return lambda frame: c.node_of(receiver(frame), node)


def _size(c: Compiler, node: ast.Call, receiver: Closure, arguments: Arguments) -> Closure:
    """x.size(), x.size(0)."""
    given = _arity(c, node, arguments, 0, 1)

    def run(frame: Frame) -> Any:
        shape = shape_of(c.recorder.values[c.node_of(receiver(frame), node)])
        if not given:
            return tuple(Plain(side, node) for side in shape)
        place = count(c.recorder, given[0][0](frame), given[0][1])
        if not -len(shape) <= place < len(shape):
            raise c.recorder.fail("shape.index", f"There is no dimension {place}: the tensor has {len(shape)}.", node)
        return Plain(shape[place], node)

    return run


def _item(c: Compiler, node: ast.Call, receiver: Closure, arguments: Arguments) -> Closure:
    """x.item(): the plain number."""
    _arity(c, node, arguments, 0, 0)
    return lambda frame: Plain(_one_number(c, receiver(frame), node, lambda v: v), node)


def _detached(c: Compiler, node: ast.Call, receiver: Closure, arguments: Arguments) -> Closure:
    """x.detach()."""
    _arity(c, node, arguments, 0, 0)
    return lambda frame: c.apply(OPS["detach"], (c.node_of(receiver(frame), node),), NO_ATTRIBUTES, node)


METHODS: dict[str, Method] = {
    "size": _size,
    "item": _item,
    "detach": _detached,
    "dim": _reading(lambda v, node: Plain(len(shape_of(v)), node)),
    "numel": _reading(lambda v, node: Plain(int(np.prod(shape_of(v))), node)),
    "double": _same,
    "float": _same,
    "cpu": _same,
    "numpy": _same,
    "contiguous": _same,
    "requires_grad_": _same,
}
