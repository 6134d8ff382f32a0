"""Two programs beside each other: what each counts, how far each is from exact arithmetic, and how far they are apart."""

from __future__ import annotations

import math
import struct
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from app.engine.reverse import open_slots
from app.engine.tape import Tape, Value, shape_of
from app.ops.op import Op

DIGITS = 15
"""Numbers that are the same in so many significant digits agree."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is on a tape. ``depth`` is the longest way, in operations; a sweep back multiplies once an open edge."""

    nodes: int
    inputs: int
    constants: int
    operations: dict[str, int]
    edges: int
    edge_multiplications: int
    depth: int


def counts(tape: Tape, inputs: int, outputs: list[int]) -> Counts:
    """The counts of one tape; edges that lead to no output are multiplied by nobody."""
    kinds: Counter[str] = Counter()
    depths: list[int] = []
    for node, rule in enumerate(tape.rules):
        if isinstance(rule, Op):
            kinds[rule.name] += 1
        depths.append(max((depths[i] for i in tape.inputs[node]), default=0) + isinstance(rule, Op))
    total = kinds.total()
    return Counts(
        len(tape), inputs, len(tape) - inputs - total, dict(kinds.most_common()),
        sum(map(len, tape.inputs)), _multiplied(tape, outputs), max(depths, default=0),
    )  # fmt: skip


def _multiplied(tape: Tape, outputs: list[int]) -> int:
    """The edges that the sweep back from the outputs goes along."""
    slots = open_slots(tape)
    reached = {node for node in outputs if tape.live[node]}
    count = 0
    for node in range(len(tape) - 1, -1, -1):
        if node in reached:
            count += len(slots[node])
            reached.update(tape.inputs[node][slot] for slot in slots[node])
    return count


# ---------------------------------------------------------------- apart


@dataclass(frozen=True, slots=True)
class Apart:
    """How far two values are apart, at the entry where most: ``ulps`` counts the float64s in between.

    ``verdict`` is equal, agree (in fifteen digits), differ (in ``digit``, counted in the larger), a side that is NaN or infinite (left_nan,
    right_infinite …), infinite where both are but unlike, shape, or missing where a side has no such value.
    """

    verdict: str
    digit: int | None = None
    absolute: float | None = None
    relative: float | None = None
    ulps: int | None = None
    index: tuple[int, ...] = ()


MISSING = Apart("missing")


def apart(left: Value | None, right: Value | None) -> Apart:
    """The difference of two values."""
    if left is None or right is None:
        return Apart("equal") if left is right else MISSING
    if shape_of(left) != shape_of(right):
        return Apart("shape")
    x, y = (np.ravel(np.asarray(value, dtype=np.float64)) for value in (left, right))
    if not x.size:
        return Apart("equal", None, 0.0, 0.0, 0)
    place = _worst(x, y)
    return _numbers_apart(float(x[place]), float(y[place]), tuple(map(int, np.unravel_index(place, shape_of(left)))))


def _worst(x: Any, y: Any) -> int:
    """The entry where two lists are farthest apart: one that is a finite number on one side alone, then the largest relative difference."""
    like = (x == y) | (np.isnan(x) & np.isnan(y))
    odd = ~(np.isfinite(x) & np.isfinite(y)) & ~like
    if odd.any():
        return int(np.argmax(odd))
    return int(np.argmax(np.where(like, 0.0, _relative(x, y))))


def _relative(x: Any, y: Any) -> Any:
    """The difference by the larger of the two; each is divided first, since the difference of the largest numbers is none."""
    top = np.maximum(np.abs(x), np.abs(y))
    with np.errstate(all="ignore"):
        return np.abs(x / top - y / top)


def _numbers_apart(x: float, y: float, index: tuple[int, ...]) -> Apart:
    if not (math.isfinite(x) and math.isfinite(y)):
        return _odd_apart(x, y, index)
    if x == y:
        return Apart("equal", None, 0.0, 0.0, 0, index)
    distance = Decimal(f"{abs(Decimal(x) - Decimal(y)):.2e}")  # 9.999e-9, which the binary form makes of 1e-8, is 1e-8
    digit = Decimal(max(abs(x), abs(y))).adjusted() - distance.adjusted() + 1
    verdict, shown = ("agree", None) if digit > DIGITS else ("differ", max(digit, 1))
    return Apart(verdict, shown, abs(x - y), float(_relative(x, y)), abs(_place(x) - _place(y)), index)


def _odd_apart(x: float, y: float, index: tuple[int, ...]) -> Apart:
    """Where a side is no finite number."""
    if x == y or (math.isnan(x) and math.isnan(y)):
        return Apart("equal", None, None, None, None, index)
    for odd, word in ((math.isnan, "nan"), (math.isinf, "infinite")):
        if odd(x) != odd(y):
            return Apart(f"{'left' if odd(x) else 'right'}_{word}", None, None, None, None, index)
    return Apart("infinite", None, None, None, None, index)


def _place(x: float) -> int:
    """The place of a float64 in the order of all of them; both zeros have place 0."""
    (bits,) = struct.unpack("<q", struct.pack("<d", x))
    return int(bits) if bits >= 0 else -(int(bits) + (1 << 63))


# ---------------------------------------------------------------- rounding errors


@dataclass(frozen=True, slots=True)
class Error:
    """A value beside the exact one, at the entry where it is farthest off, in units in the last place of the exact one.

    ``exact`` holds the float64s that are nearest, ``digits`` the number itself where it is one. Where there is no exact value,
    ``reason`` says why.
    """

    exact: Value | None = None
    digits: str | None = None
    absolute: float | None = None
    relative: float | None = None
    ulps: float | None = None
    index: tuple[int, ...] = ()
    reason: str | None = None


SHOWN_DIGITS = 30
NO_NUMBER = "In exact arithmetic this is no number: a division by 0, or a function outside its domain."


def error(value: Value | None, found: Any) -> Error:
    """The rounding error of a value; ``found`` is what it is without rounding, or a sentence."""
    from app.labs.exact.numbers import bits, many  # noqa: PLC0415  loaded where it is first needed
    from app.labs.exact.settle import LADDER  # noqa: PLC0415  see above

    if value is None or found is None or isinstance(found, str):
        return Error(reason=found if isinstance(found, str) else None)
    entries = np.ravel(np.asarray(found, dtype=object)).tolist()
    if any(many.isnan(entry) for entry in entries):
        return Error(reason=NO_NUMBER)
    with bits(LADDER[-1]):
        pairs = zip(np.ndindex(shape_of(value)), np.ravel(value).tolist(), entries, strict=True)
        each = [_off(float(x), many.mpf(entry), index) for index, x, entry in pairs]
        digits = many.nstr(many.mpf(entries[0]), SHOWN_DIGITS).removesuffix(".0") if not shape_of(value) else None
    worst = max(each, key=lambda one: math.inf if math.isnan(one[2]) else one[2], default=(0.0, 0.0, 0.0, ()))
    nearest = np.array([float(entry) for entry in entries]).reshape(shape_of(value))
    return Error(nearest if shape_of(value) else float(nearest), digits, *worst)


def _off(x: float, exact: Any, index: tuple[int, ...]) -> tuple[float, float, float, tuple[int, ...]]:
    """How far a float is from its exact number: absolutely, relatively, and in units in the last place."""
    if not math.isfinite(x):
        same = float(exact) == x and exact == x
        return (0.0, 0.0, 0.0, index) if same else (x, x, x, index) if math.isnan(x) else (math.inf, math.inf, math.inf, index)
    distance = abs(exact - x)
    unit = math.ulp(float(exact)) if math.isfinite(float(exact)) else math.ulp(math.inf)
    relative = float(distance / abs(exact)) if exact else 0.0 if not distance else math.inf
    return float(distance), relative, float(distance / unit), index
