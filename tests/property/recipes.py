"""For every operation of the language, ways to use it in a random program; here those of one operand."""

from __future__ import annotations

from collections.abc import Callable

from tests.property.draw import LARGE, Draw, Expr, bracketed

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
