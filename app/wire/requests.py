"""What a client may ask: requests as types, every field strict, unknown fields refused."""

from __future__ import annotations

import difflib
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from app.core.diagnostic import ProgramError, problem
from app.wire.tensors import tensor

Part = Literal["steps", "partials", "latex", "spans", "cuts"]
PARTS: tuple[Part, ...] = ("steps", "partials", "latex", "spans")
"""What an answer has unless it is asked for less; cuts only on request, in mode both."""
Device = Literal["cpu", "cuda", "auto"]


def _named(raw: Any, field: str) -> Any:
    """An object of tensors by name, with its tensors read."""
    if not isinstance(raw, dict):
        return raw
    if "" in raw:
        raise problem("input.invalid", f"{field}: a name is empty.", place=field)
    return {name: tensor(value, f"{field}.{name[:80]}") for name, value in raw.items()}


def _inputs(raw: Any) -> Any:
    return _named(raw, "inputs")


def _seed(raw: Any) -> Any:
    """A seed: absent, one per name, or the bare cotangent."""
    return None if raw is None else _named(raw, "seed") if isinstance(raw, dict) else tensor(raw, "seed")


Inputs = Annotated[dict[str, Any], BeforeValidator(_inputs)]
Seed = Annotated[Any, BeforeValidator(_seed)]


class Verify(BaseModel):
    """Where torch is to evaluate the program."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    device: Device


class ProgramRequest(BaseModel):
    """A program, and the values of its free names."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: str
    inputs: Inputs = Field(default_factory=dict)


class TraceRequest(ProgramRequest):
    """A program to evaluate, differentiate and, if wanted, compare with torch.

    After validation ``inputs`` and ``seed`` hold primals: float, bool, or arrays of float64 or bool.
    """

    mode: Literal["primal", "forward", "reverse", "both"] = "reverse"
    wrt: list[str] | None = None
    seed: Seed = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None
    verify: bool | Verify = False
    values: Literal["full", "summary"] = "full"
    include: list[Part] = Field(default_factory=lambda: list(PARTS))
    format: Literal["nodes", "columns"] = "nodes"


class ExportRequest(ProgramRequest):
    """A program whose trace, graph or code is wanted as text; ``digits`` are significant digits, CSV and code have all of them."""

    mode: Literal["primal", "forward", "reverse", "both"] = "reverse"
    wrt: list[str] | None = None
    seed: Seed = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None
    digits: Literal[3, 4, 6, "all"] = 4
    format: Literal["csv", "latex", "markdown", "tikz", "dot", "torch", "jax", "numpy"]


class Range(BaseModel):
    """Evenly spaced values, both ends included."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: float
    stop: float
    num: Annotated[int, Field(ge=1, strict=True)]


Values = Annotated[list[float], Field(min_length=1)]


class SweepRequest(ProgramRequest):
    """One or two inputs to vary, and what is wanted at each point: the output, the gradients, nodes by their labels."""

    vary: Annotated[dict[str, Range | Values], Field(min_length=1, max_length=2)]
    quantities: Annotated[list[str], Field(min_length=1)] = Field(default_factory=lambda: ["output", "gradients"])
    wrt: list[str] | None = None
    seed: Seed = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None


class PathsRequest(ProgramRequest):
    """Which paths are wanted: from an input (or any node) to an output (or any node), at most so many of them listed."""

    start: str = Field(alias="from")
    to: str | None = None
    most: Annotated[int, Field(ge=0, le=500)] = 50


REQUESTS: dict[str, type[ProgramRequest]] = {"trace": TraceRequest, "export": ExportRequest, "sweep": SweepRequest, "paths": PathsRequest}
"""By the names of the calls; the schema of an answer has the name of its request without that word."""

Request = TypeVar("Request", bound=BaseModel)


def read(kind: type[Request], raw: Any) -> Request:
    """The request that a JSON value stands for; ``request.field`` or ``input.invalid`` otherwise."""
    if not isinstance(raw, dict):
        raise problem("request.field", "The body must be a JSON object.")
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        raise _refusal(kind, error) from None


def _refusal(kind: type[BaseModel], error: ValidationError) -> ProgramError:
    """The first wrong field, in a sentence; a misspelt one before the missing one that it was meant to be."""
    wrong = error.errors(include_url=False)
    first = next((e for e in wrong if e["type"] == "extra_forbidden"), wrong[0])
    place = [part for part in first["loc"] if not (isinstance(part, str) and part in ("bool", "Verify"))]
    name = ".".join(str(part) for part in place)[:100]
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(place[-1]), list(kind.model_fields), n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"The fields are {', '.join(kind.model_fields)}."
        return problem("request.field", f"There is no field {name!r}.", hint=hint, field=name)
    if first["type"] == "missing":
        return problem("request.field", f"The field {name!r} is missing.", field=name)
    return problem("request.field", f"{name}: {_expected(first)}.", field=name)


def _expected(error: Any) -> str:
    """What a field should have been, from pydantic's own sentence."""
    said = str(error["msg"]).removeprefix("Input ").removeprefix("should be ")
    return said if said[0].isupper() else f"must be {said}"
