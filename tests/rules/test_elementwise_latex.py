"""The formulas shown: read back as numbers they are the numbers computed, and KaTeX renders all of them."""

import json
import math
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from elementwise_cases import CASES, IDS, inside, open_slots
from latex_reader import Reader

from app.ops.elementwise import ELEMENTWISE
from app.ops.formula import latex
from app.ops.table import OPS
from app.ops.text import read

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"\{(\d+|z)\}")


@pytest.mark.parametrize(("op", "attributes"), [case for case in CASES if case[0].name not in ("digamma", "polygamma")],
                         ids=[i for i in IDS if not i.startswith(("digamma", "polygamma"))])  # fmt: skip
def test_the_partial_shown_is_the_partial_computed(op, attributes):
    for row in np.stack(inside(op, *[(20,)] * len(op.operands))).T.tolist():
        z = op.value(row, attributes)
        for slot in open_slots(op):
            shown = Reader(op.partial_latex(slot, attributes), row, z).whole()
            assert math.isclose(shown, op.partial(slot, z, row, attributes), rel_tol=2e-5, abs_tol=1e-6), op.partial_latex(slot, attributes)


@pytest.mark.parametrize("op", ELEMENTWISE, ids=lambda op: op.name)
def test_templates_name_only_what_is_there(op):
    attributes = dict(op.examples[0]) if op.examples else {}
    allowed = {str(i) for i in range(len(op.operands))}
    assert set(PLACE.findall(op.formula(len(op.operands), attributes))) == allowed
    for slot in range(len(op.partial_texts)):
        assert set(PLACE.findall(op.partial_latex(slot, attributes))) <= allowed | {"z"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1 - z ** 2", r"1 - {z}^{ 2}"),
        ("(x + y) * z", r"\left({0} + {1}\right) \cdot {z}"),
        ("x - (y - z)", r"{0} - \left({1} - {z}\right)"),
        ("x - (y + z)", r"{0} - \left({1} + {z}\right)"),
        ("(x + y) ** 2", r"\left({0} + {1}\right)^{ 2}"),
        ("(x ** y) ** 2", r"\left({0}^{{1}}\right)^{ 2}"),
        ("-(x + y)", r"-\left({0} + {1}\right)"),
        ("-x * y", r"-{0} \cdot {1}"),
        ("x / (y * z)", r"\frac{{0}}{{1} \cdot {z}}"),
        ("(x / y) ** 2", r"\left(\frac{{0}}{{1}}\right)^{ 2}"),
        ("x * cos(y)", r"{0} \, \cos {1}"),
        ("sin(x + y)", r"\sin\left({0} + {1}\right)"),
        ("cos(x) ** 2", r"\left(\cos {0}\right)^{ 2}"),
        ("x + -y", "{0} - {1}"),
        ("0.00000012 * x", r"1.2 \cdot 10^{-7 } \cdot {0}"),
        ("1 / 2", r"\frac{ 1}{ 2}"),
    ],
)
def test_brackets_stand_where_they_must_and_only_there(text, shown):
    assert latex(read(text), {"x": "{0}", "y": "{1}", "z": "{z}"}) == shown


def test_attributes_that_are_not_the_defaults_are_shown():
    assert OPS["leaky_relu"].formula(1, {"negative_slope": 0.01}) == r"\operatorname{leaky\_relu}\left({0}\right)"
    assert OPS["leaky_relu"].formula(1, {"negative_slope": 0.2}).endswith(r";\, \text{negative\_slope} = 0.2\right)")
    assert r"\infty" not in OPS["clamp"].partial_latex(0, {"min": 0.0, "max": None})


def test_katex_renders_every_formula():
    node = shutil.which("node") or str(ROOT / ".venv/node/bin/node")
    if not Path(node).exists() or not (ROOT / "node_modules/katex").exists():
        pytest.skip("KaTeX is not set up here")
    formulas = []
    for op in ELEMENTWISE:
        attributes = dict(op.examples[0]) if op.examples else {}
        shown = [op.formula(len(op.operands), attributes), *(op.partial_latex(s, attributes) for s in range(len(op.partial_texts)))]
        formulas += [PLACE.sub(lambda m: "v_{7}" if m[1] == "z" else f"x_{{{m[1]}}}", text) for text in shown]
    program = (
        "const katex = require('katex'); const bad = [];"
        "for (const f of JSON.parse(require('fs').readFileSync(0, 'utf8')))"
        " try { katex.renderToString(f, {throwOnError: true, strict: 'error'}) } catch (e) { bad.push(f + ': ' + e.message) }"
        "console.log(JSON.stringify(bad))"
    )
    run = subprocess.run([node, "-e", program], input=json.dumps(formulas), capture_output=True, text=True, check=True, cwd=ROOT)
    assert json.loads(run.stdout) == []
