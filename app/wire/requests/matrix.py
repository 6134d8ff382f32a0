"""The request for a matrix derivative."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Shape = Annotated[list[str | int], Field(max_length=8)]


class MatrixDerivativeRequest(BaseModel):
    """An expression with the shapes of its symbols, letters or numbers, and what may be assumed of them.

    ``order`` 2 is the second derivative of a number; ``structured`` differentiates by a matrix that stays symmetric or diagonal.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: str
    wrt: str
    shapes: Annotated[dict[str, Shape], Field(max_length=64)]
    assume: dict[str, list[str] | str] = Field(default_factory=dict)
    layout: Literal["denominator", "numerator", "mixed"] = "denominator"
    order: Literal[1, 2] = 1
    structured: bool = False
    verify: bool = True
