"""grad, jvp, vjp, jacobian and hessian inside programs: beside torch.func, in both modes around, and without confusion."""

import numpy as np
import pytest
import torch

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.engine.forward import forward
from app.engine.reverse import reverse
from app.lang.check import read
from app.lang.program import Program
from app.oracle.verify import Question, verify
from app.wire.claims import claims

LIMITS = Limits()
X, V, A = [0.3, 0.7, -0.4], [0.5, -1.0, 2.0], [[1.0, 0.2, 0.1], [0.3, 0.5, -0.7], [0.9, 0.4, 1.1]]


def run(source, **inputs):
    given = {name: np.array(value) if np.ndim(value) else float(value) for name, value in inputs.items()}
    return Program(read(source, LIMITS), frozenset(given), LIMITS).run(given), given


def value(source, **inputs):
    made, _ = run(source, **inputs)
    found = [made.tape.values[node] for _, node in made.outputs]
    return found[0] if len(found) == 1 else found


def verdict(source, mode, **inputs):
    """Torch's opinion on every node, all seeds 1."""
    made, given = run(source, **inputs)
    wrt = tuple(name for name, node in made.inputs.items() if made.tape.live[node])
    dots = {name: np.ones_like(given[name]) if np.ndim(given[name]) else 1.0 for name in wrt}
    bars = [np.ones_like(v) if np.ndim(v) else 1.0 for v in (made.tape.values[node] for _, node in made.outputs)]
    adjoints = reverse(made.tape, [(node, bar) for (_, node), bar in zip(made.outputs, bars, strict=True)])
    tangents = forward(made.tape, {made.inputs[name]: dot for name, dot in dots.items()})
    question = Question(given, mode, wrt, dots, bars, None, [derived.results for derived in made.derived])
    return verify(made.checked, question, claims(made, adjoints if mode != "forward" else None, tangents if mode != "reverse" else None))


# ---------------------------------------------------------------- perturbation confusion

CURRIED = """def s(u):
    return lambda f: lambda v: f(v + u)

def shifted(u):
    return grad(s(u)(lambda w: w ** 3))(1.0)

grad(shifted)(x)"""

CONFUSIONS = {
    "the inner variable does not move with the outer one": ("grad(lambda x: x * grad(lambda y: x + y)(1.0))(x)", {"x": 1.0}, 1.0),
    "the same name inside and outside": ("grad(lambda x: x * grad(lambda x: x * x)(2.0))(x)", {"x": 3.0}, 4.0),
    "a function that knows its argument by another name too": ("grad(lambda u: u * x)(x)", {"x": 5.0}, 5.0),
    "two levels that share a variable": ("grad(lambda x: grad(lambda y: x * y)(x) * x)(x)", {"x": 3.0}, 6.0),
    "the argument of the inner derivative depends on the outer variable": (
        "grad(lambda x: grad(lambda y: y ** 3 * x)(x * x))(x)", {"x": 2.0}, 15 * 2.0**4,
    ),
    "a curried function, as Siskind and Pearlmutter have it": (CURRIED, {"x": 2.0}, 18.0),
    "a loop of derivatives that each see the one before": (
        "for k in range(3):\n    x = grad(lambda u: u ** 2 * x)(x)\nx", {"x": 1.0}, 128.0,
    ),
    "forward inside reverse": ("grad(lambda x: jvp(lambda y: x * y, (x,), (1.0,))[1])(x)", {"x": 3.0}, 1.0),
    "reverse inside forward": ("jvp(lambda x: grad(lambda y: x * y)(x), (x,), (1.0,))[1]", {"x": 3.0}, 1.0),
    "forward inside forward": (
        "jvp(lambda x: jvp(lambda y: x * y * y, (x,), (1.0,))[1], (x,), (1.0,))[1]", {"x": 3.0}, 12.0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONFUSIONS)
def test_perturbations_are_not_confused(name):
    source, inputs, truth = CONFUSIONS[name]
    assert value(source, **inputs) == pytest.approx(truth, rel=1e-14)


@pytest.mark.parametrize("mode", ["primal", "forward", "reverse", "both"])
@pytest.mark.parametrize("name", CONFUSIONS)
def test_torch_agrees_at_every_node_of_the_confusing_ones(name, mode):
    source, inputs, _ = CONFUSIONS[name]
    assert verdict(source, mode, **inputs)["agrees"] is True


# ---------------------------------------------------------------- beside torch.func

DET, INVERSE = float(np.linalg.det(A)), torch.tensor(np.linalg.inv(A))

FUNCTIONS = {
    "polynomial": ("sum(u ** 3 - 2 * u)", lambda u: (u**3 - 2 * u).sum()),
    "quadratic form": ("u @ A @ u", lambda u: u @ torch.tensor(A) @ u),
    "logsumexp": ("logsumexp(u, dim=0)", lambda u: torch.logsumexp(u, 0)),
    "softmax entropy": (
        "-sum(softmax(u, dim=0) * log_softmax(u, dim=0))",
        lambda u: -(torch.softmax(u, 0) * torch.log_softmax(u, 0)).sum(),
    ),
    "tanh of a product": ("sum(tanh(A @ u))", lambda u: torch.tanh(torch.tensor(A) @ u).sum()),
    "norm": ("norm(u)", lambda u: torch.sqrt((u * u).sum())),  # torch's own norm has no third derivative
    "product": ("prod(u)", torch.prod),
    "picked": ("max(u) * u[0]", lambda u: u.max() * u[0]),
    "determinant": ("det(outer(u, u) + A)", lambda u: DET * (1 + u @ INVERSE @ u)),  # torch.det has a wrong third derivative
    "running": ("sum(cumsum(u, dim=0) * cumprod(u, dim=0))", lambda u: (u.cumsum(0) * u.cumprod(0)).sum()),
    "branch": ("(sin(u[0]) if u[0] > 0 else u[0]) * u[1]", lambda u: torch.sin(u[0]) * u[1]),
}


@pytest.fixture(autouse=True)
def doubles(singles):
    torch.set_default_dtype(torch.float64)  # put back by conftest.py


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("derivative", ["grad", "jacobian", "jacrev", "jacfwd", "hessian"])
def test_a_derivative_is_torch_funcs(name, derivative):
    text, theirs = FUNCTIONS[name]
    function = {"jacobian": torch.func.jacrev}.get(derivative) or getattr(torch.func, derivative)
    ours = value(f"{derivative}(lambda u: {text})(x)", x=X, A=A)
    np.testing.assert_allclose(ours, function(theirs)(torch.tensor(X)).numpy(), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_third_derivative_is_torch_funcs(name):
    text, theirs = FUNCTIONS[name]
    ours = value(f"grad(lambda w: sum(hessian(lambda u: {text})(w)))(x)", x=X, A=A)
    truth = torch.func.grad(lambda w: torch.func.hessian(theirs)(w).sum())(torch.tensor(X))
    np.testing.assert_allclose(ours, truth.numpy(), rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_jvp_and_vjp_are_torch_funcs(name):
    text, theirs = FUNCTIONS[name]
    result, tangent = value(f"y, d = jvp(lambda u: {text}, (x,), (v,))\ny, d", x=X, v=V, A=A)
    truth = torch.func.jvp(theirs, (torch.tensor(X),), (torch.tensor(V),))
    np.testing.assert_allclose([result, tangent], [t.item() for t in truth], rtol=1e-12)
    (bar,) = torch.func.vjp(theirs, torch.tensor(X))[1](torch.tensor(2.0))
    np.testing.assert_allclose(value(f"y, pull = vjp(lambda u: {text}, x)\npull(2.0)[0]", x=X, A=A), bar.numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_torch_agrees_at_every_node_when_a_derivative_is_differentiated_again(name, mode):
    assert verdict(f"g = grad(lambda u: {FUNCTIONS[name][0]})(x)\nsum(g * v)", mode, x=X, v=V, A=A)["agrees"] is True


def test_a_jacobian_has_the_shape_of_result_and_argument():
    assert np.shape(value("jacobian(lambda u: outer(u, u))(x)", x=X)) == (3, 3, 3)


def test_a_jacobian_of_nothing_that_moves_is_zero():
    np.testing.assert_array_equal(value("jacobian(lambda u: ones(2))(x)", x=X), np.zeros((2, 3)))


def test_argnums_chooses_the_argument():
    assert value("grad(lambda u, w: u * w ** 2, argnums=1)(x, 3.0)", x=2.0) == 12.0
    assert value("a, b = grad(lambda u, w: u * w ** 2, argnums=(0, 1))(x, 3.0)\na, b", x=2.0) == [9.0, 12.0]


def test_keywords_and_defaults_go_to_the_function():
    assert value("def f(u, k=2):\n    return u ** k\n\ngrad(f)(x, k=3)", x=2.0) == 12.0


def test_vjp_of_several_results_takes_a_cotangent_for_each():
    assert value("def f(u, w):\n    return u * w, u + w\n\ny, pull = vjp(f, x, 3.0)\na, b = pull((1.0, 10.0))\na, b", x=2.0) == [13.0, 12.0]


@pytest.mark.parametrize("source", ["grad(sin)(x)", "torch.func.grad(torch.sin)(x)", "from torch.func import grad\ngrad(np.sin)(x)"])
def test_an_operation_can_be_differentiated_by_its_name(source):
    assert value(source, x=0.5) == np.cos(0.5)
    assert verdict(source, "reverse", x=0.5)["agrees"] is True


def test_no_grad_inside_the_function_stops_its_derivative():
    source = "def f(u):\n    with no_grad():\n        k = u * u\n    return k * u\n\ngrad(f)(x)"
    assert value(source, x=3.0) == 9.0


def test_detach_inside_the_function_stops_its_derivative():
    assert value("grad(lambda u: u.detach() * u)(x)", x=3.0) == 3.0


def test_a_compiled_loop_is_differentiated():
    source = "def f(u):\n    s = u\n    for k in range(2000):\n        s = s * 0.999 + 0.001 * u\n    return s\n\ngrad(f)(x)"
    assert value(source, x=3.0) == pytest.approx(1.0)


def test_another_input_replays_the_same_tape():
    program = Program(read("y = grad(grad(lambda u: sin(u) * u))(x)", LIMITS), frozenset("x"), LIMITS)
    found = [program.run({"x": x}) for x in (0.1, 0.5, 0.9, 1.3)]
    truth = [2 * np.cos(x) - x * np.sin(x) for x in (0.1, 0.5, 0.9, 1.3)]
    np.testing.assert_allclose([run.tape.values[run.outputs[0][1]] for run in found], truth, rtol=1e-14)


# ---------------------------------------------------------------- what is refused

REFUSED = [
    ("grad(lambda u: u * u)(x)", {"x": X}, "seed.required"),
    ("grad(x)(x)", {"x": 1.0}, "call.arguments"),
    ("grad(3)(x)", {"x": 1.0}, "call.arguments"),
    ("grad()(x)", {"x": 1.0}, "call.arguments"),
    ("grad(lambda u: u, argnums=2)(x)", {"x": 1.0}, "call.arguments"),
    ("grad(lambda u: u, argnums='a')(x)", {"x": 1.0}, "type.mismatch"),
    ("grad(lambda u: u, 0, 1)(x)", {"x": 1.0}, "call.arguments"),
    ("y = grad(lambda u: u)", {"x": 1.0}, "type.output"),
    ("grad(lambda u: grad)(x)", {"x": 1.0}, "input.missing"),
    ("grad(lambda u: lambda w: u)(x)", {"x": 1.0}, "type.mismatch"),
    ("jvp(lambda u: u, (x,), (1.0, 2.0))", {"x": 1.0}, "call.arguments"),
    ("y, d = jvp(lambda u: u, (x,), (v,))\nd", {"x": X, "v": [1.0, 2.0]}, "shape.mismatch"),
    ("y, pull = vjp(lambda u: u, x)\npull(v)[0]", {"x": X, "v": [1.0, 2.0]}, "shape.mismatch"),
    ("y, pull = vjp(lambda u: u, x)\npull(1.0, 2.0)[0]", {"x": X}, "call.arguments"),
    ("jacobian(lambda u: (u, u))(x)", {"x": X}, "type.mismatch"),
    ("def f(u):\n    return grad(f)(u)\n\ngrad(f)(x)", {"x": 1.0}, "budget.depth"),
    ("grad(lambda u: u)(True)", {}, "type.mismatch"),
]


@pytest.mark.parametrize(("source", "inputs", "code"), REFUSED)
def test_a_wrong_call_is_refused_at_its_place(source, inputs, code):
    with pytest.raises(ProgramError) as caught:
        run(source, **inputs)
    assert caught.value.diagnostic.code == code
    assert caught.value.diagnostic.span is not None


def test_the_budget_of_nodes_holds_for_recorded_sweeps():
    with pytest.raises(ProgramError) as caught:
        run("hessian(lambda u: sum(sin(u) * cos(u)))(linspace(0, 1, 1001) * x)", x=1.0)
    assert caught.value.diagnostic.code.startswith("budget.")
