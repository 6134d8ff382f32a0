"""What a run may use beyond its steps, charged before the work is done: from shapes alone, so alike for our tensors and for torch's."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.core.diagnostic import ProgramError, problem
from app.core.limits import Limits
from app.core.span import Span
from app.lang.eager.library import Library
from app.lang.eager.sizes import RESIZED, SIZED, Ask, Shape, asked, in_order

Place = Callable[[], Span | None]
"""Where the program is, found out only where a sentence needs it."""

NODE = 1_000
"""What a sweep spends on a node beside its elements."""
BYTES = 8
"""Of one element, at most."""
MOST_SIDES = 64
"""No tensor has more dimensions."""


class Budget:
    """The counts of one run."""

    def __init__(self, limits: Limits, library: Library) -> None:
        self.limits, self.library = limits, library
        self.work = self.made = 0
        self.names = {id(value): name for known in library.modules.values() for name, value in known.items() if callable(value)}

    def shape(self, value: Any) -> Shape | None:
        """The shape of a tensor or an array."""
        if isinstance(value, (np.ndarray, np.generic)) or self.library.is_tensor(value):
            return tuple(value.shape)
        return None

    def charge(self, name: str, values: list[Any], keywords: Mapping[str, Any], place: Place) -> int:
        """A call, or an operation; its work."""
        if name in SIZED or name in RESIZED:
            values, keywords = self.counts(name, in_order(name, values, keywords)), {}
        ask = asked(name, values, keywords, self.shape)
        self.spend(ask, place)
        return ask.work

    def counts(self, name: str, values: list[Any]) -> list[Any]:
        """Sizes may be tensors of whole numbers: their numbers."""
        if name == "repeat_interleave":
            return [*values[:1], *(self.count(one, mean=True) for one in values[1:2] or values)]
        return [*(values[:1] if name in RESIZED else []), *(self.count(one) for one in values[name in RESIZED :])]

    def count(self, value: Any, *, mean: bool = False) -> Any:
        """The whole number in a tensor; of several their mean, rounded up."""
        if type(value) in (list, tuple) and len(value) <= MOST_SIDES:
            return [self.count(one) for one in value]
        shape = self.shape(value)
        if shape is None or (math.prod(shape) != 1 and not mean):
            return value
        numbers = value if isinstance(value, (np.ndarray, np.generic)) else self.library.array(value)
        return math.ceil(int(numbers.sum()) / max(1, numbers.size)) if numbers.dtype.kind in "iu" else value

    def spend(self, ask: Ask, place: Place) -> None:
        """Elements that will be made, and the work for them."""
        limits = self.limits
        if ask.elements > limits.elements:
            said = f"This value would have {_shown(ask.elements)} elements; the limit here is {limits.elements:,}."
            raise _over("budget.elements", said, place)
        self.made += ask.elements
        if self.made * BYTES > limits.live_bytes:
            raise _over("budget.memory", f"The program would make more than {limits.live_bytes // BYTES:,} numbers in all.", place)
        self.toil(ask.work, place)

    def toil(self, work: int, place: Place) -> None:
        """Element operations about to be done."""
        self.work += work
        if self.work > self.limits.work:
            raise _over("budget.work", f"This needs more than {self.limits.work:,} element operations.", place)


def too_many_nodes(limit: int) -> ProgramError:
    """The refusal of a graph that grows too large; whoever walks the program knows where."""
    return _over("budget.nodes", f"The graph would have more than {limit:,} nodes.", lambda: None)


def _shown(count: int) -> str:
    return f"{count:,}" if count < 10**15 else "far too many"


def _over(code: str, said: str, place: Place) -> ProgramError:
    return problem(code, said, place(), "Take fewer rounds, or smaller tensors.")
