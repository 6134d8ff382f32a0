"""Random statements that give a name a value."""

from __future__ import annotations

from tests.property import shape_recipes  # noqa: F401  imported to register its recipes
from tests.property.array_recipes import tensor
from tests.property.draw import Draw, Expr, bracketed
from tests.property.matrix_recipes import definite, square
from tests.property.pair_recipes import broadcast
from tests.property.recipes import RECIPES

Lines = list[str]

OPERATIONS = sorted(RECIPES)


def expression(d: Draw) -> Expr:
    """A value from one operation, chosen so that all operations come up equally often; sometimes combined with another."""
    made = d.rng.choice(RECIPES[d.rng.choice(OPERATIONS)])(d)
    if d.rng.random() < 0.25:
        other = d.operand(d.partner(made.shape), 4.0)
        sign = d.rng.choice("+-*")
        bound = made.bound * other.bound if sign == "*" else made.bound + other.bound
        return Expr(f"{bracketed(made.text)} {sign} {bracketed(other.text)}", broadcast(made.shape, other.shape), bound)
    return made


def fresh(d: Draw, e: Expr, name: str | None = None) -> str:
    """A name for a value, new unless one is given; it counts from now on."""
    name = name or f"v{d.count('name')}"
    d.names = [n for n in d.names if n.text != name]
    d.names.append(Expr(name, e.shape, e.bound))
    return name


def assignment(d: Draw) -> Lines:
    e = d.tame(expression(d), 200.0)
    return [f"{fresh(d, e)} = {e.text}"]


def rebinding(d: Draw) -> Lines:
    """A name gets another value, often made from its old one."""
    old = d.value()
    if not old.text.isidentifier() or old.text.startswith("x"):
        return assignment(d)
    e = d.tame(expression(d), 60.0)
    if d.rng.random() < 0.5:
        e = Expr(f"{old.text} * {d.number(-1, 1)} + sin({old.text})", old.shape, old.bound + 1)
    fresh(d, e, old.text)
    return [f"{old.text} = {e.text}"]


def augmented(d: Draw) -> Lines:
    old = d.value()
    if not old.text.isidentifier():
        return assignment(d)
    other = d.operand(d.partner(old.shape), 3.0)
    sign, bound = d.rng.choice(
        (
            ("+=", old.bound + 3),
            ("-=", old.bound + 3),
            ("*=", 3 * old.bound),
            ("/=", 4 * old.bound),
            ("**=", old.bound**2),
            ("//=", 2 * old.bound),
        )
    )
    text = {"**=": "2", "/=": d.positive(()).text, "//=": "0.75"}.get(sign, other.text)
    shape = old.shape if sign in ("**=", "/=", "//=") else broadcast(old.shape, other.shape)
    lines = [f"{old.text} {sign} {text}"]
    if bound > 60:
        lines.append(f"{old.text} = tanh({old.text}) * 2")
    fresh(d, Expr("", shape, min(bound, 60.0)), old.text)
    return lines


def several(d: Draw) -> Lines:
    """Tuples: of expressions, of an operation's results, of the rows of a tensor."""
    kind = d.rng.randrange(6)
    if kind == 0:
        a, b = d.tame(expression(d), 60.0), d.tame(expression(d), 60.0)
        texts = f"{a.text}, {b.text}"
        return [f"{fresh(d, a)}, {fresh(d, b)} = {texts}"]
    if kind == 1:
        x = tensor(d, 1, 2)
        dim = d.rng.randrange(len(x.shape))
        shape = x.shape[:dim] + x.shape[dim + 1 :]
        name = d.rng.choice(("max", "min", "median"))
        return [f"{fresh(d, Expr('', shape, x.bound))}, i{d.count('index')} = {name}({x.text}, dim={dim})"]
    if kind == 2:
        x = d.operand((2,))
        text = x.text
        return [f"{fresh(d, Expr('', (), x.bound))}, {fresh(d, Expr('', (), x.bound))} = {text}"]
    if kind == 3:
        x = tensor(d, 1, 2)
        return [f"{fresh(d, x)}, i{d.count('index')} = {d.rng.choice(('sort', 'cummax'))}({x.text}, dim=0)"]
    if kind == 4:
        a = square(d)
        name = "slogdet" if d.wild else d.rng.choice(("qr", "slogdet"))
        if name == "qr":
            return [f"{fresh(d, Expr('', a.shape, 1.0))}, {fresh(d, Expr('', a.shape, 6.0))} = qr({a.text})"]
        return [f"s{d.count('index')}, {fresh(d, Expr('', (), 8.0))} = slogdet({a.text})"]
    a = definite(d)
    return [f"{fresh(d, Expr('', a.shape[:1], 12.0))}, w{d.count('index')} = eigh({a.text})"]


def listed(d: Draw) -> Lines:
    """Lists as vectors and matrices, with names among the numbers."""
    a, b = d.operand(()), d.operand(())
    if d.rng.random() < 0.5:
        return [f"{fresh(d, Expr('', (3,), 40.0))} = [{a.text}, {d.number()}, {b.text}]"]
    return [f"{fresh(d, Expr('', (2, 2), 40.0))} = [[{a.text}, {d.number()}], [{d.number()}, {d.rng.choice((b.text, str(d.number())))}]]"]


def no_gradient(d: Draw) -> Lines:
    e, x = d.tame(expression(d), 20.0), d.operand()
    name = f"v{d.count('name')}"
    lines = [f"with {d.rng.choice(('no_grad()', 'torch.no_grad()'))}:", f"    {name} = {e.text}"]
    fresh(d, e, name)
    cut = d.tame(Expr(f"{bracketed(x.text)}.detach() * {bracketed(x.text)}", x.shape, x.bound**2), 60.0)
    return [*lines, f"{fresh(d, cut)} = {cut.text}"] if d.rng.random() < 0.5 else lines
