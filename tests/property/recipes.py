"""For every operation of the language, ways to use it in a random program."""

from __future__ import annotations

from collections.abc import Callable

from tests.property.draw import LARGE, Draw, Expr, Shape, bracketed

Recipe = Callable[[Draw], Expr]

RECIPES: dict[str, list[Recipe]] = {}
"""By the name of the operation that a recipe is there for."""


def recipe(*names: str) -> Callable[[Recipe], Recipe]:
    """Register a recipe for operations."""

    def register(function: Recipe) -> Recipe:
        for name in names:
            RECIPES.setdefault(name, []).append(function)
        return function

    return register


def spelled(d: Draw, name: str, text: str, rest: str = "") -> str:
    """A call in one of the spellings of the language."""
    if name == "cbrt":
        return f"cbrt({text})"
    form = d.rng.choice(("{n}({x}{r})", "{n}({x}{r})", "torch.{n}({x}{r})", "{b}.{n}({m})"))
    return form.format(n=name, x=text, r=rest, b=bracketed(text), m=rest.removeprefix(", "))


# ---------------------------------------------------------------- elementwise, one operand

FREE = {
    "sin": 1, "cos": 1, "tanh": 1, "atan": 1.6, "erf": 1, "erfc": 2, "sigmoid": 1, "relu": 0, "abs": 0, "neg": 0, "asinh": 5, "sign": 1,
    "floor": 0, "ceil": 0, "round": 0, "trunc": 0, "frac": 1, "sinc": 1, "nan_to_num": 0, "square": LARGE, "deg2rad": 1, "cbrt": 4,
}  # fmt: skip
"""Defined everywhere; with a bound on the result, 0 where it is that of the operand."""

ACTIVATIONS = ("logsigmoid", "elu", "selu", "gelu", "silu", "softplus", "hardtanh", "relu6", "leaky_relu", "mish")
LIMITED = {
    "exp": 3.0,
    "exp2": 4.0,
    "expm1": 3.0,
    "sinh": 3.0,
    "cosh": 3.0,
    "tan": 1.2,
    "asin": 0.9,
    "acos": 0.9,
    "atanh": 0.9,
    "erfinv": 0.9,
    "rad2deg": 0.4,
}
POSITIVE = {
    "log": 0.2,
    "log2": 0.2,
    "log10": 0.2,
    "log1p": 0.0,
    "sqrt": 0.2,
    "rsqrt": 0.3,
    "reciprocal": 0.3,
    "lgamma": 0.4,
    "digamma": 0.4,
    "acosh": 1.2,
}


def _free(name: str, bound: float) -> Recipe:
    def make(d: Draw) -> Expr:
        x = d.operand(limit=6.0 if name == "square" else LARGE)
        return Expr(spelled(d, name, x.text), x.shape, bound or x.bound)

    return make


def _limited(name: str, limit: float) -> Recipe:
    def make(d: Draw) -> Expr:
        x = d.operand(limit=limit)
        return Expr(spelled(d, name, x.text), x.shape, 25.0)

    return make


def _positive(name: str, low: float) -> Recipe:
    def make(d: Draw) -> Expr:
        x = d.positive(low=low)
        return Expr(spelled(d, name, x.text), x.shape, 60.0 if name == "lgamma" else 8.0)

    return make


def _activation(name: str) -> Recipe:
    options = {
        "leaky_relu": (", 0.2", ", negative_slope=0.05", ""), "elu": (", alpha=1.5", ""), "gelu": (", approximate='tanh'", "", ""),
        "softplus": (", beta=2.0", ", threshold=0.5", ""), "hardtanh": (", -0.5, 0.75", ""),
    }.get(name, ("",))  # fmt: skip

    def make(d: Draw) -> Expr:
        x = d.operand(limit=8.0)
        if d.wild and name in ("hardtanh", "relu6"):  # at NaN torch has two answers: one in vectors of eight, one beyond
            return Expr(f"tanh({x.text})", x.shape, 1.0)
        prefix = d.rng.choice(("", "", "F."))
        return Expr(f"{prefix}{name}({x.text}{d.rng.choice(options)})", x.shape, 2 * x.bound + 1)

    return make


for _name, _bound in FREE.items():
    recipe(_name)(_free(_name, _bound))
for _name, _limit in LIMITED.items():
    recipe(_name)(_limited(_name, _limit))
for _name, _low in POSITIVE.items():
    recipe(_name)(_positive(_name, _low))
for _name in ACTIVATIONS:
    recipe(_name)(_activation(_name))


# ---------------------------------------------------------------- elementwise, two operands


def broadcast(a: Shape, b: Shape) -> Shape:
    """The shape of an elementwise result."""
    rank = max(len(a), len(b))
    padded = [(1,) * (rank - len(s)) + s for s in (a, b)]
    return tuple(max(x, y) for x, y in zip(*padded, strict=True))


def pair(d: Draw, limit: float = LARGE) -> tuple[Expr, Expr]:
    """Two operands that broadcast; sometimes a number, sometimes the same name twice."""
    x = d.operand(limit=limit)
    if d.rng.random() < 0.1:
        return x, x
    if d.rng.random() < 0.25:
        return x, Expr(str(d.number()))
    y = d.operand(d.partner(x.shape), limit)
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
