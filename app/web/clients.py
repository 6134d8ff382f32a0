"""Who asks: the slot of the fair queue that a request belongs to, and the anonymous session of a page."""

from __future__ import annotations

import re
import secrets

from app.web.answer import Scope
from app.work.queue import Slot

COOKIE = b"wengert_session"
SESSION = re.compile(rb"(?:^|;\s*)wengert_session=([A-Za-z0-9_-]{22})(?:;|$)")


def session_of(headers: dict[bytes, bytes]) -> bytes | None:
    """The session that a request's cookie names."""
    cookie = headers.get(b"cookie")
    found = SESSION.search(cookie) if cookie else None
    return found.group(1) if found else None


def slot_of(scope: Scope, headers: dict[bytes, bytes]) -> Slot:
    """A session has one job running and one waiting; without one, an address shares a slot without such a limit."""
    session = session_of(headers)
    if session is not None:
        return Slot(session, exclusive=True)
    client = scope.get("client")
    return Slot(client[0] if client else None, exclusive=False)


def new_session(path: str) -> tuple[bytes, bytes]:
    """A cookie header with a fresh anonymous session."""
    value = f"wengert_session={secrets.token_urlsafe(16)}; Path={path or '/'}; HttpOnly; SameSite=Lax"
    return b"set-cookie", value.encode()
