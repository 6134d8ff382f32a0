"""Closed forms of matrix derivatives: the Matrix Cookbook by number, layouts, code, and what has none."""

from __future__ import annotations

import json

import jax
import jax.numpy as jnp
import matrix_cookbook
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from app.derive.matrix.declared import declared
from app.settings import Settings
from app.wire.matrix import matrix_derivative
from app.wire.requests.matrix import MatrixDerivativeRequest
from app.wire.requests.reading import read

jax.config.update("jax_enable_x64", True)


def ask(source, wrt, shapes, assume=None, **more):
    """The answer about an expression; shapes as words of letters: ``A:mn x:n t:``."""
    named = dict(word.split(":") for word in shapes.split()) if isinstance(shapes, str) else shapes
    raw = {"source": source, "wrt": wrt, "shapes": {n: list(s) for n, s in named.items()}, "assume": assume or {}, **more}
    return json.loads(matrix_derivative(read(MatrixDerivativeRequest, raw), Settings()))


def refusal(*given, **more):
    """The diagnostic of an expression that is refused."""
    with pytest.raises(Exception) as caught:  # noqa: PT011  the code is looked at
        ask(*given, **more)
    return caught.value.diagnostic


IDENTITIES = matrix_cookbook.IDENTITIES


@pytest.mark.parametrize("identity", IDENTITIES, ids=lambda i: f"{i.number}-{i.source}")
def test_the_cookbooks_identities_come_out_as_printed(identity):
    answer = ask(identity.source, identity.wrt, identity.shapes, identity.assume, **identity.more)
    assert answer["text"] == identity.text
    assert answer["check"]["against"] == ["engine", "torch"]
    assert answer["check"]["max_rel_error"] < 1e-9
    assert len(answer["checked_on"]) == 5


def test_forty_identities_and_more_are_tested():
    assert len({identity.number for identity in IDENTITIES}) >= 40


@pytest.mark.parametrize("identity", IDENTITIES[::3], ids=lambda i: f"{i.number}-{i.source}")
def test_every_library_computes_the_same(identity):
    shapes = {n: list(s) for n, s in (word.split(":") for word in identity.shapes.split())}
    symbols = declared(shapes, identity.assume)
    letters = dict(zip(symbols.letters.numbers, (4, 3, 2, 5), strict=False))
    data = symbols.data(np.random.default_rng(3), letters, positive=True)
    code = ask(identity.source, identity.wrt, identity.shapes, identity.assume, **identity.more)["code"]
    ours = eval(code["numpy"], {"np": np, **data})
    theirs = eval(code["torch"], {"torch": torch, **{n: torch.as_tensor(np.asarray(v)) for n, v in data.items()}})
    other = eval(code["jax"], {"jax": jax, "jnp": jnp, **{n: jnp.asarray(v) for n, v in data.items()}})
    np.testing.assert_allclose(np.asarray(theirs), ours, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(np.asarray(other), ours, rtol=1e-9, atol=1e-11)


# ------------------------------------------------------------ layouts and shapes


def test_a_jacobian_is_turned_in_denominator_layout():
    answer = ask("A @ x", "x", "A:mn x:n")
    assert (answer["text"], answer["shape"], answer["layout"]) == ("A.T", ["n", "m"], "denominator")
    assert answer["layouts"]["numerator"]["text"] == "A"
    assert answer["layouts"]["mixed"]["shape"] == ["m", "n"]


def test_a_gradient_is_a_row_in_numerator_layout_alone():
    layouts = ask("x.T @ A @ x", "x", "A:nn x:n")["layouts"]
    assert layouts["mixed"] == layouts["denominator"]
    assert layouts["numerator"]["shape"] == [1, "n"]
    assert layouts["numerator"]["latex"] == r"{x}^{\top}\,\left(A + {A}^{\top}\right)"


@pytest.mark.parametrize("layout", ["denominator", "numerator", "mixed"])
@pytest.mark.parametrize(
    ("source", "wrt"), [("x @ y", "x"), ("A @ x", "x"), ("t * x", "t"), ("A @ B", "A"), ("t * A", "t"), ("sum(A)", "A")]
)
def test_every_layout_checks(source, wrt, layout):
    answer = ask(source, wrt, "x:n y:n A:mn B:nk t:", layout=layout)
    assert answer["check"]["max_rel_error"] < 1e-9


def test_numbers_and_letters_can_be_sides():
    answer = ask("A @ x", "x", {"A": ["m", 3], "x": [3]})
    assert answer["shape"] == [3, "m"]
    assert answer["layouts"]["denominator"]["latex_shapes"] == r"{\underset{m \times 3}{A}}^{\top}"


def test_a_product_of_matrices_has_a_kronecker_product_as_jacobian():
    answer = ask("A @ X @ B", "X", "A:km X:mn B:np", layout="numerator")
    assert (answer["text"], answer["shape"]) == ("kron(B.T, A)", ["k*p", "m*n"])
    assert answer["map"]["text"] == "A @ dX @ B"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("softmax(x, dim=0)", "diag(softmax(x, dim=0)) - outer(softmax(x, dim=0), softmax(x, dim=0))"),
        ("tanh(x)", "diag(1 - tanh(x)**2)"),
        ("sigmoid(W @ x + b)", "diag((1 - sigmoid(W @ x + b)) * sigmoid(W @ x + b)) @ W"),
        ("x * a", "diag(a)"),
        ("logsumexp(x, dim=0)", "softmax(x, dim=0)"),
        ("norm(W @ x - b)**2", "2 * W.T @ (W @ x - b)"),
        ("mean((W @ x - b)**2)", "2 * W.T @ (W @ x - b) / W.shape[0]"),
        ("sum(log(x))", "1 / x"),
        ("Q.T @ Q @ x", "eye(x.shape[0])"),
        ("x.T @ D @ x", "2 * D @ x"),
    ],
)
def test_functions_element_by_element_and_assumptions(source, text):
    answer = ask(
        source, "x", "x:n a:n W:mn b:m Q:nn D:nn", {"Q": ["orthogonal"], "D": ["diagonal"]}, layout="mixed"
    )  # fmt: skip
    assert answer["text"] == text
    assert answer["check"]["max_rel_error"] < 1e-9


def test_the_second_derivative_of_a_number():
    answer = ask("exp(a.T @ x)", "x", "a:n x:n", order=2)
    assert answer["text"] == "exp(a @ x) * outer(a, a)"
    assert answer["gradient"]["text"] == "exp(a @ x) * a"


def test_a_second_derivative_is_of_the_expression_and_not_of_its_gradient():
    answer = ask("x.T @ A @ x", "x", "A:nn x:n", order=2)
    assert answer["expression"]["shape"] == []
    assert answer["expression"]["latex"] == ask("x.T @ A @ x", "x", "A:nn x:n")["expression"]["latex"]


@pytest.mark.parametrize(("source", "shapes", "turning"), [("x.T @ A @ x", "A:nn x:n", "numerator"), ("A @ x", "A:mn x:n", "denominator")])
def test_the_derivation_ends_with_what_the_layout_turns(source, shapes, turning):
    for layout in ("numerator", "denominator", "mixed"):
        answer = ask(source, "x", shapes, layout=layout)
        last = answer["steps"][-1]
        assert (last["sentence"] == f"The {layout} layout writes it transposed.") == (layout == turning)
        assert last["latex"].endswith(answer["latex"])


def test_the_trace_may_be_called_as_the_course_calls_it():
    answer = ask("tr(A @ B)", "A", "A:mn B:nm")
    assert answer["text"] == "B.T"
    assert "torch" in answer["check"]["against"]


def test_the_closed_form_parses_again():
    first = ask("log(det(X))", "X", "X:nn")["text"]
    assert ask(f"sum({first})", "X", "X:nn")["check"]["max_rel_error"] < 1e-9


# ------------------------------------------------------------ what has no form, and what is refused


def test_what_has_no_closed_form_says_why_and_gives_map_and_numbers():
    answer = ask("X @ X.T", "X", "X:mn")
    assert (answer["closed"], answer["text"], answer["check"]) == (False, None, None)
    assert "dXᵀ" in answer["reason"]
    assert answer["map"]["text"] == "dX @ X.T + X @ dX.T"
    sizes = answer["numbers"]["sizes"]
    assert np.shape(answer["numbers"]["derivative"]) == (sizes["m"] * sizes["n"], sizes["m"] ** 2)


def test_an_operation_without_a_word_in_matrix_notation_is_named():
    answer = ask("sum(cholesky(A))", "A", "A:nn", {"A": ["positive_definite"]})
    assert answer["reason"] == "There is no closed form in matrix notation: cholesky has no place in it."


def test_a_symbol_without_a_shape_is_shown_at_its_place():
    found = refusal("x @ y", "x", "x:n")
    assert (found.code, found.message, found.span.column) == ("matrix.undeclared", "y has no shape.", 4)


def test_shapes_that_do_not_fit_are_told_in_letters():
    found = refusal("A @ A", "A", "A:mn")
    assert found.message == "Shapes don't fit: A is m×n, A is m×n. The inner numbers must match: n ≠ m."


@pytest.mark.parametrize(
    ("shapes", "assume", "field"),
    [
        ({"x": ["n", 1]}, {}, "shapes.x"),
        ({"x": ["n", "m", "k"]}, {}, "shapes.x"),
        ({"x": ["n+1"]}, {}, "shapes.x"),
        ({"x": [0]}, {}, "shapes.x"),
        ({"x": ["n"]}, {"x": ["symmetric"]}, "assume.x"),
        ({"x": ["n"]}, {"x": ["tall"]}, "assume.x"),
        ({"x": ["n"]}, {"y": ["positive"]}, "assume.y"),
    ],
)
def test_a_declaration_that_cannot_hold_names_its_field(shapes, assume, field):
    found = refusal("sum(x)", "x", shapes, assume)
    assert (found.code, found.extra["field"]) == ("matrix.declaration", field)


def test_only_gradients_by_structured_matrices_are_structured():
    assert refusal("trace(A @ X)", "X", "A:nn X:nn", structured=True).extra["field"] == "structured"


def test_a_matrix_that_is_always_singular_is_named():
    assert refusal("det(outer(x, x))", "x", "x:n").code == "value.domain"


def test_a_jacobian_too_large_to_check_is_refused():
    assert refusal("kron(A, A)", "A", {"A": [16, 16]}).code == "budget.work"


# ------------------------------------------------------------ the derivation


def test_the_derivation_adds_up_to_the_gradient():
    steps = ask("x.T @ A @ x", "x", "x:n A:nn")["steps"]
    assert [step["phase"] for step in steps][:2] == ["forward", "forward"]
    arrived = [step for step in steps if step["phase"] == "reverse" and " to x" in step["sentence"]]
    assert len(arrived) == 2
    assert "its adjoint is (A + A.T) @ x" in arrived[-1]["sentence"]


def test_an_assumption_is_a_step_of_its_own():
    steps = ask("x.T @ W @ x", "x", "x:n W:nn", {"W": ["symmetric"]})["steps"]
    assert "W is symmetric: it is its own transpose." in [step["sentence"] for step in steps]


# ------------------------------------------------------------ random expressions

SYMBOLS = {"": "tu", "n": "xy", "m": "ac", "mn": "AC", "nn": "BS"}
SHAPES = "t: u: x:n y:n a:m c:m A:mn C:mn B:nn S:nn"
RULES = {
    "": ["{n} @ {n}", "sum({n})", "trace({nn})", "norm({m})", "exp({} / 9)", "({}) * ({})", "sum({mn})", "mean({n})", "sin({})"],
    "n": ["({n}) + ({n})", "({n}) * ({n})", "({}) * ({n})", "tanh({n})", "({nn}) @ ({n})", "({mn}).T @ ({m})", "softmax({n}, dim=0)"],
    "m": ["({m}) - ({m})", "({mn}) @ ({n})", "({m})**2", "sigmoid({m})", "sum({mn}, dim=1)"],
    "nn": ["({nn}) @ ({nn})", "({nn}).T", "inv(B)", "({mn}).T @ ({mn})", "outer({n}, {n})", "diag({n})", "({nn}) * ({nn})"],
    "mn": ["({mn}) @ ({nn})", "outer({m}, {n})", "({mn}) * ({mn})", "cos({mn})", "({mn}) - ({mn})", "({mn}) * ({n})"],
}


@st.composite
def expressions(draw):
    """A random expression of numbers, vectors and matrices whose shapes fit."""

    def make(kind, depth):
        if depth == 0:
            return draw(st.sampled_from(SYMBOLS[kind]))
        rule = draw(st.sampled_from(RULES[kind]))
        parts = rule.replace("{", "\0{").replace("}", "}\0").split("\0")
        return "".join(make(p[1:-1], depth - 1) if p.startswith("{") else p for p in parts)

    return make(draw(st.sampled_from(["", "n", "m", "mn", "nn"])), draw(st.integers(1, 3)))


@given(expressions(), st.data())
@settings(max_examples=120, deadline=None, derandomize=True)
def test_random_expressions_agree_with_engine_and_torch(source, data):
    wrt = data.draw(st.sampled_from(sorted({c for c in source if c in "tuxyacACBS"} - {"t", "u"} or {"x"})))
    answer = ask(source, wrt, SHAPES, {"S": ["symmetric"]}, layout=data.draw(st.sampled_from(["denominator", "numerator", "mixed"])))
    assert answer["closed"] or answer["reason"]
    if answer["closed"]:
        assert answer["check"]["against"] == ["engine", "torch"]
        assert answer["check"]["max_rel_error"] < 1e-9
