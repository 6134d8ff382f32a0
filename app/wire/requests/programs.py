"""The requests about a program, one a call: every field strict, unknown fields refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.wire.requests.fields import PARTS, SPANS, Direction, Drawn, Inputs, Part, ProgramRequest, Seed, Verify


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


class FramesRequest(ProgramRequest):
    """One input to vary, and the traces that are wanted at its values."""

    vary: Annotated[dict[str, Range | Values], Field(min_length=1, max_length=1)]
    mode: Literal["primal", "forward", "reverse", "both"] = "reverse"
    wrt: list[str] | None = None
    seed: Seed = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None
    include: list[Part] = Field(default_factory=lambda: list(PARTS))


class PathsRequest(ProgramRequest):
    """Which paths are wanted: from an input (or any node) to an output (or any node), at most so many of them listed."""

    start: str = Field(alias="from")
    to: str | None = None
    most: Annotated[int, Field(ge=0, le=500)] = 50


class JacobianRequest(ProgramRequest):
    """Which Jacobian is wanted, by which mode, and whether as a product of elementary Jacobians too."""

    wrt: list[str] | None = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None
    method: Literal["auto", "forward", "reverse"] = "auto"
    chain: bool = False


class HessianRequest(ProgramRequest):
    """Which Hessian is wanted; with a direction also the product with it, inputs left out having direction 0."""

    wrt: list[str] | None = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None
    direction: Direction = None


class CostsRequest(ProgramRequest):
    """A program whose Jacobian is priced in both modes: from all its inputs, or those of ``wrt``, to its outputs."""

    wrt: list[str] | None = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None


class MemoryRequest(ProgramRequest):
    """A program whose reverse sweep is looked at for what it holds; ``slots`` are the snapshots of a sweep that holds less."""

    wrt: list[str] | None = None
    seed: Seed = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None
    slots: Annotated[int, Field(ge=1)] | None = None


class BackpropagationRequest(ProgramRequest):
    """A program whose reverse sweep is told contribution by contribution, beside the sweeps of common mistakes."""

    wrt: list[str] | None = None
    seed: Seed = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None


class ProgramText(BaseModel):
    """One of the two programs to compare."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: str


class CompareRequest(BaseModel):
    """Two programs with the same inputs, of which each takes those that it names; wrt, seed and outputs count for both."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    left: ProgramText
    right: ProgramText
    inputs: Inputs = Field(default_factory=dict)
    wrt: list[str] | None = None
    seed: Seed = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None


class AutogradRequest(BaseModel):
    """Code of PyTorch to follow; ``seed`` is that of its generator, ``values`` stand for tensors that would be drawn."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: str
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    values: Drawn = Field(default_factory=dict)
    verify: bool = True


class DynamicsRequest(ProgramRequest):
    """A program whose graph of this run is wanted; ``other`` are inputs that another run takes instead, those left out stay."""

    other: Inputs | None = None
    wrt: list[str] | None = None
    seed: Seed = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None
    values: Literal["full", "summary"] = "full"
    include: list[Part] = Field(default_factory=lambda: list(SPANS))
