"""The main job: from a request to the bytes of its answer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import OpError, problem
from app.core.limits import Limits
from app.engine.forward import forward
from app.engine.reverse import Contribution, reverse
from app.engine.tape import Value
from app.lang.program import Library, Run
from app.settings import Settings
from app.wire.cost import size
from app.wire.nodes import Sweeps, View, nodes
from app.wire.numbers import plain
from app.wire.requests import TraceRequest
from app.wire.seeds import forward_seeds, output_names, reverse_seeds
from app.wire.skeleton import Skeleton, Skeletons
from app.wire.steps import steps


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
    answer: dict[str, Any] = answered(request, settings)
    if request.format == "columns":
        answer["nodes"] = columns(answer["nodes"])
    encoded = orjson.dumps(answer)
    if len(encoded) > settings.limits.answer_bytes:
        raise _too_large(len(encoded), settings.limits)
    return encoded


def answered(request: TraceRequest, settings: Settings) -> dict[str, Any]:
    """The answer as plain data."""
    limits, include = settings.limits, frozenset(request.include)
    program = library(limits).program(request.source, frozenset(request.inputs))
    run = program.run(request.inputs, request.wrt, request.outputs)
    with np.errstate(all="ignore"):
        try:
            swept = Swept(run, request, limits)
        except OpError as error:
            site = run.sites[error.node] if error.node is not None else None
            raise problem(error.code, error.message, run.checked.span(site) if site else None, error.hint, **error.extra) from None
        view = View(request.values == "summary", "partials" in include, "latex" in include, "spans" in include)
        skeleton = skeletons(limits).of(run, view)
        answer: dict[str, Any] = {"nodes": nodes(run, skeleton.bones, Sweeps(swept.adjoints, swept.tangents), view, limits)}
        answer |= _around(run, request, swept, skeleton)
        if "steps" in include:
            answer["steps"] = steps(run, swept.played)
    if request.verify is not False:
        answer["verification"] = _verified(run, request, swept, settings.torch_device)
    return answer


class Swept:
    """The sweeps that a request asks for, with their seeds."""

    def __init__(self, run: Run, request: TraceRequest, limits: Limits) -> None:
        self.adjoints: list[Value | None] | None = None
        self.tangents: list[Value | None] | None = None
        self.cotangents: list[Value | None] | None = None
        self.directions: dict[str, Value] | None = None
        self.played: list[Contribution] = []
        both = request.mode == "both"
        if request.mode in ("forward", "both"):
            self.directions = forward_seeds(run, _side(run, request.seed, run.inputs) if both else request.seed, request.wrt)
            self.tangents = forward(run.tape, {run.inputs[name]: seed for name, seed in self.directions.items()})
        if request.mode in ("reverse", "both"):
            self.cotangents = reverse_seeds(run, _side(run, request.seed, output_names(run)) if both else request.seed)
            given = zip(run.outputs, self.cotangents, strict=True)
            self.adjoints = reverse(run.tape, [(node, bar) for (_, node), bar in given if bar is not None], self.played)
        _charge_answer(run, self, limits)


def _side(run: Run, seed: Any, names: Any) -> Any:
    """In mode both, the part of a seed that concerns inputs or outputs; None where there is none."""
    if not isinstance(seed, dict):
        return None
    inputs, outputs = set(run.inputs), set(output_names(run))
    for name in seed:
        if name not in inputs | outputs:
            raise problem("seed.unknown", f"The seed names {name}, which is neither an input nor an output.")
    return {name: value for name, value in seed.items() if name in set(names)} or None


def _around(run: Run, request: TraceRequest, swept: Swept, skeleton: Skeleton) -> dict[str, Any]:
    """What stands beside the nodes."""
    names = output_names(run)
    answer: dict[str, Any] = {
        "outputs": [node for _, node in run.outputs],
        "output_names": names,
        "names": run.names,
        "mode": request.mode,
        "seed": None,
        "free": list(run.checked.free),
        "groups": skeleton.groups,
        "cost": {
            "nodes": skeleton.cost.nodes,
            "forward_operations": skeleton.cost.forward_operations,
            "reverse_operations": sum([size(contribution.value) for contribution in swept.played]),
            "peak_saved_values": skeleton.cost.peak_saved_values,
        },
        "warnings": [{"span": span._asdict(), "code": code, "sentence": text} for span, code, text in run.checked.warnings],
    }
    seed: dict[str, Any] = {}
    if swept.directions is not None and swept.tangents is not None:
        seed |= {name: plain(value) for name, value in swept.directions.items()}
        tangents = swept.tangents
        answer["output_tangents"] = {name: plain(tangents[node]) for name, (_, node) in zip(names, run.outputs, strict=True)}
    if swept.cotangents is not None and swept.adjoints is not None:
        seed |= {name: plain(value) for name, value in zip(names, swept.cotangents, strict=True) if value is not None}
        wrt = request.wrt if request.wrt is not None else [n for n, i in run.inputs.items() if not _is_boolean(run.tape.values[i])]
        answer["gradients"] = {name: plain(swept.adjoints[run.inputs[name]]) for name in wrt}
    answer["seed"] = seed or None
    return answer


def _is_boolean(value: Value) -> bool:
    return isinstance(value, bool) or (isinstance(value, np.ndarray) and value.dtype == np.bool_)


def columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The same nodes, one array a field."""
    fields = dict.fromkeys(field for row in rows for field in row)
    return {field: [row.get(field) for row in rows] for field in fields}


# ---------------------------------------------------------------- budget and verdict


def _charge_answer(run: Run, swept: Swept, limits: Limits) -> None:
    """Refuse an answer that would be too large, before its numbers are written out; each takes four bytes at least."""
    values = run.tape.values
    if np.ndarray in set(map(type, values)):
        elements = sum(map(size, values)) + 2 * sum([size(c.value) for c in swept.played])
        elements += sum([size(v) for sweep in (swept.adjoints, swept.tangents) for v in sweep or () if v is not None])
    else:
        elements = 3 * len(values) + 2 * len(swept.played)
    if elements * 4 > limits.answer_bytes:
        raise _too_large(elements * 4, limits)


def _too_large(size: int, limits: Limits) -> Exception:
    return problem(
        "budget.answer", f"The answer would take {size:,} bytes; the limit here is {limits.answer_bytes:,}.", None,
        'Ask for "values": "summary", or for less in "include".', limit="answer_bytes", allowed=limits.answer_bytes, asked=size,
    )  # fmt: skip


def _verified(run: Run, request: TraceRequest, swept: Swept, usual: Any) -> dict[str, Any]:
    """Torch's opinion on every node; torch is loaded here, in the worker that has it."""
    from app.oracle.verify import Question, verify  # noqa: PLC0415  other workers must not load torch
    from app.wire.claims import claims  # noqa: PLC0415  it imports the oracle's nouns

    device = usual if request.verify is True else request.verify.device  # type: ignore[union-attr]  # False does not come here
    wrt = tuple(name for name, node in run.inputs.items() if run.tape.live[node])
    chosen = tuple(request.outputs) if request.outputs is not None else None
    question = Question(dict(request.inputs), request.mode, wrt, swept.directions, swept.cotangents, chosen)
    return verify(run.checked, question, claims(run, swept.adjoints, swept.tangents), device)
