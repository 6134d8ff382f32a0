"""Why a step is the best of those tried: one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.formatting import rounded
from app.labs.numerical.theory import Forecast

RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
WORDS = {"forward": "forward differences", "backward": "backward differences", "central": "central differences"}
GROWTH = {"forward": "h", "backward": "h", "central": "h²"}


def said(value: float) -> str:
    """A number as the pages write it."""
    digits, power = rounded(value, 3)
    return digits.replace("-", "−") if power is None else f"{digits.replace('-', '−')} × 10{str(power).translate(RAISED)}"


def why(nearest: tuple[float, str, float] | None, exact: float | None, laws: Mapping[str, Forecast]) -> str:
    """The sentence; ``nearest`` is step, scheme and error."""
    if nearest is None:
        return "No estimate has a finite error here, so no step is better than another: the first one stands for all."
    step, scheme, error = nearest
    found = f"With h = {said(step)} the error is {said(error)}."
    if scheme == "complex":
        return f"The complex step subtracts nothing, so rounding cannot grow as h shrinks, and its truncation falls with h². {found}"
    law = laws[scheme]
    if law.derivative == 0:
        return f"Nothing is cut off here, so {WORDS[scheme]} err by rounding alone, which a large step keeps small. {found}"
    return (
        f"The truncation of {WORDS[scheme]} falls with {GROWTH[scheme]}, their rounding grows with 1/h: "
        f"near this step the two are about the same size. {found}"
    )
