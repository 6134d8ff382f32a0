"""Reading parts: indices, slices, masks, rows, and attributes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from app.lang.compiler import CONSTANTS, Closure, Compiler
from app.lang.dialects import dialect_of
from app.lang.operands import count, integral, static
from app.lang.values import NOTHING, Counting, Frame, Plain, Sequence, Text, described
from app.ops.op import NO_ATTRIBUTES, shape_of
from app.ops.table import OPS, SPELLINGS


def subscript(c: Compiler, node: ast.Subscript) -> Closure:
    """x[…]: of a tensor an index node, of a tuple or a list the item itself."""
    value, index = c.expression(node.value), _index(c, node.slice)
    rule = OPS["index"]

    def run(frame: Frame) -> Any:
        base = value(frame)
        position = index(frame)
        if type(base) is int or isinstance(base, Sequence):
            position = position if isinstance(position, tuple) else (position,)
            return c.apply(rule, (c.node_of(base, node.value),), {"index": position}, node)
        if isinstance(base, (tuple, Counting)):
            return _item(c, base, position, node)
        raise c.recorder.fail("type.mismatch", f"There is no index into {described(base)}.", node.value)

    return run


def _item(c: Compiler, base: Any, position: Any, node: ast.Subscript) -> Any:
    """An item, or a slice, of a tuple or a range."""
    try:
        if isinstance(base, Counting):
            picked = base.numbers[position]
            return Counting(picked) if isinstance(picked, range) else Plain(picked, node)
        return base[position]
    except (IndexError, TypeError):
        raise c.recorder.fail("shape.index", f"There is no item {position} here: the length is {_length(base)}.", node) from None


def _length(base: Any) -> int:
    return len(base.numbers) if isinstance(base, Counting) else len(base)


def _index(c: Compiler, node: ast.expr) -> Callable[[Frame], Any]:
    """The closure that gives an index as torch reads one: ints, slices, None, Ellipsis, masks, arrays of positions."""
    if isinstance(node, ast.Tuple):
        parts = [_index(c, e) for e in node.elts]
        return lambda frame: tuple([part(frame) for part in parts])
    if isinstance(node, ast.Slice):
        lower, upper, step = (c.expression(e) if e else None for e in (node.lower, node.upper, node.step))
        return lambda frame: slice(*(None if e is None else _bound(c, e(frame), node) for e in (lower, upper, step)))
    if isinstance(node, ast.Constant) and node.value is Ellipsis:
        return lambda frame: Ellipsis
    closure = c.expression(node)
    return lambda frame: _position(c, closure(frame), node)


def _bound(c: Compiler, value: Any, site: ast.AST) -> int | None:
    """One end of a slice."""
    return None if value is NOTHING else count(c.recorder, value, site, "The end of a slice")


def _position(c: Compiler, value: Any, site: ast.AST) -> Any:
    """One position: floats with an integral value are read as integers."""
    if isinstance(value, Sequence):
        value = c.node_of(value, site)
    position = integral(static(c.recorder, value, site))
    if isinstance(position, float) or (isinstance(position, np.ndarray) and position.dtype == np.float64 and position.size):
        raise c.recorder.fail("shape.index", "An index must be a whole number.", site)
    if isinstance(position, np.ndarray) and position.dtype == np.float64:
        return position.astype(np.int64)
    if isinstance(position, str):
        raise c.recorder.fail("shape.index", "An index must be a whole number, not a text.", site)
    return position


def rows(c: Compiler, node: int, site: ast.AST) -> Iterator[int]:
    """The rows of a tensor, one index node each, made as they are asked for."""
    shape = shape_of(c.recorder.values[node])
    if not shape:
        raise c.recorder.fail("type.mismatch", "A single number has no rows to go over.", site, "Use range(n) to count.")
    for place in range(shape[0]):
        made = c.apply(OPS["index"], (node,), {"index": (place,)}, site)
        assert isinstance(made, int)
        yield made


# ---------------------------------------------------------------- attributes


def attribute(c: Compiler, node: ast.Attribute) -> Closure:
    """x.T, x.shape, torch.pi."""
    if dialect_of(c, node.value) is not None:
        if node.attr in CONSTANTS:
            plain = Plain(CONSTANTS[node.attr], node)
            return lambda frame: plain
        text = Text(node.attr)
        return lambda frame: text
    value = c.expression(node.value)
    read = READS.get(node.attr)

    def run(frame: Frame) -> Any:
        base = value(frame)
        if isinstance(base, Sequence):
            base = c.node_of(base, node.value)
        if read is None or type(base) is not int:
            raise unknown(c, node)
        return read(c, base, node)

    return run


def unknown(c: Compiler, node: ast.Attribute) -> Exception:
    """The error of an attribute that a tensor does not have."""
    hint = (
        f"Call it: .{node.attr}(…)" if node.attr in SPELLINGS else "Known: .T .shape .ndim .requires_grad and every operation as a method."
    )
    return c.recorder.fail("name.attribute", f"There is no .{node.attr} to read here.", node, hint)


def _transposed(c: Compiler, node: int, site: ast.Attribute) -> Any:
    return c.apply(OPS["T"], (node,), NO_ATTRIBUTES, site)


def _matrix_transposed(c: Compiler, node: int, site: ast.Attribute) -> Any:
    return c.apply(OPS["transpose"], (node,), {"dim0": -2, "dim1": -1}, site)


def _shape(c: Compiler, node: int, site: ast.Attribute) -> Any:
    return tuple(Plain(side, site) for side in shape_of(c.recorder.values[node]))


def _data(c: Compiler, node: int, site: ast.Attribute) -> Any:
    return c.apply(OPS["detach"], (node,), NO_ATTRIBUTES, site)


READS: dict[str, Callable[[Compiler, int, ast.Attribute], Any]] = {
    "T": _transposed,
    "mT": _matrix_transposed,
    "shape": _shape,
    "data": _data,
    "ndim": lambda c, node, site: Plain(len(shape_of(c.recorder.values[node])), site),
    "requires_grad": lambda c, node, site: Plain(c.recorder.live[node] and not c.recorder.frozen, site),
}
