"""The schemes: forward, backward and central differences, Richardson's extrapolation, and the complex step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.core.diagnostic import OpError, ProgramError
from app.labs.numerical.arithmetic import NoFormError
from app.labs.numerical.points import Function

SCHEMES = ("forward", "backward", "central", "complex")
ALL = (*SCHEMES, "richardson")

POINTS: Mapping[str, tuple[str, ...]] = {
    "forward": ("x", "x + h"), "backward": ("x - h", "x"), "central": ("x - h", "x + h"), "complex": ("x + ih",),
    "richardson": ("x - h", "x - h/2", "x + h/2", "x + h"),
}  # fmt: skip
"""Where each scheme evaluates f."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A point at which f has no value, or none that is a number."""

    h: float
    at: str
    said: str


@dataclass(slots=True)
class Row:
    """What a step gives: numbers by scheme, None where there is none, and the values of f by their points."""

    h: float
    estimates: dict[str, Any]
    values: dict[str, tuple[Any, Any]]
    troubles: list[Trouble] = field(default_factory=list)


class Differences:
    """The schemes at one point; ``kind`` is the type of all numbers, float64 or float32."""

    def __init__(self, f: Function, off_line: Function, x: float, kind: Any) -> None:
        self.f, self.off_line, self.kind, self.x = f, off_line, kind, kind(x)
        self.reason: str | None = None
        """Why there is no complex step."""
        self.here = f(self.x)

    def row(self, h: float) -> Row:
        """All schemes for one step."""
        x, step = self.x, self.kind(h)
        two, half = self.kind(2), step / self.kind(2)
        row = Row(h, {}, {"x": (x, self.here)})
        for name, t in (("x + h", x + step), ("x - h", x - step), ("x + h/2", x + half), ("x - h/2", x - half)):
            row.values[name] = (t, self._value(row, name, t))
        here, ahead, behind, near, nearer = (row.values[n][1] for n in ("x", "x + h", "x - h", "x + h/2", "x - h/2"))
        wide, close = _over(ahead, behind, two * step), _over(near, nearer, step)
        row.estimates = {
            "forward": _over(ahead, here, step),
            "backward": _over(here, behind, step),
            "central": wide,
            "complex": self._complex(step),
            "richardson": None if wide is None or close is None else (self.kind(4) * close - wide) / self.kind(3),
        }
        return row

    def reached(self, t: Any) -> Any:
        """f at a point; None where it has no value."""
        try:
            return self.f(t)
        except (ProgramError, OpError) as error:
            if isinstance(error, ProgramError) and error.diagnostic.code.startswith("budget"):
                raise
            return None

    def _value(self, row: Row, name: str, t: Any) -> Any:
        """f at a point; None, and a note, where it has no value."""
        try:
            value = self.f(t)
        except ProgramError as error:
            if error.diagnostic.code.startswith("budget"):
                raise
            row.troubles.append(Trouble(row.h, name, error.diagnostic.message))
            return None
        except OpError as error:
            row.troubles.append(Trouble(row.h, name, error.message))
            return None
        if value is None or (np.isnan(value) and not np.isnan(self.here)):
            row.troubles.append(Trouble(row.h, name, "The program has no value there." if value is None else "f is not a number there."))
        return value

    def _complex(self, step: Any) -> Any:
        """Im f(x + ih) / h."""
        if self.reason is not None:
            return None
        try:
            value = self.off_line(self.x + step * np.complex64(1j))
        except (NoFormError, OpError, np.linalg.LinAlgError) as error:
            self.reason = str(error)
            return None
        return self.kind(np.imag(value)) / step


def _over(more: Any, less: Any, width: Any) -> Any:
    """A difference quotient; None where a point has no value."""
    return None if more is None or less is None else (more - less) / width


def errors(row: Row, exact: float | None) -> dict[str, float | None]:
    """How far each estimate is from the derivative."""
    return {name: None if exact is None or value is None else float(abs(float(value) - exact)) for name, value in row.estimates.items()}


def best(rows: list[dict[str, Any]]) -> tuple[float, str, float] | None:
    """Step, scheme and error of the estimate that is nearest; of equal ones the largest step. None where no error is finite."""
    found = [(row["error"][s], -row["h"], s) for row in rows for s in SCHEMES if _finite(row["error"][s])]
    if not found:
        return None
    error, step, scheme = min(found, key=lambda one: (one[0], one[1], SCHEMES.index(one[2])))
    return -step, scheme, error


def best_of(rows: list[dict[str, Any]], scheme: str) -> tuple[float, float] | None:
    """The same for one scheme."""
    found = [(row["error"][scheme], -row["h"]) for row in rows if _finite(row["error"][scheme])]
    return None if not found else (-min(found)[1], min(found)[0])


def _finite(error: float | None) -> bool:
    return error is not None and bool(np.isfinite(error))
