"""torch as it comes out of the box, whatever other tests have chosen for it."""

import pytest
import torch


@pytest.fixture(autouse=True)
def singles():
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float32)
    yield
    torch.set_default_dtype(before)
