"""When an exercise may be answered: from when on, until when, and for what share of the points after that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.core.diagnostic import problem


def moment(text: str) -> datetime:
    """An instant as ISO 8601 writes it; one without a zone is UTC. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def share(policy: Mapping[str, Any], at: datetime) -> float:
    """The share of the points that an answer at this instant earns: 1, or ``late`` after the end; raises ProgramError if none can come."""
    opens, closes, late = policy.get("opens"), policy.get("closes"), policy.get("late")
    if opens is not None and at < moment(opens):
        raise problem("exercise.not_open", f"This exercise opens at {opens}.", opens=opens)
    if closes is None or at <= moment(closes):
        return 1.0
    if late is None:
        raise problem("exercise.closed", f"This exercise closed at {closes}.", closes=closes)
    return float(late)
