"""Programs written out for other libraries run there, and give what our engine gives."""

from __future__ import annotations

import contextlib
import io
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from scipy import special

from app.core.diagnostic import OpError, ProgramError
from app.core.limits import Limits
from app.derive.code import numpy_words, torch_words
from app.derive.code.convolutions import FUNCTIONS, functions
from app.derive.code.programs import Wanted, jax_program, numpy_program, torch_program
from app.derive.code.symbol import Symbol
from app.derive.code.text import Dialect
from app.gallery import examples
from app.ops.op import REQUIRED, Op, normal
from app.ops.rule import Elementwise
from app.ops.table import OPS
from app.wire.labels import versions
from app.wire.requests.programs import TraceRequest
from app.wire.requests.reading import read
from app.wire.swept import Swept, sweeps
from app.wire.trace import library

LIMITS = Limits()
OURS_ALONE = {
    "recurrence",
    "adjugate",
    "adjugate_push",
    "index_put",
    "sum_to_size",
    "conv1d_input",
    "conv1d_weight",
    "conv2d_input",
    "conv2d_weight",
}
"""Operations of reverse sweeps, which torch's code never has."""
UNWRITTEN = {
    "matrix_norm", "median", "median_dim", "recurrence", "cummax", "cummin", "solve_triangular", "adjugate_push", "matrix_exp",
    "repeat_interleave", "avg_pool2d", "max_pool2d", "huber_loss", "smooth_l1_loss", "nll_loss", "cross_entropy",
}  # fmt: skip
"""Operations without a short form in NumPy: the code says so."""
PARTLY = {"norm", "sort", "argsort", "solve", "adjugate", "index"}
"""Operations that have one for most of their attributes and shapes."""


def wanted(example: dict[str, Any], mode: str = "reverse") -> tuple[Wanted, Swept]:
    """A run of an example, with the seeds of a mode."""
    seed = example.get("seed") if example.get("mode") == mode else None
    raw = {
        "source": example["source"],
        "inputs": example["inputs"],
        "mode": mode,
        "seed": seed,
        "outputs": example.get("outputs"),
        "wrt": example.get("wrt"),
    }
    request = read(TraceRequest, raw)
    run = library(LIMITS).program(request.source, frozenset(request.inputs)).run(request.inputs, request.wrt, request.outputs)
    swept = sweeps(run, request, LIMITS)
    return Wanted(run, versions(run), swept.cotangents, swept.directions), swept


def executed(code: str) -> dict[str, Any]:
    """What a program leaves behind, run as a script."""
    names: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "exported", "exec"), names)
    return names


def runnable(mode: str) -> Iterator[Any]:
    """The examples that have this sweep without asking for a seed."""
    for example in examples():
        try:
            wanted(example, mode)
        except (ProgramError, OpError):
            continue
        yield pytest.param(example, id=example["id"])


@pytest.mark.parametrize("example", [*runnable("reverse")])
def test_numpy_code_gives_the_gradient(example: dict[str, Any]):
    asked, swept = wanted(example)
    names = executed(numpy_program(asked))
    function = names["gradient"]
    found = function(*[names[name] for name in function.__code__.co_varnames[: function.__code__.co_argcount]])
    assert found
    for name, bar in found.items():
        ours = swept.adjoints[asked.run.inputs[name]]
        assert (ours is None) == (bar is None)
        if ours is not None:
            np.testing.assert_allclose(bar, ours, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("example", [*runnable("reverse")])
def test_torch_code_gives_the_gradient(example: dict[str, Any]):
    asked, swept = wanted(example)
    names = executed(torch_program(asked))
    for (name, node), code in zip(asked.run.inputs.items(), names["program"].__code__.co_varnames, strict=False):
        ours, grad = swept.adjoints[node], names[code].grad
        if ours is None:
            assert grad is None or not grad.any(), name
        else:
            np.testing.assert_allclose(grad.numpy(), ours, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("example", [*runnable("forward")])
def test_numpy_code_gives_the_tangent(example: dict[str, Any]):
    asked, swept = wanted(example, "forward")
    names = executed(numpy_program(asked))
    function = names["tangents"]
    found = function(*[names[name] for name in function.__code__.co_varnames[: function.__code__.co_argcount]])
    outputs = [node for _, node in asked.run.outputs]
    for node, dot in zip(outputs, found if len(outputs) > 1 else (found,), strict=True):
        ours = swept.tangents[node]
        assert (ours is None) == (dot is None)
        if ours is not None:
            np.testing.assert_allclose(dot, ours, rtol=1e-10, atol=1e-12)


def test_jax_code_speaks_of_jax_alone():
    code = jax_program(wanted(next(e for e in examples() if e["id"] == "survey-1"))[0])
    assert "jax.vjp(program, x1, x2)" in code
    assert "np." not in code.replace("jnp.", "")


# ------------------------------------------------------------ every operation by itself


def tried(op: Op) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Operands and attributes on which an operation can be tried."""
    usual = {p.name: p.default for p in op.parameters if not p.operand and p.default is not REQUIRED}
    if isinstance(op, Elementwise):
        areas = op.sampling or ((-2.0, 2.0),)
        generator = np.random.default_rng(1)
        inputs = [float(generator.uniform(*areas[min(i, len(areas) - 1)])) for i in range(len(op.operands))]
        for given in op.examples or ({},):
            yield inputs, usual | dict(given)
            yield [np.array([x, x / 2 + 0.1]) for x in inputs], usual | dict(given)
    else:
        yield from (([*sample.inputs], usual | dict(sample.attributes)) for sample in getattr(op, "samples", ()))


def helpers(dialect: Dialect) -> dict[str, Any]:
    """The functions that the code brings along."""
    if "itertools" not in dialect.used:
        return {}
    names: dict[str, Any] = {"np": np, "itertools": itertools}
    exec("\n".join(functions(dialect)), names)
    return {name: names[name] for name in (*FUNCTIONS, "places") if name in names}


def compared(op: Op, dialect: Dialect, tensor: Any) -> Iterator[tuple[str, Any, Any]]:
    """The code of an operation, what it gives, and what it should; raises OpError where it has none."""
    for inputs, attributes in tried(op):
        try:
            whole = op.value([normal(x) for x in inputs], attributes)
        except OpError:
            continue
        for place in range(op.results):
            ours = whole[place] if op.results > 1 else whole
            operands = tuple(Symbol(normal(x), name=f"x{i}") for i, x in enumerate(inputs))
            code = dialect.code(Symbol(normal(ours), op, operands, attributes, place=place if op.results > 1 else None))
            names = {"np": np, "torch": torch, "special": special} | helpers(dialect) | {f"x{i}": tensor(x) for i, x in enumerate(inputs)}
            yield code, eval(code, names), ours


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", [name for name in OPS if name not in OURS_ALONE | {"svd"}])  # the signs of singular vectors are free
def test_torch_has_a_word_for_every_operation(name: str):
    torch.set_default_dtype(torch.float64)
    seen = 0
    for code, found, ours in compared(OPS[name], Dialect("torch", torch_words.WORDS, wraps=True, expands=False), torch.as_tensor):
        if np.shape(ours) == np.shape(found) or np.ndim(ours):
            np.testing.assert_allclose(np.asarray(found), ours, rtol=1e-9, err_msg=code)
            seen += 1
    assert seen or name == "detach"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", [name for name in OPS if name not in UNWRITTEN | PARTLY | {"svd", "index_put", "detach"}])
def test_numpy_has_a_word_for_all_but_the_listed_operations(name: str):
    for code, found, ours in compared(OPS[name], Dialect("np", numpy_words.WORDS), lambda x: np.asarray(x)[()]):
        np.testing.assert_allclose(found, ours, rtol=1e-9, err_msg=code)


@pytest.mark.parametrize("name", sorted(UNWRITTEN))
def test_an_operation_without_a_word_is_refused_with_its_name(name: str):
    inputs, attributes = next(tried(OPS[name]))
    operands = tuple(Symbol(normal(x), name=f"x{i}") for i, x in enumerate(inputs))
    with pytest.raises(OpError, match=f"{name} has no short form"):
        Dialect("np", numpy_words.WORDS).code(Symbol(0.0, OPS[name], operands, attributes))


def test_names_of_python_and_of_the_libraries_are_no_names_in_the_code():
    asked, _ = wanted({"source": "np = x*2\nlambda_ = np + program\nsum(lambda_)", "inputs": {"x": 1.5, "program": 2}})
    code = numpy_program(asked)
    assert "def program(x, program_):" in code
    assert "np_ = x * 2" in code
    assert executed(code)


def test_results_that_only_the_rule_reads_are_computed():
    request = read(TraceRequest, {"source": "y = sum(svd(x)[1] ** 2)", "inputs": {"x": [[2.0, 1.0], [1.0, 3.0]]}})
    run = library(LIMITS).program(request.source, frozenset("x")).run(request.inputs)
    code = numpy_program(Wanted(run, versions(run), sweeps(run, request, LIMITS).cotangents, None))
    np.testing.assert_allclose(executed(code)["gradient"](np.array([[2.0, 1.0], [1.0, 3.0]]))["x"], [[4.0, 2.0], [2.0, 6.0]])


def test_a_value_outside_the_sweep_is_detached():
    asked, _ = wanted({"source": "c = detach(x*x)\ny = c*x", "inputs": {"x": 3}})
    assert executed(torch_program(asked))["x"].grad == 9
    assert "stop_gradient" in jax_program(asked)


def test_a_long_constant_is_refused():
    asked, _ = wanted({"source": "y = sum(linspace(0, 1, 600) * x)", "inputs": {"x": 1}})
    with pytest.raises(OpError, match="600 entries"):
        numpy_program(asked)
