"""The Hessian call: second derivatives, products with directions, and what has none."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())


def asked(**request: Any) -> tuple[int, dict[str, Any]]:
    status, content = DESK.serve("hessian", json.dumps(request).encode())
    return status, json.loads(content)


def found(source: str, inputs: dict[str, Any], **request: Any) -> dict[str, Any]:
    status, answer = asked(source=source, inputs=inputs, **request)
    assert status == 200, answer
    return answer


def test_blocks_of_scalars_and_vectors_have_both_shapes():
    answer = found("y = s * sum(x ** 3)", {"s": 2, "x": [1, 2]})
    assert answer["hessian"] == {"s": {"s": 0, "x": [3, 12]}, "x": {"s": [3, 12], "x": [[12, 0], [0, 24]]}}


def test_a_scalar_program_goes_through_in_one_pass():
    answer = found("y = a * a * b + sin(b) * c", {"a": 2, "b": 3, "c": 5})
    expected = [[6, 4, 0], [4, -5 * np.sin(3), np.cos(3)], [0, np.cos(3), 0]]
    given = [[answer["hessian"][p][q] for q in "abc"] for p in "abc"]
    assert np.allclose(given, expected, rtol=1e-14)


def test_an_infinite_second_derivative_spoils_no_other():
    answer = found("y = sqrt(a) + b * b", {"a": 0, "b": 3})
    assert answer["hessian"] == {"a": {"a": "-Infinity", "b": 0}, "b": {"a": 0, "b": 2}}


def test_derivatives_of_derivatives_in_the_program_have_derivatives():
    answer = found("def f(t):\n    return t ** 4\ng = grad(grad(f))\ny = g(x) * z", {"x": 2, "z": 3})
    assert answer["hessian"] == {"x": {"x": 72, "z": 48}, "z": {"x": 48, "z": 0}}


def test_a_linear_program_has_zeros():
    assert found("y = 3 * a - b", {"a": 2, "b": 1})["hessian"] == {"a": {"a": 0, "b": 0}, "b": {"a": 0, "b": 0}}


def test_the_product_with_a_direction_is_the_matrix_times_it():
    answer = found("y = sum(x * x * k)", {"x": [1, 2], "k": [3, 4]}, direction={"x": [1, 10]})
    assert answer["hvp"] == {"x": [6, 80], "k": [2, 40]}


def test_mirrored_entries_are_equal_to_the_last_bit():
    matrix = np.array(
        found("y = logsumexp(A @ x * x, dim=0)", {"A": [[1, 2], [0.3, 0.7]], "x": [0.1, 1.7]}, wrt=["x"])["hessian"]["x"]["x"]
    )
    assert (matrix == matrix.T).all()


def test_several_numbers_have_no_hessian():
    status, answer = asked(source="y = x * x", inputs={"x": [1, 2]})
    assert (status, answer["code"]) == (422, "seed.required")


def test_a_direction_of_something_else_is_refused():
    status, answer = asked(source="y = x * x", inputs={"x": 1}, direction={"z": 1})
    assert (status, answer["code"]) == (422, "seed.unknown")


def test_two_outputs_have_no_hessian_and_are_told_so_in_a_sentence():
    status, answer = asked(source="y = x * x\nw = x", inputs={"x": 1}, outputs=["y", "w"])
    assert (status, answer["code"]) == (422, "seed.required")
    assert answer["detail"] == "A Hessian needs one number as the output; there are 2 outputs."


def test_a_direction_of_another_shape_is_called_a_direction():
    status, answer = asked(source="y = x * x", inputs={"x": 1}, direction={"x": [1, 2]})
    assert (status, answer["code"]) == (422, "seed.shape")
    assert answer["detail"] == "The direction of x has shape [2], its value has []."


def test_entries_that_are_infinite_alike_are_not_apart():
    assert found("y = sqrt(a) + b * b", {"a": 0, "b": 3})["asymmetry"] == 0
