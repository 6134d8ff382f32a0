"""What holds for all tensors of one run: whether operations are recorded, and how many elements it may still make."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any

from app.core.diagnostic import problem
from app.core.limits import Limits
from app.lang.eager.budget import too_many_nodes


class Mode:
    """The state of one run; a worker runs one program at a time."""

    def __init__(self) -> None:
        self.reset(Limits())

    def reset(self, limits: Limits) -> None:
        """Begin a run with these budgets."""
        self.enabled = True
        self.elements, self.work, self.nodes = limits.elements, limits.work, limits.nodes
        self.spent = self.recorded = 0
        self.sweeps: list[Any] = []
        """What was swept from, in order: a report may be told of each."""
        self.swept: Callable[[Any], None] = self.sweeps.append

    def charge(self, size: int) -> None:
        """Room for one tensor."""
        if size > self.elements:
            raise problem("budget.elements", f"This value would have {size:,} elements; the limit here is {self.elements:,}.")
        self.charge_work(size + 1)

    def charge_work(self, work: int) -> None:
        """Element operations about to be done."""
        self.spent += work
        if self.spent > self.work:
            raise problem("budget.work", f"This needs more than {self.work:,} element operations.")

    def charge_node(self) -> None:
        """A node of the graph, for as long as the program runs."""
        self.recorded += 1
        if self.recorded > self.nodes:
            raise too_many_nodes(self.nodes)


MODE = Mode()


class Switch:
    """no_grad(), enable_grad(), set_grad_enabled(…): in a ``with``, or before a function."""

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled
        self.before: list[bool] = []

    def __enter__(self) -> None:
        self.before.append(MODE.enabled)
        MODE.enabled = self.enabled

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        MODE.enabled = self.before.pop()


class SetNow(Switch):
    """set_grad_enabled(False): at once, and until a ``with`` around it ends."""

    def __init__(self, enabled: bool) -> None:
        super().__init__(enabled)
        self.earlier = MODE.enabled
        MODE.enabled = enabled

    def __enter__(self) -> None:
        self.before.append(self.earlier)
        MODE.enabled = self.enabled
