"""What a reverse sweep holds, told from small programs by hand; and sweeps from snapshots, which give the same bits."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.core.limits import Limits
from app.engine.reverse import reverse
from app.engine.tape import is_float, shape_of
from app.gallery import examples
from app.labs.checkpoints import Chain, played
from app.labs.revolve import schedule
from app.labs.segments import MOST, segments
from app.labs.snapshots import equal, swept
from app.lang.program import Library
from app.settings import Settings
from app.wire.requests.programs import TraceRequest
from app.wire.requests.reading import read
from app.wire.tasks import Desk

DESK = Desk(Settings())
LIBRARY = Library(Limits())


def ask(source: str, status: int = 200, **request):
    found, content = DESK.serve("memory", json.dumps({"source": source, **request}).encode())
    assert found == status, content
    return json.loads(content)


def run_of(source: str, inputs=None):
    request = read(TraceRequest, {"source": source, "inputs": inputs or {}})
    return LIBRARY.program(request.source, frozenset(request.inputs)).run(request.inputs)


def readers(answer, node: int) -> list[tuple[int, int, list[int]]]:
    life = next(life for life in answer["values"] if life["node"] == node)
    return [(read["node"], read["place"], read["slots"]) for read in life["reads"]]


# ---------------------------------------------------------------- the lens


def test_a_product_needs_each_factor_for_the_slope_by_the_other():
    answer = ask("c = a + b\nd = a * c", inputs={"a": 2, "b": 3})
    assert readers(answer, 0) == [(3, 0, [1])]
    assert readers(answer, 2) == [(3, 1, [0])]
    assert readers(answer, 1) == readers(answer, 3) == []


def test_exp_needs_its_result_and_sin_its_operand():
    answer = ask("a = exp(x)\nb = sin(a)", inputs={"x": 1})
    assert readers(answer, 1) == [(2, 0, [0]), (1, 1, [0])]
    assert readers(answer, 0) == readers(answer, 2) == []


def test_a_constant_factor_needs_nothing_of_the_other():
    answer = ask("y = 2 * x", inputs={"x": 1})
    assert [life for life in answer["values"] if life["reads"]] == []
    assert answer["peaks"]["kept"]["bytes"] == 0


def test_a_value_is_held_from_its_step_to_the_last_that_reads_it():
    answer = ask("a = exp(x)\nb = a * x\nc = b + 1", inputs={"x": 1})
    life = {one["node"]: (one["born"], one["forward_until"], one["reverse_until"]) for one in answer["values"]}
    assert answer["forward"] == [1, 2, 4]
    assert answer["reverse"] == [4, 2, 1]
    assert life == {0: (0, 2, 5), 1: (1, 2, 6), 2: (2, 3, None), 4: (3, 3, None)}
    assert answer["series"]["kept"]["values"] == [1, 2, 2, 2, 2, 1, 0]
    assert answer["series"]["alone"]["values"] == [1, 2, 1, 0, 0, 0, 0]


def test_the_peak_is_the_most_of_its_series():
    answer = ask("y = sum(exp(A @ x))", inputs={"A": np.ones((3, 4)).tolist(), "x": [1, 2, 3, 4]})
    for side in ("kept", "held", "alone"):
        series, peak = answer["series"][side], answer["peaks"][side]
        assert peak["bytes"] == max(series["bytes"]) == series["bytes"][peak["step"]]
    assert answer["peaks"]["kept"]["bytes"] == 8 * (12 + 4 + 3)


def test_the_trace_counts_as_many_saved_values():
    equal_counts = 0
    for example in examples():
        status, content = DESK.serve("trace", json.dumps({name: example[name] for name in ("source", "inputs", "mode", "seed")}).encode())
        assert status == 200
        trace, answer = json.loads(content), ask(example["source"], inputs=example["inputs"])
        told, held = trace["cost"]["peak_saved_values"], sum(life["elements"] for life in answer["values"] if life["reads"])
        assert held <= told
        if {node["id"] for node in trace["nodes"] if node["kind"] == "op" and node["requires_grad"]} == set(answer["reverse"]):
            assert held == told, example["id"]
            equal_counts += 1
    assert equal_counts > 70


def test_a_long_tape_has_its_peaks_and_its_curve_but_no_lists():
    answer = ask("for i in range(2000):\n    x = sin(x) * a", inputs={"x": 1, "a": 1.1})
    assert answer["values"] is answer["series"] is answer["forward"] is None
    assert answer["peaks"]["kept"] == {"step": 3999, "values": 4001, "bytes": 32008}
    assert len(answer["segments"]) == MOST
    assert sum(part["parts"] for part in answer["segments"]) == 2000


@pytest.mark.parametrize("source", ["y = 3", "y = x > 1", "x", "x, sin(x)", "y = [x, x*x]"])
def test_every_kind_of_output_has_a_lens(source):
    assert ask(source, inputs={"x": 2})["peaks"]["kept"]["bytes"] >= 0


def test_a_seed_gives_the_gradient_along_it():
    answer = ask("y = [x*z, sin(z)]", inputs={"x": 3, "z": 0}, seed={"y": [2, 5]})
    assert answer["gradients"] == {"x": 0.0, "z": 11.0}
    assert ask("y = [x*z, sin(z)]", 422, inputs={"x": 3, "z": 0}, seed={"q": 1})["code"] == "seed.unknown"


# ---------------------------------------------------------------- snapshots


def test_a_loop_is_cut_at_its_rounds_and_the_rest_at_every_operation():
    answer = ask("y = x * x\nfor i in range(5):\n    y = sin(y)\n    y = y * a\nz = exp(y)", inputs={"x": 1, "a": 2})
    assert [part["kind"] for part in answer["segments"]] == ["node", *["round"] * 5, "node"]


def test_an_inner_loop_belongs_to_the_round_around_it():
    answer = ask("for i in range(3):\n    for j in range(4):\n        x = sin(x)", inputs={"x": 1})
    assert [(part["kind"], part["last"] - part["first"] + 1) for part in answer["segments"]] == [("round", 4)] * 3


def test_rounds_in_a_function_are_segments_too():
    answer = ask("def f(u):\n    for i in range(3):\n        u = sin(u) * u\n    return u\ny = f(x)", inputs={"x": 1})
    assert [part["kind"] for part in answer["segments"]] == ["round"] * 3


def test_results_of_one_operation_are_never_cut_apart():
    parts = segments(run_of("w, V = eigh(A)\nq, r = qr(A)\ny = sum(w) + sum(V) + sum(q)", {"A": [[2.0, 1.0], [1.0, 3.0]]}))
    assert [part.last - part.first for part in parts[:2]] == [1, 1]


def test_more_snapshots_never_compute_more_again():
    curve = ask("for i in range(30):\n    x = sin(x) * a", inputs={"x": 1, "a": 2})["curve"]
    assert [point["slots"] for point in curve] == list(range(1, 31))
    operations = [point["operations"] for point in curve]
    assert operations == sorted(operations, reverse=True)
    assert [point["bytes"] for point in curve] == sorted(point["bytes"] for point in curve)
    assert curve[0]["advances"] == 30 * 29 // 2
    assert curve[-1]["advances"] == 29


def test_keeping_everything_holds_what_the_lens_shows_without_the_inputs():
    answer = ask("a = exp(x)\nb = sin(a)\ny = b + x", inputs={"x": 1})
    assert answer["plain"] == {"values": 2, "bytes": 16, "operations": 3}
    assert answer["peaks"]["held"]["bytes"] == 24


def test_what_the_schedule_holds_is_what_its_rows_say():
    answer = ask("for i in range(10):\n    x = sin(x) * a", inputs={"x": 1, "a": 2}, slots=3)
    rows = answer["checkpoints"]["actions"]
    assert [row["from"] for row in rows if row["do"] == "reverse"] == list(range(9, -1, -1))
    assert max(len(row["stored"]) for row in rows) == 3
    point = next(point for point in answer["curve"] if point["slots"] == 3)
    assert max(row["bytes"] for row in rows) == point["bytes"]
    assert rows[-1]["again"] == point["operations"]
    assert answer["checkpoints"]["same"] is True


def test_more_slots_than_segments_are_as_many():
    assert ask("y = sin(x) * x", inputs={"x": 1}, slots=99)["checkpoints"]["slots"] == 2


@pytest.mark.parametrize("slots", [0, -1, 1.5, "3"])
def test_slots_are_a_count(slots):
    assert ask("y = x", 422, inputs={"x": 1}, slots=slots)["code"] == "request.field"


def test_a_sweep_that_would_take_too_long_is_only_counted():
    answer = ask("for i in range(30000):\n    x = sin(x) * a", inputs={"x": 1, "a": 1.1}, slots=1)
    assert answer["checkpoints"]["same"] is None
    assert "not carried out" in answer["checkpoints"]["note"]


RANDOM = [
    "x = A @ x\nfor i in range(6):\n    x = tanh(A @ x + b)\n    b = b * x\ny = sum(x * b)",
    "s = 0\nfor v in x:\n    s = s + sin(v) * exp(v)\n    if s > 1:\n        s = s / 2\ny = s * s",
    "w, V = eigh(A + A.T)\nq, r = qr(A)\ny = sum(w * w) + sum(V * V * V) + sum(q) * r[0, 1]",
    "y = max(x, dim=0)[0] + softmax(A, dim=1).sum() + x.prod() + var(x) + norm(x)",
    "h = relu(A @ x)\ny = where(h > 1, h, h * h).sum() / (1 + exp(-b.mean()))",
    "y = x[0] / 0 * x[1] + sqrt(x[2] - x[2])",
    "with no_grad():\n    c = x * x\ny = (c * x).sum()\nz = cumsum(x, 0)\ny = y + z @ b",
]


@pytest.mark.parametrize(
    ("source", "inputs"),
    [(example["source"], example["inputs"]) for example in examples()]
    + [
        (source, {"A": [[0.5, 1.0, 0.25], [-1.0, 2.0, 0.1], [0.3, 0.0, 1.5]], "x": [0.5, -0.25, 1.0], "b": [1.0, 2.0, -1.0]})
        for source in RANDOM
    ]
    + [("for i in range(700):\n    x = sin(x) * a", {"x": 1.0, "a": 1.1})],
)
def test_a_sweep_from_snapshots_has_the_same_bits(source, inputs):
    run = run_of(source, {name: value for name, value in inputs.items() if name in source})
    tape = run.tape
    seeds = [(node, np.ones(shape_of(tape.values[node])) if shape_of(tape.values[node]) else 1.0) for _, node in run.outputs]
    seeds = [(node, seed) for node, seed in seeds if is_float(tape.values[node])]
    plain, parts = reverse(tape, seeds), segments(run)
    chain = Chain(tape, parts, [node for node, _ in seeds])
    for slots in {1, 2, 3, len(parts)} if parts else ():
        again = swept(chain, schedule(len(parts), slots), seeds)
        assert all(map(equal, plain, again)), slots


def test_a_snapshot_that_lacks_a_value_spoils_the_sweep():
    run = run_of("for i in range(6):\n    x = sin(x) * a", {"x": 1.0, "a": 1.1})
    chain = Chain(run.tape, segments(run), [run.outputs[0][1]])
    kept = chain.crossing(3, 6)
    chain._crossing[(3, 6)] = frozenset()
    seeds = [(run.outputs[0][1], 1.0)]
    again = swept(chain, schedule(6, 2), seeds)
    assert kept
    assert not all(map(equal, reverse(run.tape, seeds), again))


def test_all_that_is_held_at_once_is_counted_once():
    run = run_of("y = x * x\nfor i in range(4):\n    x = sin(x) * y", {"x": 1.0})
    chain = Chain(run.tape, segments(run), [run.outputs[0][1]])
    most = max(one.values for one in played(chain, schedule(5, 5)))
    assert most == 5  # y, the states before the last three rounds, and the sine of the last one
