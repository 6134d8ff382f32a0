"""Loops that compiled code runs leave the very tape that the interpreter would have left."""

import ctypes
import math
import random

import pytest

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.engine.reverse import Contribution, reverse
from app.lang import statements
from app.lang.program import Library
from app.ops.elementwise import ELEMENTWISE
from app.ops.native import native

pytestmark = pytest.mark.skipif(native() is None, reason="there is no C compiler here")

INPUTS = {"x": 0.5, "a": 1.1, "b": 0.3}
LOOPS = {
    "one operation": "y = x\nfor i in range(N):\n    y = y * a",
    "a literal in every round": "y = x\nfor i in range(N):\n    y = y * 0.5 + a",
    "a name that starts as a number": "y = 1.0\nfor i in range(N):\n    y = y * x - 0.001",
    "names that hand their values on": (
        "y = x\nz = b\nw = a\nfor i in range(N):\n    w = z\n    z = y\n    y = tanh(w * 0.5 + y) - a / (2 + z ** 2)\ny * w + z"
    ),
    "two loops": "y = x\nfor i in range(N):\n    y += exp(-y * y)\nz = y\nfor i in range(N):\n    z = cos(z) - log(z * z + a)\nz * y",
    "a loop in a loop": "y = x\nfor j in range(3):\n    for i in range(N):\n        y = sin(y) * a + b\ny",
    "a loop in a loop, of constants": "y = x\nfor j in range(3):\n    for i in range(N):\n        y = y * 0.5 + 1\ny * a * b",
    "a loop in a loop that binds another name": "y = x\nfor j in range(3):\n    w = a\n    for i in range(N):\n        y = cos(y) * w\ny",
    "a loop in a function": "def f(u):\n    for i in range(N):\n        u = sin(u) * a\n    return u\nf(x) + f(b)",
    "adjoints that become subnormal": "y = x\nfor i in range(N):\n    y = sin(y) * 0.7 - b * y\ny",
    "an adjoint that becomes NaN": "y = x\nfor i in range(N):\n    y = sqrt(y * 0)\ny",
}


def ran(source, monkeypatch, fewest):
    monkeypatch.setattr(statements, "FEWEST", fewest)
    return Library(Limits()).program(source.replace("N", "3000"), frozenset(INPUTS)).run(INPUTS)


def same(first, second):
    return len(first) == len(second) and all(repr(a) == repr(b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("source", LOOPS.values(), ids=LOOPS.keys())
def test_the_tape_is_the_same_to_the_last_bit(source, monkeypatch):
    fast, slow = ran(source, monkeypatch, 256), ran(source, monkeypatch, 10**9)
    assert fast.tape.blocks
    assert not slow.tape.blocks
    for name in ("values", "inputs", "partials", "live"):
        assert same(getattr(fast.tape, name), getattr(slow.tape, name)), name
    assert fast.tape.rules == slow.tape.rules
    assert (fast.bound, fast.local, fast.names) == (slow.bound, slow.local, slow.names)
    assert [(k, w, p, f, last) for k, w, _, p, f, last in fast.groups] == [(k, w, p, f, last) for k, w, _, p, f, last in slow.groups]


@pytest.mark.parametrize("source", LOOPS.values(), ids=LOOPS.keys())
def test_the_adjoints_are_the_same_to_the_last_bit_with_and_without_a_record(source, monkeypatch):
    fast, slow = ran(source, monkeypatch, 256), ran(source, monkeypatch, 10**9)
    seeds = [(fast.outputs[0][1], 1.0)]
    played: list[Contribution] = []
    wanted = reverse(slow.tape, seeds)
    assert same(reverse(fast.tape, seeds), wanted)
    assert same(reverse(fast.tape, seeds, played), wanted)


@pytest.mark.parametrize("source", LOOPS.values(), ids=LOOPS.keys())
def test_a_shorter_loop_replayed_on_other_inputs_says_what_the_interpreter_says(source, monkeypatch):
    source = source.replace("N", "270")
    program = Library(Limits()).program(source, frozenset(INPUTS))
    for x in (0.5, 0.6, 0.7, 0.8):
        again = program.run(INPUTS | {"x": x})
        monkeypatch.setattr(statements, "FEWEST", 10**9)
        once = Library(Limits()).program(source, frozenset(INPUTS)).run(INPUTS | {"x": x})
        monkeypatch.undo()
        seeds = [(once.outputs[0][1], 1.0)]
        assert same(reverse(again.tape, seeds), reverse(once.tape, seeds))
        for name in ("values", "inputs", "partials"):
            assert same(getattr(again.tape, name), getattr(once.tape, name)), name


@pytest.mark.parametrize("limits", [Limits(nodes=5_000), Limits(steps=5_000)])
def test_a_budget_is_exceeded_at_the_same_amount(limits, monkeypatch):
    refusals = []
    for fewest in (256, 10**9):
        monkeypatch.setattr(statements, "FEWEST", fewest)
        with pytest.raises(ProgramError) as caught:
            Library(limits).program("y = x\nfor i in range(9000):\n    y = y * a\n", frozenset(INPUTS)).run(INPUTS)
        refusals.append(caught.value.diagnostic)
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize("op", [op for op in ELEMENTWISE if op.name in native().codes] if native() else [], ids=lambda op: op.name)
def test_the_compiled_rule_is_the_kernel_within_two_ulps(op):
    draw = random.Random(op.name)
    special = [0.0, -0.0, 1.0, -1.0, 2.0, 0.5, math.inf, -math.inf, math.nan, 1e300, -1e300, 1e-300, 710.0]
    points = [[draw.choice(special) if draw.random() < 0.4 else draw.uniform(-3, 3) for _ in op.operands] for _ in range(400)]
    machine = native()
    column = [0] if len(op.operands) == 1 else [0, 1]
    pattern = machine.pattern(1, 0, [machine.codes[op.name]], [len(column)], column[:1], column[-1:])
    for point in points:
        outside, v, p, q = (ctypes.c_double * 2)(*point), *(ctypes.c_double() for _ in range(3))
        machine.forward(pattern, outside, *map(ctypes.byref, (v, p, q)))
        z, slopes = op.kernel(*point)
        for compiled, kernel in zip((v.value, p.value, q.value), (z, *slopes), strict=False):
            assert repr(compiled) == repr(kernel) or abs(compiled - kernel) <= 2 * math.ulp(kernel), point


def test_a_product_with_a_subnormal_adjoint_is_rounded_as_ieee_has_it():
    machine, draw = native(), random.Random(1)
    pattern = machine.pattern(1, 1, [machine.codes["neg"]], [1], [-1], [-1])
    for _ in range(3000):
        bar = draw.choice((1, -1)) * draw.randrange(1, 1 << draw.randrange(1, 52)) * 5e-324
        slope = draw.choice((1, -1)) * draw.choice((0.5, 1.5, 2.0, 0.0, 3.0, draw.uniform(0, 2), draw.randrange(1, 64) / 64, 1e-300))
        adjoints, reached = (ctypes.c_double * 2)(0.0, bar), (ctypes.c_ubyte * 2)(0, 1)
        assert machine.reverse(pattern, (ctypes.c_double * 1)(slope), None, b"\1\1", b"", adjoints, reached, None, None, None) == 0
        assert repr(adjoints[0]) == repr(bar * slope), (bar, slope)
