"""Torch's elementwise functions under the names of the language."""

from __future__ import annotations

import torch
from torch.nn import functional as F  # noqa: N812  everybody calls it F

from app.oracle.arguments import Operation, operation

_UNARY = """
    abs sign neg reciprocal square sqrt rsqrt exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh
    atanh erf erfc erfinv lgamma digamma sinc floor ceil trunc frac sigmoid relu isnan isfinite isinf logical_not deg2rad rad2deg
"""
_BINARY = """
    add sub mul div pow remainder fmod maximum minimum fmax fmin atan2 hypot logaddexp logaddexp2 lt le gt ge eq ne
    logical_and logical_or logical_xor xlogy
"""
_ALIASES = {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2", "arcsinh": "asinh", "arccosh": "acosh",
    "arctanh": "atanh", "power": "pow", "absolute": "abs", "fabs": "abs", "divide": "div", "true_divide": "div", "multiply": "mul",
    "subtract": "sub", "negative": "neg", "mod": "remainder", "expit": "sigmoid", "fix": "trunc", "less": "lt", "less_equal": "le",
    "greater": "gt", "greater_equal": "ge", "equal": "eq", "not_equal": "ne", "gammaln": "lgamma", "psi": "digamma", "sgn": "sign",
    "around": "round", "rint": "round", "swish": "silu", "clip": "clamp", "log_sigmoid": "logsigmoid",
    "radians": "deg2rad", "degrees": "rad2deg",
}  # fmt: skip


def cbrt(x: torch.Tensor) -> torch.Tensor:
    """The real cube root, which torch lacks, as one would write it in torch."""
    return torch.sign(x) * torch.abs(x) ** (1 / 3)


def floor_divide(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """x // y with torch's derivative 0, which ``torch.floor_divide`` lacks."""
    return torch.div(x, y, rounding_mode="floor")


def dropout(x: torch.Tensor, mask: torch.Tensor, p: float = 0.5) -> torch.Tensor:
    """torch's dropout, for a mask that is given."""
    return x * mask / (1 - p)


def _where(condition: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return torch.where(condition if condition.dtype == torch.bool else condition != 0, x, y)


def _round(x: torch.Tensor, decimals: int = 0) -> torch.Tensor:
    return torch.round(x, decimals=decimals) if decimals else torch.round(x)


ELEMENTWISE: dict[str, Operation] = {
    **{name: operation(getattr(torch, name), "x") for name in _UNARY.split()},
    **{name: operation(getattr(torch, name), "x, y") for name in _BINARY.split()},
    "floor_divide": operation(floor_divide, "x, y"),
    "cbrt": operation(cbrt, "x"),
    "entr": operation(torch.special.entr, "x"),
    "polygamma": operation(lambda x, n: torch.polygamma(n, x), "x; n"),
    "round": operation(_round, "x; decimals"),
    "relu6": operation(F.relu6, "x"),
    "silu": operation(F.silu, "x"),
    "selu": operation(F.selu, "x"),
    "mish": operation(F.mish, "x"),
    "logsigmoid": operation(F.logsigmoid, "x"),
    "leaky_relu": operation(F.leaky_relu, "x; negative_slope"),
    "elu": operation(F.elu, "x; alpha"),
    "gelu": operation(F.gelu, "x; approximate"),
    "softplus": operation(F.softplus, "x; beta, threshold"),
    "hardtanh": operation(F.hardtanh, "x; min_val, max_val"),
    "nan_to_num": operation(torch.nan_to_num, "x; nan, posinf, neginf"),
    "where": operation(_where, "condition, x, y"),
    "clamp": operation(torch.clamp, "x; min, max"),
    "dropout": operation(dropout, "x, mask; p"),
}
ELEMENTWISE |= {alias: ELEMENTWISE[name] for alias, name in _ALIASES.items() if name in ELEMENTWISE}
