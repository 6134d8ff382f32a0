"""The answer to a trace request, field by field."""

import json

import pytest

from app.core.diagnostic import ProgramError
from app.settings import Settings
from app.wire.requests.programs import TraceRequest
from app.wire.requests.reading import read
from app.wire.trace import trace

SURVEY = "v1 = log(x1)\nv2 = x1*x2\nv3 = sin(x2)\nv4 = v1 + v2\nv5 = v4 - v3"


def ask(source, inputs, **fields):
    return json.loads(trace(read(TraceRequest, {"source": source, "inputs": inputs, **fields}), Settings()))


def refused(source, inputs, **fields):
    with pytest.raises(ProgramError) as caught:
        ask(source, inputs, **fields)
    return caught.value.diagnostic


def test_the_example_of_the_documentation_comes_out_exactly():
    answer = ask("c = a + b\nd = a * c", {"a": 2, "b": 3})
    c = answer["nodes"][2]
    assert (c["id"], c["label"], c["op"], c["kind"], c["inputs"], c["primal"], c["adjoint"]) == (2, "c", "add", "op", [0, 1], 5.0, 2.0)
    assert c["span"] == {"line": 1, "column": 4, "end_line": 1, "end_column": 9}
    assert c["partials"] == [{"latex": "1", "value": 1.0}, {"latex": "1", "value": 1.0}]
    assert (c["latex"], c["grad_fn"], answer["nodes"][0]["v"]) == ("a + b", "AddBackward0", "v_{-1}")
    assert answer["gradients"] == {"a": 7.0, "b": 2.0}
    assert answer["names"] == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert (answer["outputs"], answer["mode"], answer["seed"], answer["groups"]) == ([3], "reverse", {"d": 1.0}, [])
    assert answer["cost"] == {"nodes": 4, "forward_operations": 2, "reverse_operations": 4, "peak_saved_values": 2}
    assert answer["steps"][4] == {
        "phase": "reverse",
        "node": 3,
        "contributions": [
            {"to": 0, "slot": 0, "value": 5.0, "adjoint_after": 5.0},
            {"to": 2, "slot": 1, "value": 2.0, "adjoint_after": 2.0},
        ],
    }


def test_both_sweeps_of_the_survey_example_come_out_at_once():
    answer = ask(SURVEY, {"x1": 2, "x2": 5}, mode="both")
    assert [n["tangent"] for n in answer["nodes"][:2]] == [1.0, 0.0]
    assert answer["output_tangents"] == {"v5": 5.5}
    assert answer["gradients"]["x1"] == 5.5
    assert answer["seed"] == {"x1": 1.0, "x2": 0.0, "v5": 1.0}


def test_primal_mode_has_neither_adjoints_nor_tangents():
    answer = ask("y = x * x", {"x": 3}, mode="primal")
    assert not {"adjoint", "tangent"} & set(answer["nodes"][1])
    assert "gradients" not in answer
    assert answer["seed"] is None


def test_an_adjoint_that_nothing_reaches_is_null_and_not_zero():
    answer = ask("z = b * 3\ny = a * 0", {"a": 2, "b": 3})
    assert answer["gradients"] == {"b": None, "a": 0.0}


def test_numbers_that_json_lacks_are_words_in_both_directions():
    answer = ask("y = x * 2", {"x": "-Infinity"})
    assert answer["nodes"][-1]["primal"] == "-Infinity"
    assert ask("y = v * 1", {"v": [1, "NaN"]}, seed=[1, "Infinity"])["gradients"]["v"] == [1.0, "Infinity"]


def test_a_part_that_is_not_included_is_not_sent():
    answer = ask("y = x * x", {"x": 3}, include=[])
    assert not {"latex", "partials", "span"} & set(answer["nodes"][1])
    assert "steps" not in answer
    assert {"nodes", "names", "outputs", "gradients", "cost"} <= set(answer)


def test_columns_hold_the_same_fields_as_nodes():
    rows, columns = ask(SURVEY, {"x1": 2, "x2": 5})["nodes"], ask(SURVEY, {"x1": 2, "x2": 5}, format="columns")["nodes"]
    assert columns["primal"] == [row["primal"] for row in rows]
    assert set(columns) == {field for row in rows for field in row}


def test_a_summary_tells_of_large_values_and_leaves_small_ones_alone():
    answer = ask("y = sum(v)", {"v": list(range(100))}, values="summary")
    v = answer["nodes"][0]["primal"]
    assert (v["shape"], v["min"], v["max"], v["mean"], v["corner"]) == ([100], 0.0, 99.0, 49.5, [0.0, 1.0, 2.0, 3.0])
    assert answer["nodes"][1]["primal"] == 4950.0


def test_the_labels_of_one_name_are_its_versions():
    answer = ask("y = x * 2\ny += 1\ny *= x", {"x": 1.5})
    assert [n["label"] for n in answer["nodes"] if n["kind"] == "op"] == ["y", "y'", "y''"]


def test_constants_have_no_v_number_and_operations_count_without_them():
    answer = ask("y = x * 2 + 3", {"x": 1.5})
    assert [n["v"] for n in answer["nodes"]] == ["v_{0}", None, "v_{1}", None, "v_{2}"]


def test_operations_with_several_results_are_a_node_each():
    answer = ask("v, i = max(A, dim=1)\ny = sum(v)", {"A": [[1, 3], [5, 2]]})
    values, indices = answer["nodes"][1], answer["nodes"][2]
    assert (values["result"], indices["result"], values["inputs"], indices["inputs"]) == (0, 1, [0], [0])
    assert (indices["dtype"], indices["requires_grad"], indices["adjoint"], indices["primal"]) == ("int64", False, None, [1, 0])


def test_a_tensor_partial_has_its_structure_and_its_entries_while_they_are_few():
    small, large = ask("y = A @ x\nsum(y)", {"A": [[1, 2]], "x": [3, 4]}), ask("sum(tanh(x))", {"x": [0.1] * 65})
    assert small["nodes"][2]["partials"][1]["entries"] == [[1.0, 2.0]]
    assert small["nodes"][2]["partials"][1]["structure"] == "matmul"
    assert large["nodes"][1]["partials"][0]["structure"] == "diagonal"
    assert "entries" not in large["nodes"][1]["partials"][0]


def test_a_kink_is_noted_on_its_node():
    (note,) = next(n for n in ask("y = 3 * relu(x)", {"x": 0})["nodes"] if n["op"] == "relu")["notes"]
    assert "relu" in note
    assert "0" in note


def test_unseeded_outputs_get_no_cotangent_and_a_single_number_is_spread():
    source, inputs = "u = a * b\nv = [a, b] * 2\nu, v", {"a": 2.0, "b": 3.0}
    assert ask(source, inputs, seed={"v": 1.0})["gradients"] == {"a": 2.0, "b": 2.0}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"seed": {"z": 1.0}}, "seed.unknown"),
        ({"seed": [1.0, 2.0]}, "seed.shape"),
        ({"wrt": ["q"]}, "wrt.unknown"),
        ({"outputs": ["q"]}, "output.unknown"),
        ({"mode": "forward", "seed": {"y": 1.0}}, "seed.unknown"),
        ({"mode": "both", "seed": {"q": 1.0}}, "seed.unknown"),
    ],
)
def test_what_a_request_names_must_be_there(fields, code):
    assert refused("y = x * x", {"x": 3.0}, **fields).code == code


@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_a_tensor_needs_a_seed_in_either_mode(mode):
    assert refused("y = x * 2", {"x": [1, 2]}, mode=mode).code == "seed.required"


def test_an_answer_that_would_be_too_large_is_refused_with_a_way_out():
    diagnostic = refused("for i in range(30):\n    A = A * 1.01\nsum(A)", {"A": [[1.0] * 500] * 500})
    assert diagnostic.code == "budget.answer"
    assert "summary" in diagnostic.hint


def test_the_second_answer_to_a_program_has_its_own_numbers():
    first, second = ask(SURVEY, {"x1": 2, "x2": 5}), ask(SURVEY, {"x1": 3, "x2": 5})
    assert (first["nodes"][3]["primal"], second["nodes"][3]["primal"]) == (10.0, 15.0)
    assert (first["nodes"][3]["partials"][1]["value"], second["nodes"][3]["partials"][1]["value"]) == (2.0, 3.0)


def test_the_same_text_in_another_branch_is_another_structure():
    source = "if x > 0:\n    y = x * 2\nelse:\n    z = x * 2\n    y = z\ny"
    assert ask(source, {"x": 1.0})["nodes"][-1]["label"] == "y"
    assert ask(source, {"x": -1.0})["nodes"][-1]["label"] == "z"


def test_a_constant_that_the_run_computed_is_labelled_by_its_own_value():
    source = "n = x.item()\ny = x * n"
    labels = [ask(source, {"x": x})["nodes"][1]["latex"] for x in (1.0, 2.0)]
    assert labels == ["n", "n"]
    assert [ask("y = x * (x.item() + 1)", {"x": x})["nodes"][1]["label"] for x in (1.0, 2.0)] == ["2", "3"]


@pytest.mark.parametrize(("mode", "carrier"), [("reverse", "vjp"), ("forward", "jvp")])
def test_a_rule_that_refuses_in_a_sweep_is_an_error_at_its_operation(mode, carrier, monkeypatch):
    from app.core.diagnostic import OpError
    from app.ops.table import OPS

    def refuse(*_):
        raise OpError("value.domain", "There is no derivative here.")

    monkeypatch.setattr(type(OPS["inv"]), carrier, refuse)
    diagnostic = refused("y = sin(x)\nz = sum(inv(eye(2) * y))", {"x": 1.0}, mode=mode)
    assert (diagnostic.code, diagnostic.span.line) == ("value.domain", 2)
