"""An exercise from the wire: its fields checked, and made into the noun that grading knows."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.core.diagnostic import problem
from app.grading.deadline import moment
from app.grading.exercise import Ask, Draw, Exercise, Policy
from app.grading.tolerance import Tolerance
from app.wire.requests.fields import Inputs, Seed
from app.wire.tensors import tensor

Avoided = Literal["kinks", "zeros", "equal"]
ALL: tuple[Avoided, ...] = ("kinks", "zeros", "equal")
Quantity = Literal["primal", "partial", "tangent", "adjoint", "gradient", "output"]
STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)


class AskText(BaseModel):
    """One thing that is asked."""

    model_config = STRICT

    node: Annotated[str, Field(max_length=200)]
    quantity: Quantity
    slot: Annotated[int, Field(ge=0)] | None = None
    weight: Annotated[float, Field(ge=0, le=1e6)] = 1.0


class DrawText(BaseModel):
    """How one input is drawn: from ``choice``, or from ``range`` in steps."""

    model_config = STRICT

    choice: Annotated[list[Any], Field(min_length=1, max_length=1000)] | None = None
    range: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    step: Annotated[float, Field(gt=0)] = 1.0
    shape: Annotated[list[Annotated[int, Field(ge=1, le=64)]], Field(max_length=3)] = Field(default_factory=list)


class RelativeText(BaseModel):
    """Accept within ``atol + rtol · |value|``."""

    model_config = STRICT

    rtol: Annotated[float, Field(ge=0, le=1)] = 1e-2
    atol: Annotated[float, Field(ge=0)] = 1e-8


class SigfigText(BaseModel):
    """Accept what agrees in so many significant digits."""

    model_config = STRICT

    sigfig: Annotated[int, Field(ge=1, le=15)]


class DecdigText(BaseModel):
    """Accept what agrees in so many digits after the point."""

    model_config = STRICT

    decdig: Annotated[int, Field(ge=0, le=15)]


def _moment(text: str) -> str:
    """An instant that can be read; pydantic makes a refusal of the ValueError."""
    moment(text)
    return text


Moment = Annotated[str, Field(max_length=40), AfterValidator(_moment)]
"""An instant as ISO 8601 writes it; one without a zone is UTC."""


class PolicyText(BaseModel):
    """How often and until when an exercise may be answered, what is told, and what carried work is worth."""

    model_config = STRICT

    attempts: Annotated[int, Field(ge=1)] | None = None
    feedback: Literal["none", "verdicts", "hints", "full"] = "full"
    carry: Literal["off", "best", "always_local"] = "best"
    carry_cap: Annotated[float, Field(ge=0, le=1)] = 1.0
    opens: Moment | None = None
    closes: Moment | None = None
    late: Annotated[float, Field(ge=0, le=1)] | None = None


def _tolerance(raw: Any) -> Any:
    """The rule that is meant: by its word, or by the field that tells it."""
    if isinstance(raw, dict):
        kind = SigfigText if "sigfig" in raw else DecdigText if "decdig" in raw else RelativeText
        return kind.model_validate(raw)
    return raw


ToleranceText = Annotated[Literal["as_written", "exact"] | RelativeText | SigfigText | DecdigText, BeforeValidator(_tolerance)]


class ExerciseText(BaseModel):
    """What a teacher writes; only ``source`` is needed for a program without inputs."""

    model_config = STRICT

    source: str
    inputs: Inputs = Field(default_factory=dict)
    mode: Literal["primal", "forward", "reverse", "both"] = "reverse"
    variants: dict[str, DrawText | list[Avoided]] = Field(default_factory=dict)
    avoid: list[Avoided] = Field(default_factory=lambda: list(ALL))
    seed: Seed = None
    wrt: list[str] | None = None
    outputs: Annotated[list[str], Field(min_length=1)] | None = None
    ask: Literal["all"] | Annotated[list[AskText], Field(min_length=1, max_length=2000)] = "all"
    tolerance: ToleranceText = "as_written"
    policy: PolicyText = PolicyText()
    points: Annotated[float, Field(gt=0, le=1e6)] | None = None
    decimal_comma: bool = False
    id: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    title: Annotated[str, Field(max_length=300)] = ""
    statement: Annotated[str, Field(max_length=20_000)] = ""


def exercise(text: ExerciseText) -> Exercise:
    """The exercise that a request stands for; raises ProgramError."""
    listed = text.variants.get("avoid")
    avoid = listed if isinstance(listed, list) else text.avoid
    draws = {name: _draw(name, draw) for name, draw in text.variants.items() if isinstance(draw, DrawText)}
    policy = text.policy
    return Exercise(
        source=text.source, mode=text.mode, inputs=text.inputs, variants=draws, avoid=frozenset(avoid), seed=text.seed, wrt=text.wrt,
        outputs=text.outputs, ask=None if text.ask == "all" else [Ask(a.node, a.quantity, a.slot, a.weight) for a in text.ask],
        tolerance=_rule(text.tolerance), points=text.points, comma=text.decimal_comma, id=text.id, title=text.title,
        statement=text.statement,
        policy=Policy(policy.attempts, policy.feedback, policy.carry, policy.carry_cap, policy.opens, policy.closes, policy.late),
    )  # fmt: skip


def _rule(text: Any) -> Tolerance:
    """The tolerance that a field stands for."""
    if isinstance(text, RelativeText):
        return Tolerance("relative", text.rtol, text.atol)
    if isinstance(text, SigfigText):
        return Tolerance("sigfig", count=text.sigfig)
    return Tolerance("decdig", count=text.decdig) if isinstance(text, DecdigText) else Tolerance(text)


def _draw(name: str, text: DrawText) -> Draw:
    """The draw of one input; raises ``exercise.variant`` where there is nothing to draw from."""
    if (text.choice is None) == (text.range is None):
        raise problem("exercise.variant", f"{name} is drawn from a choice or from a range: give one of them.")
    shape = tuple(text.shape)
    if text.choice is not None:
        return Draw(choice=[tensor(one, f"variants.{name}.choice") for one in text.choice], shape=shape)
    assert text.range is not None
    low, high = text.range
    if not (math.isfinite(low) and math.isfinite(high) and low <= high) or (high - low) / text.step > 1e6:
        raise problem("exercise.variant", f"The range of {name} is empty, or has more than a million steps.")
    if np.prod(shape, dtype=np.float64) > 4096:
        raise problem("exercise.variant", f"{name} would have more than 4096 drawn numbers.")
    return Draw(low=low, high=high, step=text.step, shape=shape)
