"""Regrades: planned here, worked out by the queue, applied and undone here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.store import regrades
from app.web.classroom.answers import Json
from app.web.classroom.identity import Asker
from app.web.classroom.reading import asked
from app.web.routes import Belongings
from app.wire.requests.classroom import ApplyRequest, RegradeRequest, UndoRequest

router = APIRouter()


@router.post("/api/v1/regrades")
async def plan(request: Request, state: Belongings, asker: Asker) -> Response:
    """Grade all submissions of an exercise anew: first on paper, unless the request says otherwise."""
    asker.must("teach")
    body = await asked(RegradeRequest, request, state)
    row = await state.classroom.database.writing(
        regrades.plan, body.exercise_id, body.version, body.policy, body.why, asker.name, at_once=not body.dry_run
    )
    await state.classroom.queue.put("regrade", row["id"])
    return Json(_shown(row), 202, {"location": f"regrades/{row['id']}"})


@router.get("/api/v1/regrades")
async def listed(request: Request, state: Belongings, asker: Asker) -> Response:
    """The regrades, the latest first."""
    asker.must("teach", "results")
    rows = await state.classroom.database.reading(regrades.listed, request.query_params.get("exercise_id"))
    return Json({"regrades": [_shown(row) for row in rows]})


@router.get("/api/v1/regrades/{identity}")
async def one(identity: str, state: Belongings, asker: Asker) -> Response:
    """One regrade, with what it changes for every student."""
    asker.must("teach", "results")
    row, changes = await state.classroom.database.reading(_with_changes, identity)
    return Json(_shown(row) | {"diff": [_change(change, row) for change in changes]})


@router.post("/api/v1/regrades/{identity}/apply")
async def apply(identity: str, request: Request, state: Belongings, asker: Asker) -> Response:
    """Put the new scores in place."""
    asker.must("teach")
    body = await asked(ApplyRequest, request, state)
    return Json(_shown(await state.classroom.database.writing(regrades.apply, identity, body.policy, asker.name)))


@router.post("/api/v1/regrades/{identity}/undo")
async def undo(identity: str, request: Request, state: Belongings, asker: Asker) -> Response:
    """Put the old scores back."""
    asker.must("teach")
    body = await asked(UndoRequest, request, state)
    return Json(_shown(await state.classroom.database.writing(regrades.undo, identity, asker.name, body.why)))


def _with_changes(connection: Connection, identity: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return regrades.find(connection, identity), regrades.diff(connection, identity)


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "exercise_id", "version", "policy", "why", "state", "asked_by", "asked_at", "error")}


def _change(row: Mapping[str, Any], regrade: Mapping[str, Any]) -> dict[str, Any]:
    """One line of the diff; a problem leaves the score as it is."""
    fails = json.loads(row["problem"]) if row["problem"] is not None else None
    return {
        "submission_id": row["submission_id"],
        "student": row["student"],
        "attempt": row["attempt"],
        "from": {"score": row["from_score"], "max_score": row["from_max_score"], "version": row["from_version"]},
        "to": None if fails else {"score": row["to_score"], "max_score": row["to_max_score"], "version": regrade["version"]},
        "change": None if fails else round(row["to_score"] - row["from_score"], 9),
        "problem": fails,
        "applied": row["applied"],
    }
