"""What a walk over pasted code leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Printed:
    """One call of print: its line, and its text."""

    line: int
    text: str


@dataclass(slots=True)
class Failure:
    """The exception that ended the program: where, of which class, in whose words."""

    line: int
    kind: str
    text: str


@dataclass(slots=True)
class Outcome:
    """What was printed, how it ended, and the names at the end."""

    printed: list[Printed] = field(default_factory=list)
    failure: Failure | None = None
    names: dict[str, Any] = field(default_factory=dict)


Watch = Callable[[int, dict[str, Any]], None]
"""Called after each statement with its line and the names of the program."""


class ReturnSignal(Exception):  # noqa: N818  no error: how a return leaves the statements around it
    """A return statement, with its value."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class BreakSignal(Exception):  # noqa: N818  likewise
    """A break."""


class ContinueSignal(Exception):  # noqa: N818  likewise
    """A continue."""
