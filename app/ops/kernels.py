"""Scalar kernels: rule text as Python functions on floats, written to a generated module and imported from there."""

from __future__ import annotations

import hashlib
import importlib
import math
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.ops.functions import NUMPY
from app.ops.op import Kernel
from app.ops.rule import RESULT, Elementwise
from app.ops.text import Call, Term, closure, functions, names, read

_HEAD = '''"""Kernels on floats, ``(x, …) -> (z, (∂z/∂x, …))``, made from the rule table by app.ops.kernels."""

from math import (acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, ceil, copysign, cos, cosh, erf, erfc, exp, exp2, expm1, floor, fmod,
                  hypot, inf, lgamma, log, log10, log1p, log2, nan, pi, pow, sin, sinh, sqrt, tan, tanh, trunc)

RAISED = (ValueError, ZeroDivisionError, OverflowError)
NUMPY = {}
LN2 = log(2.0)


def remainder(x, y):
    rest = fmod(x, y)
    return rest + y if rest != 0.0 and (y < 0.0) != (rest < 0.0) else rest


def logaddexp(x, y):
    if x == y:
        return x + LN2
    return x + log1p(exp(y - x)) if x > y else y + log1p(exp(x - y)) if x < y else nan
'''

_DIRECT = frozenset(
    "acos acosh asin asinh atan atan2 atanh cbrt cos cosh erf erfc exp exp2 expm1 fmod hypot lgamma log10 log1p log2 "
    "sin sinh sqrt tan tanh remainder logaddexp".split(),
)
"""Functions that raise, or answer as IEEE does; ``log`` gets a guard, since powers of negative numbers need it often."""

_INFIX = {
    "add": "+", "sub": "-", "mul": "*", "div": "/", "floor_divide": "//", "gt": ">", "ge": ">=", "lt": "<", "le": "<=", "eq": "==",
    "ne": "!=", "logical_and": "and", "logical_or": "or",
}  # fmt: skip
_SHAPED: dict[str, str] = {
    "neg": "(-{0})", "positive": "{0}", "logical_not": "(not {0})", "abs": "abs({0})", "where": "({1} if {0} else {2})",
    "singular": "({1} if {0} else {2})", "rsqrt": "(1.0 / sqrt({0}))", "sigmoid": "(1.0 / (1.0 + exp(-{0})))", "reciprocal": "(1.0 / {0})",
    "floor": "copysign(floor({0}), {0})", "ceil": "copysign(ceil({0}), {0})", "trunc": "copysign(trunc({0}), {0})",
    "sign": "(1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else 0.0)", "square": "({0} * {0})",
    "log": "(log(t) if (t := {0}) > 0.0 else nan if t != 0.0 else -inf)", "sinc": "(sin(t) / t if (t := pi * {0}) else 1.0)",
}  # fmt: skip
_HARMLESS = frozenset(_INFIX) - {"div", "floor_divide"} | {"neg", "positive", "logical_not", "abs", "where", "singular", "sign", "square"}


class _NotWritable(Exception):  # noqa: N818  a branch, not an error
    """A function that Python's math lacks."""


def python(term: Term) -> str:
    """A term as Python on floats."""
    if not isinstance(term, Call):
        return term if isinstance(term, str) else repr(float(term))
    if not names(term):
        value = float(closure(term, {}, NUMPY)(()))
        return repr(value) if math.isfinite(value) else f"({value})"
    if term.name == "pow":
        return _power(*term.args)
    parts = [python(a) for a in term.args]
    if term.name in _INFIX:
        return f"({parts[0]} {_INFIX[term.name]} {parts[1]})"
    if term.name in _SHAPED:
        return _SHAPED[term.name].format(*parts)
    if term.name in _DIRECT:
        return f"{term.name}({', '.join(parts)})"
    raise _NotWritable


def _power(base: Term, exponent: Term) -> str:
    """A power: math.pow raises where ``**`` would make a complex number; a square is a product."""
    if exponent == 2 and isinstance(base, str):
        return f"({base} * {base})"
    return f"pow({python(base)}, {python(exponent)})"


def source(op: Elementwise) -> str:
    """The function of one operation; where math has not all that it takes, numpy does it."""
    head = f"\n\ndef {op.name}_({', '.join(op.operands)}):\n"
    terms = [read(op.value_text), *(0 if p is None else p for p in op.partials)]
    try:
        value, *slopes = map(python, terms)
    except _NotWritable:
        return f"{head}    return NUMPY[{op.name!r}]({', '.join(op.operands)})\n"
    listed = f"({', '.join(slopes)},)"
    again = any(RESULT in names(term) for term in terms[1:])
    lines = [f"{RESULT} = {value}", f"return {RESULT}, {listed}"] if again else [f"return {value}, {listed}"]
    if all(_HARMLESS.issuperset(functions(term)) for term in terms):
        return head + "".join(f"    {line}\n" for line in lines)
    body = "".join(f"        {line}\n" for line in lines)
    return f"{head}    try:\n{body}    except RAISED:\n        return NUMPY[{op.name!r}]({', '.join(op.operands)})\n"


def kernels(table: Iterable[Elementwise]) -> dict[str, Kernel]:
    """The kernel of every operation of the table that has one, by name."""
    ops = [op for op in table if has_kernel(op)]
    text = _HEAD + "".join(map(source, ops))
    name = f"wengert_kernels_{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    module = _imported(name, text)
    module.NUMPY.update({op.name: op.scalar for op in ops})
    return {op.name: getattr(module, f"{op.name}_") for op in ops}


def has_kernel(op: Elementwise) -> bool:
    """Float in, float out, without attributes, and the same partials in both directions."""
    return op.differentiable and not op.attributes and None not in op.partial_texts and (not op.forward_texts or op.name == "div")


# ---------------------------------------------------------------- the file


OWN = Path(__file__).parent / "generated"


def _imported(name: str, text: str) -> Any:
    """The module of this text from the first place that can hold it: the package, the user's cache, a directory for this run."""
    for place in places():
        try:
            directory = place()
            _write(directory / f"{name}.py", text)
        except OSError:
            continue
        with _on_path(directory):
            importlib.invalidate_caches()
            return importlib.import_module(name)
    raise OSError("There is no directory that the kernels could be written to.")


def places() -> Iterator[Callable[[], Path]]:
    """Where generated files may go, best first; asking for a place can fail, as writing to it can."""
    yield lambda: OWN
    yield lambda: Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wengert"
    yield lambda: Path(tempfile.mkdtemp(prefix="wengert-"))


def _write(path: Path, text: str) -> None:
    """The text in place at once, however many processes start together; a file that holds it already is left alone."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(draft).replace(path)
    replace_older(path)


def replace_older(path: Path) -> None:
    """Remove what earlier tables left beside a new file, in the package's own folder only: others may be shared by versions."""
    kind = path.name.rsplit("_", 1)[0]
    for old in path.parent.glob(f"{kind}_*{path.suffix}") if path.parent == OWN else ():
        if old != path:
            old.unlink(missing_ok=True)


@contextmanager
def _on_path(directory: Path) -> Iterator[None]:
    """The directory as the first one that imports look into, for a moment."""
    sys.path.insert(0, str(directory))
    try:
        yield
    finally:
        sys.path.remove(str(directory))
