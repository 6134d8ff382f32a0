"""Who asks: the holder of a key, a teacher's or a student's session, or anybody; and what each may do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from sqlalchemy import Connection

from app.core.diagnostic import problem
from app.store import keys, sessions
from app.web.routes import Belongings

COOKIE = "wengert_login"
BEARER = re.compile(r"Bearer +(wgt_[A-Za-z0-9_-]{1,100})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody: ``name`` for the log, ``scopes`` of the key, or the ``student`` with the exercises that links have opened."""

    name: str
    scopes: frozenset[str] = frozenset()
    student: str | None = None
    exercises: frozenset[str] = frozenset()

    def may(self, *scopes: str) -> bool:
        """Whether any of the scopes is there."""
        return not self.scopes.isdisjoint(scopes)

    def must(self, *scopes: str) -> None:
        """Refuse whoever has none of the scopes."""
        if self.may(*scopes):
            return
        if self.scopes or self.student is not None:
            raise problem("key.scope", f"This needs the scope {' or '.join(scopes)}.", scopes=list(scopes))
        raise problem("key.missing", "This needs a key: send it as Authorization: Bearer wgt_….", scopes=list(scopes))


async def who_of(request: Request, state: Belongings) -> Who:
    """Who a request comes from; raises ProgramError for a key that opens nothing, and for changes that another site's page asks for."""
    header = request.headers.get("authorization")
    if header is not None:
        return await state.classroom.database.reading(by_header, header)
    secret = request.cookies.get(COOKIE)
    if request.method not in ("GET", "HEAD"):
        check_origin(request)
    found = None if secret is None else await state.classroom.database.reading(sessions.find, secret)
    if found is None:
        return Who("nobody")
    if found.holder is not None:
        return _holder(found.holder)
    return Who(f"student:{found.student}", student=found.student, exercises=found.exercises)


def by_header(connection: Connection, header: str) -> Who:
    """The holder of the key in an Authorization header; raises ProgramError for one that opens nothing."""
    match = BEARER.fullmatch(header.strip())
    holder = None if match is None else keys.find(connection, match[1])
    if holder is None:
        raise problem("key.missing", "The key is unknown, or has been revoked.")
    return _holder(holder)


def _holder(holder: keys.Holder) -> Who:
    return Who(f"key:{holder.id}", scopes=holder.scopes)


def check_origin(request: Request) -> None:
    """A browser says where a change was asked for: another site's page may not ask in the name of who is signed in here."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise problem("request.origin", "Changes are asked for by this server's own pages, or by scripts with a key.")


Asker = Annotated[Who, Depends(who_of)]
