"""The audit log: who changed what, when and why, from what to what. Rows are only ever added."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, insert, select

from app.store.clock import now
from app.store.tables import audit


def record(connection: Connection, who: str, what: str, subject: str, why: str = "", before: Any = None, after: Any = None) -> None:
    """Note one change, in the transaction that makes it."""
    row = {"at": now(), "who": who, "what": what, "subject": subject, "why": why, "before": _text(before), "after": _text(after)}
    connection.execute(insert(audit).values(row))


def page(connection: Connection, before: int | None, limit: int, subject: str | None = None) -> list[dict[str, Any]]:
    """The changes before a number, the latest first."""
    query = select(audit).order_by(audit.c.number.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.number < before)
    if subject is not None:
        query = query.where(audit.c.subject == subject)
    return [dict(row) | {"before": _value(row["before"]), "after": _value(row["after"])} for row in connection.execute(query).mappings()]


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)
