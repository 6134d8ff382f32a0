"""Scalar kernels: the same numbers as the arrays, without exceptions, from a file that is written once."""

import itertools
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from elementwise_cases import SPECIAL, assert_same, inside

from app.ops import kernels
from app.ops.elementwise import ELEMENTWISE
from app.ops.kernels import has_kernel, source
from app.ops.table import OPS

WITH_KERNEL = [op for op in ELEMENTWISE if op.kernel]


@pytest.mark.parametrize("op", WITH_KERNEL, ids=lambda op: op.name)
def test_a_kernel_is_the_array_rule_to_the_last_bits(op):
    count = len(op.operands)
    ordinary = np.stack(inside(op, *[(200,)] * count)).T.tolist()
    points = ordinary + [list(p) for p in itertools.product(SPECIAL, repeat=count) if p != (-np.inf, 0.5)]
    columns = [np.array(c) for c in zip(*points, strict=True)]
    z = op.value(columns, {})
    results = [op.kernel(*p) for p in points]
    assert all(type(r[0]) is float and type(p) is float for r in results for p in r[1])
    assert_same([r[0] for r in results], z, 1e-14, 1e-300, op.name)
    for slot in range(count):
        expected = op.partial(slot, z, columns, {})
        assert_same([r[1][slot] for r in results], expected, 2e-12, 1e-300, f"{op.name} partial {slot}")


def test_operations_with_attributes_or_conditions_have_no_kernel():
    assert not any(has_kernel(OPS[name]) for name in ("leaky_relu", "clamp", "lt", "where", "round"))
    assert all(has_kernel(OPS[name]) for name in ("add", "mul", "div", "pow", "sin", "relu", "sigmoid"))


def test_operations_whose_directions_differ_have_no_kernel():
    assert not any(has_kernel(OPS[name]) for name in ("maximum", "minimum", "fmax", "fmin", "atan2"))


@pytest.mark.parametrize(
    ("name", "line"),
    [("mul", "return (x * y), (y, x,)"), ("add", "return (x + y), (1.0, 1.0,)"), ("neg", "return (-x), (-1.0,)")],
)
def test_arithmetic_is_one_line(name, line):
    assert source(OPS[name]).strip().splitlines()[1:] == [f"    {line}"]


@pytest.mark.parametrize(
    ("name", "inputs", "z", "partials"),
    [
        ("div", (1.0, 0.0), np.inf, (np.inf, -np.inf)),
        ("exp", (1000.0,), np.inf, (np.inf,)),
        ("log", (-1.0,), np.nan, (-1.0,)),
        ("pow", (-8.0, 1 / 3), np.nan, (np.nan, np.nan)),
        ("sqrt", (-0.0,), -0.0, (-np.inf,)),
        ("sin", (np.inf,), np.nan, (np.nan,)),
        ("ceil", (-0.5,), -0.0, (0.0,)),
    ],
)
def test_where_python_raises_the_kernel_answers_as_ieee_does(name, inputs, z, partials):
    value, slopes = OPS[name].kernel(*inputs)
    assert np.array_equal([value, *slopes], [z, *partials], equal_nan=True)
    assert np.signbit(value) == np.signbit(z) or np.isnan(z)


class TestTheFile:
    def test_it_is_written_where_git_does_not_look(self):
        directory = Path(kernels.__file__).parent / "generated"
        assert list(directory.glob("wengert_kernels_*.py"))
        ignored = (Path(kernels.__file__).parents[2] / ".gitignore").read_text()
        assert "app/ops/generated/" in ignored

    def test_many_processes_may_write_at_once(self, tmp_path):
        target = tmp_path / "deep" / "file.py"
        text = "x = 1\n" * 20_000
        with multiprocessing.get_context("fork").Pool(8) as pool:
            pool.starmap(kernels._write, [(target, text)] * 16)
        assert target.read_text() == text
        assert [p.name for p in target.parent.iterdir()] == ["file.py"]

    def test_a_damaged_file_is_written_anew(self, tmp_path):
        target = tmp_path / "file.py"
        target.write_text("half of")
        kernels._write(target, "the whole")
        assert target.read_text() == "the whole"

    def test_without_a_writable_package_the_cache_takes_it(self, tmp_path):
        program = (
            "from pathlib import Path\nimport app.ops.kernels as k\nplain = k._write\n"
            "def write(path, text):\n    if 'generated' in path.parts: raise PermissionError\n    plain(path, text)\n"
            "k._write = write\nfrom app.ops.table import OPS\nprint(OPS['mul'].kernel(2.0, 3.0))\n"
        )
        around = os.environ | {"XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": "."}
        run = subprocess.run([sys.executable, "-c", program], env=around, capture_output=True, text=True, check=True)
        assert run.stdout.strip() == "(6.0, (3.0, 2.0))"
        assert list((tmp_path / "wengert").glob("wengert_kernels_*.py"))
