"""Jacobians and Hessians of programs that come again with other inputs: their structure is kept, and compiled code fills in the numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.engine.sheet import Sheet
from app.lang.program import Run
from app.lang.sheets import hessian_sheet, jacobian_sheet, point


def jacobian(run: Run, inputs: Sequence[int], outputs: Sequence[int]) -> np.ndarray | None:
    """The Jacobian from one tangent an input; None at the first runs of a program, and where only the rules can tell."""
    key = ("jacobian", tuple(inputs), tuple(outputs))
    return _played(run, key, lambda: jacobian_sheet(run, inputs, outputs, compressed=False))


def hessian(run: Run, inputs: Sequence[int], output: int) -> np.ndarray | None:
    """The Hessian, forward over reverse, in the same way."""
    return _played(run, ("hessian", tuple(inputs), output), lambda: hessian_sheet(run, inputs, output, compressed=False))


def _played(run: Run, key: Any, made: Callable[[], Sheet | None]) -> np.ndarray | None:
    if run.kept is None:
        return None
    if key not in run.kept:
        run.kept[key] = made()
    sheet: Sheet | None = run.kept[key]
    if sheet is None:
        return None
    found = sheet.jacobian(point(run))
    return found if np.isfinite(found).all() else None
