"""Differences of values: as good as they say, on functions whose derivatives everybody knows."""

import numpy as np
import pytest

from app.oracle.differences import complex_step, pairing, slope


@pytest.mark.parametrize(
    ("function", "at", "expected"),
    [(np.sin, 0.7, np.cos(0.7)), (np.exp, 1.5, np.exp(1.5)), (lambda x: x**5, -1.2, 5 * 1.2**4), (lambda x: 1 / x, 0.4, -1 / 0.16)],
)
def test_a_slope_is_right_to_ten_digits(function, at, expected):
    assert slope(function, [at], [1.0]).value == pytest.approx(expected, rel=1e-10)


def test_the_error_of_a_slope_is_an_honest_bound():
    found = slope(np.log, [0.3], [1.0])
    assert abs(found.value - 1 / 0.3) <= max(10 * found.error, 1e-14)


def test_a_direction_picks_the_combination_of_partials():
    matrix = np.array([[1.0, 2.0], [3.0, 4.0]])
    found = slope(lambda A, x: A @ x, [matrix, np.array([0.5, -1.0])], [None, np.array([1.0, 10.0])])
    assert found.value == pytest.approx([21.0, 43.0], rel=1e-10)


def test_a_complex_step_loses_nothing():
    assert complex_step(lambda x: np.exp(x) * np.sin(x), [1.1], [1.0]) == pytest.approx(
        np.exp(1.1) * (np.sin(1.1) + np.cos(1.1)), rel=1e-15
    )


def test_pairing_is_the_sum_of_products():
    assert pairing([[1.0, 2.0]], [[3.0, 4.0]]) == 11.0
