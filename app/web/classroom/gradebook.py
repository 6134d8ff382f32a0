"""What a teacher reads: the gradebook, and where a class goes wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.core.diagnostic import problem
from app.grading.formats.moodle import HEADS
from app.grading.formats.table import table
from app.store import audit, gradebook, privacy, submissions
from app.store.exercises import Stored, find
from app.web.classroom.answers import Json
from app.web.classroom.identity import Asker
from app.web.classroom.reading import page_of
from app.web.routes import Belongings

router = APIRouter()
COLUMNS = ("exercise_id", "student", "score", "max_score", "attempts", "late", "submitted_at", "last_at", "version", "graded_version")
FORMATS = ("json", "csv", "moodle-csv")


@router.get("/api/v1/gradebook")
async def grades(request: Request, state: Belongings, asker: Asker) -> Response:
    """Everybody's best score, as JSON or as a table for spreadsheets and Moodle."""
    asker.must("results", "teach")
    wanted = request.query_params.get("format", "json")
    if wanted not in FORMATS:
        raise problem("request.field", f"The formats are {', '.join(FORMATS)}.", field="format")
    rows, call = await state.classroom.database.reading(_rows, request.query_params.get("exercise_id"))
    named = call if request.query_params.get("pseudonyms") == "true" else str
    found = [{name: row[name] for name in COLUMNS} | {"student": named(row["student"])} for row in rows]
    if wanted == "json":
        return Json({"grades": found})
    columns = COLUMNS if wanted == "csv" else ("student", "score")
    heads = COLUMNS if wanted == "csv" else HEADS[: len(columns)]
    text = table([heads, *([row[name] for name in columns] for row in found)])
    file = {"content-disposition": 'attachment; filename="gradebook.csv"', "cache-control": "no-store"}
    return Response(text.encode(), 200, file, "text/csv; charset=utf-8")


def _rows(connection: Connection, exercise: str | None) -> tuple[list[dict[str, Any]], Callable[[str], str]]:
    return gradebook.gradebook(connection, exercise), privacy.pseudonyms(connection)


@router.get("/api/v1/exercises/{identity}/progress")
async def progress(identity: str, state: Belongings, asker: Asker) -> Response:
    """How far a class is, and what it gets wrong: verdicts and diagnoses by node and quantity, over everybody's last sheet."""
    asker.must("results", "teach")
    stored, rows = await state.classroom.database.reading(_sheets, identity)
    results = [json.loads(row["result"]) for row in rows]
    scores = sorted(row["score"] for row in rows)
    told = {
        "exercise_id": stored.id,
        "version": stored.version,
        "students": len(rows),
        "attempts": sum(row["attempt"] for row in rows),
        "finished": sum(row["score"] >= row["max_score"] for row in rows),
        "scores": scores,
        "max_score": max((row["max_score"] for row in rows), default=None),
        "last_at": max((row["submitted_at"] for row in rows), default=None),
        "spots": _spots(results),
    }
    return Json(told)


def _sheets(connection: Connection, identity: str) -> tuple[Stored, Sequence[dict[str, Any]]]:
    return find(connection, identity), submissions.latest(connection, identity)


def _spots(results: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Per node, quantity and slot: how often which verdict, how often the slip began there, and what it was taken for."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for result in results:
        slipped = {(root["id"], root["quantity"], root["slot"]) for root in result["root_causes"]}
        for item in result["items"]:
            place = item["id"], item["quantity"], item["slot"]
            fresh = {"node": item["node"], "verdicts": Counter(), "diagnoses": Counter(), "slips": 0}
            spot = found.setdefault(place, fresh)
            spot["verdicts"][item["verdict"]] += 1
            spot["diagnoses"].update({one["name"] for one in item["diagnosis"]})
        for place in slipped & found.keys():
            found[place]["slips"] += 1
    return [{"id": node, "quantity": quantity, "slot": slot, **spot} for (node, quantity, slot), spot in found.items()]


@router.get("/api/v1/audit")
async def log(request: Request, state: Belongings, asker: Asker) -> Response:
    """Who changed what, the latest first."""
    asker.must("admin", "teach")
    before, limit = page_of(request)
    rows = await state.classroom.database.reading(audit.page, before or None, max(limit, 1), request.query_params.get("subject"))
    return Json({"changes": rows, "next": rows[-1]["number"] if len(rows) == max(limit, 1) else None})
