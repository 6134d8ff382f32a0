"""Programs written out for JAX run there; a module of its own, so that the others do not wait for JAX."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from test_code import executed, runnable, wanted

from app.derive.code.programs import jax_program

CONVENTIONS = {"corner", "cancellation-cured"}
"""Where JAX takes another slope at a kink, or loses the digits that the program is about."""


@pytest.mark.parametrize(
    "example",
    [case for place, case in enumerate(runnable("reverse")) if case.id not in CONVENTIONS and (place % 3 == 0 or case.id == "convolution")],
)
def test_jax_code_gives_the_gradient(example: dict[str, Any]):
    asked, swept = wanted(example)
    names = executed(jax_program(asked))
    for place, (name, node) in enumerate(asked.run.inputs.items()):
        if asked.run.tape.live[node]:
            ours = swept.adjoints[node]
            np.testing.assert_allclose(names["bars"][place], 0.0 if ours is None else ours, rtol=1e-9, atol=1e-11, err_msg=name)
