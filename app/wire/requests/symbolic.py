"""The request for a derivative by rules on paper."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.wire.requests.fields import ProgramRequest


class SymbolicRequest(ProgramRequest):
    """A program of scalars, and the input to differentiate by; inputs that are left out have values of our choosing.

    The values matter for the check, and for which branch of a piecewise function is looked at nowhere else.
    """

    wrt: str | Annotated[list[str], Field(min_length=1, max_length=1)] | None = None
    output: str | None = None
