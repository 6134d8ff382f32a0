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
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from app.ops.functions import NUMPY
from app.ops.kernels import has_kernel, places, replace_older
from app.ops.rule import Elementwise
from app.ops.tangents import PUSH
from app.ops.text import CONSTANTS, Call, Term, closure, names, read

CONSTANT = -1
"""The code of a position that repeats a number."""

_HEAD = """\
#include <math.h>
#include <stdint.h>
#include <string.h>
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
/* What every round does. An operand below 0 is that many nodes back, otherwise a place outside; `before` nodes precede the rounds. */
struct pattern {
    i64 rounds, width, before;
    const i64 *code, *arity, *left, *right;
};
void forward(const struct pattern *the, const double *outside, double *v, double *p, double *q) {
    for (i64 round = 0, i = 0; round < the->rounds; round++)
        for (i64 j = 0; j < the->width; j++, i++) {
            double *here = v + the->before + i;
            i64 left = the->left[j], right = the->right[j];
            double x = left < 0 ? here[left] : outside[left];
            double y = right < 0 ? here[right] : outside[right];
            double z = x;
            switch (the->code[j]) {
%s            default: break;
            }
            *here = z;
        }
}
"""

_REVERSE = """
/* A product in which bar is subnormal, by way of integers: processors take a hundred times as long for it. Rounded as IEEE has it. */
static double small_product(uint64_t bits, double slope) {
    i64 units = bits & 0xfffffffffffff;
    double size = fabs(slope), product = units * size, whole = floor(product), rest = product - whole;
    double error = rest == 0.5 ? fma(units, size, -product) : 0.0;
    int up = rest > 0.5 || error > 0.0 || (rest == 0.5 && error == 0.0 && fmod(whole, 2.0) != 0.0);
    uint64_t made = (uint64_t)(whole + up) | ((bits >> 63 ^ (signbit(slope) != 0)) << 63);
    double value;
    memcpy(&value, &made, 8);
    return value;
}
static double times(double bar, double slope) {
    uint64_t bits;
    memcpy(&bits, &bar, 8);
    uint64_t size = bits << 1;
    return size && size < (UINT64_C(1) << 41) && fabs(slope) <= 2.0 ? small_product(bits, slope) : bar * slope;
}
static int add(double value, double *bar, unsigned char *reached) {
    *bar = *reached ? *bar + value : value;
    *reached = 1;
    return value != value;
}
/* Adjoints from the last node of the rounds to the first. 1 where a NaN shows up: whoever knows the rules must decide then.
   Every edge to a live operand has a place in the record, if there is one: the contribution and the adjoint after it. */
int reverse(const struct pattern *the, const double *p, const double *q, const unsigned char *live, const unsigned char *outside_live,
            double *bar, unsigned char *reached, double *outside_bar, unsigned char *outside_reached, double *record) {
    i64 i = the->rounds * the->width - 1;
    for (i64 round = 0; round < the->rounds; round++)
        for (i64 j = the->width - 1; j >= 0; j--, i--) {
            i64 here = the->before + i;
            if (!reached[here] && !record) continue;
            for (i64 slot = 0; slot < the->arity[j]; slot++) {
                i64 to = slot ? the->right[j] : the->left[j];
                if (!(to < 0 ? live[here + to] : outside_live[to])) continue;
                if (!reached[here]) { record += 2; continue; }
                double value = times(bar[here], slot ? q[i] : p[i]);
                double *there = to < 0 ? bar + here + to : outside_bar + to;
                unsigned char *flag = to < 0 ? reached + here + to : outside_reached + to;
                if (add(value, there, flag)) return 1;
                if (record) { *record++ = value; *record++ = *there; }
            }
        }
    return 0;
}
/* A whole tape: one round, nothing outside but constants; values and both partials in one piece. */
void play(const struct pattern *the, const double *constants, double *all) {
    double *p = all + the->before + the->width;
    forward(the, constants, all, p, p + the->width);
}
/* How many nodes have an adjoint then; -1 where a NaN shows up. */
i64 play_back(const struct pattern *the, const double *all, const unsigned char *live, double *bar, unsigned char *reached,
              double *record) {
    const double *p = all + the->before + the->width;
    if (reverse(the, p, p + the->width, live, 0, bar, reached, 0, 0, record)) return -1;
    i64 count = 0;
    for (i64 node = 0; node < the->before + the->width; node++) count += reached[node];
    return count;
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


class _Pattern(ctypes.Structure):
    """The pattern as C sees it."""

    _fields_: ClassVar = [
        *((name, ctypes.c_int64) for name in ("rounds", "width", "before")),
        *((name, ctypes.c_void_p) for name in ("code", "arity", "left", "right")),
    ]


class Native:
    """The compiled library, and the code of each operation that it knows.

    ``forward(pattern, outside, v, p, q)`` fills the values and partials of all rounds. ``reverse(pattern, p, q, live, outside_live,
    bar, reached, outside_bar, outside_reached, record)`` sweeps them backwards in place; it returns 1 where a NaN showed up, and
    nothing of it may be used then. ``play(pattern, constants, all)`` and ``play_back(pattern, all, live, bar, reached, record)`` do
    the same for one round without nodes outside; the latter returns how many nodes were reached, or -1. ``push(pattern, all, live,
    count, dots)`` carries ``count`` tangents at once through such a round. All but the pattern are
    buffers: ctypes arrays, bytes or addresses; a record may be None.
    """

    def __init__(self, library: ctypes.CDLL, codes: dict[str, int]) -> None:
        self.codes = codes
        self.forward, self.reverse, self.play, self.play_back = library.forward, library.reverse, library.play, library.play_back
        self.push = library.push
        self.push.restype = None
        self.forward.restype, self.reverse.restype, self.play.restype, self.play_back.restype = None, ctypes.c_int, None, ctypes.c_int64

    @staticmethod
    def pattern(rounds: int, before: int, *columns: Sequence[int]) -> Any:
        """A pattern of codes, arities, left and right operands: one entry a node of a round."""
        arrays = [(ctypes.c_int64 * len(column))(*column) for column in columns]
        made = _Pattern(rounds, len(columns[0]), before, *map(ctypes.addressof, arrays))
        made.kept = arrays  # they must live as long as it does
        return ctypes.byref(made)


def address(array: np.ndarray[Any, Any]) -> ctypes.c_void_p:
    """A buffer of C from an array, which must outlive the call."""
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
    return _HEAD + _FORWARD % "".join(cases.values()) + _REVERSE + PUSH, codes


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
    replace_older(path)
