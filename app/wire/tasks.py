"""What a worker answers: the name of a call and the bytes of its body in, a status and the bytes of the answer out."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any, TypeVar

from pydantic import BaseModel

from app import log
from app.core.diagnostic import Diagnostic, OpError, ProgramError, problem
from app.gallery import examples
from app.gallery.reading import exercises, lessons
from app.ops.native import native
from app.settings import Settings
from app.wire import json as strict
from app.wire.autograd import autograd
from app.wire.backpropagation import backpropagation
from app.wire.blank import blank_sheet
from app.wire.compare import compare
from app.wire.costs import costs, gallery_costs
from app.wire.dual import dual
from app.wire.dynamics import dynamics
from app.wire.export import export
from app.wire.formatted import check, formatted
from app.wire.frames import frames
from app.wire.grade import batch, graded, recorded, validated
from app.wire.handover import HAND_OVER
from app.wire.hessian import hessian
from app.wire.jacobian import jacobian
from app.wire.lagrange import lagrange
from app.wire.matrix import matrix_derivative
from app.wire.memory import memories
from app.wire.numerical import numerical
from app.wire.operations import operations
from app.wire.outlines import outlines
from app.wire.paths import paths
from app.wire.problems import plain_problem, problem_json
from app.wire.requests.dual import DualRequest
from app.wire.requests.grade import ExerciseTestRequest, GradeBatchRequest, GradeRequest, ValidateRequest
from app.wire.requests.lagrange import LagrangeRequest
from app.wire.requests.matrix import MatrixDerivativeRequest
from app.wire.requests.numerical import NumericalRequest
from app.wire.requests.programs import (
    AutogradRequest,
    BackpropagationRequest,
    CompareRequest,
    CostsRequest,
    DynamicsRequest,
    ExportRequest,
    FramesRequest,
    HessianRequest,
    JacobianRequest,
    MemoryRequest,
    PathsRequest,
    SweepRequest,
    TraceRequest,
)
from app.wire.requests.reading import read
from app.wire.requests.sheet import SheetRequest
from app.wire.requests.symbolic import SymbolicRequest
from app.wire.selftest import tested
from app.wire.sweep import sweep
from app.wire.symbolic import symbolic
from app.wire.trace import trace

logger = logging.getLogger("wengert.worker")

Answer = tuple[int, bytes]
FORMAT = "?format="
Asked = TypeVar("Asked", bound=BaseModel)


@dataclass(slots=True)
class Desk:
    """One worker's view: its settings, whether torch is its business, and the programs it must not run."""

    settings: Settings
    torch: bool = False
    refused: set[str] = field(default_factory=set)

    def serve(self, call: str, body: bytes) -> Answer:
        """The answer to a call, whose name may go on with a format; never an exception, whatever the body."""
        try:
            name, _, form = call.partition(FORMAT)
            if form:
                check(name, form)
            status, content = CALLS[name](self, body)
            return status, formatted(name, form, body, content) if form and status == 200 else content  # what may fail is above
        except ProgramError as error:
            return problem_json(error.diagnostic, self.settings.root_path)
        except OpError as error:  # a sweep met it, where no place in the text is at hand
            return problem_json(Diagnostic(error.code, error.message, hint=error.hint), self.settings.root_path)
        except MemoryError:
            return plain_problem("budget.memory", self.settings.root_path)
        except Exception:
            logger.exception("call %s on body %s", call, json.dumps(body[:2000].decode("utf-8", "replace")))
            return plain_problem("server.error", self.settings.root_path)


def start(argument: str) -> Callable[[str, bytes], Answer]:
    """What a worker process does first: load everything its calls need, then answer them."""
    given = json.loads(argument)
    desk = Desk(Settings.from_json(given["settings"].encode()), torch=given["torch"])
    log.set_up(desk.settings.log_level)
    native()  # compiled now where it is not yet: no request shall wait for that
    if desk.torch:
        import app.oracle.verify  # noqa: F401, PLC0415  # torch is loaded in its own workers only
    desk.serve("trace", b'{"source": "y = x * x", "inputs": {"x": 1}, "verify": %s}' % (b"true" if desk.torch else b"false"))
    return desk.serve


def _evaluation(kind: type[Asked], answer: Callable[[Asked, Settings], bytes]) -> Callable[[Desk, bytes], Answer]:
    """A call about one program; a request that wants torch's opinion is handed over before anything is evaluated."""

    def call(desk: Desk, body: bytes) -> Answer:
        request = read(kind, strict.parse(body, desk.settings.limits.json_depth))
        if getattr(request, "verify", False) is not False and not desk.torch:
            return HAND_OVER, b""
        if desk.refused and any(_digest(source) in desk.refused for source in _sources(request)):
            raise problem("program.refused", "This program stopped a worker twice, so it is not run again.")
        return 200, answer(request, desk.settings)

    return call


def _sources(request: BaseModel) -> list[str]:
    """The programs of a request: its own, or the two that it compares and both as one; a problem of Lagrange's is one program."""
    if isinstance(request, LagrangeRequest):
        return [BESIDE.join([request.objective, *request.constraints, *request.inequalities])]
    if not isinstance(request, CompareRequest):
        return [request.source]  # type: ignore[attr-defined]  # all others have one
    both = [request.left.source, request.right.source]
    return [*both, BESIDE.join(both)]


BESIDE = "\0"
"""Between two programs that are refused together: no program holds it."""


def _digest(source: str) -> str:
    return blake2b(source.encode(), digest_size=16).hexdigest()


def _identify(desk: Desk, body: bytes) -> Answer:
    """The digest of a request's program, by which it is refused later."""
    raw = strict.parse(body, desk.settings.limits.json_depth)
    if isinstance(raw, dict) and "objective" in raw:
        texts = [raw["objective"], *_listed(raw.get("constraints")), *_listed(raw.get("inequalities"))]
        return 200, _digest(BESIDE.join(text for text in texts if isinstance(text, str))).encode()
    if isinstance(raw, dict) and isinstance(raw.get("exercise"), dict):
        raw = raw["exercise"]
    sides = [raw] if not isinstance(raw, dict) or "source" in raw else [raw.get("left"), raw.get("right")]
    sources = [side.get("source") if isinstance(side, dict) else None for side in sides]
    return 200, _digest(BESIDE.join(source if isinstance(source, str) else "" for source in sources)).encode()


def _listed(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _refuse(desk: Desk, body: bytes) -> Answer:
    """From now on refuse these programs (digests, one a line)."""
    desk.refused.update(body.decode().split())
    return 200, b""


def _limits(desk: Desk, body: bytes) -> Answer:
    """The published budgets."""
    settings = desk.settings
    return 200, _encoded(asdict(settings.limits) | {"wall_seconds": settings.wall_seconds, "verify_seconds": settings.torch_wall_seconds})


def _examples(desk: Desk, body: bytes) -> Answer:
    """The gallery."""
    return 200, _encoded({"examples": [{key: value for key, value in example.items() if key != "questions"} for example in examples()]})


def _questions(desk: Desk, body: bytes) -> Answer:
    """What each example asks in predict mode: apart from the gallery, which the first visit waits for."""
    return 200, _encoded({"questions": {example["id"]: example["questions"] for example in examples()}})


def _outlines(desk: Desk, body: bytes) -> Answer:
    """The graphs of the gallery, for small pictures."""
    return 200, _encoded(outlines(desk.settings))


def _lessons(desk: Desk, body: bytes) -> Answer:
    """The lessons: what they begin with, and their exercises, whose truths are the answers of calls."""
    return 200, _encoded({"lessons": lessons()})


def _exercises(desk: Desk, body: bytes) -> Answer:
    """The library of exercises."""
    return 200, _encoded({"exercises": exercises()})


def _costs(desk: Desk, body: bytes) -> Answer:
    """What the gallery's programs cost, and their sweeps."""
    return 200, _encoded(gallery_costs(desk.settings))


def _ops(desk: Desk, body: bytes) -> Answer:
    """Every operation with its rules."""
    return 200, _encoded({"ops": operations()})


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


CALLS: dict[str, Callable[[Desk, bytes], Answer]] = {
    "trace": _evaluation(TraceRequest, trace),
    "sweep": _evaluation(SweepRequest, sweep),
    "frames": _evaluation(FramesRequest, frames),
    "paths": _evaluation(PathsRequest, paths),
    "compare": _evaluation(CompareRequest, compare),
    "jacobian": _evaluation(JacobianRequest, jacobian),
    "hessian": _evaluation(HessianRequest, hessian),
    "numerical": _evaluation(NumericalRequest, numerical),
    "autograd": _evaluation(AutogradRequest, autograd),
    "symbolic": _evaluation(SymbolicRequest, symbolic),
    "grade": _evaluation(GradeRequest, graded),
    "grade/batch": _evaluation(GradeBatchRequest, batch),
    "validate": _evaluation(ValidateRequest, validated),
    "exercises/test": _evaluation(ExerciseTestRequest, tested),
    "sheet": _evaluation(SheetRequest, blank_sheet),
    "cost": _evaluation(CostsRequest, costs),
    "memory": _evaluation(MemoryRequest, memories),
    "dynamics": _evaluation(DynamicsRequest, dynamics),
    "matrix-derivative": _evaluation(MatrixDerivativeRequest, matrix_derivative),
    "lagrange": _evaluation(LagrangeRequest, lagrange),
    "backpropagation": _evaluation(BackpropagationRequest, backpropagation),
    "dual": _evaluation(DualRequest, dual),
    "export": _evaluation(ExportRequest, export),
    "record": _evaluation(GradeRequest, recorded),
    "identify": _identify,
    "refuse": _refuse,
    "limits": _limits,
    "examples": _examples,
    "questions": _questions,
    "outlines": _outlines,
    "lessons": _lessons,
    "exercises": _exercises,
    "costs": _costs,
    "ops": _ops,
}
