"""Which number of a program is to be differentiated by which other: labels and places of a request as nodes and entries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.core.diagnostic import problem
from app.engine.tape import Value, is_float, shape_of
from app.labs.numerical.points import Entry, Question
from app.lang.program import Program, Run
from app.wire.find import known
from app.wire.requests.numerical import NumericalRequest


def output_label(request: NumericalRequest) -> str | None:
    """The one output that is asked for."""
    return request.outputs[0] if isinstance(request.outputs, list) else request.outputs


def run_of(request: NumericalRequest, program: Program) -> tuple[Run, Sequence[str] | None]:
    """The run, and the outputs by which it and its like are run: names are found by the program, other labels on the tape."""
    label = output_label(request)
    named = [label] if label is not None and label in program.checked.bound | program.given else None
    return program.run(request.inputs, None, named), named


def question(request: NumericalRequest, run: Run, outputs: Sequence[str] | None) -> Question:
    """The nodes and entries; raises ProgramError."""
    node = _variable(run, request.wrt)
    label = output_label(request)
    by_label = outputs is None and label is not None

    def found(other: Run) -> int | None:
        return known(other).get(label) if by_label and label is not None else other.outputs[0][1]

    if not by_label and len(run.outputs) != 1:
        message = f"There are {len(run.outputs)} outputs: say with outputs which one is meant."
        raise problem("seed.required", message, field="outputs")
    output = found(run)
    if output is None:
        raise problem("output.unknown", f"The program has no value called {str(label)[:80]}.", field="outputs")
    values = run.tape.values
    alone = not shape_of(values[node])
    own = None if alone else request.element
    entry = _entry(values[node], own, request.wrt, "element")
    other = request.output_element if request.output_element is not None else request.element if alone else None
    output_entry = _entry(values[output], other, label or "the output", "output_element")
    return Question(node, entry, output, output_entry, request.wrt if request.wrt in run.inputs else None, found)


def _variable(run: Run, label: str) -> int:
    """The node to differentiate by."""
    node = run.inputs.get(label, known(run).get(label))
    if node is None:
        hint = f"The inputs are {', '.join(run.inputs)[:200]}." if run.inputs else None
        raise problem("wrt.unknown", f"The program has no value called {label[:80]}.", None, hint, field="wrt")
    if not is_float(run.tape.values[node]):
        raise problem("type.mismatch", f"{label[:80]} is an index or a mask: nothing can be differentiated by it.", field="wrt")
    return node


def _entry(value: Value, path: Sequence[int] | None, name: str, field: str) -> Entry:
    """A place in a value; of one with a single entry that one."""
    shape = shape_of(value)
    if not is_float(value):
        raise problem("type.mismatch", f"{name[:80]} is an index or a mask: it has no derivative.", field=field)
    if path is None and np.size(value) == 1:
        return (0,) * len(shape)
    if path is None:
        said = f"{name[:80]} has shape {list(shape)}: say with {field} which entry is meant."
        raise problem("seed.required", said, None, f"For instance {field}: {[0] * len(shape)}.", field=field)
    if len(path) != len(shape) or not all(-side <= place < side for place, side in zip(path, shape, strict=True)):
        raise problem("shape.index", f"{name[:80]} has shape {list(shape)}: there is no entry {list(path)}.", field=field)
    return tuple(place % side for place, side in zip(path, shape, strict=True))
