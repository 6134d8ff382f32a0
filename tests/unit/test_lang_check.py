"""What read says about a program that is fine: its tree, its spans, its names, its outputs, its notes."""

import ast
import hashlib

import pytest

from app.core.limits import Limits
from app.core.span import Span
from app.lang import access, specials
from app.lang.builtins import FUNCTIONS, METHODS, READS, closest
from app.lang.check import Checked, read


def checked(source: str) -> Checked:
    return read(source, Limits())


def span_of(source: str, kind: type[ast.AST], number: int = 0) -> Span:
    program = checked(source)
    return program.span([node for node in ast.walk(program.tree) if isinstance(node, kind)][number])


# ---------------------------------------------------------------- the power sign


def test_a_caret_is_a_power_with_the_precedence_of_two_stars():
    assert ast.dump(checked("y = -x^2 + 2^x^3").tree) == ast.dump(ast.parse("y = -x**2 + 2**x**3"))


def test_an_augmented_caret_is_an_augmented_power():
    assert ast.dump(checked("x ^= 2").tree) == ast.dump(ast.parse("x **= 2"))


def test_a_caret_in_a_comment_or_a_string_stays():
    program = checked("y = norm(x, p='^')  # ^")
    assert program.warnings == ()
    assert "'^'" in ast.unparse(program.tree)


def test_each_caret_is_remarked_on_at_its_place():
    notes = checked("y = x^2\nz = y^3").warnings
    assert [(note.span, note.code) for note in notes] == [(Span(1, 5, 1, 6), "note.power"), (Span(2, 5, 2, 6), "note.power")]
    assert notes[0].sentence == "^ is read as a power, x**2; Python itself writes **."


# ---------------------------------------------------------------- spans


def test_spans_after_a_caret_are_those_of_the_typed_text():
    assert span_of("y = x^2 + z^3 + w", ast.BinOp) == Span(1, 4, 1, 17)
    assert span_of("y = x^2 + z^3 + w", ast.Name, 1) == Span(1, 16, 1, 17)


def test_spans_count_utf_16_units_where_python_counts_bytes():
    assert span_of("α = norm(x, p='𝐱é') + β", ast.BinOp) == Span(1, 4, 1, 24)


def test_a_span_may_go_over_several_lines():
    assert span_of("y = (x +\n     z)", ast.BinOp) == Span(1, 5, 2, 6)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_lines_are_those_of_an_editor(end: str):
    assert span_of(end.join(["x = 1", "", "y = 2 * x"]), ast.BinOp) == Span(3, 4, 3, 9)


def test_the_span_of_the_program_is_all_of_it():
    program = checked("x = 1\ny = 22")
    assert program.span(program.tree) == Span(1, 0, 2, 6)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("source", "free"),
    [
        ("c = a + b\nd = a * c", ("a", "b")),
        ("y = x * 2\nx = 3", ("x",)),
        ("x = x + 1", ("x",)),
        ("x += 1", ("x",)),
        ("for i in range(n): y = i * x", ("n", "x")),
        ("y = sin(x) + pi + e", ("x",)),
        ("pi = 3 * x\ny = pi", ("x",)),
        ("def f(t, k=n):\n    s = t * w\n    return s\ny = f(x)", ("n", "w", "x")),
        ("def f(t): return t * k\nk = 2\ny = f(x)", ("x",)),
        ("f = lambda t: t * k\ny = f(x)", ("k", "x")),
        ("def f(a):\n    def g(b): return a * b * c\n    return g(2)\ny = f(x)", ("c", "x")),
        ("y = torch.sin(x) + np.exp(x) + F.relu(x)", ("x",)),
        ("y = F @ x + F.T @ x", ("F", "x")),
        ("y = t**2 + max", ("t", "max")),
        ("with no_grad():\n    y = x", ("x",)),
        ("u, v = a, b\ny = u if c > 0 else v", ("a", "b", "c")),
        ("y = f(x)\ndef f(t): return t", ("x",)),
        ("print(f'{z}')\ny = x", ("x",)),
    ],
)
def test_the_free_names_are_those_that_need_a_value(source: str, free: tuple[str, ...]):
    assert checked(source).free == free


def test_names_are_ordered_by_their_first_appearance_in_the_text():
    assert checked("def f(t): return t + b\ny = a + f(c)").order == ("f", "b", "y", "a", "c")


# ---------------------------------------------------------------- outputs


@pytest.mark.parametrize(
    ("source", "outputs"),
    [
        ("y = x", ("y",)),
        ("x * 2", (None,)),
        ("x", ("x",)),
        ("x, x * 2", ("x", None)),
        ("u, v = x, x", ("u", "v")),
        ("y = z = x", ("z",)),
        ("y = x\ny += 1", ("y",)),
        ("for i in range(3): y = x", None),
        ("if x > 0:\n    y = x", None),
        ("y = x\ndef f(t): return t", None),
        ("y = x\n'a remark'", ("y",)),
    ],
)
def test_the_outputs_are_called_by_the_names_of_the_last_statement(source: str, outputs: tuple[str | None, ...] | None):
    assert checked(source).outputs == outputs


# ---------------------------------------------------------------- the rest


def test_a_whole_number_beyond_two_to_53_becomes_a_float_with_a_note():
    program = checked("y = 9007199254740993")
    assert ast.unparse(program.tree) == "y = 9007199254740992.0"
    assert [(n.code, n.span) for n in program.warnings] == [("note.rounded", Span(1, 4, 1, 20))]


def test_a_number_beyond_float64_is_infinite_with_a_note():
    assert [n.code for n in checked("y = 1e400").warnings] == ["note.infinite"]


def test_the_digest_is_that_of_the_text():
    source = "y = x  # é"
    assert checked(source).digest == hashlib.sha256(source.encode()).hexdigest()


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""\ny = x',
        "# coding: utf-7\nx = 1",
        "def f(a, /, b, *, c=2): return a + b + c\ny = f(x, 1)",
        "for i in range(3):\n    y = x\n    if y > 2: break\nelse:\n    y = 1",
        "while x < 3:\n    x = x + 1\nelse:\n    y = x",
        "import torch\nimport numpy as np\nimport math\nimport jax.numpy as jnp\nimport torch.nn.functional as F\ny = x",
        "from math import sin, pi\nfrom torch.nn import functional as F\ny = sin(pi * x)",
        "y = A[0, :, None, ..., ::2]",
        "y = einsum('ij,j->i', A, norm(x, p='fro'))",
        "y = 1 < x <= 2 and not (x > 3 or x != 4)",
        "print('x is', x)\ny = x",
        "if x > 0:\n\ty = x",
        "y = torch.zeros(3, dtype=torch.float64)",
        "_ = x\ny = _",
        "constructor = 2\ntoString = 3\ny = constructor",
        "def sin(t): return t\ny = sin(x)",
        "y = x; z = y;",
        "with torch.no_grad():\n    y = x",
        "[a, b] = x\ny = a",
        "y = torch.linalg.inv(A) @ torch.nn.functional.relu(x)",
        "y = x \\\n    + 1",
    ],
)
def test_the_language_has(source: str):
    checked(source)


def test_the_lists_of_names_are_those_of_the_compiler():
    assert set(specials.SPECIALS) | {"no_grad"} == FUNCTIONS
    assert set(specials.METHODS) == METHODS
    assert set(access.READS) == READS


@pytest.mark.parametrize(("word", "meant"), [("cosin", "cos"), ("sine", "sin"), ("tg", "tan"), ("foo", "floor"), ("qqqq", None)])
def test_a_misspelt_function_has_a_closest_one(word: str, meant: str | None):
    assert closest(word) == meant
