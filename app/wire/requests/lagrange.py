"""The request for stationary points under constraints."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.core.diagnostic import problem
from app.wire.requests.fields import Inputs, named
from app.wire.tensors import tensor


def _start(raw: Any) -> Any:
    return named(raw, "start")


def _bounds(raw: Any) -> Any:
    """Pairs of low and high, each a number, a list or null where it is open."""
    if not isinstance(raw, dict):
        return raw
    found = {}
    for name, pair in raw.items():
        if not isinstance(pair, list) or len(pair) != 2:
            said = f"bounds.{name[:80]}: a pair [low, high] is needed."
            raise problem("input.invalid", said, None, "null stands for an open end.", place="bounds")
        found[name] = tuple(None if side is None else tensor(side, f"bounds.{name[:80]}[{place}]") for place, side in enumerate(pair))
    return found


Named = Annotated[dict[str, Any] | None, BeforeValidator(_start)]
Pairs = Annotated[dict[str, Any] | None, BeforeValidator(_bounds)]
MOST = 40
"""Constraints of either kind."""


class LagrangeRequest(BaseModel):
    """An objective with constraints: expressions that shall be 0, or equations ``g == c``; inequalities are ``g <= c`` or ``g >= c``.

    ``inputs`` are values of names that are parameters; all other free names are variables. ``start`` is searched from first,
    ``bounds`` are where to look; both may give a variable its shape.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    objective: str
    constraints: Annotated[list[str], Field(max_length=MOST)] = Field(default_factory=list)
    inequalities: Annotated[list[str], Field(max_length=6)] = Field(default_factory=list)
    sense: Literal["min", "max", "stationary"] = "stationary"
    start: Named = None
    bounds: Pairs = None
    inputs: Inputs = Field(default_factory=dict)
    contours: bool = True
