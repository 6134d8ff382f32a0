"""Signing in: a teacher with a key, a student with a class link and an opaque id."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.core.diagnostic import problem
from app.store import exercises, keys, sessions
from app.web.classroom.answers import Json
from app.web.classroom.identity import COOKIE, Asker, Who, check_origin
from app.web.classroom.reading import asked
from app.web.routes import Belongings
from app.wire.requests.classroom import SessionRequest

router = APIRouter()
HOUR = 3600


@router.post("/api/v1/session")
async def sign_in(request: Request, state: Belongings) -> Response:
    """Open a session: the answer says who one is now, the cookie is for the browser alone."""
    check_origin(request)
    body = await asked(SessionRequest, request, state)
    if (body.key is None) == (body.link is None):
        raise problem("request.field", "Sign in with a key, or with a class link.", field="key")
    database = state.classroom.database
    if body.key is not None:
        secret, told, seconds = await database.writing(_teacher, body.key)
    else:
        secret, told, seconds = await database.writing(_student, body.link or "", body.student, request.cookies.get(COOKIE))
    answer = Json(told, 201)
    path, secure = state.settings.root_path or "/", request.url.scheme == "https"
    answer.set_cookie(COOKIE, secret, max_age=seconds, path=path, secure=secure, httponly=True, samesite="lax")
    return answer


def _teacher(connection: Connection, key: str) -> tuple[str, dict[str, Any], int]:
    holder = keys.find(connection, key.strip())
    if holder is None:
        raise problem("key.missing", "The key is unknown, or has been revoked.")
    told = {"role": "teacher", "name": holder.name, "scopes": sorted(holder.scopes)}
    return sessions.open_teacher(connection, holder.id), told, sessions.TEACHER_HOURS * HOUR


def _student(connection: Connection, link: str, student: str | None, secret: str | None) -> tuple[str, dict[str, Any], int]:
    """A student who comes with a further link keeps what earlier ones have opened; one without an id is given one, and keeps it."""
    exercise = exercises.by_link(connection, link)
    before = None if secret is None else sessions.find(connection, secret)
    same = before is not None and before.student is not None and student in (None, before.student)
    name = before.student if before is not None and same else student
    name = name or f"s-{secrets.token_hex(5)}"
    opened = frozenset({exercise.id}) | (before.exercises if before is not None and same else frozenset())
    if secret is not None:
        sessions.close(connection, secret)
    told = {"role": "student", "student": name, "exercise_id": exercise.id, "exercises": sorted(opened)}
    return sessions.open_student(connection, name, opened), told, sessions.STUDENT_DAYS * 24 * HOUR


@router.get("/api/v1/session")
async def who(asker: Asker) -> Response:
    """Who one is."""
    return Json(_told(asker))


def _told(asker: Who) -> dict[str, Any]:
    if asker.student is not None:
        return {"role": "student", "student": asker.student, "exercises": sorted(asker.exercises)}
    return {"role": "teacher", "scopes": sorted(asker.scopes)} if asker.scopes else {"role": "anybody"}


@router.delete("/api/v1/session")
async def sign_out(request: Request, state: Belongings, asker: Asker) -> Response:
    """End the session."""
    secret = request.cookies.get(COOKIE)
    if secret is not None:
        await state.classroom.database.writing(sessions.close, secret)
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, path=state.settings.root_path or "/")
    return answer
