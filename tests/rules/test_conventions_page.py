"""docs/conventions.md says what the operations do: it is generated, and its two lists of differences are true."""

import runpy
from pathlib import Path

import numpy as np
import pytest
import torch
from elementwise_conventions import CONVENTIONS
from small_tape import Var, gradient
from small_tape import o as recorded
from test_elementwise_conventions import Torch

from app.ops.creation import CREATIONS
from app.ops.numeric import numeric
from app.ops.table import OPS, SPELLINGS

TOOL = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "conventions.py"))
ROWS = [pytest.param(f, args, f"{label} {args}", id=f"{label} {args}") for label, f, points in CONVENTIONS for args in points]


def test_the_page_is_the_one_that_the_table_makes():
    assert TOOL["PAGE"].read_text(encoding="utf-8") == TOOL["page"](), "run python tools/conventions.py"


def test_every_note_stands_on_the_page():
    text = TOOL["PAGE"].read_text(encoding="utf-8")
    assert [c.sentence for op in OPS.values() for c in op.conventions if c.sentence not in text] == []


def test_what_the_page_calls_lacking_is_lacking():
    assert [name for name in TOOL["LACKING"] if name in SPELLINGS or name in CREATIONS] == []


def second(f, args):
    """Second derivatives, row after row: ours, and torch's."""
    xs = [torch.tensor(a, dtype=torch.float64, requires_grad=True) for a in args]
    out = f(Torch(), *xs)
    torchs = torch.autograd.grad(out, xs, create_graph=True, allow_unused=True) if out.requires_grad else [None] * len(xs)
    leaves = [Var(a) for a in args]
    ours, theirs = [], []
    for first, other in zip(gradient(f(recorded, *leaves), leaves, recorded), torchs, strict=True):
        ours += gradient(first, leaves, numeric) if isinstance(first, Var) else [None] * len(leaves)
        flows = other is not None and other.requires_grad
        theirs += torch.autograd.grad(other, xs, allow_unused=True, retain_graph=True) if flows else [None] * len(xs)
    return [0.0 if v is None else float(v) for v in ours], [0.0 if v is None else v.item() for v in theirs]


@pytest.mark.parametrize(("f", "args", "place"), ROWS)
def test_second_derivatives_are_torchs_unless_the_page_lists_them(f, args, place):
    ours, theirs = second(f, args)
    if place in TOOL["SECOND"]:
        mine, torchs, _ = TOOL["SECOND"][place]
        assert np.array_equal(ours, [float(mine)], equal_nan=True)
        assert theirs == [torchs]
    else:
        assert np.allclose(ours, theirs, rtol=1e-8, atol=1e-14, equal_nan=True), (ours, theirs)
