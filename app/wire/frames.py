"""POST /api/v1/frames: the traces over a range of one input, the first whole and the others by what differs."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import OpError, ProgramError, problem
from app.labs.frames import columns
from app.settings import Settings
from app.wire.numbers import plain
from app.wire.ranges import values_of
from app.wire.requests.programs import FramesRequest, TraceRequest
from app.wire.swept import too_large
from app.wire.trace import trace

LARGEST = 8 * 1024 * 1024
"""Bytes of all traces together: a slider shall not wait for more."""


def frames(request: FramesRequest, settings: Settings) -> bytes:
    """The answer to a request for frames; raises ProgramError."""
    ((name, given),) = request.vary.items()
    values = values_of(name, given, settings.limits)
    refused: list[dict[str, Any]] = []
    found = _traced(request, name, values, settings, refused)
    answers = [answer for answer in found if answer is not None]
    if not answers:
        raise problem(refused[0]["code"], refused[0]["detail"])
    places = [None if answer is None else count for answer, count in zip(found, _counts(found), strict=True)]
    answer = {
        "vary": {name: plain(values)},
        "first": answers[0],
        "columns": [{"at": path, "values": column} for path, column in columns(answers)],
        "frames": places,
        "refused": refused,
    }
    encoded = orjson.dumps(answer)
    if len(encoded) > settings.limits.answer_bytes:
        raise too_large(len(encoded), settings.limits)
    return encoded


def _counts(found: list[Any]) -> list[int]:
    """How many answers stand before each."""
    return [sum(answer is not None for answer in found[:place]) for place in range(len(found))]


def _traced(request: FramesRequest, name: str, values: np.ndarray, settings: Settings, refused: list[dict[str, Any]]) -> list[Any]:
    """The trace at each value; None where the program is refused there."""
    common = request.model_dump(exclude={"vary"})
    found: list[Any] = []
    size = 0
    for place, value in enumerate(map(float, values)):
        try:
            encoded = trace(TraceRequest.model_construct(**common | {"inputs": {**request.inputs, name: value}}), settings)
        except (ProgramError, OpError) as error:
            said = error.diagnostic if isinstance(error, ProgramError) else error
            refused.append({"index": [place], "code": said.code, "detail": said.message})
            found.append(None)
            continue
        size += len(encoded)
        if size > LARGEST:
            raise problem("budget.answer", f"The traces would take more than {LARGEST:,} bytes.", None, "Take fewer points.")
        found.append(orjson.loads(encoded))
    return found
