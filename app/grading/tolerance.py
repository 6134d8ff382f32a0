"""How far a written number may be from what it should be, and the same in words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.grading.written import Written

Kind = Literal["as_written", "exact", "relative", "sigfig", "decdig"]

EXACT = 1e-9
"""Relative: what float64 loses on the way of a short program, and no rounding by hand comes near."""
CAP = 0.02
"""Relative: what rounding may come to at most, however coarsely a number is written."""
FEWEST_DIGITS = 2
"""A sheet is never taken to be written with fewer."""
HALF = 0.51
"""Half a place, and a little for numbers that are rounded twice."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A rule of acceptance: ``relative`` has ``rtol`` and ``atol``, ``sigfig`` and ``decdig`` have their ``count``."""

    kind: Kind = "as_written"
    rtol: float = 1e-2
    atol: float = 1e-8
    count: int = 0

    def words(self) -> str:
        """What is accepted, in a sentence."""
        match self.kind:
            case "exact":
                return "exact: within 1e-9 of the value, relative to it"
            case "relative":
                return f"within {self.atol:g} + {self.rtol:g} · |value|"
            case "sigfig":
                return f"{self.count} significant {'digit' if self.count == 1 else 'digits'}"
            case "decdig":
                return f"{self.count} {'digit' if self.count == 1 else 'digits'} after the point"
        return "as written: half a unit of the last written digit and the rounding before it, at most 2 % or the digits of the sheet"

    def room(self, given: Written, target: float, digits: int, magnitude: float) -> float:
        """The largest accepted distance of ``given`` from ``target``.

        ``digits`` are those of the whole sheet. ``magnitude`` is that of the numbers that the target is a sum of: where they
        cancel, it says how large an error of nothing may be.
        """
        size = abs(target)
        least = EXACT * max(size, magnitude)
        match self.kind:
            case "exact":
                return least
            case "relative":
                return self.atol * max(1.0, magnitude) + self.rtol * size
            case "sigfig":
                return max(least, HALF * 10.0 ** (_exponent(size or magnitude or 1.0) - self.count + 1))
            case "decdig":
                return max(least, HALF * 10.0**-self.count)
        return max(least, half_unit(given, digits, size))

    def spread(self, bound: float, digits: int, magnitude: float) -> float:
        """What of a first-order bound on rounding before a number is granted; the fixed rules grant none beyond their own."""
        return min(bound, coarsest(digits) * magnitude) if self.kind == "as_written" else 0.0


def half_unit(given: Written, digits: int, size: float) -> float:
    """Half a unit of the last written digit, held down to the digits of the sheet."""
    if given.place is None or given.digits > 15:
        return 0.0
    place = given.place
    if given.vague and given.digits > digits and given.value:
        place = max(place, _exponent(abs(given.value)) - digits + 1)
    return min(HALF * 10.0**place, max(half_digit(size, digits), CAP * size))


def half_digit(size: float, digits: int) -> float:
    """Half a unit of the last of so many significant digits of a number of this size."""
    return HALF * 10.0 ** (_exponent(size) - digits + 1) if size else 0.0


def coarsest(digits: int) -> float:
    """The largest relative error of numbers rounded to so many digits, 2 % at least."""
    return max(CAP, HALF * 10.0 ** (1 - digits))


def digits_of(numbers: Iterable[Written]) -> int:
    """How many significant digits a sheet is written with: what most of its broken numbers have, else the most that any has.

    Zeros at the end get lost in numbers, so one number alone says little about itself.
    """
    counted = [n for n in numbers if n.place is not None and n.value and n.digits]
    broken = Counter(n.digits for n in counted if n.place is not None and n.place < 0)
    if broken.total() >= 3:
        return max(FEWEST_DIGITS, max(broken, key=lambda count: (broken[count], count)))
    return max([FEWEST_DIGITS, *(n.digits for n in counted)])


def _exponent(size: float) -> int:
    """The power of ten of a number's first digit."""
    return math.floor(math.log10(size)) if 0 < size < math.inf else 0
