"""Random statements: every kind that the language has, over random expressions."""

from __future__ import annotations

from collections.abc import Callable

from tests.property.array_recipes import matrix, tensor
from tests.property.assignments import Lines, assignment, augmented, fresh, listed, no_gradient, rebinding, several
from tests.property.draw import Draw, Expr, bracketed


def conditional(d: Draw) -> Lines:
    """if, elif, else; or an expression with a condition."""
    test, x = d.operand(()), d.operand()
    y = d.operand(x.shape)
    name = f"v{d.count('name')}"
    sign = d.rng.choice(("<", ">", "<=", "!="))
    if d.rng.random() < 0.4:
        line = f"{name} = {x.text} if {test.text} {sign} {d.number()} else {y.text}"
        fresh(d, Expr("", x.shape, max(x.bound, y.bound)), name)
        return [line]
    other = d.rng.choice(
        ([], [f"elif {test.text} < {d.number()} and not {d.rng.choice(('True', 'False'))}:", f"    {name} = {x.text} - {y.text}"])
    )
    lines = [
        f"if {test.text} {sign} {d.number()}:",
        f"    {name} = sin({x.text})",
        *other,
        "else:",
        f"    {name} = {x.text} * 0.5 + {bracketed(y.text)}",
    ]
    fresh(d, Expr("", x.shape, x.bound + y.bound), name)
    return lines


def counted(d: Draw) -> Lines:
    """for over a range, with break, continue and else."""
    x = d.operand(limit=4.0)
    y = d.operand(x.shape, 4.0)
    name = f"v{d.count('name')}"
    start = f"{name} = {x.text}"
    step = d.rng.choice(
        (f"{name} = {name} * 0.7 + i * 0.1", f"{name} = cos({name}) + {bracketed(y.text)}", f"{name} += {bracketed(y.text)} * 0.3")
    )
    leave = d.rng.choice(([], [], [f"    if i == {d.rng.randrange(3)}:", f"        {d.rng.choice(('continue', 'break'))}"]))
    otherwise = d.rng.choice(([], [], ["else:", f"    {name} = {name} + 1"]))
    fresh(d, Expr("", x.shape, 10.0), name)
    return [start, f"for i in range({d.rng.randint(1, 4)}):", *leave, f"    {step}", *otherwise]


def walked(d: Draw) -> Lines:
    """for over the rows of a tensor, also with enumerate and zip."""
    x = tensor(d, 1, 2, 4.0)
    inner = x.shape[1:]
    name = f"v{d.count('name')}"
    head, body = d.rng.choice(
        (
            (f"for row in {x.text}:", f"{name} = {name} * 0.5 + sin(row)"),
            (f"for i, row in enumerate({x.text}):", f"{name} = {name} + row * (i + 1)"),
            (f"for row, other in zip({x.text}, {bracketed(x.text)} * 2):", f"{name} = {name} + row * other * 0.1"),
        )
    )
    fresh(d, Expr("", inner, 40.0), name)
    return [f"{name} = {'0.0' if not inner or d.rng.random() < 0.7 else f'zeros({inner[0]})'}", head, f"    {body}"]


def repeated(d: Draw) -> Lines:
    """while: until a norm is small, or a number of times."""
    x = d.operand(limit=20.0)
    name = f"v{d.count('name')}"
    fresh(d, Expr("", x.shape, 20.0), name)
    if d.wild or d.rng.random() < 0.5:
        return [
            f"{name} = {x.text}",
            "k = 0",
            f"while k < {d.rng.randint(1, 3)}:",
            f"    {name} = {name} * 0.8 + sin({name})",
            "    k = k + 1",
        ]
    size = f"norm({name})" if x.shape else f"abs({name})"
    return [f"{name} = {x.text}", f"while {size} > 2:", f"    {name} = {name} / {d.rng.choice((2, 3, 1.7))}"]


def function(d: Draw) -> Lines:
    """def and calls, with defaults, keywords and a name of the program inside."""
    x, y = d.operand(limit=6.0), d.operand(limit=6.0)
    name, around = f"f{d.count('function')}", d.operand((), 4.0)
    c = d.number()
    body = d.rng.choice(
        (
            ["w = u * k", "return tanh(w) + u"],
            ["return u * sin(k * u)"],
            [f"w = u + {bracketed(around.text)}", "return w * k"],
            ["if sum(u) > 0:", "    return u * k", "return exp(-0.1 * u * u)"],
            ['"""A scaled square."""', "return k * u ** 2"],
        )
    )
    call = d.rng.choice(
        (
            f"{name}({x.text})",
            f"{name}({x.text}, {c})",
            f"{name}({x.text}, k={c})",
            f"{name}(k={c}, u={x.text})",
            f"{name}({name}({x.text}) * 0.1)",
        )
    )
    first, second = Expr("", x.shape, 60.0), Expr("", y.shape, 60.0)
    lines = [f"def {name}(u, k=1.5):", *(f"    {line}" for line in body)]
    return [*lines, f"{fresh(d, first)} = {call}", f"{fresh(d, second)} = {name}({y.text})"]


def recursive(d: Draw) -> Lines:
    x = d.operand(limit=4.0)
    name = f"f{d.count('function')}"
    step = d.rng.choice((f"0.5 * {name}(sin(u), n - 1) + u", f"{name}(u * 0.9, n - 1) * 0.5 + {name}(u * 0.3, n - 2)"))
    made = f"{name}({x.text}, {d.rng.randint(1, 4)})"
    return [
        f"def {name}(u, n):",
        "    if n < 1:",
        "        return u",
        f"    return {step}",
        f"{fresh(d, Expr('', x.shape, 10.0))} = {made}",
    ]


def anonymous(d: Draw) -> Lines:
    x = d.operand(limit=4.0)
    name = f"f{d.count('function')}"
    body = d.rng.choice(("u * sin(u)", "u if sum(u) > 0 else -u", "tanh(u) ** 2 + u"))
    return [f"{name} = lambda u: {body}", f"{fresh(d, Expr('', x.shape, 20.0))} = {name}({d.rng.choice((x.text, f'{name}({x.text})'))})"]


def indexed(d: Draw) -> Lines:
    """A position, or a number of rounds, that is an input or a plain number."""
    a = matrix(d, limit=20.0)
    if "n" not in d.inputs:
        d.inputs["n"] = 1.0
    form = d.rng.choice(("{}[n]", "{}[n, :]", "{}[int(n)]", "{}[-n]"))
    return [f"{fresh(d, Expr('', a.shape[1:], a.bound))} = {form.format(bracketed(a.text))}"]


def chosen_by_boolean(d: Draw) -> Lines:
    """An input that is true or false."""
    x = d.operand()
    y = d.operand(x.shape)
    if "flag" not in d.inputs:
        d.inputs["flag"] = d.rng.random() < 0.5
    form = d.rng.choice(("where(flag, {x}, {y})", "{x} if flag else {y}", "{x} if not flag or False else {y}"))
    return [f"{fresh(d, Expr('', x.shape, max(x.bound, y.bound)))} = {form.format(x=x.text, y=y.text)}"]


def without_effect(d: Draw) -> Lines:
    return d.rng.choice(
        (
            ["pass"],
            [f"print({d.value().text})"],
            ["# a remark"],
            ["import numpy as np"],
            [f"k = {d.rng.randint(1, 5)} // 2 + 1"],
            [f"y{d.count('alias')} = {d.value().text}"],
        )
    )


KINDS: dict[str, tuple[Callable[[Draw], Lines], int]] = {
    "assignment": (assignment, 40),
    "rebinding": (rebinding, 4),
    "augmented": (augmented, 4),
    "tuple": (several, 6),
    "list": (listed, 3),
    "conditional": (conditional, 4),
    "for": (counted, 3),
    "for rows": (walked, 3),
    "while": (repeated, 3),
    "function": (function, 3),
    "recursion": (recursive, 2),
    "lambda": (anonymous, 3),
    "no_grad": (no_gradient, 3),
    "index": (indexed, 2),
    "boolean": (chosen_by_boolean, 2),
    "without effect": (without_effect, 2),
}
"""Every kind of statement, with how often it comes."""
