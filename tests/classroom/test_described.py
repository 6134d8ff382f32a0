"""Every call of the classroom is described, and answers as described."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from school import RIGHT, SLIPPED, submit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "contract"))

from fastapi.routing import APIRoute
from test_openapi import mismatches

from app.web.classroom import exercises, gradebook, regrades, session, students, submissions
from app.web.openapi_classroom import CALLS


@pytest.fixture(scope="module")
def document(server):
    return server.client.get("/openapi.json").json()


def test_every_call_is_described_and_nothing_else():
    routers = [part.router for part in (exercises, gradebook, regrades, session, students, submissions)]
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    answered = {(next(iter(route.methods)).lower(), route.path.removeprefix("/api/v1/").replace("{identity}", "{id}")) for route in routes}
    assert answered == {(call.method, call.path) for call in CALLS}


def test_answers_are_as_described(school, document, worker):
    posed = school.posed(note="Fan-out.")
    student = school.student(posed)
    one = submit(student, posed, SLIPPED).json()
    submit(school.teacher, posed, RIGHT, student="bob")
    regrade = school.teacher.post("/regrades", json={"exercise_id": posed["id"]}).json()
    school.regraded(regrade["id"])
    places = {
        "exercises": "", "exercises/{id}": posed["id"], "exercises/{id}/progress": posed["id"], "submissions": "",
        "submissions/{id}": one["id"], "gradebook": "", "regrades": "", "regrades/{id}": regrade["id"], "session": "", "audit": "",
    }  # fmt: skip
    for place, identity in places.items():
        schema = document["paths"][f"/api/v1/{place}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = school.teacher.get("/" + place.replace("{id}", identity))
        assert answer.status_code == 200, answer.text
        assert list(mismatches(answer.json(), schema, document)) == [], place


def test_what_is_made_is_answered_as_described(school, document):
    posed = school.posed()
    made = {"submissions": submit(school.student(posed), posed).json(), "exercises": posed}
    for place, answer in made.items():
        schema = document["paths"][f"/api/v1/{place}"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]
        assert list(mismatches(answer, schema, document)) == [], place
