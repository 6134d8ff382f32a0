"""Exercises: the library's for everybody, and those that teachers made, by versions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.core.diagnostic import problem
from app.gallery.reading import ABOUT
from app.store import exercises
from app.store.exercises import Stored
from app.web.classroom.answers import Json
from app.web.classroom.engine import ask, slot
from app.web.classroom.identity import Asker, Who
from app.web.classroom.reading import value, version_of
from app.web.routes import Belongings
from app.web.state import State
from app.wire.requests.classroom import ID_PATTERN

router = APIRouter()
ID = re.compile(ID_PATTERN)
TRIED = 50
"""Variants that an exercise must have good before it is kept."""
SAID = ("title", "statement", *ABOUT)
"""What an exercise says of itself to people."""


@router.get("/api/v1/exercises")
async def listed(state: Belongings, asker: Asker) -> Response:
    """The library, and those of one's own."""
    own = [] if asker.name == "nobody" else await state.classroom.database.reading(exercises.listed)
    seen = [_stored(one, asker) for one in own if asker.scopes or one.id in asker.exercises]
    return Json({"exercises": [*seen, *[_of_library(one, asker) for one in (await library(state)).values()]]})


@router.get("/api/v1/exercises/{identity}")
async def one(identity: str, request: Request, state: Belongings, asker: Asker) -> Response:
    """One exercise, as it is or at a version."""
    found = (await library(state)).get(identity)
    if found is not None:
        return Json(_of_library(found, asker))
    version = request.query_params.get("version")
    stored = await find(state, asker, identity, int(version) if version and version.isdecimal() and len(version) < 10 else None)
    return Json(_stored(stored, asker), headers={"etag": f'"{stored.version}"'})


@router.post("/api/v1/exercises")
async def create(request: Request, state: Belongings, asker: Asker) -> Response:
    """Keep a new exercise, if its variants are good."""
    asker.must("teach")
    body = await _checked(request, state, asker, None)
    stored = await state.classroom.database.writing(exercises.create, body["id"], json.dumps(body, ensure_ascii=False), asker.name)
    return Json(_stored(stored, asker), 201, {"etag": f'"{stored.version}"', "location": f"exercises/{stored.id}"})


@router.put("/api/v1/exercises/{identity}")
async def replace(identity: str, request: Request, state: Belongings, asker: Asker) -> Response:
    """A new version of an exercise, in place of the one that If-Match names."""
    asker.must("teach")
    expected = version_of(request, needed=True)
    text = json.dumps(await _checked(request, state, asker, identity), ensure_ascii=False)
    stored = await state.classroom.database.writing(exercises.replace, identity, text, expected, asker.name)
    return Json(_stored(stored, asker), headers={"etag": f'"{stored.version}"'})


@router.delete("/api/v1/exercises/{identity}")
async def delete(identity: str, request: Request, state: Belongings, asker: Asker) -> Response:
    """Take an exercise away; its submissions stay."""
    asker.must("teach")
    await state.classroom.database.writing(exercises.delete, identity, version_of(request, needed=False), asker.name)
    return Response(status_code=204)


@router.post("/api/v1/exercises/{identity}/test")
async def test(identity: str, request: Request, state: Belongings, asker: Asker) -> Response:
    """Run every variant of an exercise."""
    body = await value(request, state) if request.headers.get("content-length", "0") != "0" else {}
    if not isinstance(body, dict) or not body.keys() <= {"count"}:
        raise problem("request.field", "The one field is count.", field="count")
    if identity in await library(state):
        return Json(await ask(state, "exercises/test", {"exercise_id": identity, **body}, slot(request, asker)))
    stored = await find(state, asker, identity)
    return Json(await ask(state, "exercises/test", {"exercise": graded(json.loads(stored.text)), **body}, slot(request, asker)))


async def find(state: State, asker: Who, identity: str, version: int | None = None) -> Stored:
    """A teacher's exercise, for those who may see it; for others there is none."""
    if not asker.may("teach", "grade", "results") and identity not in asker.exercises:
        raise problem("exercise.unknown", f"There is no exercise {identity[:100]!r}, or you need a key or its link to see it.")
    return await state.classroom.database.reading(exercises.find, identity, version)


async def library(state: State) -> Mapping[str, dict[str, Any]]:
    """The exercises that come with Wengert, by their ids."""
    found = state.classroom.library
    if found is None:
        document = await state.document("exercises")
        found = state.classroom.library = {one["id"]: one for one in json.loads(document.content)["exercises"]}
    return found


def graded(text: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an exercise that a grader reads."""
    return {name: part for name, part in text.items() if name not in ABOUT}


async def _checked(request: Request, state: State, asker: Who, identity: str | None) -> dict[str, Any]:
    """An exercise as it was sent, which the workers can read and whose variants are good; raises ProgramError."""
    body = await value(request, state)
    if not isinstance(body, dict):
        raise problem("request.field", "The body must be an exercise as a JSON object.")
    named = body.get("id", identity)
    if not isinstance(named, str) or not ID.fullmatch(named):
        raise problem("request.field", "An exercise needs an id of up to 100 letters, digits, dots, - and _.", field="id")
    if identity is not None and named != identity:
        raise problem("request.field", f"The id is {identity}; it does not change.", field="id")
    if named in await library(state):
        raise problem("exercise.exists", f"{named} is the id of an exercise of the library.")
    for name in ("topic", "level", "note"):
        if not isinstance(body.get(name, ""), str):
            raise problem("request.field", f"{name} must be a text.", field=name)
    body = body | {"id": named}
    found = await ask(state, "exercises/test", {"exercise": graded(body), "count": TRIED}, slot(request, asker))
    if not found["ok"]:
        first = found["bad"][0]
        raise problem("exercise.variant", f"Variant {first['seed']} is not good: {first['reason']}", None, None, bad=found["bad"][:20])
    return body


def _of_library(one: Mapping[str, Any], asker: Who) -> dict[str, Any]:
    return _for(asker, {**{name: one[name] for name in ("id", *SAID)}, "exercise": one["exercise"], "own": False, "version": None})


def _stored(one: Stored, asker: Who) -> dict[str, Any]:
    text = json.loads(one.text)
    kept = {"own": True, "version": one.version, "current": one.current, "made_at": one.made_at, "link": one.link}
    return _for(asker, {"id": one.id, **{name: text.get(name) for name in SAID}, "exercise": graded(text), **kept})


def _for(asker: Who, row: Mapping[str, Any]) -> dict[str, Any]:
    """An exercise as its reader may see it: the note and the link are for teachers."""
    return {name: part for name, part in row.items() if asker.may("teach") or name not in ("note", "link")}
