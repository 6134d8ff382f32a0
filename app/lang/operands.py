"""From runtime values to operands (nodes) and to attributes (static Python values)."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from app.lang.record import Recorder
from app.lang.values import NOTHING, Counting, Plain, Sequence, Text, described
from app.ops.table import OPS


def as_node(recorder: Recorder, value: Any, site: ast.AST) -> int:
    """The node of a value: itself, a constant for a plain number, an array for a list."""
    if type(value) is int:
        return value
    if isinstance(value, Plain):
        return recorder.constant(value, site)
    if isinstance(value, Sequence):
        return array(recorder, value)
    raise recorder.fail("type.mismatch", f"A number or a tensor is needed here, not {described(value)}.", site)


def array(recorder: Recorder, listed: Sequence) -> int:
    """The node of a list: a constant where it holds only numbers, otherwise its entries stacked."""
    numbers = _numbers(listed)
    if numbers is not None:
        return recorder.leaf(_constant(recorder, numbers, listed.site), listed.site)
    nodes = tuple(as_node(recorder, item, listed.site) for item in listed.items)
    node = recorder.apply(OPS["stack"], nodes, {"dim": 0}, listed.site)
    assert isinstance(node, int)
    return node


def _numbers(listed: Sequence) -> list[Any] | None:
    """Nested Python numbers, or None where a node is among them."""
    rows: list[Any] = []
    for item in listed.items:
        if isinstance(item, Plain):
            rows.append(item.value)
        elif isinstance(item, Sequence) and (row := _numbers(item)) is not None:
            rows.append(row)
        else:
            return None
    return rows


def _constant(recorder: Recorder, numbers: list[Any], site: ast.AST) -> Any:
    """A float64 array, or a boolean one where every entry is a boolean."""
    recorder.charge_elements(_count(numbers), site)
    try:
        raw = np.array(numbers)
        return raw if raw.dtype == np.bool_ else raw.astype(np.float64)
    except (ValueError, TypeError):
        raise recorder.fail("shape.invalid", "The rows of this list have different lengths.", site) from None


def _count(numbers: Any) -> int:
    return sum(_count(n) for n in numbers) if isinstance(numbers, list) else 1


def static(recorder: Recorder, value: Any, site: ast.AST) -> Any:
    """A value as an attribute: a Python number, text, None, a tuple of those, or an array of indices."""
    if isinstance(value, Plain):
        return value.value
    if type(value) is int:
        recorder.decided = True
        return recorder.values[value]
    if isinstance(value, Text):
        return value.text
    if value is NOTHING:
        return None
    if isinstance(value, (tuple, Sequence)):
        items = value if isinstance(value, tuple) else value.items
        return tuple(static(recorder, v, site) for v in items)
    if isinstance(value, Counting):
        recorder.charge_elements(len(value.numbers), site)
        return tuple(value.numbers)
    raise recorder.fail("type.mismatch", f"A number is needed here, not {described(value)}.", site)


def integral(value: Any) -> Any:
    """Floats with an integral value as integers, inside tuples and arrays too; the rest as it is."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, tuple):
        return tuple(integral(v) for v in value)
    if isinstance(value, np.ndarray) and value.dtype == np.float64 and value.size and (value == np.floor(value)).all():
        return integral(value.item()) if value.ndim == 0 else value.astype(np.int64)
    return value


def count(recorder: Recorder, value: Any, site: ast.AST, what: str = "A count") -> int:
    """A whole number: of a loop, of a size."""
    number = integral(static(recorder, value, site))
    if isinstance(number, bool) or not isinstance(number, int):
        raise recorder.fail("type.mismatch", f"{what} must be a whole number.", site)
    return number


def truth(recorder: Recorder, value: Any, site: ast.AST) -> bool:
    """The value of a condition; of a tensor only if it has one element, as torch rules."""
    if isinstance(value, Plain):
        return bool(value.value)
    if type(value) is int:
        recorder.decided = True
        primal = recorder.values[value]
        if isinstance(primal, np.ndarray) and primal.size != 1:
            message = f"A condition needs one value, this tensor has {primal.size}."
            raise recorder.fail("type.mismatch", message, site, "Reduce it first, for instance with .all(), .any() or .norm().")
        return bool(primal)
    return truthful(recorder, value, site)


def truthful(recorder: Recorder, value: Any, site: ast.AST) -> bool:
    """The truth of the rest: emptiness, as in Python."""
    if isinstance(value, tuple):
        return len(value) > 0
    if isinstance(value, Sequence):
        return len(value.items) > 0
    if value is NOTHING:
        return False
    raise recorder.fail("type.mismatch", f"A condition cannot be {described(value)}.", site)
