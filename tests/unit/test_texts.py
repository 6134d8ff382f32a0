"""The trace and the graph as text: the same steps and numbers, made safe for the program that reads them."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
import subprocess

import pytest

from app.core.formatting import rounded
from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())
SURVEY = {"source": "v1 = log(x1)\nv2 = x1*x2\nv3 = sin(x2)\nv4 = v1 + v2\nv5 = v4 - v3", "inputs": {"x1": 2, "x2": 5}}


def exported(wanted: str, **request: object) -> str:
    """The text of a program in a format."""
    status, content = DESK.serve("export", json.dumps({**SURVEY, "format": wanted, **request}).encode())
    assert status == 200, content
    return json.loads(content)["text"]


def refused(**request: object) -> dict:
    """The problem of a request."""
    status, content = DESK.serve("export", json.dumps({**SURVEY, "format": "csv", **request}).encode())
    assert status == 422
    return json.loads(content)


def test_csv_has_a_row_for_each_step_with_every_digit():
    rows = list(csv.DictReader(io.StringIO(exported("csv"))))
    assert len(rows) == 16
    assert [row["kind"] for row in rows] == ["forward"] * 7 + ["seed"] + ["contribution"] * 8
    assert float(rows[2]["primal"]) == math.log(2)
    assert float(rows[-1]["adjoint"]) == 5.5


def test_csv_keeps_texts_from_being_formulas_and_numbers_numbers():
    rows = list(csv.DictReader(io.StringIO(exported("csv", source="y = -x1 * 3", inputs={"x1": 2}))))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    assert float(rows[-1]["partial"]) == -1


def test_markdown_has_two_tables_and_escapes_what_formats():
    text = exported("markdown", source="a_b = x_1 * 2\ny = a_b*a_b", inputs={"x_1": 2})
    assert text.count("\n| --- | ---") == 2
    assert r"a\_b" in text
    assert "| 4 | seed | y |" in text


def test_latex_names_the_adjoint_of_every_step():
    text = exported("latex", mode="both")
    assert r"\bar{x}_{2} \mathrel{+}= \bar{v}_{3} \, \frac{\partial v_{3}}{\partial x_{2}} = -0.2837 & -0.2837" in text
    assert r"\dot{x}_{1} = 1" in text


def test_dot_quotes_labels_and_nests_groups():
    text = exported("dot", source="def f(a):\n    return a*a\nfor i in range(2):\n    x1 = f(x1)\ny = x1", inputs={"x1": 2})
    assert text.count("subgraph cluster_") == 4
    assert text.count("{") == text.count("}")


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not on this machine")
def test_graphviz_reads_the_dot():
    done = subprocess.run(["dot", "-Tsvg"], input=exported("dot").encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_tikz_draws_every_node_and_edge():
    text = exported("tikz")
    assert text.count(r"\node[") == 7
    assert text.count(r"\draw[->]") == 8
    assert text.startswith(r"\documentclass[tikz")


def test_numbers_are_rounded_as_the_pages_round_them():
    shown = {
        10.693147: ("10.69", None),
        1e-5: ("1", -5),
        123456: ("1.235", 5),
        99999: ("99999", None),
        0.00123456: ("0.001235", None),
        -2.5: ("-2.5", None),
    }
    assert {value: rounded(value, 4) for value in shown} == shown
    assert rounded(0.1 + 0.2, None) == ("0.30000000000000004", None)
    assert rounded(1.5e300, None) == ("1.5", 300)


def test_large_graphs_and_wrong_fields_are_refused():
    assert refused(source="for i in range(3000): x1 = sin(x1)*x2\ny = x1")["code"] == "budget.nodes"
    assert refused(format="word")["code"] == "request.field"
    assert refused(source="y = sin x1")["span"] is not None
