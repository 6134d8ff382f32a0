"""The job of a regrade: every submission graded anew by the workers, one after the other; cut off, it goes on where it stood."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from app.store import exercises, regrades
from app.store.exercises import Stored
from app.store.queue import Handlers
from app.web.classroom.engine import Refused, ask
from app.web.classroom.exercises import graded
from app.web.state import State
from app.work.job import Busy


def handlers(state: State) -> Handlers:
    """What the queue's kinds of jobs do."""

    async def regrade(identity: str) -> None:
        await work_out(state, identity)

    return {"regrade": regrade}


async def work(state: State) -> None:
    """Work jobs off until cancelled; regrades that nobody has finished wait again."""
    await put_unfinished(state)
    await state.classroom.queue.work(handlers(state))


async def put_unfinished(state: State) -> None:
    """Regrades that were planned by a server which ended before it could say so."""
    for identity in await state.classroom.database.reading(regrades.waiting):
        await state.classroom.queue.put("regrade", identity)


async def work_out(state: State, identity: str) -> None:
    """What every submission would become."""
    database = state.classroom.database
    regrade = await database.reading(regrades.find, identity)
    exercise = await database.reading(exercises.at, regrade["exercise_id"], regrade["version"])
    for row in await database.writing(regrades.begin, identity):
        found, why_not = await _graded(state, exercise, row)
        await database.writing(regrades.note, identity, row, found, why_not)
    await database.writing(regrades.finish, identity)


async def _graded(state: State, exercise: Stored, row: Mapping[str, Any]) -> tuple[dict[str, Any] | None, str | None]:
    """The new result of a submission, or the problem that leaves the old one."""
    text = json.loads(exercise.text)
    body = {"exercise": graded(text), "answers": json.loads(row["answers"]), "student": row["student"]}
    while True:
        try:
            result = await ask(state, "record", body)
        except Busy as busy:  # students go first
            await asyncio.sleep(busy.after)
        except Refused as refused:
            return None, refused.content.decode()
        else:
            late = text.get("policy", {}).get("late")
            share = late if row["late"] and late is not None else 1.0  # a version without such a rule takes nothing off
            score = round(result["score"] * share, 9)
            return {"result": json.dumps(result, ensure_ascii=False), "score": score, "max_score": result["max_score"]}, None
