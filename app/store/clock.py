"""Times and identities of what is kept."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta


def now() -> str:
    """The present instant, in UTC, as text that sorts."""
    return stamp(datetime.now(UTC))


def later(**span: float) -> str:
    """The instant after a time span such as ``days=30``."""
    return stamp(datetime.now(UTC) + timedelta(**span))


def stamp(moment: datetime) -> str:
    """An instant as text that sorts."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def identity() -> str:
    """A fresh one, not to be guessed."""
    return secrets.token_hex(16)
