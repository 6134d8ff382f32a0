"""Runs with a witness, for the calls that tell what a run decided."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.core.diagnostic import OpError, ProgramError, problem
from app.core.limits import Limits
from app.lang.check import read
from app.lang.program import Program, Run
from app.lang.witness import Account, Witness
from app.wire.requests.programs import DynamicsRequest, TraceRequest
from app.wire.swept import Swept, sweeps


@dataclass(frozen=True, slots=True)
class Seen:
    """One run, the account of it, and its sweep; without adjoints ``no_gradients`` says why."""

    run: Run
    account: Account
    swept: Swept
    no_gradients: str | None


class Programs:
    """Programs compiled with a witness; few, since each is asked about again and again by one reader."""

    def __init__(self, limits: Limits, size: int = 32) -> None:
        self.limits, self.size = limits, size
        self._kept: OrderedDict[tuple[str, frozenset[str]], Program] = OrderedDict()

    def program(self, source: str, given: frozenset[str]) -> Program:
        """The program of a source; raises ProgramError."""
        key = (source, given)
        if key not in self._kept:
            checked = read(source, self.limits)
            self._kept[key] = Program(checked, given, self.limits, Witness(checked.tree))
            if len(self._kept) > self.size:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


@lru_cache(maxsize=8)
def programs(limits: Limits) -> Programs:
    """Those of this process, under the budgets of its settings."""
    return Programs(limits)


def watched(program: Program, request: DynamicsRequest, inputs: Mapping[str, Any], limits: Limits) -> Seen:
    """Run and sweep; a program whose output needs a seed is shown without adjoints."""
    run, account = program.witnessed(inputs, request.wrt, request.outputs)
    mode, why = "reverse", None
    try:
        swept = sweeps(run, as_trace(request, mode), limits)
    except ProgramError as refusal:
        if refusal.diagnostic.code != "seed.required":
            raise
        swept, why = Swept(), refusal.diagnostic.message
    except OpError as error:
        site = run.sites[error.node] if error.node is not None else None
        raise problem(error.code, error.message, run.checked.span(site) if site else None, error.hint, **error.extra) from None
    return Seen(run, account, swept, why)


def as_trace(request: DynamicsRequest, mode: str) -> TraceRequest:
    """The same question to the trace."""
    common = request.model_dump(exclude={"other", "include"})
    return TraceRequest.model_construct(**common, mode=mode, include=request.include)
