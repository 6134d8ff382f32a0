"""Rounds of scalar operations in machine code: C made from the rule table, compiled where there is a compiler.

Optional: without a C compiler everything runs as before, only slower. Only functions are used that Python's ``math`` takes
from the same library, so that the results are those of the kernels, within an ulp or two where one of those falls back on numpy.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from app.ops.functions import NUMPY
from app.ops.kernels import has_kernel, places
from app.ops.rule import Elementwise
from app.ops.text import CONSTANTS, Call, Term, closure, names, read

CONSTANT = -1
"""The code of a position that repeats a number."""

_HEAD = """\
#include <math.h>
#include <stdint.h>
typedef int64_t i64;
static double remainder_(double x, double y) {
    double rest = fmod(x, y);
    return rest != 0.0 && (y < 0.0) != (rest < 0.0) ? rest + y : rest;
}
static double sign_(double x) { return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : 0.0; }
static double log_(double x) { return x > 0.0 ? log(x) : x != 0.0 ? NAN : -INFINITY; }
static double sinc_(double x) { double t = M_PI * x; return t != 0.0 ? sin(t) / t : 1.0; }
"""

_FORWARD = """
/* An operand below 0 is that many nodes back, otherwise a place outside. v begins with `before` nodes that precede the rounds. */
void forward(i64 rounds, i64 width, i64 before, const i64 *code, const i64 *left, const i64 *right, const double *outside, double *v,
             double *p, double *q) {
    for (i64 round = 0, i = 0; round < rounds; round++)
        for (i64 j = 0; j < width; j++, i++) {
            double *here = v + before + i;
            double x = left[j] < 0 ? here[left[j]] : outside[left[j]];
            double y = right[j] < 0 ? here[right[j]] : outside[right[j]];
            double z = x;
            switch (code[j]) {
%s            default: break;
            }
            *here = z;
        }
}
"""

_REVERSE = """
static int add(double value, double *bar, unsigned char *reached) {
    *bar = *reached ? *bar + value : value;
    *reached = 1;
    return value != value;
}
/* Adjoints from the last node of the rounds to the first. 1 where a NaN shows up: whoever knows the rules must decide then. */
int reverse(i64 rounds, i64 width, i64 before, const i64 *arity, const i64 *left, const i64 *right, const double *p, const double *q,
            const unsigned char *live, const unsigned char *outside_live, double *bar, unsigned char *reached, double *outside_bar,
            unsigned char *outside_reached) {
    for (i64 i = rounds * width - 1; i >= 0; i--) {
        i64 here = before + i, j = i %% width;
        if (!reached[here]) continue;
        for (i64 slot = 0; slot < arity[j]; slot++) {
            i64 to = slot ? right[j] : left[j];
            double value = bar[here] * (slot ? q[i] : p[i]);
            if (!(to < 0 ? live[here + to] : outside_live[to])) continue;
            if (to < 0 ? add(value, bar + here + to, reached + here + to) : add(value, outside_bar + to, outside_reached + to)) return 1;
        }
    }
    return 0;
}
"""

_SAME = frozenset("acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 fmod log10 log1p sin sinh sqrt tan tanh".split())
"""Functions of C's math library that Python's math calls as they are."""

_OWN = {"remainder": "remainder_", "sign": "sign_", "log": "log_", "sinc": "sinc_"}
_INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/", "gt": ">", "ge": ">=", "lt": "<", "le": "<=", "eq": "==", "ne": "!="}
_INFIX |= {"logical_and": "&&", "logical_or": "||"}
_SHAPED = {
    "neg": "(-{0})",
    "positive": "{0}",
    "logical_not": "(!{0})",
    "abs": "fabs({0})",
    "where": "({0} ? {1} : {2})",
    "singular": "({0} ? {1} : {2})",
    "rsqrt": "(1.0 / sqrt({0}))",
    "reciprocal": "(1.0 / {0})",
    "square": "({0} * {0})",
}


def c(term: Term) -> str | None:
    """A term as C on doubles; None where C has not all that it takes."""
    if isinstance(term, str):
        return _number(CONSTANTS[term]) if term in CONSTANTS else term
    if not isinstance(term, Call):
        return _number(float(term))
    if not names(term):
        return _number(float(closure(term, {}, NUMPY)(())))
    parts = [c(a) for a in term.args]
    if None in parts:
        return None
    if term.name == "pow":
        square = term.args[1] == 2 and isinstance(term.args[0], str)
        return f"({parts[0]} * {parts[0]})" if square else f"pow({parts[0]}, {parts[1]})"
    if term.name in _INFIX:
        return f"({parts[0]} {_INFIX[term.name]} {parts[1]})"
    if term.name in _SHAPED:
        return _SHAPED[term.name].format(*parts)
    function = term.name if term.name in _SAME else _OWN.get(term.name)
    return f"{function}({', '.join(str(part) for part in parts)})" if function else None


def _number(value: float) -> str:
    if value != value:  # noqa: PLR0124  NaN is the only value unequal to itself
        return "NAN"
    return repr(value) if abs(value) != float("inf") else "INFINITY" if value > 0 else "(-INFINITY)"


def case(number: int, op: Elementwise) -> str | None:
    """One operation as a case of the switch."""
    if not has_kernel(op) or len(op.operands) > 2:
        return None
    value, *slopes = (c(term) for term in (read(op.value_text), *(p for p in op.partials if p is not None)))
    if value is None or None in slopes:
        return None
    renamed = [f"double {new} = {old};" for new, old in zip(op.operands, "xy", strict=False) if new != old]
    lines = [f"z = {value};", *(f"{out}[i] = {slope};" for out, slope in zip("pq", slopes, strict=False))]
    return f"            case {number}: {{ {' '.join(renamed + lines)} break; }}\n"


class Native:
    """The compiled library, and the code of each operation that it knows."""

    def __init__(self, library: ctypes.CDLL, codes: dict[str, int]) -> None:
        self.codes = codes
        self._forward, self._reverse = library.forward, library.reverse
        self._reverse.restype = ctypes.c_int

    def forward(self, rounds: int, width: int, before: int, *arrays: Any) -> None:
        """Fill the values and partials of ``rounds`` rounds of ``width`` nodes."""
        self._forward(*_counts(rounds, width, before), *map(_pointer, arrays))

    def reverse(self, rounds: int, width: int, before: int, *arrays: Any) -> bool:
        """Sweep the rounds backwards; False where a NaN showed up, and nothing of it may be used."""
        return not self._reverse(*_counts(rounds, width, before), *map(_pointer, arrays))


def _counts(*numbers: int) -> list[ctypes.c_int64]:
    return [ctypes.c_int64(n) for n in numbers]


def _pointer(array: np.ndarray[Any, Any]) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


@lru_cache(maxsize=1)
def native() -> Native | None:
    """The library, compiled at its first use on a machine; None where that is impossible."""
    from app.ops.elementwise import ELEMENTWISE  # noqa: PLC0415  the table is large and needed here only

    text, codes = source(ELEMENTWISE)
    name = f"wengert_rounds_{hashlib.sha256(text.encode()).hexdigest()[:16]}.so"
    for place in places():
        try:
            path = place() / name
            if not path.exists():
                _build(text, path)
            return Native(ctypes.CDLL(str(path)), codes)
        except (OSError, subprocess.SubprocessError):
            continue
    return None


def source(table: Iterable[Elementwise]) -> tuple[str, dict[str, int]]:
    """The C text, and the code of each operation in it."""
    cases = {op.name: text for number, op in enumerate(table) if (text := case(number, op))}
    codes = {op.name: number for number, op in enumerate(table) if op.name in cases}
    return _HEAD + _FORWARD % "".join(cases.values()) + _REVERSE.replace("%%", "%"), codes


def _build(text: str, path: Path) -> None:
    """Compile; no fused multiply-add, so that every machine rounds alike. In place at once, however many processes start together."""
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise OSError("There is no C compiler.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as room:
        draft = Path(room) / "rounds.so"
        flags = ["-O2", "-ffp-contract=off", "-fno-math-errno", "-shared", "-fPIC", "-x", "c", "-", "-o", str(draft), "-lm"]
        subprocess.run([compiler, *flags], input=text.encode(), check=True, capture_output=True, timeout=60)  # noqa: S603  our own text
        draft.replace(path)
