"""An answer filled into a kept text is the answer that is composed from the start."""

import json

import pytest

from app.gallery import examples
from app.ops.native import native
from app.settings import Settings
from app.wire import trace as job
from app.wire.requests.programs import TraceRequest
from app.wire.requests.reading import read

pytestmark = pytest.mark.skipif(native() is None, reason="there is no C compiler here")

SETTINGS = Settings()
LOGISTIC = {"source": "z = w*x + b\np = 1 / (1 + exp(-z))\nloss = -t * log(p)", "inputs": {"w": 0.5, "x": 2.0, "b": -1.0, "t": 1.0}}
CASES = {
    "a neuron": LOGISTIC,
    "a constant that nothing reaches": {"source": "y = x * 2 + 3\nz = 4.5", "inputs": {"x": 1.0}, "outputs": ["y"]},
    "an input that is not used": {"source": "y = sin(x)", "inputs": {"x": 1.0, "u": 2.0}},
    "repeated operands": {"source": "y = x * x - x / x + x ** x", "inputs": {"x": 1.5}},
    "a kink that comes and goes": {"source": "y = abs(x - 1) * x", "inputs": {"x": 1.0}},
    "two outputs, one seed": {"source": "a = x * y\nb = x - y\na, b", "inputs": {"x": 2.0, "y": 3.0}, "seed": {"b": 2.0}},
    "two outputs, both seeds": {"source": "a = x * y\nb = x - y\na, b", "inputs": {"x": 2.0, "y": 3.0}, "seed": {"a": -0.0, "b": 2.0}},
    "one input of two": LOGISTIC | {"wrt": ["b"]},
    "columns": LOGISTIC | {"format": "columns"},
    "a summary": LOGISTIC | {"values": "summary"},
    "little": LOGISTIC | {"include": []},
    "a function, a loop and a group": {
        "source": "def f(u):\n    return sin(u) * u\ny = x\nfor i in range(3):\n    y = f(y) + a",
        "inputs": {"x": 0.3, "a": 1.0},
    },
    "an infinite value": {"source": "y = exp(x) * 0 + log(x - x)", "inputs": {"x": 1.0}},
    "detached": {"source": "y = x.detach() * x\nwith no_grad():\n    z = y * 2\ny + z", "inputs": {"x": 3.0}},
}


def asked(case, by):
    inputs = {name: value + by if type(value) is float else value for name, value in case["inputs"].items()}
    return read(TraceRequest, json.loads(json.dumps(case | {"inputs": inputs})))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_both_ways_give_the_same_bytes(case, monkeypatch):
    filled = [job.trace(asked(case, by), SETTINGS) for by in (0.0, 0.0, 0.0, 0.25, 0.5, 0.0)]
    monkeypatch.setattr(job, "filled", lambda *_: None)
    assert filled == [job.trace(asked(case, by), SETTINGS) for by in (0.0, 0.0, 0.0, 0.25, 0.5, 0.0)]


def test_every_example_of_scalars_is_answered_the_same_both_ways(monkeypatch):
    met = 0
    for example in examples():
        case = {name: example[name] for name in ("source", "inputs", "seed", "wrt") if example.get(name) is not None}
        if example["mode"] != "reverse" or not all(type(value) is float for value in case["inputs"].values()):
            continue
        filled = [job.trace(asked(case, 0.0), SETTINGS) for _ in range(4)][-1]
        with monkeypatch.context() as patch:
            patch.setattr(job, "filled", lambda *_: None)
            assert filled == job.trace(asked(case, 0.0), SETTINGS), example["id"]
        met += 1
    assert met > 20


def test_the_kept_text_is_what_a_fourth_request_is_answered_with(monkeypatch):
    case = {"source": "y = cosh(x) * 3 + x", "inputs": {"x": 1.0}}
    for _ in range(3):
        job.trace(asked(case, 0.0), SETTINGS)
    monkeypatch.setattr(job, "composed", None)
    assert json.loads(job.trace(asked(case, 0.5), SETTINGS))["nodes"][0]["primal"] == 1.5


def test_a_program_keeps_few_texts_however_it_is_asked():
    words = ["steps", "partials", "latex", "spans"]
    wishes = [LOGISTIC | {"include": words[:n], "format": form} for n in range(5) for form in ("nodes", "columns")]
    for case in wishes * 4:
        job.trace(asked(case, 0.0), SETTINGS)
    program = job.library(SETTINGS.limits).program(LOGISTIC["source"], frozenset(LOGISTIC["inputs"]))
    assert 1 <= len(program.run(LOGISTIC["inputs"]).kept["forms"]) <= 4
