"""Students' data: everything that is kept, under pseudonyms; and deletion."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.store import privacy
from app.web.classroom.answers import Json
from app.web.classroom.identity import Asker
from app.web.routes import Belongings

router = APIRouter()


@router.get("/api/v1/submissions/export")
async def export(request: Request, state: Belongings, asker: Asker) -> Response:
    """All submissions, one JSON a line; students by stable pseudonyms, unless their ids are asked for."""
    asker.must("results")
    pseudonymous = request.query_params.get("pseudonyms", "true") != "false"
    lines = await state.classroom.database.reading(_lines, pseudonymous)
    file = {"content-disposition": 'attachment; filename="submissions.jsonl"', "cache-control": "no-store"}
    return Response(lines.encode(), 200, file, "application/x-ndjson")


def _lines(connection: Connection, pseudonymous: bool) -> str:  # passed on as it was asked for
    rows: Iterator[dict[str, object]] = privacy.export(connection, pseudonymous=pseudonymous)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@router.delete("/api/v1/students/{student}")
async def forget(student: str, state: Belongings, asker: Asker) -> Response:
    """Delete all that is kept of a student; students can do so themselves."""
    if asker.student != student:
        asker.must("admin", "teach")
    return Json({"submissions": await state.classroom.database.writing(privacy.forget, student, asker.name)})
