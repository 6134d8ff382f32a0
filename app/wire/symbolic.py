"""POST /api/v1/symbolic: a derivative by rules on paper, how large it grows, and what automatic differentiation needs instead."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import OpError, ProgramError, problem
from app.derive.symbolic import simplified as simple
from app.derive.symbolic import text as writing
from app.derive.symbolic.derivative import derivative
from app.derive.symbolic.duplicates import Duplicate, duplicates, statements
from app.derive.symbolic.expression import Expression, Table, distinct
from app.derive.symbolic.from_tape import expressions, operation_error
from app.derive.symbolic.meaning import meaningless
from app.derive.symbolic.rules import SENTENCES
from app.derive.symbolic.steps import Line, lines, tidied
from app.engine.tape import shape_of
from app.labs.counting import CONVENTIONS
from app.labs.swell import LARGEST, Grown, Sizes, Swell
from app.lang.program import Run
from app.settings import Settings
from app.wire.requests.symbolic import SymbolicRequest
from app.wire.seeds import output_names
from app.wire.symbolic_check import checked, disagrees, is_program
from app.wire.trace import library

SHORT = 60
"""Terms of a repeated part that is written out."""
MOST_SPANS = 200
"""Places of one repeated part that are told."""
SAFE = 2**53
"""Numbers above are given as text too: not every reader of JSON keeps them."""
DEFAULTS = (0.7, 1.3, 0.4, 1.9, 0.9, 1.6)
"""Values of inputs that are left out: inside most domains, and no two alike."""
UNREAD = ("syntax.", "name.", "call.", "type.")


def symbolic(request: SymbolicRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError."""
    run = _run(request, settings)
    x, node = _asked(request, run)
    table = Table()
    found = expressions(run, table)
    top = found[node]
    if top is None:
        raise problem(
            "symbolic.not_scalar",
            "The output is no single number; the rules on paper are for those.",
            None,
            "For vectors and matrices there is matrix calculus.",
        )
    try:
        with np.errstate(all="ignore"):
            swell = Swell(run, found, x, table)
            made = derivative(top, x, table, swell.taken)
            answer = _answer(run, node, top, made, swell, settings)
    except OpError as error:
        raise operation_error(error) from None
    return orjson.dumps(answer)


def _run(request: SymbolicRequest, settings: Settings) -> Run:
    """A run of the program; what is no formula to begin with is named."""
    programs = library(settings.limits)
    given = dict(request.inputs)
    try:
        free = programs.program(request.source, frozenset(given)).checked.free
        for place, name in enumerate(name for name in free if name not in given):
            given[name] = DEFAULTS[place % len(DEFAULTS)] + place // len(DEFAULTS)
        run = programs.program(request.source, frozenset(given)).run(given)
    except ProgramError as error:
        found = meaningless(request.source) if error.diagnostic.code.startswith(UNREAD) else None
        raise found or error from None
    if len(run.tape) > LARGEST:
        said = f"The program has {len(run.tape):,} nodes; {LARGEST:,} can be differentiated by rules here."
        raise problem(
            "symbolic.too_large", said, None, "That is the expression swell: automatic differentiation has no such limit.", limit=LARGEST
        )
    return run


def _asked(request: SymbolicRequest, run: Run) -> tuple[str, int]:
    """The name to differentiate by, the first input by default; and the node of the output."""
    wrt = request.wrt[0] if isinstance(request.wrt, list) else request.wrt
    scalars = [name for name, node in run.inputs.items() if isinstance(run.tape.values[node], float)]
    if wrt is None:
        if not scalars:
            raise problem("symbolic.not_scalar", "The program has no input that is a single number.")
        wrt = scalars[0]
    if wrt not in run.inputs:
        raise problem("wrt.unknown", f"{wrt} is not among the inputs.", None, f"The inputs are {', '.join(run.inputs)}.")
    if wrt not in scalars:
        shape = list(shape_of(run.tape.values[run.inputs[wrt]]))
        raise problem(
            "symbolic.not_scalar",
            f"{wrt} has shape {shape}; the rules on paper are for single numbers.",
            None,
            "For vectors and matrices there is matrix calculus.",
        )
    names = output_names(run)
    if request.output is not None:
        if request.output not in run.names:
            raise problem("output.unknown", f"The program has no value called {request.output}.")
        return wrt, run.names[request.output]
    if len(names) > 1:
        raise problem(
            "symbolic.not_scalar",
            f"There are {len(names)} outputs: say which one is differentiated.",
            None,
            f'Set "output" to one of {", ".join(names)}.',
        )
    return wrt, run.outputs[0][1]


def _answer(run: Run, node: int, top: Expression, made: Expression, swell: Swell, settings: Settings) -> dict[str, Any]:
    x, sizes = swell.x, swell.sizes(node)
    shown = _written(made, x, settings)
    neat = _neat(made, shown["text"])
    check = checked(run, node, x, made, None if neat is None else neat["text"], settings)
    return {
        "wrt": x,
        "output": next((name for name, n in run.names.items() if n == node), None),
        "expression": _written(top, x, settings),
        "derivative": shown,
        "latex": shown["latex"],
        "simplified": None if disagrees(check) else neat,
        "operations": _sizes(sizes),
        "terms": _whole(made.terms),
        "growth": [_grown(one, run) for one in swell.growth()],
        "steps": _steps(top, x, swell.table),
        "duplicates": _duplicates(made, x, shown["text"]),
        "statements": _statements(made, x, settings),
        "check": check,
        "conventions": list(CONVENTIONS),
    }


# ---------------------------------------------------------------- texts


def _neat(made: Expression, written: str | None) -> dict[str, str] | None:
    """The simplified form, where there is one that is no longer than the derivative itself."""
    form = simple.simplified(made) if written is not None else None
    text = None if form is None else simple.text(form)
    if form is None or text is None or len(text) > len(written or ""):
        return None
    return {"text": text, "latex": simple.latex(form)}


def _written(one: Expression, x: str, settings: Settings) -> dict[str, Any]:
    """Text and LaTeX, where the text is short enough to be a program of the language."""
    if one.terms <= writing.LARGEST:
        text = writing.text(one, x)
        if is_program(text, one.names, settings):
            return {"text": text, "latex": writing.latex(one, x), "terms": one.terms}
    said = (
        rf"\text{{a formula of {one.terms:,} terms}}"
        if one.terms < 10**15
        else rf"\text{{a formula of }} 10^{{{len(str(one.terms)) - 1}}} \text{{ terms}}"
    )
    return {"text": None, "latex": said, "terms": _whole(one.terms), "truncated": {"terms": str(one.terms), "limit": writing.LARGEST}}


def _steps(top: Expression, x: str, table: Table) -> dict[str, Any]:
    """The derivation line by line, and whether it came to its end."""
    found = list(lines(top, x, table)) if top.terms <= writing.LARGEST else []
    complete = bool(found) and not any(part.op == "derivative" for part in distinct([found[-1].expression]))
    if complete and (last := tidied(found[-1].expression, table)) is not found[-1].expression:
        found.append(Line("tidy", TIDY, last, ()))
    rows = [_line(before, line, x) for before, line in zip([None, *found], found, strict=False)]
    return {"lines": rows, "complete": complete, "rules": SENTENCES}


def _line(before: Line | None, line: Line, x: str) -> dict[str, Any]:
    """One line, with the part that its rule made, and where in the line before the part stands that the rule was applied to."""
    text, made = writing.marked(line.expression, x, line.path)
    typeset = writing.latex(line.expression, x)
    own: dict[str, Any] = {"rule": line.rule, "sentence": line.sentence, "text": text, "latex": typeset, "terms": line.expression.terms}
    if before is None or line.rule == "tidy":
        return own | {"span": None, "rewrites": None, "marked": typeset}
    rewritten = writing.marked(before.expression, x, line.path)[1]
    return own | {"span": made, "rewrites": rewritten, "marked": writing.braced(line.expression, x, line.path, line.rule)}


TIDY = "Factors of 1 and summands of 0 are left out, and numbers are multiplied."


def _duplicates(made: Expression, x: str, written: str | None) -> list[dict[str, Any]]:
    """What the derivative says more than once, and where in its text."""
    found = duplicates(made)
    places = [[] for _ in found] if written is None else writing.places(made, x, [one.expression for one in found])
    return [_duplicate(one, x, spans) for one, spans in zip(found, places, strict=True)]


def _duplicate(one: Duplicate, x: str, spans: list[tuple[int, int]]) -> dict[str, Any]:
    text = writing.text(one.expression, x) if one.expression.terms <= SHORT else None
    return {
        "text": text, "count": _whole(one.times), "operations": _whole(one.expression.operations), "wasted": _whole(one.wasted),
        "latex": writing.latex(one.expression, x) if text is not None else None, "spans": spans[:MOST_SPANS],
    }  # fmt: skip


def _statements(made: Expression, x: str, settings: Settings) -> str | None:
    """The derivative as a program in which nothing is worked out twice."""
    found = statements(made)
    if found is None:
        return None
    named: dict[int, str] = {}
    rows = []
    for name, part in found:
        rows.append(f"{name} = {writing.text(part, x, named)}")
        named[part.number] = name
    last = named.get(made.number) or writing.text(made, x, named)
    text = "\n".join([*rows, f"derivative = {last}"])
    return text if is_program(text, made.names, settings) else None


# ---------------------------------------------------------------- numbers


def _whole(number: int) -> Any:
    """A count; as a power of ten in text beside where readers of JSON would round it."""
    return number if number <= SAFE else float(number) if number < 10**300 else str(number)


def _sizes(sizes: Sizes) -> dict[str, Any]:
    found: dict[str, Any] = {name: _whole(getattr(sizes, name)) for name in ("symbolic", "shared", "forward_ad", "reverse_ad")}
    found["symbolic_exact"] = str(sizes.symbolic)
    return found


def _grown(one: Grown, run: Run) -> dict[str, Any]:
    span = run.checked.span(one.site)._asdict() if one.site is not None else None
    digits = math.log10(one.sizes.symbolic) if 0 < one.sizes.symbolic < 10**300 else float(len(str(one.sizes.symbolic)) - 1)
    return {
        "name": one.name,
        "node": one.node,
        "round": one.round,
        "span": span,
        "terms": _whole(one.terms),
        **_sizes(one.sizes),
        "log10_symbolic": digits,
    }
