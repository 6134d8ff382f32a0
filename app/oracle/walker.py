"""Torch's evaluation of a checked program, by walking its syntax: no rule and no tape of ours takes part."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch

from app.core.limits import Limits
from app.oracle.duals import tangent_by_reverse
from app.oracle.values import AROUND, MISSING, Derived, Event, Frame, Listed, UnableError, is_plain

CONSTANTS = {"pi": 3.141592653589793, "e": 2.718281828459045, "inf": float("inf"), "nan": float("nan")}


class Walker:
    """One run: the names, the events in evaluation order, and where the tensors live.

    ``constants`` are the arrays made without an operation: list literals of numbers and creation functions.
    ``derived`` is what derivatives inside the program gave, ``inside`` how many of them are being taken.
    ``ours`` are our primals by syntax node, read for signs that are anybody's choice (gauge.py).
    ``last`` is the value of the last statement where that is an expression; ``bound`` the top-level name bound last.
    """

    def __init__(self, given: Frame, device: str, limits: Limits, ours: Mapping[int, deque[Any]] | None = None) -> None:
        self.globals: Frame = given
        self.ours = ours or {}
        self.device, self.limits = device, limits
        self.events: list[Event] = []
        self.constants: list[tuple[ast.AST, Any]] = []
        self.derived: list[Derived] = []
        self.inside = 0
        self.steps = 0
        self.last: Any = MISSING
        self.bound: str | None = None

    # ------------------------------------------------------------ names

    def load(self, frame: Frame, name: str) -> Any:
        """What a name is bound to, from the inside outwards; MISSING where it is not bound."""
        while True:
            if name in frame:
                return frame[name]
            if AROUND not in frame:
                return CONSTANTS.get(name, MISSING)
            frame = frame[AROUND]

    def store(self, frame: Frame, name: str, value: Any) -> None:
        """Bind a name; a list becomes an array first, if it holds only numbers and tensors."""
        frame[name] = self.settled(value)
        if frame is self.globals:
            self.bound = name

    def settled(self, value: Any) -> Any:
        """A list as an array, where it can be one; anything else as it is."""
        return self.array(value) if isinstance(value, Listed) and numeric(value) else value

    # ------------------------------------------------------------ operations

    def record(self, site: ast.AST, value: torch.Tensor, operands: Sequence[Any]) -> torch.Tensor:
        """Note one result; where torch hands an operand back, a view of its own keeps the derivatives apart."""
        if any(value is operand for operand in operands):
            value = value.view_as(value)
        if value.requires_grad and not torch.is_grad_enabled():
            value = value.clone()  # under no_grad torch lets a view claim that it requires a gradient, which never comes
        if value.requires_grad:
            value.retain_grad()
        self.events.append(Event(site, value, tuple(operands)))
        if len(self.events) > 2 * self.limits.nodes:
            raise UnableError("the evaluation in torch did not come to an end")
        return value

    def apply(self, site: ast.AST, function: Callable[..., Any], operands: Sequence[Any], **attributes: Any) -> Any:
        """Evaluate an operation and note its result, or its results one by one."""
        try:
            result = function(*operands, **attributes)
        except (NotImplementedError, RuntimeError) as error:
            if "forward AD" not in str(error) and "forward-mode" not in str(error):
                raise
            result = tangent_by_reverse(function, operands, attributes)
        if isinstance(result, tuple):
            return tuple([self.record(site, value, operands) for value in result])
        return self.record(site, result, operands)

    def tensor(self, value: Any) -> torch.Tensor:
        """An operand as a tensor: a number becomes float64, a boolean stays one."""
        if isinstance(value, torch.Tensor):
            return value
        if isinstance(value, Listed):
            return self.array(value)
        if is_plain(value):
            return torch.tensor(value if isinstance(value, bool) else float(value), device=self.device)
        raise UnableError(f"torch needs a number or a tensor here, not {type(value).__name__}")

    def array(self, listed: Listed) -> torch.Tensor:
        """A list as an array: a constant where it holds numbers alone, otherwise its entries stacked."""
        numbers = plain_items(listed)
        if numbers is not None:
            made = torch.tensor(numbers, device=self.device)
            made = made if made.dtype == torch.bool else made.to(torch.float64)
            self.constants.append((listed.site, made))
            return made
        tensors = [self.tensor(item) for item in listed.items]
        return self.record(listed.site, torch.stack(tensors), tensors)

    def expected(self, site: ast.AST, count: int) -> list[Any] | None:
        """Our own results of an operation, for signs that are anybody's choice; None where there are none."""
        queue = self.ours.get(id(site))
        return [queue.popleft() for _ in range(count)] if queue and len(queue) >= count else None

    def step(self, count: int = 1) -> None:
        """Charge statements: torch's values must not send a loop on for ever."""
        self.steps += count
        if self.steps > 2 * self.limits.steps:
            raise UnableError("the evaluation in torch did not come to an end")


def numeric(listed: Listed) -> bool:
    """Whether a list holds numbers, tensors and such lists alone."""
    return all(numeric(i) if isinstance(i, Listed) else is_plain(i) or isinstance(i, torch.Tensor) for i in listed.items)


def plain_items(listed: Listed) -> list[Any] | None:
    """Nested Python numbers, or None where a tensor is among them."""
    rows: list[Any] = []
    for item in listed.items:
        row = plain_items(item) if isinstance(item, Listed) else item if is_plain(item) else None
        if row is None:
            return None
        rows.append(row)
    return rows
