"""The verdict on our nodes: right where they are right, and otherwise it says which is wrong first, and how."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.engine.forward import forward
from app.engine.reverse import reverse
from app.lang.check import read
from app.lang.program import Program
from app.oracle.claims import Question
from app.oracle.verify import verify
from app.wire.claims import claims

LIMITS = Limits()
CHAIN = "c = a * b\nd = sin(c)\ne = d + a"
POINT = {"a": 2.0, "b": 0.5}


class Case:
    """One program run by our engine, in one mode, with all seeds 1."""

    def __init__(self, source=CHAIN, inputs=None, mode="reverse"):
        inputs = POINT if inputs is None else inputs
        self.run = Program(read(source, LIMITS), frozenset(inputs), LIMITS).run(inputs)
        wrt = tuple(name for name, node in self.run.inputs.items() if self.run.tape.live[node])
        dots = {name: np.ones(np.shape(inputs[name])) if np.ndim(inputs[name]) else 1.0 for name in wrt}
        bars = [np.ones(np.shape(v)) if np.ndim(v) else 1.0 for v in (self.run.tape.values[node] for _, node in self.run.outputs)]
        adjoints = tangents = None
        if mode in ("reverse", "both"):
            adjoints = reverse(self.run.tape, [(node, bar) for (_, node), bar in zip(self.run.outputs, bars, strict=True)])
        if mode in ("forward", "both"):
            tangents = forward(self.run.tape, {self.run.inputs[name]: dot for name, dot in dots.items()})
        self.claims = claims(self.run, adjoints, tangents)
        self.question = Question(inputs, mode, wrt, dots, bars)

    def verdict(self, **changed):
        """The verdict after ``v3={"adjoint": …}`` and the like have changed our claims."""
        made = [replace(claim, **changed.get(f"v{claim.id}", {})) for claim in self.claims]
        return verify(self.run.checked, self.question, made)


@pytest.mark.parametrize("mode", ["primal", "forward", "reverse", "both"])
def test_a_right_graph_agrees_at_every_node(mode):
    answer = Case(mode=mode).verdict()
    assert answer["agrees"] is True
    assert [row["id"] for row in answer["nodes"]] == [0, 1, 2, 3, 4]
    assert answer["max_abs_error"] <= 1e-15
    assert answer["first_disagreement"] is None


def test_the_verdict_says_what_it_was_made_with():
    answer = Case().verdict()
    assert (answer["backend"], answer["device"]) == (f"torch {torch.__version__.partition('+')[0]}", "cpu")


def test_the_first_wrong_primal_is_named():
    answer = Case().verdict(v3={"primal": 0.5}, v4={"primal": 2.5})
    assert (answer["agrees"], answer["first_disagreement"]) == (False, 3)
    assert answer["nodes"][3]["reason"] == "torch has another value here"


def test_the_first_wrong_adjoint_is_the_first_in_the_order_of_the_sweep():
    answer = Case().verdict(v0={"adjoint": 9.0}, v2={"adjoint": 9.0})
    assert (answer["agrees"], answer["first_disagreement"]) == (False, 2)


def test_the_first_wrong_tangent_is_the_first_in_evaluation_order():
    answer = Case(mode="forward").verdict(v2={"tangent": 9.0}, v4={"tangent": 9.0})
    assert (answer["agrees"], answer["first_disagreement"]) == (False, 2)


@pytest.mark.parametrize(("error", "agrees"), [(1e-11, True), (4e-10, False)])
def test_the_tolerance_is_the_published_one(error, agrees):
    case = Case("y = x / 4", {"x": 1.0})
    assert case.verdict(v2={"primal": 0.25 + error})["agrees"] is agrees


def test_an_adjoint_that_should_be_null_is_not_zero():
    case = Case("y = x.detach() * x", {"x": 2.0})
    assert case.verdict()["agrees"] is True
    assert case.verdict(v1={"adjoint": 0.0})["agrees"] is False


def test_a_missing_adjoint_is_a_disagreement():
    answer = Case().verdict(v2={"adjoint": None})
    assert answer["nodes"][2]["reason"] == "in torch something flows here"


def test_a_tangent_of_zero_is_as_good_as_none():
    case = Case("y = x.detach() * x", {"x": 2.0}, "forward")
    assert case.verdict(v1={"tangent": 0.0})["agrees"] is True


def test_shapes_must_be_equal():
    case = Case("y = x * 2", {"x": np.array([1.0, 2.0])})
    assert case.verdict(v2={"primal": np.array([[2.0, 4.0]])})["nodes"][2]["reason"].endswith("of shape [2] instead of [1, 2]")


def test_infinities_and_nan_equal_themselves():
    assert Case("y = 3 / x\nz = y * x", {"x": 0.0}).verdict()["agrees"] is True


def test_infinity_is_no_large_number():
    assert Case("y = 3 / x", {"x": 0.0}).verdict(v2={"primal": 1e308})["agrees"] is False


def test_a_constant_is_compared_where_it_is_used():
    case = Case("y = 3 * x", {"x": 2.0})
    assert case.verdict()["agrees"] is True
    assert case.verdict(v1={"primal": 3.5})["first_disagreement"] == 1


def test_a_constant_that_nothing_uses_is_compared_by_its_name():
    case = Case("k = 3\ny = x * 2", {"x": 2.0})
    wrong = next(claim.id for claim in case.claims if claim.name == "k")
    assert case.verdict()["agrees"] is True
    assert case.verdict(**{f"v{wrong}": {"primal": 4.0}})["first_disagreement"] == wrong


def test_a_plain_number_can_be_an_output():
    assert Case("y = x * 2\ny, 2 * 3", {"x": 2.0}).verdict()["agrees"] is True


def test_an_operation_without_a_node_is_a_disagreement():
    case = Case()
    case.claims.pop()
    answer = case.verdict()
    assert (answer["agrees"], answer["reason"]) == (False, "torch evaluated 1 operations that have no node here")


def test_a_node_without_an_operation_is_a_disagreement():
    case = Case()
    case.claims.append(replace(case.claims[-1], id=5))
    answer = case.verdict()
    assert (answer["agrees"], answer["first_disagreement"]) == (False, 5)


def test_what_torch_cannot_evaluate_is_null_with_the_reason():
    case = Case("y = x * 2\nz = y + 1", {"x": np.array([1.0, 2.0])})
    case.run.checked.tree.body[1].value.right.value = "text"
    answer = case.verdict()
    assert answer["agrees"] is None
    assert answer["nodes"][1]["primal_error"] == 0.0
    assert answer["nodes"][4]["primal_error"] is None
    assert "torch" in answer["nodes"][4]["reason"]


def test_adjoints_stop_at_no_grad_and_tangents_do_not():
    source = "with no_grad():\n    k = x * x\ny = k * x"
    reverse_, forward_ = Case(source, {"x": 3.0}), Case(source, {"x": 3.0}, "forward")
    assert reverse_.verdict()["agrees"] is True
    assert reverse_.claims[1].adjoint is None
    assert forward_.verdict()["agrees"] is True
    assert forward_.claims[1].tangent == 6.0


def test_a_device_that_is_not_there_is_an_error(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    case = Case()
    with pytest.raises(ProgramError) as caught:
        verify(case.run.checked, case.question, case.claims, "cuda")
    assert caught.value.diagnostic.code == "device.unavailable"


def test_auto_says_what_it_used(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    case = Case()
    assert verify(case.run.checked, case.question, case.claims, "auto")["device"] == "cpu"
