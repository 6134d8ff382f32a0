"""The calls that keep something, described as OpenAPI."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pydantic import BaseModel

from app.wire.requests.classroom import ApplyRequest, RegradeRequest, SessionRequest, SubmissionRequest, UndoRequest

REQUESTS: tuple[type[BaseModel], ...] = (SessionRequest, SubmissionRequest, RegradeRequest, ApplyRequest, UndoRequest)
SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": "wgt_…, made by `python -m app keys make`"},
    "session": {"type": "apiKey", "in": "cookie", "name": "wengert_login", "description": "POST /api/v1/session opens one"},
}


class Call(NamedTuple):
    """One call: what it does, who may, what it takes and what it answers."""

    method: str
    path: str
    summary: str
    scopes: str
    answer: str
    asked: str = ""
    query: str = ""
    headers: str = ""
    status: str = "200"


CALLS = (
    Call("get", "exercises", "The library, and one's own exercises", "", "Exercises"),
    Call("post", "exercises", "Keep a new exercise whose variants are good", "teach", "PosedExercise", "ExerciseSent", status="201"),
    Call("get", "exercises/{id}", "One exercise, as it is or at a version", "", "PosedExercise", query="version"),
    Call("put", "exercises/{id}", "A new version of an exercise", "teach", "PosedExercise", "ExerciseSent", headers="If-Match"),
    Call("delete", "exercises/{id}", "Take an exercise away; its submissions stay", "teach", "", headers="If-Match", status="204"),
    Call("post", "exercises/{id}/test", "Try every variant of an exercise", "", "ExerciseTest", "Count"),
    Call("get", "exercises/{id}/progress", "How far a class is, and where it slips", "results teach", "Progress"),
    Call("post", "submissions", "Hand a sheet in", "grade", "Submission", "SubmissionRequest", headers="Idempotency-Key", status="201"),
    Call("get", "submissions", "Submissions, page by page", "results", "Submissions", query="exercise_id student cursor limit pseudonyms"),
    Call("get", "submissions/export", "All submissions, one JSON a line, under pseudonyms", "results", "text", query="pseudonyms"),
    Call("get", "submissions/{id}", "One submission", "results", "Submission"),
    Call(
        "get",
        "gradebook",
        "Everybody's best score, as JSON or as a table",
        "results teach",
        "Gradebook",
        query="exercise_id format pseudonyms",
    ),
    Call("post", "regrades", "Grade all submissions anew, first on paper", "teach", "Regrade", "RegradeRequest", status="202"),
    Call("get", "regrades", "The regrades, the latest first", "teach results", "Regrades", query="exercise_id"),
    Call("get", "regrades/{id}", "One regrade, with what it changes", "teach results", "Regrade"),
    Call("post", "regrades/{id}/apply", "Put the new scores in place", "teach", "Regrade", "ApplyRequest"),
    Call("post", "regrades/{id}/undo", "Put the old scores back", "teach", "Regrade", "UndoRequest"),
    Call("post", "session", "Sign in with a key, or with a class link", "", "Session", "SessionRequest", status="201"),
    Call("get", "session", "Who one is", "", "Session"),
    Call("delete", "session", "Sign out", "", "", status="204"),
    Call("delete", "students/{student}", "Delete all that is kept of a student", "admin teach", "Forgotten"),
    Call("get", "audit", "Who changed what, the latest first", "admin teach", "Changes", query="subject cursor limit"),
)
COUNT_SCHEMA = {"type": "object", "properties": {"count": {"type": "integer", "minimum": 1, "maximum": 500}}}


def paths(problem: Any) -> dict[str, Any]:
    """What every address answers; ``problem`` describes the problems of a status."""
    found: dict[str, Any] = {}
    for call in CALLS:
        found.setdefault(f"/api/v1/{call.path}", {})[call.method] = _operation(call, problem)
    return found


def _operation(call: Call, problem: Any) -> dict[str, Any]:
    wanted = f"Needs the scope {' or '.join(call.scopes.split())}, or a session that has it." if call.scopes else "Open to everybody."
    places = [_parameter(name, "path") for name in re.findall(r"\{(\w+)\}", call.path)]
    places += [_parameter(name, "query") for name in call.query.split()] + [_parameter(name, "header") for name in call.headers.split()]
    operation: dict[str, Any] = {
        "operationId": f"{call.method}_{re.sub(r'[^a-z]+', '_', call.path).strip('_')}",
        "tags": ["classroom"],
        "summary": call.summary,
        "description": wanted,
        "parameters": places,
        "security": [{"key": []}, {"session": []}] if call.scopes else [{}],
        "responses": {call.status: _answer(call), **{str(status): problem(status) for status in (401, 403, 404, 422, 503)}},
    }
    if call.asked:
        schema = COUNT_SCHEMA if call.asked == "Count" else {"$ref": f"#/components/schemas/{call.asked}"}
        operation["requestBody"] = {"required": call.asked != "Count", "content": {"application/json": {"schema": schema}}}
    return operation


def _parameter(name: str, where: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path" or name == "If-Match", "schema": {"type": "string"}}


def _answer(call: Call) -> dict[str, Any]:
    if not call.answer:
        return {"description": "Done"}
    if call.answer == "text":
        return {"description": call.summary, "content": {"application/x-ndjson": {"schema": {"type": "string"}}}}
    return {"description": call.summary, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{call.answer}"}}}}
