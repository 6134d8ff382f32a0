"""The words of NumPy, which JAX has too: elementwise functions by name, operations on arrays by a line each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.derive.code.convolutions import CONVOLUTIONS
from app.derive.code.numpy_shapes import AXES, SHAPES
from app.derive.code.symbol import Symbol, primal_of
from app.derive.code.text import TORCH, Dialect, Words, keywords, literal

NAMED = """
    abs sign exp exp2 expm1 log log2 log10 log1p sin cos tan sinh cosh tanh sqrt square hypot sinc floor ceil trunc
    maximum minimum fmax fmin fmod logaddexp logaddexp2 where isnan isfinite isinf logical_not logical_and logical_or logical_xor
    floor_divide deg2rad rad2deg cbrt reciprocal outer inner kron trace vdot
""".split()
OTHERWISE = {
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "atan2": "arctan2",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
    "remainder": "mod",
}
SPECIAL = {
    "erf": "erf",
    "erfc": "erfc",
    "erfinv": "erfinv",
    "lgamma": "gammaln",
    "digamma": "digamma",
    "xlogy": "xlogy",
    "entr": "entr",
    "sigmoid": "expit",
}
LINALG = ("inv", "det", "cholesky", "eigvalsh", "pinv")
REDUCTIONS = {
    "sum": "sum", "mean": "mean", "prod": "prod", "all": "all", "any": "any", "amax": "max", "amin": "min", "max": "max", "min": "min",
    "argmax": "argmax", "argmin": "argmin",
}  # fmt: skip


def _function(name: str) -> Words:
    return lambda d, value, given: f"{d.module}.{name}({', '.join(given)})"


def _special(name: str, renamed: Mapping[str, str] | None = None) -> Words:
    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        d.used.add("special")
        return f"special.{name}({', '.join(given)}{keywords(value, renamed)})"

    return word


def _linalg(name: str) -> Words:
    return lambda d, value, given: f"{d.module}.linalg.{name}({', '.join(given)})"


def _reduction(name: str) -> Words:
    return lambda d, value, given: f"{d.module}.{name}({given[0]}{keywords(value, AXES)})"


def _spread(name: str) -> Words:
    """Variance and standard deviation: numpy divides by n where torch divides by n - 1."""

    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        correction = value.attributes.get("correction")
        if correction is None:
            unbiased = value.attributes.get("unbiased")
            correction = 1 if unbiased is None else int(unbiased)
        return f"{d.module}.{name}({given[0]}, ddof={correction}{keywords(value, AXES, leave=('correction', 'unbiased'))})"

    return word


def _cumulative(name: str) -> Words:
    return lambda d, value, given: f"{d.module}.{name}({given[0]}, axis={value.attributes['dim']})" if value.shape else given[0]


def _triangle(name: str) -> Words:
    return lambda d, value, given: f"{d.module}.{name}({given[0]}{keywords(value, {'diagonal': 'k'})})"


def _picked(name: str) -> Words:
    """max, min along an axis: the entries, then their places."""

    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        return f"{d.module}.{'arg' if value.place else ''}{name}({given[0]}{keywords(value, AXES)})"

    return word


def _part(name: str, options: str = "") -> Words:
    """A result of a function with several."""
    return lambda d, value, given: f"{d.module}.linalg.{name}({', '.join(given)}{options})[{value.place or 0}]"


def _norm(d: Dialect, value: Symbol, given: list[str]) -> str:
    """The vector norm, of all entries or along axes."""
    p, dim = value.attributes.get("p"), value.attributes.get("dim")
    order = 2 if p in (None, "fro") else p
    several = isinstance(dim, tuple) and len(dim) > 1
    if isinstance(order, str) or (several and order != 2):
        raise OpError("export.operation", "This norm has no short form here.", TORCH)
    if dim is None:
        return f"{d.module}.linalg.norm({d.module}.ravel({given[0]}), {_order(d, order)}){_kept(d, value)}"
    if several:
        return f"{d.module}.sqrt({d.module}.sum({d.module}.square({given[0]}){keywords(value, AXES, leave=('p',))}))"
    axis = dim[0] if isinstance(dim, tuple) else dim
    return f"{d.module}.linalg.norm({given[0]}, {_order(d, order)}, axis={axis}{keywords(value, AXES, leave=('p', 'dim'))})"


def _kept(d: Dialect, value: Symbol) -> str:
    """The dimensions of 1 that a reduction of everything keeps."""
    return f".reshape({literal(value.shape)})" if value.attributes.get("keepdim") else ""


def _order(d: Dialect, order: Any) -> str:
    return d.constant(float(order) if isinstance(order, float) else order)[0]


def _softmax(name: str) -> Words:
    """Along the dimension that torch takes where none is given."""

    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        d.used.add("special")
        dim = value.attributes.get("dim")
        implicit = 0 if value.ndim in (0, 1, 3) else 1
        return f"special.{name}({given[0]}, axis={implicit if dim is None else dim})"

    return word


def _sorted(name: str) -> Words:
    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        if value.attributes.get("descending") or not value.shape:
            raise OpError("export.operation", "Sorting downwards, or of a number, has no short form here.", TORCH)
        chosen = "argsort" if value.place == 1 else name
        return f'{d.module}.{chosen}({given[0]}, axis={value.attributes.get("dim", -1)}, kind="stable")'

    return word


def _loss(text: str) -> Words:
    """A loss by its entries ``text``, reduced as asked."""

    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        entries = text.format(*(x if x.isidentifier() else f"({x})" for x in given), np=d.module)
        reduction = value.attributes.get("reduction", "mean")
        return f"({entries})" if reduction == "none" else f"{d.module}.{reduction}({entries})"

    return word


def _solved(d: Dialect, value: Symbol, given: list[str]) -> str:
    if max(np.ndim(primal_of(x)) for x in value.operands) > 2:
        raise OpError("export.operation", "Solving a batch of systems has no short form here.", TORCH)
    return f"{d.module}.linalg.solve({', '.join(given)})"


def _einsum(d: Dialect, value: Symbol, given: list[str]) -> str:
    return f"{d.module}.einsum({literal(value.attributes['formula'])}, {', '.join(given)})"


def _adjugate(d: Dialect, value: Symbol, given: list[str]) -> str:
    """The transposed cofactors, by way of the inverse: for a matrix that has one."""
    matrix = np.asarray(primal_of(value.operands[0]))
    if matrix.ndim > 2 or not np.all(np.isfinite(matrix)) or np.any(np.linalg.matrix_rank(matrix) < matrix.shape[-1]):
        raise OpError("export.operation", "The derivative of this determinant, of a singular matrix, has no short form here.", TORCH)
    return f"({d.module}.linalg.det({given[0]}) * {d.module}.linalg.inv({given[0]}))"


def _polygamma(d: Dialect, value: Symbol, given: list[str]) -> str:
    d.used.add("special")
    return f"special.polygamma({value.attributes['n']}, {given[0]})"


def _gelu(d: Dialect, value: Symbol, given: list[str]) -> str:
    """By the error function, or by torch's approximation to it."""
    x = given[0] if given[0].isidentifier() else f"({given[0]})"
    if value.attributes.get("approximate") == "tanh":
        return f"(0.5 * {x} * (1 + {d.module}.tanh(({x} + 0.044715 * {x} ** 3) * {math.sqrt(2 / math.pi)!r})))"
    d.used.add("special")
    return f"(0.5 * {x} * (1 + special.erf({x} / {math.sqrt(2)!r})))"


def _rounded(d: Dialect, value: Symbol, given: list[str]) -> str:
    return f"{d.module}.round({', '.join(given)}{keywords(value)})"


def _finite(d: Dialect, value: Symbol, given: list[str]) -> str:
    return f"{d.module}.nan_to_num({given[0]}{keywords(value)})"


WORDS: dict[str, Words] = {
    **{name: _function(name) for name in NAMED},
    **{name: _function(other) for name, other in OTHERWISE.items()},
    **{name: _special(other) for name, other in SPECIAL.items()},
    **{name: _linalg(name) for name in LINALG},
    **{name: _reduction(other) for name, other in REDUCTIONS.items()},
    **{name: _cumulative(name) for name in ("cumsum", "cumprod")},
    **{name: _triangle(name) for name in ("tril", "triu", "diag")},
    "logsumexp": _special("logsumexp", AXES), "softmax": _softmax("softmax"), "log_softmax": _softmax("log_softmax"),
    "sort": _sorted("sort"), "argsort": _sorted("argsort"), "solve": _solved,
    "cross": lambda d, value, given: f"{d.module}.cross({', '.join(given)}, axis={value.attributes.get('dim', -1)})",
    "var": _spread("var"), "std": _spread("std"), "norm": _norm,
    "max_dim": _picked("max"), "min_dim": _picked("min"), "slogdet": _part("slogdet"), "qr": _part("qr"), "eigh": _part("eigh"),
    "svd": _part("svd", ", full_matrices=False"), "einsum": _einsum,
    "round": _rounded, "nan_to_num": _finite,
    "polygamma": _polygamma, "gelu": _gelu,
    "diagonal": lambda d, value, given: f"{d.module}.diagonal({given[0]}{keywords(value, {'dim1': 'axis1', 'dim2': 'axis2'})})",
    "matrix_power": lambda d, value, given: f"{d.module}.linalg.matrix_power({given[0]}, {value.attributes['n']})",
    "logdet": lambda d, value, given: f"{d.module}.log({d.module}.linalg.det({given[0]}))",
    "adjugate": _adjugate,
    "clone": lambda d, value, given: f"{d.module}.array({given[0]})",
    "detach": lambda d, value, given: given[0],
    "mse_loss": _loss("({0} - {1}) ** 2"), "l1_loss": _loss("{np}.abs({0} - {1})"),
    "binary_cross_entropy": _loss("-({1} * {np}.maximum({np}.log({0}), -100) + (1 - {1}) * {np}.maximum({np}.log1p(-{0}), -100))"),
    "binary_cross_entropy_with_logits": _loss("{np}.logaddexp(0, {0}) - {1} * {0}"),
    **CONVOLUTIONS, **SHAPES,
}  # fmt: skip
