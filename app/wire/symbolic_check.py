"""A derivative by rules beside the engine's, at the inputs of the run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from app.core.diagnostic import OpError, ProgramError
from app.derive.symbolic.expression import Expression, distinct
from app.engine.reverse import reverse
from app.lang.program import Run
from app.ops.table import OPS, SPELLINGS
from app.settings import Settings
from app.wire.numbers import plain
from app.wire.trace import library

SAME = 1e-6
"""Relative error up to which a simplified form may differ: cancellation is its own, a wrong term is larger."""


def checked(run: Run, node: int, x: str, made: Expression, simplified: str | None, settings: Settings) -> dict[str, Any]:
    """The derivative at the inputs, worked out from the expression and from the simplified text, beside the engine's adjoint."""
    adjoint = reverse(run.tape, [(node, 1.0)])[run.inputs[x]]
    engine = 0.0 if adjoint is None else float(adjoint)
    values = {name: run.tape.values[i] for name, i in run.inputs.items()}
    own, neat = _evaluated(made, values), None if simplified is None else _read(simplified, values, settings)
    return {
        "inputs": {name: plain(value) for name, value in values.items()},
        "symbolic": None if own is None else plain(own),
        "engine": plain(engine),
        "error": _error(own, engine),
        "simplified_error": _error(neat, engine),
    }


def is_program(text: str, names: frozenset[str], settings: Settings) -> bool:
    """Whether a text can be read as a program: long and deep ones cannot."""
    try:
        library(settings.limits).program(text, names)
    except ProgramError:
        return False
    return True


def disagrees(check: Mapping[str, Any]) -> bool:
    """Whether the simplified form has another value here than the derivative that it is to be."""
    error = check["simplified_error"]
    return error is not None and error > SAME * max(1.0, abs(float(check["engine"])))


def _error(own: float | None, engine: float) -> float | None:
    return None if own is None or not (math.isfinite(own) and math.isfinite(engine)) else abs(own - engine)


def _read(text: str, values: Mapping[str, Any], settings: Settings) -> float | None:
    """The value of a text of the language."""
    programs = library(settings.limits)
    try:
        program = programs.program(text, frozenset(values))
        run = program.run(values)
    except ProgramError:
        return None
    return float(run.tape.values[run.outputs[0][1]])


def _evaluated(made: Expression, values: Mapping[str, Any]) -> float | None:
    """An expression at a point, every part once."""
    found: dict[int, Any] = {}
    for part in distinct([made]):
        if part.op == "number":
            found[part.number] = float(part.value)
        elif part.op == "symbol":
            found[part.number] = values[part.value]
        else:
            try:
                found[part.number] = (OPS.get(part.op) or SPELLINGS[part.op]).value([found[a.number] for a in part.args], {})
            except (OpError, ArithmeticError, ValueError, KeyError):
                return None
    return float(found[made.number])
