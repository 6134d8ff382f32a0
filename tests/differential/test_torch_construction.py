"""What torch.tensor makes of data, or why it refuses, is the same here."""

import numpy as np
import pytest
import torch

from app.labs.autograd.construction import array_of
from app.labs.autograd.promotion import DTYPES
from app.labs.autograd.refusal import TorchError

DATA = [
    3, 2.5, True, [], [[]], [[], []], (), [1, 2], [1, 2.5], [True, 2], [True, False], [[True], [1]], [[1, 2], [3, 4.5]],
    (1, (2,)), [[1], (2,)],
    [range(3)], range(3), [[1, 2], [3]], [[1, 2], 3], [1, [2]], [[[1], [2, 3]], [[1], [2]]], [[1], []], [[], [1]], [1, []], [[],
    1], [[[]], [1]],
    "a", ["a"], ["a", 1], [1, "a"], [[1], "a"], None, [None], [1, None], {}, [{}], [2**63 - 1], [-(2**63)], [2**63], -(2**70), 2**63,
    [2**62, 1.0], [1.5, 2**63], [1e400], [1e40], float("nan"), [float("inf"), 1],
    9.3e18, 2.0**63, 2147483647.5, 2147483647, 2147483648, 2.0**31,
    -2147483649.0, 3e9, -5, 0.5, -0.0, [10**400], [2**70], [[1, 2.7], [True, 0]], [[1, 2], [3, 4], [5]], object,
    np.array([1, 2]), np.array([1.5, -2.7]), np.array(1.5), np.float64(1), np.float32(2), np.int32(1), np.bool_(True), np.zeros((0, 3)),
    [np.float64(1), 2], [np.float32(1), 2.5], [np.int32(1), 2.5], [np.int32(1), 2], [np.float64(1), np.float32(2)], [np.float32(0.1)],
    [np.array([1, 2]), [3, 4]], [np.array([1, 2]), [3.0, 4]], [np.array([1.0, 2.0]), np.array([3])],
    np.array([3e9, 1e20]), np.array([True, False]),
]  # fmt: skip


def result(action):
    try:
        array = action()
    except TorchError as error:
        return error.kind, error.text
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:
        return type(error).__name__, str(error)
    return array.dtype, array.shape, array.tobytes()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("dtype", [None, *DTYPES])
@pytest.mark.parametrize("data", DATA, ids=lambda data: repr(data)[:40])
def test_data_become_the_tensor_of_torch_or_its_refusal(data, dtype):
    expected = result(lambda: torch.tensor(data, dtype=dtype and getattr(torch, dtype)).numpy())
    assert result(lambda: array_of(data, dtype)) == expected
