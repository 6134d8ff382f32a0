"""An exercise: a program at a point, what is asked of it, and how an answer is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.engine.tape import Value
from app.grading.tolerance import Tolerance

Mode = Literal["primal", "forward", "reverse", "both"]
Feedback = Literal["none", "verdicts", "hints", "full"]
Carry = Literal["off", "best", "always_local"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked: a quantity of a node, at one slot or at all of them."""

    node: str
    quantity: str
    slot: int | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Policy:
    """How often and until when an exercise may be answered, what is told, and what work carried on from a mistake is worth.

    ``carried`` is the share of all points that carried work can earn.
    """

    attempts: int | None = None
    feedback: Feedback = "full"
    carry: Carry = "best"
    carried: float = 1.0
    opens: str | None = None
    closes: str | None = None
    late: float | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """How one input is drawn: from a list, or from a range in steps; ``shape`` for arrays of such numbers."""

    choice: Sequence[Value] = ()
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    shape: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Exercise:
    """What a teacher wrote. ``ask`` is None for everything; ``comma`` says that decimals are written with a comma."""

    source: str
    mode: Mode = "reverse"
    inputs: Mapping[str, Value] = field(default_factory=dict)
    variants: Mapping[str, Draw] = field(default_factory=dict)
    avoid: frozenset[str] = frozenset({"kinks", "zeros", "equal"})
    seed: Any = None
    wrt: Sequence[str] | None = None
    outputs: Sequence[str] | None = None
    ask: Sequence[Ask] | None = None
    tolerance: Tolerance = field(default_factory=Tolerance)
    policy: Policy = Policy()
    points: float | None = None
    comma: bool = False
    id: str | None = None
    title: str = ""
    statement: str = ""
