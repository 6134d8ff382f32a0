"""The request for a program on dual numbers, or on truncated Taylor series."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.core.diagnostic import problem
from app.labs.dual.written import MOST_POWERS, read_dual
from app.wire.requests.fields import named
from app.wire.tensors import WORDS, tensor

LONGEST = 200
"""Letters of one dual number as text."""


def _duals(raw: Any) -> Any:
    """By name the coefficients of ε⁰, ε¹, …: numbers and tensors, in which dual numbers may stand as text."""
    if not isinstance(raw, dict):
        return raw
    if "" in raw:
        raise problem("input.invalid", "inputs: a name is empty.", place="inputs")
    return {name: _coefficients(value, f"inputs.{name[:80]}") for name, value in raw.items()}


def _coefficients(raw: Any, place: str) -> list[Any]:
    """The coefficients of one input, as many as its texts have."""
    read: dict[str, list[float]] = {}
    _gather(raw, place, read)
    powers = max(map(len, read.values()), default=1)
    return [tensor(_picked(raw, read, power), place) for power in range(powers)]


def _gather(raw: Any, place: str, read: dict[str, list[float]]) -> None:
    """Read every text that is no word for a number."""
    if isinstance(raw, list):
        for index, entry in enumerate(raw):
            _gather(entry, f"{place}[{index}]", read)
    elif isinstance(raw, str) and raw not in WORDS and raw not in read:
        found = read_dual(raw) if len(raw) <= LONGEST else None
        if found is None:
            said = f"{place}: the string {raw[:40]!r} is no dual number."
            raise problem("input.invalid", said, None, "Write 3 + 2ε, 3 + 2 eps or 1 + eps - eps^2.", place=place)
        read[raw] = found


def _picked(raw: Any, read: dict[str, list[float]], power: int) -> Any:
    """The same lists with one coefficient of every entry."""
    if isinstance(raw, list):
        return [_picked(entry, read, power) for entry in raw]
    if isinstance(raw, str) and raw in read:
        row = read[raw]
        return row[power] if power < len(row) else 0.0
    return raw if power == 0 else 0.0


def _direction(raw: Any) -> Any:
    """Which input carries ε: its name, or tangents by name."""
    return {raw: 1.0} if isinstance(raw, str) else named(raw, "seed")


class Around(BaseModel):
    """Where the program is compared with its Taylor polynomials: ε from -radius to radius."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    radius: Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)] = 1.0
    num: Annotated[int, Field(ge=2, le=401)] = 81


class DualRequest(BaseModel):
    """A program on dual numbers: inputs as numbers, or as text such as 3 + 2ε; a free ε (eps) in the program is the dual unit.

    ``order`` is the highest power of ε that is kept. ``seed`` says which input carries ε, by name, or with tangents.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: str
    inputs: Annotated[dict[str, Any], BeforeValidator(_duals)] = Field(default_factory=dict)
    seed: Annotated[dict[str, Any] | None, BeforeValidator(_direction)] = None
    order: Annotated[int, Field(ge=1, le=MOST_POWERS)] = 1
    outputs: Annotated[list[str], Field(min_length=1)] | None = None
    around: Around | None = None
