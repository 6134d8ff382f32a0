"""A program's trace, graph or code as text for other programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import OpError, problem
from app.derive.code.programs import Wanted, jax_program, numpy_program, torch_program
from app.lang.program import Run
from app.settings import Settings
from app.wire.answer import asked, composed
from app.wire.labels import versions
from app.wire.notes import notes
from app.wire.requests.programs import ExportRequest, TraceRequest
from app.wire.skeleton import Skeletons
from app.wire.swept import Swept, sweeps
from app.wire.texts.drawings import dot, tikz
from app.wire.texts.formulas import latex_text
from app.wire.texts.reading import Json
from app.wire.texts.tables import csv_text, markdown
from app.wire.trace import library

TEXTS: dict[str, tuple[str, str, Callable[[Json, int | None], str]]] = {
    "csv": ("trace.csv", "text/csv", csv_text),
    "latex": ("trace.tex", "application/x-tex", latex_text),
    "markdown": ("trace.md", "text/markdown", markdown),
    "tikz": ("graph.tex", "application/x-tex", tikz),
    "dot": ("graph.dot", "text/vnd.graphviz", dot),
}
CODE: dict[str, tuple[str, Callable[[Wanted], str]]] = {
    "torch": ("program_torch.py", torch_program),
    "jax": ("program_jax.py", jax_program),
    "numpy": ("program_numpy.py", numpy_program),
}
LONGEST = 5_000
"""Nodes of a graph that is written out."""


def export(request: ExportRequest, settings: Settings) -> bytes:
    """The text that a request wants; raises ProgramError."""
    given = {name: getattr(request, name) for name in ("source", "inputs", "mode", "wrt", "seed", "outputs")}
    traced = TraceRequest.model_construct(**given)
    run = library(settings.limits).program(request.source, frozenset(request.inputs)).run(request.inputs, request.wrt, request.outputs)
    if len(run.tape) > LONGEST:
        raise problem("budget.nodes", f"The graph has {len(run.tape):,} nodes; texts are written of at most {LONGEST:,}.")
    try:
        with np.errstate(all="ignore"):
            swept = sweeps(run, traced, settings.limits)
            name, media_type, text = _written(request, traced, run, swept, settings)
    except OpError as error:
        site = run.sites[error.node] if error.node is not None else None
        raise problem(error.code, error.message, run.checked.span(site) if site else None, error.hint, **error.extra) from None
    return orjson.dumps({"format": request.format, "filename": name, "media_type": media_type, "text": text})


def _written(request: ExportRequest, traced: TraceRequest, run: Run, swept: Swept, settings: Settings) -> tuple[str, str, str]:
    """The name of the file, its type, and its text."""
    if request.format in CODE:
        name, write = CODE[request.format]
        return name, "text/x-python", write(Wanted(run, versions(run), swept.cotangents, swept.directions))
    name, media_type, print_ = TEXTS[request.format]
    wanted = asked(traced, settings.limits)
    answer: dict[str, Any] = composed(run, wanted, swept, Skeletons().of(run, wanted.view), notes(run, swept.tangents is not None))
    return name, media_type, print_(answer, None if request.digits == "all" else request.digits)
