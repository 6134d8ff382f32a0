"""The step that balances truncation and rounding, from derivatives of f and the unit roundoff."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Law:
    """How a scheme errs: truncation is ``share`` |f⁽ᵒʳᵈᵉʳ⁾| h^power, rounding is ``noise`` u F / h, with F = |f| + |x f′|.

    The complex step subtracts nothing: its rounding is u |f′|, whatever h.
    """

    order: int
    power: int
    share: float
    noise: float
    text: str
    latex: str

    def step(self, scale: float, derivative: float, unit: float) -> float:
        """Where the sum of both is smallest; for the complex step where they are equal."""
        if not self.noise:
            return math.pow(unit * scale / (self.share * derivative), 1 / self.power)
        return math.pow(self.noise * unit * scale / (self.power * self.share * derivative), 1 / (self.power + 1))

    def truncation(self, derivative: float, h: float) -> float:
        """The error of the series cut off."""
        return self.share * derivative * math.pow(h, self.power)

    def rounding(self, scale: float, unit: float, h: float) -> float:
        """The error of arithmetic."""
        return self.noise * unit * scale / h if self.noise else unit * scale


LAWS: Mapping[str, Law] = {
    "forward": Law(2, 1, 1 / 2, 2, "h = 2 sqrt(u F / |f''|)", r"h = 2\sqrt{\dfrac{u\,F}{|f''|}}"),
    "backward": Law(2, 1, 1 / 2, 2, "h = 2 sqrt(u F / |f''|)", r"h = 2\sqrt{\dfrac{u\,F}{|f''|}}"),
    "central": Law(3, 2, 1 / 6, 1, "h = (3 u F / |f'''|)^(1/3)", r"h = \sqrt[3]{\dfrac{3\,u\,F}{|f'''|}}"),
    "complex": Law(3, 2, 1 / 6, 0, "h = sqrt(6 u |f'| / |f'''|)", r"h = \sqrt{\dfrac{6\,u\,|f'|}{|f'''|}}"),
    "richardson": Law(5, 4, 1 / 480, 3, "h = (360 u F / |f^(5)|)^(1/5)", r"h = \sqrt[5]{\dfrac{360\,u\,F}{|f^{(5)}|}}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the law says at this point; ``h`` is None, with a reason, where it says nothing."""

    law: Law
    scale: float
    unit: float
    derivative: float | None
    h: float | None
    error: float | None
    reason: str | None

    def branch(self, h: float) -> str | None:
        """Which of the two errors is ten times the other."""
        if self.derivative is None:
            return None
        cut, noise = self.law.truncation(self.derivative, h), self.law.rounding(self.scale, self.unit, h)
        return "truncation" if cut > 10 * noise else "rounding" if noise > 10 * cut else None


def forecast(scheme: str, derivatives: Sequence[float], point: tuple[float, float], unit: float) -> Forecast:
    """The forecast for a scheme at ``point`` = (x, f(x)); ``derivatives`` are those of order 1, 2, … as far as they are known."""
    law, (x, f) = LAWS[scheme], point
    slope = abs(derivatives[0]) if derivatives else math.nan
    scale = slope if scheme == "complex" else abs(f) + abs(x) * slope
    size = abs(derivatives[law.order - 1]) if len(derivatives) >= law.order else None
    reason = _reason(law, size, scale)
    if reason is not None or size is None:
        return Forecast(law, scale, unit, size if size is not None and math.isfinite(size) else None, None, None, reason)
    h = law.step(scale, size, unit)
    return Forecast(law, scale, unit, size, h, law.truncation(size, h) + law.rounding(scale, unit, h), None)


def _reason(law: Law, size: float | None, scale: float) -> str | None:
    """Why there is no best step in theory."""
    if size is None:
        return f"The derivative of order {law.order} would take more nodes than a program may have."
    if not math.isfinite(size) or not math.isfinite(scale):
        return f"The derivative of order {law.order} is not a number here."
    if size == 0:
        return f"The derivative of order {law.order} is 0 here: nothing is cut off, so a large step is best."
    if scale == 0:
        return "The values are so small here that rounding plays no part: the smaller the step the better."
    return None
