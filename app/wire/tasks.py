"""What a worker answers: the name of a call and the bytes of its body in, a status and the bytes of the answer out."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any, TypeVar

from app import log
from app.core.diagnostic import Diagnostic, OpError, ProgramError, problem
from app.gallery import examples
from app.ops.native import native
from app.settings import Settings
from app.wire import json as strict
from app.wire.export import export
from app.wire.handover import HAND_OVER
from app.wire.operations import operations
from app.wire.outlines import outlines
from app.wire.paths import paths
from app.wire.problems import plain_problem, problem_json
from app.wire.requests import ExportRequest, PathsRequest, ProgramRequest, SweepRequest, TraceRequest, read
from app.wire.sweep import sweep
from app.wire.trace import trace

logger = logging.getLogger("wengert.worker")

Answer = tuple[int, bytes]
Asked = TypeVar("Asked", bound=ProgramRequest)


@dataclass(slots=True)
class Desk:
    """One worker's view: its settings, whether torch is its business, and the programs it must not run."""

    settings: Settings
    torch: bool = False
    refused: set[str] = field(default_factory=set)

    def serve(self, call: str, body: bytes) -> Answer:
        """The answer to a call; never an exception, whatever the body."""
        try:
            return CALLS[call](self, body)
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
        if desk.refused and _digest(request.source) in desk.refused:
            raise problem("program.refused", "This program stopped a worker twice, so it is not run again.")
        return 200, answer(request, desk.settings)

    return call


def _digest(source: str) -> str:
    return blake2b(source.encode(), digest_size=16).hexdigest()


def _identify(desk: Desk, body: bytes) -> Answer:
    """The digest of a request's program, by which it is refused later."""
    raw = strict.parse(body, desk.settings.limits.json_depth)
    source = raw.get("source") if isinstance(raw, dict) else None
    return 200, _digest(source if isinstance(source, str) else "").encode()


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
    return 200, _encoded({"examples": examples()})


def _outlines(desk: Desk, body: bytes) -> Answer:
    """The graphs of the gallery, for small pictures."""
    return 200, _encoded(outlines(desk.settings))


def _ops(desk: Desk, body: bytes) -> Answer:
    """Every operation with its rules."""
    return 200, _encoded({"ops": operations()})


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


CALLS: dict[str, Callable[[Desk, bytes], Answer]] = {
    "trace": _evaluation(TraceRequest, trace),
    "sweep": _evaluation(SweepRequest, sweep),
    "paths": _evaluation(PathsRequest, paths),
    "export": _evaluation(ExportRequest, export),
    "identify": _identify,
    "refuse": _refuse,
    "limits": _limits,
    "examples": _examples,
    "outlines": _outlines,
    "ops": _ops,
}
