"""Each partial is the derivative of the value text: sympy differentiates one, and compares with the other to forty digits."""

import pytest
import sympy as sp
from elementwise_cases import FLOATS

from app.ops.text import CONSTANTS, Call, functions, read

DIGITS = 60
STEPS = frozenset({"floor", "ceil", "trunc", "round", "sign", "floor_divide", "remainder", "fmod"})
"""Functions that are constant between their jumps: sympy has no derivative of them, a difference is exact."""

IN_SYMPY = {
    "add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "div": lambda x, y: x / y, "pow": lambda x, y: x**y,
    "neg": lambda x: -x, "positive": lambda x: x, "where": lambda c, x, y: sp.Piecewise((x, c), (y, True)), "singular": lambda c, x, y: y,
    "floor_divide": lambda x, y: sp.floor(x / y), "remainder": lambda x, y: x - y * sp.floor(x / y),
    "fmod": lambda x, y: x - y * sp.sign(x / y) * sp.floor(abs(x / y)), "abs": sp.Abs, "sign": sp.sign, "sqrt": sp.sqrt,
    "rsqrt": lambda x: 1 / sp.sqrt(x), "cbrt": lambda x: x ** sp.Rational(1, 3), "floor": sp.floor, "ceil": sp.ceiling,
    "trunc": lambda x: sp.sign(x) * sp.floor(abs(x)), "round": lambda x, d: sp.floor(x + sp.Rational(1, 2)),
    "exp": sp.exp, "exp2": lambda x: 2**x, "expm1": lambda x: sp.exp(x) - 1, "log": sp.log, "log2": lambda x: sp.log(x, 2),
    "log10": lambda x: sp.log(x, 10), "log1p": lambda x: sp.log(1 + x), "logaddexp": lambda x, y: sp.log(sp.exp(x) + sp.exp(y)),
    "logaddexp2": lambda x, y: sp.log(2**x + 2**y, 2), "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "asin": sp.asin, "acos": sp.acos,
    "atan": sp.atan, "atan2": sp.atan2, "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh, "asinh": sp.asinh, "acosh": sp.acosh,
    "atanh": sp.atanh, "hypot": lambda x, y: sp.sqrt(x**2 + y**2), "sinc": lambda x: sp.sin(sp.pi * x) / (sp.pi * x), "erf": sp.erf,
    "erfc": sp.erfc, "erfinv": sp.erfinv, "lgamma": sp.loggamma, "digamma": sp.digamma, "polygamma": sp.polygamma,
    "xlogy": lambda x, y: x * sp.log(y), "entr": lambda x: -x * sp.log(x), "sigmoid": lambda x: 1 / (1 + sp.exp(-x)),
    "maximum": sp.Max, "minimum": sp.Min, "fmax": sp.Max, "fmin": sp.Min, "nan_to_num": lambda x, *rest: x,
    "isfinite": lambda x: sp.Integer(1), "isnan": lambda x: sp.false,
    "gt": sp.Gt, "ge": sp.Ge, "lt": sp.Lt, "le": sp.Le, "eq": sp.Eq, "ne": sp.Ne,
    "logical_and": sp.And, "logical_or": sp.Or, "logical_not": sp.Not,
}  # fmt: skip


def expression(term, symbols):
    """A term as a sympy expression."""
    if isinstance(term, Call):
        return IN_SYMPY[term.name](*[expression(a, symbols) for a in term.args])
    if isinstance(term, str):
        return symbols[term] if term in symbols else {"pi": sp.pi, "nan": sp.nan, "inf": sp.oo}[term]
    return sp.Rational(str(term)) if term not in CONSTANTS.values() else sp.Float(term)


POINTS = [("1/3", "3/7", "2/5"), ("9/10", "5/4", "4/3"), ("7/11", "-5/3", "1/7"), ("-4/9", "8/9", "5/2"), ("13/8", "11/6", "2/3")]


def places(op):
    """Points of rational numbers in the sampling domain."""
    ranges = op.sampling or ((-3.0, 3.0),) * len(op.operands)
    for point in POINTS:
        xs = [sp.Rational(p) for p in point[: len(op.operands)]]
        if all(low <= x <= high for x, (low, high) in zip(xs, ranges, strict=False)):
            yield dict(zip(op.operands, xs, strict=True))


PROVED = [op for op in FLOATS if not STEPS & set(functions(read(op.value_text))) and op.name != "where"]


def given(op):
    """The attributes as exact numbers."""
    example = op.examples[0] if op.examples else {}
    found = {}
    for parameter in op.attributes:
        value = example.get(parameter.name, parameter.default)
        value = op.open_ends.get(parameter.name, value) if value is None else value
        found[parameter.name] = sp.oo * (1 if value > 0 else -1) if value in (float("inf"), float("-inf")) else sp.sympify(str(value))
    return found


@pytest.mark.parametrize("op", PROVED, ids=lambda op: op.name)
def test_each_partial_is_the_derivative_of_the_value(op):
    symbols = {name: sp.Symbol(name, real=True) for name in op.operands}
    value = expression(read(op.value_text), symbols | given(op))
    count = 0
    for point in places(op):
        at = {symbols[name]: x for name, x in point.items()}
        for slot, partial in enumerate(op.partials):
            shown = expression(partial, symbols | given(op) | {"z": value})
            exact = sp.diff(value, symbols[op.operands[slot]])
            difference = sp.sympify(exact).subs(at).evalf(DIGITS) - sp.sympify(shown).subs(at).evalf(DIGITS)
            assert abs(difference) < 1e-40, (op.name, slot, point)
            count += 1
    assert count >= len(op.operands)


@pytest.mark.parametrize("op", [op for op in FLOATS if STEPS & set(functions(read(op.value_text)))], ids=lambda op: op.name)
def test_between_its_jumps_a_step_moves_by_its_partial(op):
    symbols = {name: sp.Symbol(name, real=True) for name in op.operands}
    value = expression(read(op.value_text), symbols | given(op))
    step = sp.Rational(1, 10**9)
    count = 0
    for point in places(op):
        at = {symbols[name]: x for name, x in point.items()}
        for slot, partial in enumerate(op.partials):
            name = symbols[op.operands[slot]]
            moved = (value.subs(at | {name: at[name] + step}) - value.subs(at)) / step
            assert sp.nsimplify(moved - sp.sympify(expression(partial, symbols | {"z": value})).subs(at)) == 0
            count += 1
    assert count >= len(op.operands)
