"""Every operation that a derivative can record has a counterpart in torch, which the verdict evaluates beside it."""

import numpy as np
import pytest
import torch

from app.ops.op import normal
from app.ops.table import OPS
from app.oracle.again import evaluated_again
from app.oracle.claims import Claim, Work

CASES = [
    pytest.param(op, sample.inputs, sample.attributes, id=f"{op.name}-{place}")
    for op in OPS.values()
    for place, sample in enumerate(getattr(op, "samples", ()))
    if op.differentiable
]
CASES += [
    pytest.param(op, tuple(np.array([0.3, 0.6]) for p in op.parameters if p.operand), {}, id=op.name)
    for op in OPS.values()
    if op.elementwise and op.name != "clamp" and not any(p.name == "n" for p in op.parameters)
]


@pytest.mark.parametrize(("op", "inputs", "attributes"), CASES)
def test_torch_has_the_operation(op, inputs, attributes):
    defaults = {p.name: p.default for p in op.parameters}
    full = {p.name: p.default for p in op.parameters if not p.operand} | dict(attributes)
    with np.errstate(all="ignore"):
        ours = op.value([normal(np.asarray(x)) for x in inputs], full)
    ours = ours if op.results > 1 else (ours,)
    given = {name: value for name, value in attributes.items() if value is not defaults[name]}
    claims = [Claim(k, "input", None, None, None, x) for k, x in enumerate(inputs)]
    operands = tuple(range(len(inputs)))
    family = tuple(range(len(inputs), len(inputs) + len(ours)))
    several = op.results > 1
    claims += [
        Claim(
            node,
            "op",
            None,
            None,
            None,
            value,
            work=Work(op.name, operands, given, 0, 0, family if several else (), k if several else None),
        )
        for k, (node, value) in enumerate(zip(family, ours, strict=True))
    ]
    torch.set_default_dtype(torch.float64)  # put back by conftest.py
    found = [torch.as_tensor(np.asarray(x)) for x in inputs] + [None] * len(ours)
    again = evaluated_again(claims, found, leaves=False)
    for node, value in zip(family, ours, strict=True):
        np.testing.assert_allclose(again[node].numpy(), np.asarray(value), rtol=1e-9, atol=1e-10)
