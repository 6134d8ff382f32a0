"""Torch's choices at kinks, ties, singular points and overflow, by running torch beside the rules."""

import numpy as np
import pytest
import torch
import torch.autograd.forward_ad as fad
import torch.nn.functional as F  # noqa: N812  everybody calls it F
from elementwise_conventions import CONVENTIONS
from small_tape import Names, Var, gradient, tangent
from small_tape import o as recorded

from app.ops.elementwise import ELEMENTWISE
from app.ops.numeric import numeric
from app.ops.table import OPS

ROWS = [pytest.param(f, args, id=f"{label} at {', '.join(map(str, args))}") for label, f, points in CONVENTIONS for args in points]


class Torch:
    """Torch's functions, wherever they live; numbers become tensors where torch insists on them."""

    def __getattr__(self, name):
        if name == "floor_divide":
            return lambda x, y: torch.div(x, y, rounding_mode="floor")
        return getattr(torch.special, name, None) if name == "entr" else getattr(torch, name, None) or getattr(F, name)

    def if_(self, condition, yes, no):
        return yes() if condition else no()


def equal(ours, theirs):
    """The same number; nothing flowing counts as 0, which is what torch then says."""
    ours = 0.0 if ours is None else float(getattr(ours, "primal", ours))
    theirs = 0.0 if theirs is None else float(theirs)
    return np.isclose(ours, theirs, rtol=1e-12, atol=0, equal_nan=True)


@pytest.mark.parametrize(("f", "args"), ROWS)
def test_primals_and_adjoints_are_torchs(f, args):
    xs = [torch.tensor(a, dtype=torch.float64, requires_grad=True) for a in args]
    theirs = f(Torch(), *xs)
    leaves = [Var(a) for a in args]
    ours = f(recorded, *leaves)
    assert equal(ours, theirs.detach())
    adjoints = torch.autograd.grad(theirs, xs, allow_unused=True) if theirs.requires_grad else [None] * len(xs)
    for namespace in (numeric, recorded):
        for mine, torchs in zip(gradient(ours, leaves, namespace), adjoints, strict=True):
            assert equal(mine, torchs), (mine, torchs)


@pytest.mark.parametrize(("f", "args"), ROWS)
def test_tangents_are_torchs(f, args):
    for place in range(len(args)):
        with fad.dual_level():
            xs = [torch.tensor(a, dtype=torch.float64) for a in args]
            xs[place] = fad.make_dual(xs[place], torch.tensor(1.0, dtype=torch.float64))
            theirs = fad.unpack_dual(f(Torch(), *xs)).tangent
            theirs = None if theirs is None else theirs.item()
        leaves = [Var(a) for a in args]
        ours = tangent(f(recorded, *leaves), {leaves[place]: 1.0}, numeric)
        assert equal(ours, theirs), (ours, theirs)


@pytest.mark.parametrize("op", [op for op in ELEMENTWISE if op.conventions], ids=lambda op: op.name)
def test_notes_are_sentences_and_hold_at_ordinary_points_nowhere(op):
    ordinary = [0.37, 0.83, 0.61][: len(op.operands)]
    attributes = dict(op.examples[0]) if op.examples else {}
    if op.name == "acosh":
        ordinary = [1.7]
    z = op.value(ordinary, attributes)
    for convention in op.conventions:
        assert convention.sentence.endswith(".")
        assert not convention.at(z, ordinary, attributes)


@pytest.mark.parametrize(
    ("name", "inputs", "words"),
    [
        ("relu", [0.0], "not differentiable at 0; torch's choice is 0"),
        ("abs", [0.0], "torch's choice is 0"),
        ("sqrt", [0.0], "slope is infinite"),
        ("sqrt", [-1.0], "NaN"),
        ("log", [0.0], "pole"),
        ("log", [-2.0], "derivative is still 1/x"),
        ("pow", [0.0, 0.5], "vertical tangent"),
        ("pow", [-1.0, 0.5], "no real power"),
        ("maximum", [1.0, 1.0], "one half for each"),
        ("div", [1.0, 0.0], "Division by 0"),
        ("floor", [2.0], "jumps"),
        ("clamp", [1.0], "torch's choice is 1"),
        ("softplus", [25.0], "threshold"),
    ],
)
def test_a_note_is_shown_at_the_point_it_speaks_of_also_inside_an_array(name, inputs, words):
    op = OPS[name]
    attributes = {"min": -1.0, "max": 1.0} if name == "clamp" else {}

    def said(values):
        z = op.value(values, attributes)
        return " ".join(c.sentence for c in op.conventions if c.at(z, values, attributes))

    assert words in said(inputs)
    assert words in said([np.array([0.37, x]) for x in inputs])


SMOOTH = [op for op in ELEMENTWISE if op.differentiable and op.name not in ("where", "clamp_tensor", "cbrt", "dropout", "polygamma")]


class TestSecondDerivatives:
    """A sweep that is recorded can be swept again."""

    @pytest.mark.parametrize("op", SMOOTH, ids=lambda op: op.name)
    def test_equal_torchs(self, op):
        attributes = {"min": -1.0, "max": 1.0} if op.name == "clamp" else {}
        point = [1.7, 0.6][: len(op.operands)] if op.name == "acosh" else [0.43, 0.71][: len(op.operands)]
        leaves = [Var(p) for p in point]
        names = Names()
        out = getattr(names, op.name)(*leaves, **attributes)
        first = gradient(out, leaves, names)
        xs = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in point]
        theirs = torch.autograd.grad(getattr(Torch(), op.name)(*xs, **attributes), xs, create_graph=True)
        for mine, torchs in zip(first, theirs, strict=True):
            second = gradient(mine, leaves, numeric) if isinstance(mine, Var) else [None] * len(leaves)
            expected = torch.autograd.grad(torchs, xs, allow_unused=True, retain_graph=True) if torchs.requires_grad else [None] * len(xs)
            for a, b in zip(second, expected, strict=True):
                rtol = 1e-8 if op.name in ("lgamma", "digamma") else 1e-10  # torch's polygamma has nine digits
                assert np.isclose(0.0 if a is None else a, 0.0 if b is None else b.item(), rtol=rtol, atol=1e-14)

    def test_a_recorded_rule_sums_over_the_axes_that_were_stretched(self):
        row, table = Var(np.array([[1.0, 2.0, 3.0]])), Var(np.arange(6.0).reshape(2, 3))
        names = Names()
        (bar,) = gradient(row * table, [row], names, np.ones((2, 3)))
        assert bar.primal.tolist() == [[3.0, 5.0, 7.0]]
        (scalar,) = gradient(Var(2.0) * 1.0 + (leaf := Var(3.0)) * table, [leaf], names, np.ones((2, 3)))
        assert scalar.primal == 15.0
