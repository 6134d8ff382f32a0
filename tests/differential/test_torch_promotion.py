"""Our dtypes of results, casts and refusals are torch's."""

import itertools

import numpy as np
import pytest
import torch

from app.labs.autograd.promotion import (
    DTYPES,
    Kind,
    cast,
    floated,
    kind_of_number,
    number_as,
    promoted,
    quotient,
    refuse_mean,
    refuse_subtraction,
    stronger,
    summed,
)  # fmt: skip
from app.labs.autograd.refusal import TorchError

NUMBERS = [True, 3, 2.5, np.float64(2.5), np.float32(2.5), np.int32(3)]
TENSORS = [Kind(dtype, dims) for dtype in DTYPES for dims in (0, 1, 2)]
OPERANDS = [(kind, torch.ones((1,) * kind.dims, dtype=getattr(torch, kind.dtype))) for kind in TENSORS]
OPERANDS += [(kind_of_number(number), number) for number in NUMBERS]
PAIRS = list(itertools.product(OPERANDS, repeat=2))
WITH_A_TENSOR = [(left, right) for left, right in PAIRS if isinstance(left[1], torch.Tensor) or isinstance(right[1], torch.Tensor)]
CASTS = [0.0, -0.0, 0.5, -0.5, 3.7, -3.7, 1e-45, 2.0**31, -(2.0**31), 3e9, 1e20, -1e20, 1e39, np.inf, -np.inf, np.nan, 16777217.0]
INTEGERS = [0, 1, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**40, 2**62 + 1, 2**63 - 1, -(2**63), 2**63, 2**64 - 1, 2**64, -(2**63) - 1]


def name(dtype):
    return str(dtype).removeprefix("torch.")


def refusal(action):
    try:
        action()
    except (RuntimeError, OverflowError) as error:
        return type(error).__name__, str(error)
    except TorchError as error:
        return error.kind, error.text
    return None


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_two_operands_meet_in_the_dtype_of_torch(left, right):
    assert promoted(left[0], right[0]) == name(torch.result_type(left[1], right[1]))


@pytest.mark.parametrize(("left", "right"), WITH_A_TENSOR)
def test_a_quotient_has_the_dtype_of_torch(left, right):
    assert quotient(left[0], right[0]) == name((left[1] / right[1]).dtype)


@pytest.mark.parametrize(("left", "right"), WITH_A_TENSOR)
def test_a_difference_with_truth_values_is_refused_in_torchs_words(left, right):
    ours = refusal(lambda: refuse_subtraction(left[0], right[0]))
    assert ours == refusal(lambda: left[1] - right[1])


@pytest.mark.parametrize("dtype", DTYPES)
def test_functions_and_sums_have_the_dtype_of_torch(dtype):
    tensor = torch.ones(2, dtype=getattr(torch, dtype))
    assert floated(dtype) == name(tensor.exp().dtype)
    assert summed(dtype) == name(tensor.sum().dtype) == name(tensor.prod().dtype)
    assert refusal(lambda: refuse_mean(dtype)) == refusal(tensor.mean)


@pytest.mark.parametrize(("left", "right"), list(itertools.product(DTYPES, repeat=2)))
def test_dtypes_without_dimensions_meet_as_in_torch(left, right):
    assert stronger(left, right) == name(torch.promote_types(getattr(torch, left), getattr(torch, right)))


@pytest.mark.parametrize(("source", "target"), list(itertools.product(DTYPES, repeat=2)))
def test_a_cast_keeps_the_bits_of_torch(source, target):
    values = cast(np.array([CASTS, CASTS[::-1]]), source)
    expected = torch.tensor(values).to(getattr(torch, target)).numpy()
    assert cast(values, target).dtype == expected.dtype
    assert cast(values, target).tobytes() == expected.tobytes()


@pytest.mark.parametrize("dtype", ["int32", "int64", "float32", "float64"])
@pytest.mark.parametrize("value", INTEGERS)
def test_a_large_integer_is_an_operand_as_in_torch(value, dtype):
    found = []
    ours = refusal(lambda: found.append(number_as(value, dtype)))
    tensor = torch.zeros(1, dtype=getattr(torch, dtype))
    assert ours == refusal(lambda: found.append((tensor + value).numpy()))
    if found:
        assert found[0].tolist() == found[1].item()
