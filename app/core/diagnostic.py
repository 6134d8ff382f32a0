"""What can be wrong with a program or a request, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.core.span import Span


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends the program: text for a span, or a value for an input."""

    span: Span | None = None
    replacement: str | None = None
    input: str | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: a stable dotted code, one plain sentence, and where it stands.

    ``extra`` holds facts for machines, such as the limit and the amount asked for.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    fix: Fix | None = None
    extra: dict[str, Any] = field(default_factory=dict)


class ProgramError(Exception):
    """A program or a request that cannot be served, with its diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class OpError(Exception):
    """An operation that refuses its operands; whoever knows the span turns it into a ProgramError.

    ``code`` is one of ``core.codes``: ``shape.mismatch``, ``shape.index``, ``value.domain`` …
    """

    def __init__(self, code: str, message: str, hint: str | None = None, **extra: Any) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.extra = code, message, hint, extra
        self.node: int | None = None
        """The node whose derivative was refused, where a sweep met the error."""


def problem(
    code: str, message: str, span: Span | None = None, hint: str | None = None, fix: Fix | None = None, **extra: Any
) -> ProgramError:
    """A ProgramError in one call."""
    return ProgramError(Diagnostic(code, message, span, hint, fix, extra))
