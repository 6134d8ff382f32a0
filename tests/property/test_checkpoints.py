"""Random programs swept from snapshots and counted: the same bits as a sweep that keeps everything, and counts for every operation."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.limits import Limits
from app.engine.reverse import reverse
from app.engine.tape import is_float, shape_of
from app.labs.checkpoints import Chain
from app.labs.cost import cost
from app.labs.revolve import schedule
from app.labs.segments import segments
from app.labs.snapshots import equal, swept
from app.lang.program import Library, Run
from app.wire.requests.programs import TraceRequest
from app.wire.requests.reading import read
from tests.property.programs import program

LIBRARY = Library(Limits())
SEEDS = range(7_000_000, 7_000_060)


def drawn(seed: int) -> Run:
    made = program(seed)
    request = read(TraceRequest, {"source": made.source, "inputs": made.inputs})
    return LIBRARY.program(request.source, frozenset(request.inputs)).run(request.inputs)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sweep_from_snapshots_has_the_same_bits(seed: int):
    run = drawn(seed)
    rng = np.random.default_rng(seed)
    ends = [(node, run.tape.values[node]) for _, node in run.outputs if is_float(run.tape.values[node])]
    seeds = [(node, rng.random(shape_of(value)) if shape_of(value) else float(rng.random())) for node, value in ends]
    parts = segments(run)
    chain = Chain(run.tape, parts, [node for node, _ in seeds])
    plain = reverse(run.tape, seeds)
    for slots in {1, 2, 4, len(parts)} & set(range(1, len(parts) + 1)):
        assert all(map(equal, plain, swept(chain, schedule(len(parts), slots), seeds)))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_operation_has_a_count(seed: int):
    one = cost(drawn(seed))
    assert sum(part.nodes for part in one.operations) > 0
    assert min(one.primal.total, one.forward.total, one.reverse.total) >= 0
