"""Ways to use elementwise operations of two and more operands in a random program."""

from __future__ import annotations

from tests.property.draw import LARGE, Draw, Expr, Shape, bracketed
from tests.property.recipes import recipe


def broadcast(a: Shape, b: Shape) -> Shape:
    """The shape of an elementwise result."""
    rank = max(len(a), len(b))
    padded = [(1,) * (rank - len(s)) + s for s in (a, b)]
    return tuple(max(x, y) for x, y in zip(*padded, strict=True))


def pair(d: Draw, limit: float = LARGE) -> tuple[Expr, Expr]:
    """Two operands that broadcast, at times both ways; sometimes a number, sometimes the same name twice."""
    if d.rng.random() < 0.1:
        return crossed(d, limit)
    x = d.operand(limit=limit)
    if d.rng.random() < 0.1:
        return x, x
    if d.rng.random() < 0.25:
        return x, Expr(str(d.number()))
    y = d.operand(d.partner(x.shape), limit)
    return (x, y) if d.rng.random() < 0.5 else (y, x)


def crossed(d: Draw, limit: float) -> tuple[Expr, Expr]:
    """Two operands of which each is stretched along a dimension of the other."""
    u, v = d.operand((d.side(),), limit), d.operand(d.rng.choice(((d.side(),), (d.side(), d.side()))), limit)
    form = d.rng.choice(("{b}[:, None]", "unsqueeze({t}, 1)", "{b}.reshape(-1, 1)"))
    x = Expr(form.format(t=u.text, b=bracketed(u.text)), (*u.shape, 1), u.bound)
    y = v if len(v.shape) == 1 else Expr(f"unsqueeze({v.text}, 1)", (v.shape[0], 1, v.shape[1]), v.bound)
    return (x, y) if d.rng.random() < 0.5 else (y, x)


def _joined(d: Draw, sign: str, names: tuple[str, ...], x: Expr, y: Expr, bound: float) -> Expr:
    form = d.rng.choice([f"{{x}} {sign} {{y}}"] * 3 + [f"{name}({{a}}, {{b}})" for name in names])
    text = form.format(x=bracketed(x.text), y=bracketed(y.text), a=x.text, b=y.text)
    return Expr(text, broadcast(x.shape, y.shape), bound)


@recipe("add", "sub")
def sums(d: Draw) -> Expr:
    x, y = pair(d)
    sign, names = d.rng.choice((("+", ("add", "torch.add")), ("-", ("sub", "subtract"))))
    return _joined(d, sign, names, x, y, x.bound + y.bound)


@recipe("mul")
def product(d: Draw) -> Expr:
    x, y = pair(d, 8.0)
    return _joined(d, "*", ("mul", "np.multiply"), x, y, x.bound * y.bound)


@recipe("div")
def quotient(d: Draw) -> Expr:
    x = d.operand(limit=8.0)
    y = d.positive(d.partner(x.shape))
    return _joined(d, "/", ("div", "torch.divide"), x, y, x.bound / 0.3)


@recipe("pow")
def power(d: Draw) -> Expr:
    x = d.operand(limit=3.0)
    kind = d.rng.randrange(5)
    if kind == 0:
        return Expr(f"{bracketed(x.text)} {d.rng.choice(('**', '^'))} {d.rng.choice((2, 3, 2.0, 4))}", x.shape, 81.0)
    if kind == 1:
        return Expr(f"{d.positive(x.shape, limit=3.0).text} ** {d.number()}", x.shape, 80.0)
    if kind == 2:
        return Expr(f"{abs(d.number(0.3, 3))} ** {bracketed(d.tame(x, 2.0).text)}", x.shape, 20.0)
    base = d.positive(d.partner(x.shape), limit=2.0)
    return Expr(f"pow({base.text}, {d.tame(x, 2.0).text})", broadcast(base.shape, x.shape), 60.0)


@recipe("floor_divide", "remainder", "fmod")
def division_with_rest(d: Draw) -> Expr:
    x = d.operand(limit=20.0)
    y = d.positive(d.partner(x.shape)) if d.rng.random() < 0.6 else Expr(str(abs(d.number(0.3, 3))))
    form = d.rng.choice(("{x} // {y}", "{x} % {y}", "fmod({a}, {b})", "remainder({a}, {b})", "torch.floor_divide({a}, {b})"))
    return Expr(form.format(x=bracketed(x.text), y=bracketed(y.text), a=x.text, b=y.text), broadcast(x.shape, y.shape), 70.0)


@recipe("xlogy", "entr", "polygamma")
def special(d: Draw) -> Expr:
    y = d.positive(low=0.4)
    x = d.operand(d.partner(y.shape), 4.0)
    ways = [
        (f"xlogy({x.text}, {y.text})", broadcast(x.shape, y.shape)),
        (f"entr({y.text})", y.shape),
        (f"polygamma({d.rng.choice((1, 2))}, {y.text})", y.shape),
    ]
    made, shape = d.rng.choice(ways)
    return Expr(made, shape, 60.0)


@recipe("all", "any")
def tested(d: Draw) -> Expr:
    x = d.operand(d.shape(d.rng.randint(1, 2)))
    y = d.operand(x.shape[1:])
    name = d.rng.choice(("all", "any"))
    if d.rng.random() < 0.3:
        return Expr(f"{name}({bracketed(x.text)} > {d.number()}) * {bracketed(y.text)}", y.shape, y.bound)
    return Expr(f"where({name}({bracketed(x.text)} > {d.number()}, dim=0), {y.text}, 0.5)", y.shape, y.bound + 1)


@recipe("maximum", "minimum", "fmax", "fmin", "atan2", "hypot", "logaddexp", "logaddexp2")
def two_by_name(d: Draw) -> Expr:
    x, y = pair(d)
    name = d.rng.choice(("maximum", "minimum", "fmax", "fmin", "atan2", "hypot", "logaddexp", "logaddexp2", "max", "min"))
    if name in ("max", "min") and (not y.shape or not x.shape) and not (y.text.isidentifier() and x.text.isidentifier()):
        name = "maximum"
    return Expr(f"{name}({x.text}, {y.text})", broadcast(x.shape, y.shape), x.bound + y.bound + 1)


@recipe(
    "lt", "le", "gt", "ge", "eq", "ne", "where", "logical_and", "logical_or", "logical_not", "logical_xor", "isnan", "isfinite", "isinf"
)
def selection(d: Draw) -> Expr:
    a, b = pair(d)
    sign = d.rng.choice(("<", "<=", ">", ">=", "==", "!="))
    mask = f"{bracketed(a.text)} {sign} {bracketed(b.text)}"
    if d.rng.random() < 0.4:
        other = d.rng.choice(("isnan({})", "isfinite({})", "isinf({})", "logical_not({} > 0)")).format(a.text)
        mask = d.rng.choice(("logical_and({}, {})", "logical_or({}, {})", "logical_xor({}, {})")).format(mask, other)
    elif d.rng.random() < 0.2:
        mask = f"~({mask})"
    shape = broadcast(a.shape, b.shape)
    x = d.operand(shape)
    y = d.operand(d.partner(shape))
    if d.rng.random() < 0.3:
        return Expr(f"({mask}) * {bracketed(x.text)}", broadcast(shape, x.shape), x.bound)
    return Expr(f"where({mask}, {x.text}, {y.text})", broadcast(shape, broadcast(x.shape, y.shape)), x.bound + y.bound)


@recipe("clamp", "clamp_tensor")
def clamped(d: Draw) -> Expr:
    x = d.operand()
    if d.rng.random() < 0.5:
        low = d.operand(d.partner(x.shape), 2.0)
        form = d.rng.choice(("clamp({x}, {low}, {low} + 1)", "clamp({x}, min={low})", "clamp({x}, max={low})"))
        return Expr(form.format(x=x.text, low=bracketed(low.text)), broadcast(x.shape, low.shape), x.bound + 3)
    form = d.rng.choice(("clamp({x}, -1, 1)", "torch.clamp({x}, min=0.1)", "np.clip({x}, -0.5, 0.5)", "{b}.clamp(max=0.7)"))
    return Expr(form.format(x=x.text, b=bracketed(x.text)), x.shape, x.bound + 1)


@recipe("dropout")
def masked(d: Draw) -> Expr:
    x = d.operand(limit=10.0)
    mask = d.literal_mask(x.shape)
    return Expr(f"dropout({x.text}, mask={mask}, p=0.5)", x.shape, 2 * x.bound)


@recipe("detach")
def cut(d: Draw) -> Expr:
    x = d.operand()
    form = d.rng.choice(("{}.detach()", "detach({})"))
    return Expr(form.format(bracketed(x.text) if form[0] == "{" else x.text), x.shape, x.bound)
