"""The same words in numpy, torch and math: a call does what the library does whose prefix it has, or it is refused."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.lang.check import read
from app.lang.dialects import ELSEWHERE, MEANINGS
from tests.differential.test_verify import Case

X = [0.5, -1.5, 2.0, 1.0]
A = [[1.0, 2.0, 0.5], [3.0, -4.0, 2.0]]
S = [[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 2.0]]
B = [[0.5, -2.0, 1.0], [2.5, 1.5, -1.0], [0.25, -0.5, 3.0]]
C = np.linspace(-1, 2, 24).reshape(2, 3, 4).tolist()
INPUTS = {name: np.array(value) for name, value in {"x": X, "A": A, "S": S, "B": B, "C": C}.items()}

NUMPY = """
    np.sum(A)                   np.sum(A, axis=0)              np.sum(C, axis=(0, 2))         np.sum(A, axis=1, keepdims=True)
    np.mean(A)                  np.mean(A, axis=1)             np.prod(A)                     np.prod(A, axis=0)
    np.var(A)                   np.var(A, axis=0)              np.var(A, ddof=1)              np.var(A, axis=1, ddof=1)
    np.std(A)                   np.std(A, axis=0)              np.std(A, axis=1, ddof=1)      np.std(x)
    np.max(A)                   np.max(A, axis=0)              np.max(A, 1)                   np.min(C, axis=(0, 1))
    np.amax(A, axis=1)          np.argmax(A)                   np.argmax(A, axis=0)           np.argmin(A, axis=1)
    np.sort(A)                  np.sort(A, axis=0)             np.argsort(x)                  np.argsort(A, axis=0)
    np.cumsum(A)                np.cumsum(A, axis=1)           np.cumsum(x)                   np.cumsum(A, axis=None)
    np.cumprod(A)               np.cumprod(A, axis=0)          np.repeat(x, 2)                np.repeat(A, 2)
    np.repeat(A, 2, axis=1)     np.tile(x, 2)                  np.tile(A, (2, 1))             np.roll(A, 1)
    np.roll(A, 1, axis=1)       np.flip(A)                     np.flip(A, axis=1)             np.concatenate([A, A])
    np.concatenate(A)           np.stack([x, x], axis=1)       np.stack(A)                    np.stack(A, axis=1)
    np.concatenate((x, x))      np.concatenate([A, A], axis=1)  np.hstack(A)                   np.vstack(C)
    np.dot(A, S)                np.dot(x, x)                   np.transpose(C)                np.transpose(C, (1, 0, 2))
    np.swapaxes(C, 0, 2)        np.squeeze(A)                  np.expand_dims(x, 0)           np.clip(A, -1, 1)
    np.round(A, 1)              np.diag(x, k=1)                np.tril(A, k=1)                np.cross(S, B)
    np.trace(S)                 np.linalg.diagonal(C)          np.diagonal(C)                 np.mod(x, 0.7)
    np.linalg.norm(A)           np.linalg.norm(A, 2)           np.linalg.norm(A, 1)           np.linalg.norm(A, ord=-1)
    np.linalg.norm(A, inf)      np.linalg.norm(A, -inf)        np.linalg.norm(A, -2)          np.linalg.norm(A, 'nuc')
    np.linalg.norm(A, 'fro')    np.linalg.norm(A, axis=1)      np.linalg.norm(A, 1, axis=0)   np.linalg.norm(C, 2, axis=(0, 2))
    np.linalg.norm(C)           np.linalg.norm(x, 1)           np.linalg.norm(x, 3)           np.linalg.norm(C, axis=(1, 2))
    np.linalg.norm(A, 1, keepdims=True)
"""

TORCH = """
    torch.sum(A)                torch.sum(A, dim=0)            torch.mean(C, dim=(0, 2))      torch.var(A)
    torch.var(A, dim=0)         torch.var(A, correction=0)     torch.std(A)                   torch.std(A, dim=1)
    torch.std(A, unbiased=False)  torch.argmax(A)               torch.amax(A, dim=1)           torch.median(x)
    torch.cumsum(A, dim=0)      A.cumsum(1)                    x.repeat(2)                    A.repeat(2, 1)
    torch.flip(A, dims=(1,))    torch.roll(A, 1)               torch.stack([x, x], dim=1)     torch.cat([A, A])
    torch.cross(S, B)           S.cross(B)                     torch.linalg.cross(S, B)       torch.cross(S, B, dim=1)
    torch.linalg.diagonal(C)    torch.diagonal(C)              torch.svd(S)[1]                torch.linalg.svd(A, full_matrices=False)[1]
    torch.svd(S)[2].abs()       S.svd()[2].abs()               torch.linalg.svd(S)[2].abs()   torch.std(x, 0)
    torch.norm(A)               torch.norm(A, 2)               torch.norm(A, p=1)             torch.norm(A, inf)
    torch.norm(A, 'nuc')        torch.norm(A, 2, dim=(0, 1))   A.norm(1)                      A.norm(p=2)
    torch.linalg.norm(A)        torch.linalg.norm(A, 2)        torch.linalg.norm(A, ord=2)    torch.linalg.norm(A, 1)
    torch.linalg.norm(A, inf)   torch.linalg.norm(A, -inf)     torch.linalg.norm(A, -1)       torch.linalg.norm(A, -2)
    torch.linalg.norm(A, 'nuc')  torch.linalg.norm(A, 'fro')    torch.linalg.norm(x, 1)        torch.linalg.norm(C)
    torch.linalg.norm(A, 2, 1)  torch.linalg.norm(A, dim=0)    torch.linalg.norm(C, 1, (2, 0))  torch.linalg.norm(A, 1, (1, 0), True)
    torch.linalg.matrix_norm(A)  torch.linalg.matrix_norm(C, 2)  torch.linalg.vector_norm(A)    torch.linalg.vector_norm(A, 1, dim=0)
"""

MATH = """math.fmod(-7, 3)  math.hypot(3, 4)  math.pow(2, 0.5)  math.prod(x)  math.prod(A)"""

REFUSED = """
    np.median(x)                torch.equal(x, x)              x.equal(x)                     math.remainder(7, 4)
    torch.cumsum(A)             A.cumsum()                     torch.linalg.norm(C, 2)        torch.linalg.norm(A, 3)
    np.linalg.norm(A, 0)        torch.linalg.norm(x, 'nuc')    np.linalg.norm(x, 'fro')       torch.linalg.vector_norm(A, 'nuc')
    torch.linalg.norm(C, dim=(0, 1, 2))                        np.linalg.svd(A, full_matrices=True)
"""

DIFFERENTIATED = """
    np.linalg.norm(A, 2)        torch.linalg.norm(A, 1)        torch.linalg.norm(A, -2)       torch.linalg.norm(A, 'nuc')
    sum(np.repeat(A, 2))        sum(np.cumsum(A) ** 2)         sum(torch.svd(A)[2][0] ** 2)   sum(np.stack(A, axis=1) ** 2)
"""


def calls(table: str) -> list[str]:
    """The calls of a table: at least two spaces, or a new line, lie between them."""
    return re.split(r"  +|\n +", table.strip())


def in_python(call: str, kind) -> np.ndarray:
    """What Python makes of the very text."""
    names = {"np": np, "torch": torch, "math": math, "inf": math.inf, **{name: kind(value) for name, value in INPUTS.items()}}
    return np.asarray(eval(call, names))


def ours(call: str) -> np.ndarray:
    given = {name: value for name, value in INPUTS.items() if name in read(call, Limits()).free}
    case = Case(f"y = {call}", given, "primal")
    assert case.verdict()["agrees"] is True, call
    return np.asarray(case.run.tape.values[case.run.outputs[-1][1]])


@pytest.mark.parametrize("call", calls(NUMPY) + calls(MATH))
def test_what_numpy_and_math_are_asked_for_is_theirs(call: str):
    assert ours(call) == pytest.approx(in_python(call, np.array), rel=1e-12)


@pytest.mark.parametrize("call", calls(TORCH))
@pytest.mark.filterwarnings("ignore::UserWarning")  # torch.cross without dim, which is the point
def test_what_torch_is_asked_for_is_torchs(call: str):
    assert ours(call) == pytest.approx(in_python(call, torch.tensor), rel=1e-12)


@pytest.mark.parametrize("call", calls(REFUSED))
def test_what_would_be_another_number_is_refused(call: str):
    with pytest.raises(ProgramError) as error:
        ours(call)
    assert error.value.diagnostic.hint


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize("call", calls(DIFFERENTIATED))
def test_their_derivatives_are_torchs_too(call: str, mode: str):
    assert Case(f"y = {call}", {"A": INPUTS["A"][:, :2]}, mode).verdict()["agrees"] is True


def test_the_items_of_a_named_list_are_joined_one_by_one():
    source = "parts = [a, 2 * a]\ny = sum(torch.cat(parts) * torch.stack(parts).reshape(-1))"
    assert Case(source, {"a": np.array([1.0, -2.0])}).verdict()["agrees"] is True
    assert Case("parts = [a, b]\ny = torch.stack(parts)", {"a": 1.0, "b": 2.0}, "primal").run.tape.values[-1].tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "line", ["from numpy import repeat", "from numpy.linalg import norm", "from torch import svd", "from math import prod"]
)
def test_a_name_that_means_something_else_there_is_not_imported(line: str):
    with pytest.raises(ProgramError) as error:
        read(f"{line}\ny = 1", Limits())
    assert error.value.diagnostic.code == "syntax.import"


@pytest.mark.parametrize(
    "line", ["from numpy import sin, exp", "from torch.linalg import inv", "from math import *", "from jax.numpy import tanh"]
)
def test_a_name_that_means_the_same_is_imported(line: str):
    assert read(f"{line}\ny = 1", Limits()).free == ()


def test_the_page_of_the_dialects_names_every_difference():
    page = (Path(__file__).parents[2] / "docs/dialects.md").read_text(encoding="utf-8")
    prefixes = {"numpy": "np", "linalg": "torch.linalg"}
    names = [f"{prefixes.get(where, where)}.{name}" for table in (MEANINGS, ELSEWHERE) for where, known in table.items() for name in known]
    assert [name for name in names if f"`{name}" not in page] == []
