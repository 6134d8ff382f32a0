"""Sums and products of many terms: they lean to the left in the syntax, and nothing may go as deep as they are long."""

import pytest

from app.core.limits import Limits
from app.lang.check import read
from tests.differential.test_verify import Case

TERMS = 1_900


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize("sign", ["+", "-", "*"])
def test_a_chain_of_many_terms_is_evaluated_as_torch_does(sign: str, mode: str):
    case = Case("y = " + f" {sign} ".join(["x"] * TERMS), {"x": 1.001}, mode)
    assert len(case.claims) == TERMS
    assert case.verdict()["agrees"] is True


def test_chains_of_all_operators_stay_in_order():
    source = "y = x" + "".join(f" {'+-*/'[n % 4]} {'x' if n % 3 else 'sin(x)'}" for n in range(300))
    assert Case(source, {"x": 1.5}).verdict()["agrees"] is True


def test_a_chain_of_calls_of_a_function_that_calls_itself_is_no_deeper_than_the_calls():
    source = f"def f(n):\n    return x if n < 1 else f(n - 1){' + x' * 90}\ny = f(60){' + x' * 1_000}"
    assert Case(source, {"x": 0.5}, "primal").run.tape.values[-1] == pytest.approx(0.5 * (1 + 60 * 90 + 1_000))


def test_a_chain_within_brackets_and_signs_counts_as_one_level():
    wide = " + ".join(["-x"] * 500)
    assert read(f"y = -(({wide}) * ({wide}))", Limits()).free == ("x",)
