"""What the classroom asks of the workers: exercises are read and sheets graded there, as everything that people wrote."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request

from app.core.diagnostic import problem
from app.web.classroom.identity import Who
from app.web.clients import slot_of
from app.web.state import State
from app.work.job import Stopped, Unavailable
from app.work.pool import INTERNAL
from app.work.queue import Slot


class Refused(Exception):  # noqa: N818  # it is an answer
    """A worker's problem, as it is to be sent on."""

    def __init__(self, status: int, content: bytes) -> None:
        super().__init__(status)
        self.status, self.content = status, content


async def ask(state: State, call: str, body: Any, slot: Slot = INTERNAL) -> Any:
    """What a worker answers; raises Refused for a problem, Busy where none has time."""
    try:
        status, content = await state.engine.ask(call, json.dumps(body).encode(), slot)
    except (Stopped, Unavailable):
        raise problem("server.stopped", "The worker was stopped before it could answer. Nothing was recorded.") from None
    if status != 200:
        raise Refused(status, bytes(content))
    return json.loads(bytes(content))


def slot(request: Request, asker: Who) -> Slot:
    """The fair queue's place of whoever asks: a key or a student each have their own, whatever address they share."""
    if asker.scopes or asker.student is not None:
        return Slot(asker.name, exclusive=asker.student is not None)
    return slot_of(request.scope, dict(request.scope["headers"]))
