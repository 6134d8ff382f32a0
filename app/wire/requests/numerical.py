"""The request for derivatives by differences."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.wire.requests.fields import ProgramRequest

GRID = [float(f"1e-{k}") for k in range(1, 17)]
Step = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Path = Annotated[list[Annotated[int, Field(strict=True)]], Field(max_length=64)]


class NumericalRequest(ProgramRequest):
    """A derivative to be had by differences: of one number by another, which is an input or any other name or node of the program.

    ``element`` is the place of the entry in ``wrt`` where that is a tensor, otherwise in the output; ``output_element`` in the output.
    ``num`` points of f are wanted within ``window`` on either side.
    """

    wrt: str
    steps: Annotated[list[Step], Field(min_length=1, max_length=400)] = Field(default_factory=lambda: list(GRID))
    outputs: str | Annotated[list[str], Field(min_length=1, max_length=1)] | None = None
    element: Path | None = None
    output_element: Path | None = None
    dtype: Literal["float64", "float32"] = "float64"
    num: Annotated[int, Field(ge=2, le=2_000)] = 61
    window: Step | None = None
