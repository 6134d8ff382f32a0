"""POST /api/v1/autograd: code of PyTorch, followed by our engine and by torch itself, line by line beside each other."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import ProgramError
from app.labs.autograd.session import Graph, Moment, Session, run
from app.labs.autograd.tensor import Tensor
from app.lang.eager.outcome import Failure, Outcome
from app.settings import Settings
from app.wire.numbers import plain
from app.wire.requests.programs import AutogradRequest
from app.wire.swept import too_large

ADDRESS = re.compile(r"0x[0-9a-f]+")
"""Where an object lies differs from run to run."""
LARGEST = 64
"""Entries of a tensor that is shown with its numbers."""


def autograd(request: AutogradRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError where the program is refused before it ends."""
    ours, theirs = _both(request, settings)
    answer: dict[str, Any] = {
        "printed": _beside(ours.outcome, theirs),
        "error": _error(ours.outcome.failure, theirs.failure if theirs is not None else None, compared=theirs is not None),
        "graphs": [_graph(graph) for graph in ours.graphs],
        "timeline": [{"name": name, "moments": [_moment(one) for one in moments]} for name, moments in ours.timeline.items()],
        "names": {name: _tensor(value) for name, value in ours.outcome.names.items() if isinstance(value, Tensor)},
        "skipped": ours.skipped,
        "backend": None if theirs is None else _backend(),
        "agrees": None,
    }
    if theirs is not None:
        answer["agrees"] = all(line["close"] for line in answer["printed"]) and _ends_alike(ours.outcome, theirs)
    encoded = orjson.dumps(answer)
    if len(encoded) > settings.limits.answer_bytes:
        raise too_large(len(encoded), settings.limits)
    return encoded


def _both(request: AutogradRequest, settings: Settings) -> tuple[Session, Outcome | None]:
    """Our run, within the budgets; and torch's, which is only asked once ours has kept them."""
    if not request.verify:
        return run(request.source, settings.limits, None, request.values), None
    from app.oracle.eager import TorchDraws, evaluate  # noqa: PLC0415  only workers that have torch come here

    ours = run(request.source, settings.limits, TorchDraws(request.seed), request.values)
    try:
        return ours, evaluate(request.source, settings.limits, request.seed, request.values)
    except ProgramError as error:
        return ours, Outcome(failure=Failure(0, "Stopped", error.diagnostic.message))


def _backend() -> str:
    from app.oracle.verify import backend  # noqa: PLC0415  likewise

    return backend()


def _beside(ours: Outcome, theirs: Outcome | None) -> list[dict[str, Any]]:
    """Every print of ours and of torch's, in order."""
    lines = []
    for place in range(max(len(ours.printed), len(theirs.printed) if theirs is not None else 0)):
        mine = ours.printed[place] if place < len(ours.printed) else None
        other = theirs.printed[place] if theirs is not None and place < len(theirs.printed) else None
        line = mine.line if mine is not None else other.line if other is not None else 0
        text, said = mine.text if mine is not None else None, other.text if other is not None else None
        same = None if theirs is None else text is not None and said is not None and _plain(text) == _plain(said)
        close = None if theirs is None else same or (text is not None and said is not None and is_close(text, said))
        lines.append({"line": line, "text": text, "torch": said, "same": same, "close": close})
    return lines


def _plain(text: str) -> str:
    return ADDRESS.sub("0x…", text)


NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")


def is_close(text: str, other: str) -> bool:
    """Whether two prints say the same but for the last digits: single precision rounds differently in another order of summation."""
    if NUMBER.sub("#", _plain(text)).split() != NUMBER.sub("#", _plain(other)).split():
        return False
    pairs = zip(NUMBER.findall(_plain(text)), NUMBER.findall(_plain(other)), strict=True)
    return all(abs(float(a) - float(b)) <= 1e-6 + 1e-3 * abs(float(b)) for a, b in pairs)


def _error(ours: Failure | None, theirs: Failure | None, *, compared: bool) -> dict[str, Any] | None:
    """The exception that ended the program, in PyTorch's words, with torch's own beside it."""
    if ours is None and theirs is None:
        return None
    said = None if theirs is None else f"{theirs.kind}: {theirs.text}"
    found = {"line": (ours or theirs).line, "type": ours.kind if ours else None, "message": ours.text if ours else None, "torch": said}  # type: ignore[union-attr]  # one is there
    return found | {"same": (ours is not None and said == f"{ours.kind}: {ours.text}") if compared else None}


def _ends_alike(ours: Outcome, theirs: Outcome) -> bool:
    mine, other = ours.failure, theirs.failure
    return (mine is None) == (other is None) and (mine is None or other is None or (mine.kind, mine.text) == (other.kind, other.text))


def _graph(graph: Graph) -> dict[str, Any]:
    nodes = [
        {
            "id": k,
            "name": one.name,
            "variable": one.variable,
            "shape": list(one.shape),
            "inputs": one.edges,
            "freed": one.freed,
            "saved": one.saved,
        }
        for k, one in enumerate(graph.nodes)
    ]
    return {"line": graph.line, "root": graph.root, "nodes": nodes}


def _moment(moment: Moment) -> dict[str, Any]:
    return {"line": moment.line, "state": moment.state, "value": _numbers(moment.value)}


def _numbers(value: Any) -> Any:
    """Small tensors with their numbers, large ones without."""
    if value is None or np.size(value) > LARGEST:
        return None
    array = np.asarray(value)
    return plain(array.astype(np.float64) if array.dtype.kind == "f" else array)


def _tensor(value: Tensor) -> dict[str, Any]:
    """What a name is bound to at the end."""
    return {
        "shape": list(value.shape),
        "dtype": value.dtype,
        "requires_grad": value.requires_grad,
        "is_leaf": value.is_leaf,
        "grad_fn": None if value.node is None else value.node.name,
        "version": value.storage.version,
        "value": _numbers(value.data),
        "grad": None if value.grad is None else _numbers(value.grad.data),
    }
