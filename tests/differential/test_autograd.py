"""Pasted PyTorch: our walk prints what torch prints, and ends as torch ends; and nothing but listed names is reached."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.labs.autograd.functions import AUTOGRAD, FUNCTIONS, LINALG
from app.labs.autograd.library import LOSSES
from app.labs.autograd.methods import ATTRIBUTES, METHODS, is_method
from app.labs.autograd.session import run
from app.lang.eager import names
from app.oracle.eager import evaluate
from app.settings import Settings
from app.wire.autograd import autograd, is_close
from app.wire.requests.programs import AutogradRequest
from app.wire.requests.reading import read

SNIPPETS = sorted((Path(__file__).parent / "autograd_snippets").glob("*.py"))
SETTINGS = Settings()
LIMITS = Limits()


def followed(source, **more):
    return json.loads(autograd(read(AutogradRequest, {"source": source} | more), SETTINGS))


@pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: path.stem)
def test_a_snippet_prints_and_ends_as_in_torch(path):
    answer = followed(path.read_text())
    assert [line["text"] for line in answer["printed"] if not line["same"]] == []
    assert answer["error"] is None or answer["error"]["same"], answer["error"]
    assert answer["agrees"] is True
    assert (answer["error"] is not None) == path.stem.endswith("_error")


COURSE = {
    "creation": """import torch
import numpy as np
import matplotlib.pyplot as plt
from IPython import display
x = torch.Tensor(5, 3).uniform_(-1, 1)
print(x)
print(x.size())
print(x.shape)
y = torch.rand(5, 3)
print(x + y)
print(torch.tensor(np.array([1.0, 2.0])))
print(torch.from_numpy(np.ones(3)))
print(x[:, 1])
print(torch.ones(5).numpy())""",
    "mean": """import torch
x = torch.ones(2, 2, requires_grad=True)
print(x)
y = x + 2
print(y, y.grad_fn)
z = y * y * 3
out = z.mean()
print(z, out)
out.backward()
print(x.grad)""",
    "doubling": """import torch
x = torch.randn(3, requires_grad=True)
y = x * 2
while y.data.norm() < 1000:
    y = y * 2
print(y)
v = torch.tensor([0.1, 1.0, 0.0001], dtype=torch.float)
y.backward(v)
print(x.grad)
print(x.requires_grad)
print((x ** 2).requires_grad)
with torch.no_grad():
    print((x ** 2).requires_grad)
y = x.detach()
print(y.requires_grad)
print(x.eq(y).all())""",
    "recurrent": """import torch
W_h = torch.randn(20, 20, requires_grad=True)
W_x = torch.randn(20, 10, requires_grad=True)
x = torch.randn(1, 10)
prev_h = torch.randn(1, 20)
h2h = torch.mm(W_h, prev_h.t())
i2h = torch.mm(W_x, x.t())
next_h = h2h + i2h
next_h = next_h.tanh()
print(next_h)
next_h.backward(torch.ones(20, 1))
print(W_h.grad.shape, W_x.grad.shape)""",
}


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("cell", COURSE)
def test_the_cells_of_the_course_run_and_print_as_in_torch(cell, seed):
    answer = followed(COURSE[cell], seed=seed)
    assert answer["agrees"] is True, answer
    assert answer["error"] is None


def test_another_order_of_summation_is_told_from_another_result():
    assert is_close("tensor([1.0000, -0.0000])", "tensor([1.0001,  0.0000])")
    assert not is_close("tensor([1.0000])", "tensor([1.0100])")
    assert not is_close("tensor([1.])", "tensor([1., 2.])")


def test_the_mean_of_the_course_has_the_gradient_of_the_course():
    assert followed(COURSE["mean"])["names"]["x"]["grad"] == [[4.5, 4.5], [4.5, 4.5]]


def test_requires_grad_of_the_course_prints_true_true_false():
    printed = [line["text"] for line in followed(COURSE["doubling"])["printed"]]
    assert printed[2:5] == ["True", "True", "False"]
    assert printed[5:] == ["False", "tensor(True)"]


def test_imports_for_pictures_are_named_and_skipped():
    assert followed(COURSE["creation"])["skipped"] == ["matplotlib.pyplot", "IPython"]


def test_given_values_stand_for_drawn_ones():
    source = "import torch\nw = torch.randn(2, requires_grad=True)\nprint(w)\n(w * w).sum().backward()\nprint(w.grad)"
    answer = followed(source, values={"w": [1.0, -2.0]})
    assert [line["text"] for line in answer["printed"]] == ["tensor([ 1., -2.], requires_grad=True)", "tensor([ 2., -4.])"]
    assert answer["agrees"] is True


def test_without_torch_the_answer_has_our_side_alone():
    answer = followed("print(1)", verify=False)
    assert answer["printed"] == [{"line": 1, "text": "1", "torch": None, "same": None, "close": None}]
    assert answer["agrees"] is None


def test_the_states_of_a_gradient_are_told_apart():
    source = """import torch
x = torch.tensor(2.0, requires_grad=True)
y = x * x
y.backward()
x.grad.zero_()
x.grad = None
"""
    (row,) = followed(source)["timeline"]
    assert [(one["line"], one["state"]) for one in row["moments"]] == [(2, "none"), (3, "pending"), (4, "value"), (5, "zero"), (6, "none")]


def test_a_graph_shows_its_nodes_and_that_they_are_freed():
    graph = followed("import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x * x + 1\ny.backward()")["graphs"][0]
    assert [(node["name"], node["variable"]) for node in graph["nodes"]] == [
        ("AddBackward0", "y"),
        ("MulBackward0", None),
        ("AccumulateGrad", "x"),
    ]
    assert graph["nodes"][0]["inputs"] == [1, None]
    assert graph["nodes"][1]["inputs"] == [2, 2]
    assert [node["freed"] for node in graph["nodes"]] == [False, True, False]
    assert graph["nodes"][1]["saved"][0] == {"shape": [], "version": 0, "now": 0, "result": False}


def test_ours_has_every_listed_name():
    assert set(FUNCTIONS) >= names.FUNCTIONS
    assert set(AUTOGRAD) >= names.AUTOGRAD
    assert set(LINALG) >= names.LINALG
    assert {*FUNCTIONS, *LOSSES} >= names.FUNCTIONAL
    assert set(ATTRIBUTES) == names.ATTRIBUTES
    assert all(name in METHODS or is_method(name) for name in names.METHODS)


def test_torch_has_every_listed_name():
    assert all(hasattr(torch, name) for name in names.FUNCTIONS)
    assert all(hasattr(torch.nn.functional, name) for name in names.FUNCTIONAL)
    assert all(hasattr(torch.Tensor, name) for name in names.METHODS | names.ATTRIBUTES)


REFUSED = {
    "a loop that does not end": ("while True:\n    pass", "budget.steps"),
    "a function that calls itself for ever": ("def f(x):\n    return f(x)\nf(1)", "budget.depth"),
    "a huge tensor": ("import torch\nx = torch.ones(100000, 100000)", "budget.elements"),
    "a huge product": ("import torch\nx = torch.ones(100000)\ny = torch.outer(x, x)", "budget.elements"),
    "a huge view": ("import torch\nx = torch.ones(1).expand(10000000)\nprint(x)", "budget.elements"),
    "a huge list": ("x = [0] * 10000000000", "budget.steps"),
    "a list that doubles": ("x = [0]\nfor i in range(100):\n    x += x", "budget.steps"),
    "a text that doubles": ("s = 'a'\nfor i in range(100):\n    s = f'{s}{s}'", "budget.steps"),
    "lists in lists": ("x = [0]\nfor i in range(100):\n    x = [x, x]\nprint(x)", "budget.steps"),
    "a huge integer": ("x = 9 ** 9 ** 9", "budget.steps"),
    "an integer that squares itself": ("x = 7\nfor i in range(100):\n    x = x * x", "budget.steps"),
    "a huge sum": ("x = sum(range(10 ** 12))", "budget.steps"),
    "a search in a huge range": ("x = 0.5 in range(10 ** 12)", "budget.steps"),
    "a wide number": ("print(f'{1:>999999999}')", "budget.steps"),
    "dicts in dicts": ("d = {}\nfor i in range(60):\n    d = {0: d, 1: d}\nprint(d)", "budget.steps"),
    "lists put into lists": ("d = [0]\nfor i in range(60):\n    x = [0, 0]\n    x[0] = d\n    x[1] = d\n    d = x", "budget.steps"),
    "many digits": ("x = round(1, -1000000000)", "budget.steps"),
    "a search in pairs": ("x = 0.5 in zip(range(10 ** 10))", "budget.steps"),
    "a huge range as numbers": ("import torch\nx = torch.tensor([range(10 ** 9)])", "budget.steps"),
    "bytes": ("x = b'%1000000000d' % 1", "syntax.unsupported"),
    "a list in itself": ("x = []\nx.append((x,))\nprint(x == x)\ny = x + x", "budget.steps"),
    "many prints": ("for i in range(100000):\n    print(i)", "budget.steps"),
    "the inside of Python": ("x = ().__class__", "name.attribute"),
    "a private name": ("__import__('os')", "name.attribute"),
    "another module": ("import os", "syntax.import"),
    "a class": ("class A:\n    pass", "syntax.unsupported"),
    "a star": ("print(*[1])", "syntax.unsupported"),
    "broken code": ("x = (", "source.syntax"),
    "a long source": ("x = 1\n" * 10_000, "source.too_long"),
    "random numbers without torch": ("import torch\nx = torch.rand(2)", "value.random"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_mischief_is_refused(name):
    source, code = REFUSED[name]
    with pytest.raises(ProgramError) as caught:
        run(source, LIMITS)
    assert caught.value.diagnostic.code == code


HIDDEN = [
    *("torch.load(1)", "torch.save(1)", "torch.ops", "torch.hub.load(1)", "np.load(1)"),
    *("eval(1)", "open(1)", "getattr(1)"),
]


@pytest.mark.parametrize("source", HIDDEN)
def test_what_is_not_listed_is_not_there(source):
    answer = followed(f"import torch\nimport numpy as np\n{source}")
    assert answer["error"]["type"] in ("AttributeError", "NameError")
    assert answer["error"]["same"] is True


LARGE = {
    "sizes in tensors": ("x = torch.zeros(torch.tensor(100000), torch.tensor(100000))", "budget.elements"),
    "sizes of numpy": ("x = torch.zeros(np.int64(100000), np.int64(100000))", "budget.elements"),
    "copies by a tensor": ("x = torch.ones(1).repeat(torch.tensor(10000000))", "budget.elements"),
    "a copy each, by a tensor": ("x = torch.repeat_interleave(torch.ones(1), torch.tensor([10000000]))", "budget.elements"),
    "steps by their keyword": ("x = torch.linspace(steps=10000000, start=0, end=1)", "budget.elements"),
    "a range by its keywords": ("x = torch.arange(start=0, step=1e-10, end=1)", "budget.elements"),
    "a filling before its size": ("x = torch.full(fill_value=1., size=(100000, 100000))", "budget.elements"),
    "an einsum without letters": ("x = torch.ones(1000, 1000)\ny = torch.einsum(x, [0, 1], x, [2, 3], [0, 1, 2, 3])", "budget.elements"),
    "large windows": ("x = torch.ones(1, 1, 400, 400)\ny = torch.max_pool2d(x, 200, stride=1)", "budget.work"),
    "many dimensions in print": ("print(torch.ones([2] * 19))", "budget.work"),
    "copies of lists": ("x = [0] * 100000\nfor i in range(1000):\n    y = list(x)", "budget.work"),
    "a sum of large tensors": ("x = torch.ones(1000000)\ny = sum([x] * 100000)", "budget.memory"),
    "a sum that broadcasts": ("x = torch.ones(100000, 1)\ny = x + torch.ones(100000)", "budget.elements"),
    "a comparison that broadcasts": ("x = torch.ones(100000, 1) == torch.ones(100000)", "budget.elements"),
    "a product": ("x = torch.ones(100000, 1)\ny = x @ x.t()", "budget.elements"),
    "a product under another name": ("x = torch.ones(100000)\nf = torch.outer\ny = f(x, x)", "budget.elements"),
    "a method under another name": ("x = torch.ones(100000)\nf = x.outer\ny = f(x)", "budget.elements"),
    "copies": ("x = torch.ones(100000).repeat(100000)", "budget.elements"),
    "one tensor many times": ("x = torch.ones(1000000)\ny = torch.cat([x] * 5000)", "budget.elements"),
    "one row many times": ("x = torch.ones(1000, 1000)\ny = x[torch.zeros(1000000).long()]", "budget.elements"),
    "a diagonal": ("x = torch.diag(torch.ones(100000))", "budget.elements"),
    "a sum of products": ("x = torch.ones(10000)\ny = torch.einsum('i,j,k->ijk', x, x, x)", "budget.elements"),
    "a size by its keyword": ("x = torch.zeros(size=(100000, 100000))", "budget.elements"),
    "arrays that broadcast": ("x = np.ones((100000, 1))\ny = x + np.ones(100000)", "budget.elements"),
    "many tensors": ("kept = []\nfor i in range(3000):\n    kept.append(torch.zeros(1000000))", "budget.memory"),
    "many products": ("x = torch.ones(1000, 1000)\nfor i in range(200):\n    y = x @ x", "budget.work"),
    "many inverses": ("x = torch.eye(1000)\nfor i in range(300):\n    y = torch.linalg.inv(x)", "budget.work"),
    "long lists": ("rows = [[1.0] * 1000] * 1000\nfor i in range(500):\n    x = torch.tensor(rows)", "budget.work"),
    "numbers one by one": ("x = torch.ones(1000000)\nfor i in range(1000):\n    y = x.tolist()", "budget.work"),
    "many pages": ("x = torch.ones(30, 33)\nfor i in range(1999):\n    print(x)", "budget.work"),
    "many sweeps": (
        "x = torch.ones(100000, requires_grad=True)\ny = (x * x).sum()\nfor i in range(20000):\n    y.backward(retain_graph=True)",
        "budget.work",
    ),
}


@pytest.mark.parametrize(
    "walk", [lambda source: run(source, LIMITS), lambda source: evaluate(source, LIMITS, 0, {})], ids=["ours", "torch"]
)
@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large_is_refused_before_it_is_done(name, walk):
    source, code = LARGE[name]
    with pytest.raises(ProgramError) as caught:
        walk(f"import torch\nimport numpy as np\n{source}")
    assert caught.value.diagnostic.code == code
    assert caught.value.diagnostic.span is not None


GROWING = {
    "derivatives of derivatives": (
        (
            "x = torch.tensor(1.3, requires_grad=True)\ny = x\nfor i in range(9):\n    y = torch.sin(y) * y\n"
            "for i in range(12):\n    y, = torch.autograd.grad(y, x, create_graph=True)"
        ),
        "budget.nodes",
    ),
    "many sweeps through many nodes": (
        (
            "x = torch.ones(1, requires_grad=True)\ny = x\nfor i in range(2000):\n    y = y + 1\n"
            "for i in range(9999):\n    y.backward(retain_graph=True)"
        ),
        "budget.work",
    ),
}


@pytest.mark.parametrize("walk", [run, lambda source, limits: evaluate(source, limits, 0, {})], ids=["ours", "torch"])
@pytest.mark.parametrize("name", GROWING)
def test_graphs_are_bounded_and_every_node_of_a_sweep_is_paid_for(name, walk):
    source, code = GROWING[name]
    with pytest.raises(ProgramError) as caught:
        walk(f"import torch\n{source}", replace(LIMITS, nodes=5_000, work=20_000_000))
    assert caught.value.diagnostic.code == code
    assert caught.value.diagnostic.span is not None


def test_a_list_of_large_numbers_is_no_shape():
    answer = followed("import torch\nprint(torch.Tensor([5000, 5000]), torch.FloatTensor([[5000, 5000]]), torch.Tensor(2, 3).shape)")
    assert answer["error"] is None
    assert answer["agrees"] is True


NOT_NUMBERS = [
    *("np.array(['a'], dtype='S2000000000')", "np.zeros(9, dtype='U9999999')", "np.ones(9).astype('S999999999')", "np.ones(9).astype(str)"),
    *("np.array([7], dtype='O')", "np.sum(np.ones(2), dtype='O')", "np.array([10 ** 30])", "np.array([None])", "np.ones(1) * [10 ** 30]"),
    *("np.ndarray((9, 9))", "np.exp(np.ones(5), where=False)", "np.ones_like(np.ones(1), shape=(9, 9))", "np.array(['a', 'b'])"),
]


@pytest.mark.parametrize("source", NOT_NUMBERS)
def test_arrays_hold_numbers_alone(source):
    answer = followed(f"import numpy as np\nx = {source}")
    assert answer["error"]["type"] in ("TypeError", "AttributeError")
    assert answer["error"]["same"] is True


@pytest.mark.parametrize("end", ["y.backward()", "y = None", "y.foo", "while True: pass"])
def test_a_deep_graph_is_freed_without_harm(end):
    source = f"import torch\nx = torch.ones(1, requires_grad=True)\ny = x\nfor i in range(110000):\n    y = y * 1.0001\n{end}"
    limits = replace(LIMITS, nodes=200_000, steps=1_000_000)
    ended = False
    try:
        ended = evaluate(source, limits, 0, {}) is not None
    except ProgramError as error:
        ended = error.diagnostic.code == "budget.steps"
    assert ended


def test_half_a_character_is_refused_in_the_words_of_python():
    answer = followed("print('\\ud800')")
    assert (answer["error"]["type"], answer["error"]["same"]) == ("UnicodeEncodeError", True)
    assert followed("x = {}\ny = x['\\ud800']")["error"]["type"] == "KeyError"


def test_print_does_not_tell_what_runs_it():
    (line,) = followed("print(print, ...)")["printed"]
    assert (line["text"], line["same"]) == ("<built-in function print> Ellipsis", True)


def test_what_stood_in_memory_before_is_not_shown():
    printed = [
        one.text for one in evaluate("import torch\nprint(torch.empty(2), torch.Tensor(2), torch.FloatTensor(1))", LIMITS, 0, {}).printed
    ]
    assert printed == ["tensor([0., 0.]) tensor([0., 0.]) tensor([0.])"]


def test_a_large_gradient_is_not_kept_at_every_step():
    source = "import torch\nx = torch.ones(100, requires_grad=True)\nx.sum().backward()"
    (row,) = followed(source)["timeline"]
    assert [(one["state"], one["value"]) for one in row["moments"]] == [("none", None), ("value", None)]
