"""Names and numbers as LaTeX."""

import pytest

from app.core.formatting import name_latex, number_latex, short, version, version_latex


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("x", "x"),
        ("x1", "x_{1}"),
        ("x_1", "x_{1}"),
        ("W_h", "W_{h}"),
        ("alpha", r"\alpha"),
        ("θ2", r"\theta_{2}"),
        ("i2h", r"\text{i2h}"),
        ("next_h", r"\text{next\_h}"),
        ("loss", r"\text{loss}"),
    ],
)
def test_a_name_is_set_as_mathematics_sets_it(name, latex):
    assert name_latex(name) == latex


def test_later_versions_of_a_name_have_primes_and_then_numbers():
    assert [version("c", n) for n in (1, 2, 4, 5, 12)] == ["c", "c'", "c'''", "c₄", "c₁₁"]
    assert [version_latex("x1", n) for n in (2, 5)] == ["x_{1}'", "x_{1}^{(4)}"]


def test_a_negative_number_stands_in_parentheses_as_an_operand():
    assert number_latex(-2.0) == r"\left(-2\right)"
    assert number_latex(1.5e-7) == r"1.5 \cdot 10^{-7}"
    assert number_latex(float("inf")) == r"\infty"


def test_a_short_number_has_at_most_six_digits():
    assert [short(v) for v in (2.0, 0.1 + 0.2, 1e6, True, float("nan"))] == ["2", "0.3", "1e+06", "True", "NaN"]
