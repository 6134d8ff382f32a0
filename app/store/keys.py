"""Bearer keys ``wgt_…``: shown once, kept as digests, each with its scopes. A key is 256 random bits, so a plain digest hides it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from app.core.diagnostic import problem
from app.store import audit
from app.store.clock import now
from app.store.tables import keys, sessions

SCOPES = ("grade", "results", "teach", "admin")
"""Grade and submit for any student; read results; make exercises and regrade; keys, the audit log, deletion. Each includes no other."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a key."""

    id: str
    name: str
    scopes: frozenset[str]


def make(connection: Connection, name: str, scopes: Iterable[str], who: str) -> str:
    """A new key; this is the only time it can be read. Raises ProgramError for a scope that there is not."""
    wanted = sorted(set(scopes), key=lambda scope: SCOPES.index(scope) if scope in SCOPES else -1)
    unknown = [scope for scope in wanted if scope not in SCOPES]
    if unknown or not wanted:
        raise problem("request.field", f"Scopes are {', '.join(SCOPES)}.", field="scopes")
    key, identity = f"wgt_{secrets.token_urlsafe(32)}", secrets.token_hex(4)
    row = {"id": identity, "name": name, "digest": digest(key), "scopes": " ".join(wanted), "made_at": now()}
    connection.execute(insert(keys).values(row))
    audit.record(connection, who, "key made", identity, after={"name": name, "scopes": wanted})
    return key


def make_first(connection: Connection) -> str | None:
    """The teacher's first key; None where there has been one before."""
    if connection.execute(select(func.count()).select_from(keys)).scalar_one():
        return None
    return make(connection, "first teacher", SCOPES, "server")


def find(connection: Connection, key: str) -> Holder | None:
    """Who holds this key; None if it is unknown or revoked."""
    return _holder(connection, keys.c.digest == digest(key))


def holder(connection: Connection, identity: str) -> Holder | None:
    """The key with this identity; None if it is revoked."""
    return _holder(connection, keys.c.id == identity)


def _holder(connection: Connection, condition: Any) -> Holder | None:
    row = connection.execute(select(keys).where(condition, keys.c.revoked_at.is_(None))).mappings().first()
    return None if row is None else Holder(row["id"], row["name"], frozenset(row["scopes"].split()))


def listed(connection: Connection) -> list[dict[str, Any]]:
    """All keys, without what would open anything."""
    columns = (keys.c.id, keys.c.name, keys.c.scopes, keys.c.made_at, keys.c.revoked_at)
    return [dict(row) for row in connection.execute(select(*columns).order_by(keys.c.made_at)).mappings()]


def revoke(connection: Connection, identity: str, who: str) -> bool:
    """End a key and the sessions that were opened with it; whether there was one."""
    found = connection.execute(update(keys).where(keys.c.id == identity, keys.c.revoked_at.is_(None)).values(revoked_at=now()))
    if not found.rowcount:
        return False
    connection.execute(sessions.delete().where(sessions.c.key_id == identity))
    audit.record(connection, who, "key revoked", identity)
    return True


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()
