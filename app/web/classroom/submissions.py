"""Handing in: graded by the workers, kept with its attempt in one transaction, acknowledged when it is on the disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.core.diagnostic import problem
from app.grading import deadline
from app.store import exercises, privacy, submissions
from app.store.exercises import Stored
from app.store.submissions import Handed
from app.web.classroom.answers import Json
from app.web.classroom.engine import ask, slot
from app.web.classroom.exercises import find, graded
from app.web.classroom.identity import Asker, Who
from app.web.classroom.reading import asked, page_of
from app.web.routes import Belongings
from app.web.state import State
from app.wire.requests.classroom import SubmissionRequest
from app.wire.told import told

router = APIRouter()
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that has come in: whose, to what, and by which request."""

    exercise: Stored
    student: str
    answers: str
    by: str
    key: str | None
    share: float

    @property
    def digest(self) -> str:
        """The same for the same answers, in whichever order they stand."""
        return sha256(self.answers.encode()).hexdigest()

    @property
    def request_digest(self) -> str:
        """The same for the same submission."""
        return sha256(f"{self.exercise.id}\0{self.student}\0{self.answers}".encode()).hexdigest()

    @property
    def policy(self) -> dict[str, Any]:
        """The policy of the exercise."""
        return policy_of(self.exercise)


@router.post("/api/v1/submissions")
async def submit(request: Request, state: Belongings, asker: Asker) -> Response:
    """Hand a sheet in. The same sheet again costs no attempt; the same Idempotency-Key again has the same answer."""
    sheet = await _sheet(request, state, asker)
    database = state.classroom.database
    known = await database.reading(_known, sheet)
    if known is None:
        body = {"exercise": graded(json.loads(sheet.exercise.text)), "answers": json.loads(sheet.answers), "student": sheet.student}
        result = await ask(state, "record", body, slot(request, asker))
        known = await database.writing(_submit, _handed(sheet, result))
    row, outcome, used = known
    headers = {"location": f"submissions/{row['id']}"} | ({} if outcome == "new" else {"idempotency-replayed": "true"})
    left = None if sheet.policy.get("attempts") is None else max(0, sheet.policy["attempts"] - used)
    return Json(shown(row, policy_of(sheet.exercise), asker) | {"attempts_left": left}, 201 if outcome == "new" else 200, headers)


async def _sheet(request: Request, state: State, asker: Who) -> Sheet:
    """Read what has come in; raises ProgramError for who may not, for what cannot be read, and before and after its time."""
    body = await asked(SubmissionRequest, request, state)
    key = request.headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        raise problem("request.field", f"An Idempotency-Key has 1 to {LONGEST_KEY} characters.", field="Idempotency-Key")
    exercise = await find(state, asker, body.exercise_id)
    if asker.student is None:
        asker.must("grade")
        if body.student is None:
            raise problem("request.field", "Say whose sheet it is: student.", field="student")
    elif body.student not in (None, asker.student):
        raise problem("key.scope", "A student's session hands in that student's own sheets.")
    share = deadline.share(policy_of(exercise), datetime.now(UTC))
    answers = json.dumps(body.answers, sort_keys=True, ensure_ascii=False)
    return Sheet(exercise, asker.student or body.student or "", answers, asker.name, key, share)


Known = tuple[dict[str, Any], submissions.Outcome, int]
"""A submission, how it came about, and the attempts that its student has used."""


def _known(connection: Connection, sheet: Sheet) -> Known | None:
    """What is there already, before anything is graded; raises ProgramError where no attempt is left."""
    used = submissions.used(connection, sheet.exercise.id, sheet.student)
    replay = submissions.replayed(connection, sheet.by, sheet.key, sheet.request_digest)
    if replay is not None:
        return replay, "replayed", used
    same = submissions.repeated(connection, sheet.exercise.id, sheet.exercise.version, sheet.student, sheet.digest)
    if same is not None:
        return same, "repeated", used
    allowed = sheet.policy.get("attempts")
    if allowed is not None and used >= allowed:
        raise problem("submission.no_attempts", f"All {allowed} attempts are used.", allowed=allowed)
    return None


def _submit(connection: Connection, handed: Handed) -> Known:
    row, outcome = submissions.submit(connection, handed)
    return row, outcome, submissions.used(connection, handed.exercise_id, handed.student)


def _handed(sheet: Sheet, result: Mapping[str, Any]) -> Handed:
    return Handed(
        exercise_id=sheet.exercise.id, version=sheet.exercise.version, student=sheet.student, answers=sheet.answers,
        answers_digest=sheet.digest, result=json.dumps(result, ensure_ascii=False), score=round(result["score"] * sheet.share, 9),
        max_score=result["max_score"], late=sheet.share < 1, allowed=sheet.policy.get("attempts"), request_by=sheet.by,
        request_key=sheet.key, request_digest=sheet.request_digest,
    )  # fmt: skip


@router.get("/api/v1/submissions")
async def listed(request: Request, state: Belongings, asker: Asker) -> Response:
    """Submissions page by page: a student's own, or with a key all."""
    exercise, student = request.query_params.get("exercise_id"), request.query_params.get("student")
    if asker.student is None:
        asker.must("results")
    else:
        student = asker.student
    after, limit = page_of(request)
    rows, following = await state.classroom.database.reading(_page, exercise, student, after, max(limit, 1))
    pseudonym = await _pseudonyms(request, state, asker)
    found = [shown(row, policy_of(stored), asker) | {"student": pseudonym(row["student"])} for row, stored in rows]
    return Json({"submissions": found, "next": following})


@router.get("/api/v1/submissions/{identity}")
async def one(identity: str, state: Belongings, asker: Asker) -> Response:
    """One submission."""
    row, stored = await state.classroom.database.reading(_one, identity)
    if asker.student != row["student"]:
        asker.must("results")
    return Json(shown(row, policy_of(stored), asker))


def _page(
    connection: Connection, exercise: str | None, student: str | None, after: int, limit: int
) -> tuple[list[tuple[dict[str, Any], Stored]], int | None]:
    rows, following = submissions.page(connection, exercise, student, after, limit)
    known = {place: exercises.at(connection, *place) for place in {(row["exercise_id"], row["version"]) for row in rows}}
    return [(row, known[row["exercise_id"], row["version"]]) for row in rows], following


def _one(connection: Connection, identity: str) -> tuple[dict[str, Any], Stored]:
    row = submissions.find(connection, identity)
    return row, exercises.at(connection, row["exercise_id"], row["version"])


async def _pseudonyms(request: Request, state: State, asker: Who) -> Any:
    if request.query_params.get("pseudonyms") != "true":
        return str
    return await state.classroom.database.reading(privacy.pseudonyms)


def shown(row: Mapping[str, Any], policy: Mapping[str, Any], asker: Who) -> dict[str, Any]:
    """A submission as its reader may see it: a teacher whole, a student as the policy tells."""
    result = json.loads(row["result"])
    seen = result if asker.may("results", "teach") else told(result, policy.get("feedback", "full"))
    kept = ("id", "exercise_id", "version", "graded_version", "student", "attempt", "late", "score", "max_score", "submitted_at")
    return {**{name: row[name] for name in kept}, "answers": json.loads(row["answers"]), "result": seen}


def policy_of(exercise: Stored) -> dict[str, Any]:
    """The policy of an exercise."""
    found: dict[str, Any] = json.loads(exercise.text).get("policy", {})
    return found
