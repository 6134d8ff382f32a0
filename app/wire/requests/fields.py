"""The fields that requests share: tensors by name, seeds, directions, and which parts an answer has."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.core.diagnostic import problem
from app.wire.tensors import tensor

Part = Literal["steps", "partials", "latex", "spans", "cuts"]
PARTS: tuple[Part, ...] = ("steps", "partials", "latex", "spans")
"""What an answer has unless it is asked for less; cuts only on request, in mode both."""
SPANS: tuple[Part, ...] = ("spans",)
Device = Literal["cpu", "cuda", "auto"]


def named(raw: Any, field: str) -> Any:
    """An object of tensors by name, with its tensors read."""
    if not isinstance(raw, dict):
        return raw
    if "" in raw:
        raise problem("input.invalid", f"{field}: a name is empty.", place=field)
    return {name: tensor(value, f"{field}.{name[:80]}") for name, value in raw.items()}


def _inputs(raw: Any) -> Any:
    return named(raw, "inputs")


def _seed(raw: Any) -> Any:
    """A seed: absent, one per name, or the bare cotangent."""
    return None if raw is None else named(raw, "seed") if isinstance(raw, dict) else tensor(raw, "seed")


def _direction(raw: Any) -> Any:
    return None if raw is None else named(raw, "direction")


def _values(raw: Any) -> Any:
    return named(raw, "values")


Direction = Annotated[dict[str, Any] | None, BeforeValidator(_direction)]
Inputs = Annotated[dict[str, Any], BeforeValidator(_inputs)]
Seed = Annotated[Any, BeforeValidator(_seed)]
Drawn = Annotated[dict[str, Any], BeforeValidator(_values)]


class Verify(BaseModel):
    """Where torch is to evaluate the program."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    device: Device


class ProgramRequest(BaseModel):
    """A program, and the values of its free names."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: str
    inputs: Inputs = Field(default_factory=dict)
