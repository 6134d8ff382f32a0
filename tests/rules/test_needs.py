"""What a rule says that it needs is all that it reads: with every other value spoilt, contributions have the same bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.ops.arrays import ARRAY_OPS
from app.ops.arrays.rule import Sample
from app.ops.elementwise import ELEMENTWISE
from app.ops.numeric import numeric
from app.ops.op import Op, Value, normal, shape_of

CASES = [(op, sample) for op in ARRAY_OPS if op.differentiable for sample in op.samples]


def spoilt(value: Any) -> Any:
    """A value of which only the shape and the kind are left."""
    if isinstance(value, tuple):
        return tuple(map(spoilt, value))
    if isinstance(value, np.ndarray):
        return np.broadcast_to(np.array(np.nan if value.dtype == np.float64 else 0, value.dtype), value.shape)
    return float("nan") if isinstance(value, float) else value


def is_float(value: Value) -> bool:
    return isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype == np.float64)


@pytest.mark.parametrize(("op", "sample"), CASES, ids=lambda x: x.name if isinstance(x, Op) else "")
def test_an_array_rule_reads_no_more_than_it_says(op: Op, sample: Sample):
    inputs = list(sample.inputs)
    made = op.value(inputs, sample.attributes)
    z = tuple(map(normal, made)) if op.results > 1 else normal(made)
    for place, one in enumerate(z if isinstance(z, tuple) else (z,)):
        if not is_float(one):
            continue
        attributes = {**sample.attributes, **({"result": place} if op.results > 1 else {})}
        bar = np.random.default_rng(1).random(shape_of(one)) if shape_of(one) else 0.7
        for slot, x in enumerate(inputs):
            if is_float(x) and not op.blocks(slot, [shape_of(v) for v in inputs], attributes):
                needed = set(op.needs(slot, len(inputs)))
                left = [v if i in needed else spoilt(v) for i, v in enumerate(inputs)]
                with np.errstate(all="ignore"):
                    whole = op.vjp(numeric, slot, bar, z, inputs, attributes)
                    spared = op.vjp(numeric, slot, bar, z if len(inputs) in needed else spoilt(z), left, attributes)
                np.testing.assert_array_equal(spared, whole)


@pytest.mark.parametrize("op", [op for op in ELEMENTWISE if op.differentiable], ids=lambda op: op.name)
def test_an_elementwise_rule_reads_no_more_than_it_says(op: Op):
    inputs = [2.0 if op.name == "acosh" else 0.6, 0.8, 0.9][: sum(p.operand for p in op.parameters)]
    attributes = dict(op.examples[0]) if op.examples else {}
    with np.errstate(all="ignore"):
        z = op.value(inputs, attributes)
        for slot in range(len(inputs)):
            if not op.blocks(slot, [()] * len(inputs), attributes):
                needed = set(op.needs(slot, len(inputs)))
                left = [v if i in needed else np.nan for i, v in enumerate(inputs)]
                spared = op.vjp(numeric, slot, 0.7, z if len(inputs) in needed else np.nan, left, attributes)
                np.testing.assert_array_equal(spared, op.vjp(numeric, slot, 0.7, z, inputs, attributes))


def test_a_factor_is_needed_by_the_other_alone():
    needs = {
        op.name: [list(op.needs(slot, 2)) for slot in range(2)] for op in (*ELEMENTWISE, *ARRAY_OPS) if op.name in ("mul", "matmul", "add")
    }
    assert needs == {"mul": [[1], [0]], "matmul": [[1], [0]], "add": [[], []]}
