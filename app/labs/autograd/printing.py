"""Tensors, sizes and numbers as PyTorch prints them, to the last space."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

DIGITS = 4
THRESHOLD = 1000
"""A tensor of more elements is shown by its edges."""
EDGE = 3
COLUMNS = 80
OPENING = "tensor("
SILENT = frozenset({"float32", "int64", "bool"})
"""The dtypes that a reader infers from the elements."""


def text_of(values: np.ndarray[Any, Any], dtype: str, *, requires_grad: bool = False, grad_fn: str | None = None) -> str:
    """What ``print`` shows of a tensor; ``grad_fn`` is the class's name, such as ``MulBackward0``."""
    array = np.asarray(values)
    notes = [note for note, holds in _size_and_dtype(array, dtype) if holds]
    if grad_fn is not None:
        notes.append(f"grad_fn=<{grad_fn}>")
    elif requires_grad:
        notes.append("requires_grad=True")
    return _with_notes(OPENING + _elements(array), notes)


def size_text(shape: Iterable[int]) -> str:
    """What ``print`` shows of a shape."""
    return f"torch.Size({[int(length) for length in shape]})"


def number_text(value: Any) -> str:
    """What ``print`` shows of ``x.item()``: a number of Python, so float32 appears with all the digits of its widening."""
    return repr(value.item() if isinstance(value, np.generic | np.ndarray) else value)


def _size_and_dtype(array: np.ndarray[Any, Any], dtype: str) -> list[tuple[str, bool]]:
    empty = array.size == 0
    shape = tuple(int(length) for length in array.shape)
    return [
        (f"size={shape}", empty and array.ndim != 1),
        (f"dtype=torch.{dtype}", dtype != "float32" if empty else dtype not in SILENT),
    ]


def _with_notes(text: str, notes: Sequence[str]) -> str:
    # PyTorch counts two columns more than the last line has; its line breaks depend on that.
    column = len(text) - text.rfind("\n") + 1
    for note in notes:
        if column + len(note) + 2 > COLUMNS:
            text += ",\n" + " " * len(OPENING) + note
            column = len(OPENING) + len(note)
        else:
            text += ", " + note
            column += len(note) + 2
    return text + ")"


class Notation(Enum):
    """How all elements of one tensor are written."""

    PLAIN = "integers and truth values"
    WHOLE = "floats without a fraction"
    FIXED = "floats with four decimals"
    SCIENTIFIC = "floats with an exponent"

    def write(self, value: Any) -> str:
        """One element, before it is set to the common width."""
        match self:
            case Notation.PLAIN:
                return str(value)
            case Notation.WHOLE:
                return f"{value:.0f}" + ("." if math.isfinite(value) else "")
            case Notation.FIXED:
                return f"{value:.{DIGITS}f}"
            case Notation.SCIENTIFIC:
                return f"{value:.{DIGITS}e}"


@dataclass(frozen=True, slots=True)
class Column:
    """The notation and the width that all elements of one tensor share."""

    notation: Notation
    width: int

    def cell(self, value: Any) -> str:
        """One element, set to the right."""
        return self.notation.write(value).rjust(self.width)


def _column(shown: np.ndarray[Any, Any]) -> Column:
    """Zeros, infinities and nan decide neither notation nor width of floats."""
    counted = shown.reshape(-1)
    notation = Notation.PLAIN
    if shown.dtype.kind == "f":
        counted = counted[np.isfinite(counted) & (counted != 0)]
        notation = _float_notation(counted)
    return Column(notation, max((len(notation.write(value)) for value in counted.tolist()), default=1))


def _float_notation(counted: np.ndarray[Any, Any]) -> Notation:
    if counted.size == 0:
        return Notation.WHOLE
    sizes = np.abs(counted.astype(np.float64))
    low, high = float(sizes.min()), float(sizes.max())
    with np.errstate(over="ignore"):
        spread = np.float64(high) / low
    if spread > 1000 or high > 1e8 or low < 1e-4:
        return Notation.SCIENTIFIC
    return Notation.WHOLE if bool((counted == np.ceil(counted)).all()) else Notation.FIXED


def _elements(array: np.ndarray[Any, Any]) -> str:
    if array.size == 0:
        return "[]"
    folded = array.size > THRESHOLD
    column = _column(_edges(array) if folded else array)
    if array.ndim == 0:
        return column.cell(array.item())
    return _nested(array, len(OPENING), column, folded=folded)


def _edges(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    for axis, length in enumerate(array.shape):
        if length > 2 * EDGE:
            array = np.take(array, [*range(EDGE), *range(length - EDGE, length)], axis)
    return array


def _nested(array: np.ndarray[Any, Any], indent: int, column: Column, *, folded: bool) -> str:
    if array.ndim == 1:
        return _vector(array, indent, column, folded=folded)
    parts = [_nested(part, indent + 1, column, folded=folded) for part in (_edges_of_first(array) if folded else array)]
    if folded and len(array) > 2 * EDGE:
        parts.insert(EDGE, "...")
    between = "," + "\n" * (array.ndim - 1) + " " * (indent + 1)
    return "[" + between.join(parts) + "]"


def _vector(array: np.ndarray[Any, Any], indent: int, column: Column, *, folded: bool) -> str:
    cells = [column.cell(value) for value in (_edges_of_first(array) if folded else array).tolist()]
    if folded and len(array) > 2 * EDGE:
        cells.insert(EDGE, " ...")
    fits = max(1, (COLUMNS - indent) // (column.width + len(", ")))
    lines = [", ".join(cells[first : first + fits]) for first in range(0, len(cells), fits)]
    return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"


def _edges_of_first(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return array if len(array) <= 2 * EDGE else np.concatenate([array[:EDGE], array[-EDGE:]])
