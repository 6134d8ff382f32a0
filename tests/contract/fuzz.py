"""Requests that mean no good, drawn by chance: whatever they hold, the answer is never an internal error.

By hand, for any count: ``python tests/contract/fuzz.py 100000 --seed 7``; it prints every request that was answered 500.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.core.limits import Limits  # noqa: E402  # run by hand, the folder is not on the path
from app.gallery import examples  # noqa: E402
from app.ops.creation import CREATIONS  # noqa: E402
from app.ops.op import Parameter  # noqa: E402
from app.ops.table import OPS, SPELLINGS  # noqa: E402
from app.settings import Settings  # noqa: E402
from app.wire.tasks import Desk  # noqa: E402

SMALL = Limits(nodes=3000, elements=20_000, live_bytes=20_000_000, work=2_000_000, steps=5000)
PIECES = """x y A v ( ) [ ] , + - * / ** @ = == < if else for in while def return : 0 1 2 1e308 1e-320 -1 .T .sum() sin max where
lambda None True "a" range(3) A[0] A[:,None] dim=0 keepdim=True { } # \\ ² é ... ~ ! & | ^ % // >> not and is yield await del import
cat stack reshape zeros ones eye einsum "ij,jk->ik" float("inf") nan softmax detach pass break continue += *= (1,2) A.shape x.__class__
np. torch. math. np.linalg. torch.nn.functional. __import__ 10**400 1_0 0x1 1j f"{x}" *x **x print len enumerate zip""".split()
OPERANDS = ["x", "v", "A", "B", "v > 0", "A[0]", "A[:, 0]", "A.T", "[1, 2]", "[[1, 2], [3, 4]]", "zeros(0)", "zeros(2, 0)", "x*0 + 1"]
OPERANDS += [
    "0",
    "1",
    "-1",
    "2.5",
    "True",
    "None",
    "nan",
    "inf",
    "-inf",
    "1e308",
    "1e400",
    "10**25",
    "-0.0",
    "sin",
    '"sum"',
    "(v, v)",
    "(A, A)",
]
STATIC = [
    "0",
    "1",
    "-1",
    "2",
    "-3",
    "7",
    "None",
    "True",
    "False",
    "(0, 1)",
    "(1, 0)",
    "(0, 0)",
    "()",
    "2.5",
    "inf",
    "nan",
    "1e400",
    "10**25",
]
STATIC += ['"mean"', '"none"', '"ij->ji"', '"fro"', "[0, 1]", "[2, 0]", "-1.5", "x", "v", "slice", "(2, -1)", "(-1, -1)", "lambda x: x"]
FORMS = [
    "y = {}",
    "y = x * {}",
    "y = sum({})",
    "y = {} + {}",
    "y = {}[0]",
    "y = {}[..., -1]",
    "y = A @ {}",
    "a, b = {}\ny = a",
    "y = {} if {} else x",
]
FORMS += [
    "def f(t):\n    return {}\ny = f(x) + f(v)",
    "for i in range(3):\n    y = {}\n",
    "y = x\nwhile y < 3:\n    y = y + {}",
    "y = v\ny[0] = {}",
]
FORMS += [
    "with no_grad():\n    t = {}\ny = t * x",
    "y = {}.sum()",
    "y = {}.T",
    "for t in {}:\n    y = t * x",
    "y = -{} ** {}",
    "y = max({}, {})",
]
VALUES: list[Any] = [
    1,
    2.5,
    -3,
    0,
    True,
    "NaN",
    "Infinity",
    [1, 2, 3],
    [[1, 2], [3, 4]],
    [],
    [[]],
    [1, "NaN"],
    [True, False],
    1e308,
    -1e-300,
]
SHAPED: dict[str, Any] = {"x": 0.5, "v": [1, -2, 3], "A": [[1, 2, 0], [3, 4, 1], [0, 1, 2]], "B": [[2, 1, 0], [1, 3, 0], [0, 0, 1]]}


def call(draw: random.Random) -> str:
    """A call of some operation with operands and options that may or may not fit."""
    name = draw.choice([*SPELLINGS, *CREATIONS])
    parameters = (SPELLINGS.get(name) or CREATIONS[name]).parameters
    operands = [p for p in parameters if p.operand]
    count = len(operands) if draw.random() < 0.8 else draw.randrange(4)
    if any(p.variadic for p in operands) and draw.random() < 0.5:
        count = draw.randrange(4)
    given = [call(draw) if draw.random() < 0.1 else draw.choice(OPERANDS) for _ in range(count)]
    given += [option(draw, p) for p in parameters if not p.operand and draw.random() < 0.5]
    prefix = draw.choice(["", "", "", "np.", "torch.", "torch.linalg.", "torch.nn.functional."])
    return f"{prefix}{name}({', '.join(given)})"


def option(draw: random.Random, parameter: Parameter) -> str:
    value = draw.choice(STATIC)
    return f"{parameter.name}={value}" if draw.random() < 0.7 else value


def composed(draw: random.Random) -> dict[str, Any]:
    """A program of calls in some form, with inputs of fitting names."""
    form = draw.choice(FORMS)
    return {"source": form.format(*(call(draw) for _ in range(form.count("{}")))), "inputs": SHAPED}


def mutated(draw: random.Random) -> dict[str, Any]:
    """A program of the gallery with a few pieces lost, doubled or replaced."""
    example = draw.choice(examples())
    pieces = list(example["source"]) if draw.random() < 0.2 else re.split(r"(\W)", example["source"])
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(pieces) + 1)
        pieces[at : at + draw.randrange(3)] = [draw.choice(PIECES)] if draw.random() < 0.6 else []
    inputs = {name: draw.choice(VALUES) if draw.random() < 0.3 else value for name, value in example["inputs"].items()}
    return {"source": "".join(pieces), "inputs": inputs}


def request(draw: random.Random) -> dict[str, Any]:
    """A request whose options fit now and then."""
    body = composed(draw) if draw.random() < 0.7 else mutated(draw)
    chances: list[tuple[str, list[Any]]] = [
        ("mode", ["primal", "forward", "reverse", "both"]),
        ("wrt", [["x"], ["A"], ["v", "x"], [], ["q"], ["x", "x"]]),
        ("seed", [1, [1, 2, 3], {"y": 1}, {"x": 1}, {"y": [1, 2]}, {"v": [0, 1, 0]}, {}, "NaN"]),
        ("outputs", [["y"], ["y", "x"], ["y", "y"], ["nothing"], ["a", "b"], [""]]),
        ("values", ["summary"]),
        ("format", ["columns"]),
        ("include", [[], ["steps"], ["latex", "spans"], ["partials"]]),
    ]
    for name, choices in chances:
        if draw.random() < 0.3:
            body[name] = draw.choice(choices)
    return body


def settle(desk: Desk, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """The answer, after the inputs that are missing or too many were mended, so that evaluation is reached."""
    for _ in range(8):
        status, content = desk.serve("trace", json.dumps(body).encode())
        answer = json.loads(content)
        code = answer.get("code")
        named = [name for name in body["inputs"] if name in answer.get("detail", "")] if code == "input.name" else []
        if code == "input.missing" and answer.get("missing"):
            body["inputs"] = body["inputs"] | dict.fromkeys(answer["missing"], 1.5)
        elif named:
            body["inputs"] = {name: value for name, value in body["inputs"].items() if name not in named}
        else:
            break
    return status, answer


def compared(desk: Desk, body: dict[str, Any]) -> int:
    """The worse status of two: of the same program beside itself, which evaluates it once more without rounding, and of its dynamics."""
    program = {"source": body["source"]}
    shared = {name: body[name] for name in ("inputs", "wrt", "seed", "outputs") if name in body}
    beside = desk.serve("compare", json.dumps({"left": program, "right": program, **shared}).encode())[0]
    return max(beside, desk.serve("dynamics", json.dumps({**program, **shared, "other": shared["inputs"]}).encode())[0])


def differentiated(desk: Desk, body: dict[str, Any]) -> int:
    """The worst status of the same program's Jacobian and Hessian; three times, since the third may be played by compiled code."""
    shared = {name: body[name] for name in ("source", "inputs", "wrt", "outputs") if name in body}
    answers = [desk.serve("jacobian", json.dumps(shared | {"chain": chain}).encode())[0] for chain in (True, False, False)]
    return max([*answers, desk.serve("hessian", json.dumps(shared).encode())[0]])


def run(count: int, seed: int) -> tuple[Counter[str], list[dict[str, Any]]]:
    """How often which answer came, and the requests that met an internal error."""
    draw, desk = random.Random(seed), Desk(Settings(limits=SMALL))
    found: Counter[str] = Counter()
    broken = []
    for _ in range(count):
        body = request(draw)
        status, answer = settle(desk, body)
        found["200" if status == 200 else answer["code"]] += 1
        evaluated = status == 200 or answer["code"] == "seed.required"
        if status >= 500 or (evaluated and max(compared(desk, body), differentiated(desk, body)) >= 500):
            broken.append(body)
    return found, broken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found, broken = run(given.count, given.seed)
    for body in broken:
        print(json.dumps(body))
    print(f"{given.count} requests over {len(OPS)} operations: {dict(found.most_common())}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
