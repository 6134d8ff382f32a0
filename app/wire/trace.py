"""The main job: from a request to the bytes of its answer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import OpError, problem
from app.core.limits import Limits
from app.lang.program import Library, Run
from app.settings import Settings
from app.wire.answer import Asked, asked, composed
from app.wire.form import filled
from app.wire.notes import notes
from app.wire.requests.programs import TraceRequest
from app.wire.skeleton import Skeletons
from app.wire.swept import Swept, sweeps, too_large


@lru_cache(maxsize=8)
def library(limits: Limits) -> Library:
    """The compiled programs of this process, under the budgets of its settings."""
    return Library(limits)


@lru_cache(maxsize=8)
def skeletons(limits: Limits) -> Skeletons:
    """The structures that this process has answered lately."""
    return Skeletons()


def trace(request: TraceRequest, settings: Settings) -> bytes:
    """The answer to a trace request; raises ProgramError."""
    limits = settings.limits
    run = library(limits).program(request.source, frozenset(request.inputs)).run(request.inputs, request.wrt, request.outputs)
    wanted = asked(request, limits)
    with np.errstate(all="ignore"):
        encoded = filled(run, wanted, skeletons(limits)) or orjson.dumps(_answered(run, wanted, settings))
    if len(encoded) > limits.answer_bytes:
        raise too_large(len(encoded), limits)
    return encoded


def _answered(run: Run, wanted: Asked, settings: Settings) -> dict[str, Any]:
    """The answer as plain data."""
    request = wanted.request
    try:
        swept = sweeps(run, request, settings.limits)
    except OpError as error:
        site = run.sites[error.node] if error.node is not None else None
        raise problem(error.code, error.message, run.checked.span(site) if site else None, error.hint, **error.extra) from None
    remarks = notes(run, swept.tangents is not None)
    answer = composed(run, wanted, swept, skeletons(settings.limits).of(run, wanted.view), remarks)
    if request.verify is not False:
        answer["verification"] = _verified(run, request, swept, settings.torch_device)
    return answer


def _verified(run: Run, request: TraceRequest, swept: Swept, usual: Any) -> dict[str, Any]:
    """Torch's opinion on every node; torch is loaded here, in the worker that has it."""
    from app.oracle.verify import Question, verify  # noqa: PLC0415  other workers must not load torch
    from app.wire.claims import claims  # noqa: PLC0415  it imports the oracle's nouns

    device = usual if request.verify is True else request.verify.device  # type: ignore[union-attr]  # False does not come here
    wrt = tuple(name for name, node in run.inputs.items() if run.tape.live[node])
    chosen = tuple(request.outputs) if request.outputs is not None else None
    results = [derived.results for derived in run.derived]
    question = Question(dict(request.inputs), request.mode, wrt, swept.directions, swept.cotangents, chosen, results)
    return verify(run.checked, question, claims(run, swept.adjoints, swept.tangents), device)
