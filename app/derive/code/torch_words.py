"""The words of PyTorch: our operations have its names and, almost all, its arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.derive.code.symbol import Symbol, primal_of
from app.derive.code.text import Dialect, Words, index_text, keywords, literal
from app.ops.table import OPS

METHOD = "torch.Tensor."
JOINS = ("cat", "stack", "hstack", "vstack")
LISTS = ("reshape", "permute", "broadcast_to", "expand", "sum_to_size", "flip", "repeat", "tile")
"""Operations whose attribute is a list of sizes or dimensions."""
PAIRS = ("max_dim", "min_dim", "median_dim", "sort", "cummax", "cummin", "slogdet", "qr", "eigh", "svd")
"""Operations with several results."""
CLASSES = ("nll_loss", "cross_entropy")


def _usual(name: str) -> Words:
    """The function or method of that name, attributes by keyword."""

    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        if name.startswith(METHOD):
            arguments = ", ".join(given[1:]) + keywords(value)
            return f"{_atom(given[0])}.{name.removeprefix(METHOD)}({arguments.removeprefix(', ')})"
        return f"{name}({', '.join(given)}{keywords(value)})"

    return word


def _atom(code: str) -> str:
    """An expression before a dot, in brackets unless it is a name or one call."""
    return code if code.isidentifier() or code.startswith("torch.tensor(") else f"({code})"


def _list(name: str, key: str) -> Words:
    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        sizes = value.attributes[key]
        sizes = tuple(sizes[0]) if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)) else tuple(sizes)
        if name.startswith(METHOD):
            return f"{_atom(given[0])}.{name.removeprefix(METHOD)}({literal(sizes)})"
        return f"{name}({given[0]}, {literal(sizes)})"

    return word


def _join(name: str) -> Words:
    return lambda d, value, given: f"{name}([{', '.join(given)}]{keywords(value)})"


def _pair(name: str) -> Words:
    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        options = ", full_matrices=False" if name.endswith("svd") else ""
        if "dim" in value.attributes:  # without it, some of these functions are others
            options += f", dim={value.attributes['dim']}"
        return f"{name}({', '.join(given)}{options}{keywords(value, leave=('dim',))})[{value.place or 0}]"

    return word


def _classes(name: str) -> Words:
    """Losses of class numbers, which torch wants as integers."""

    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        x, target = value.operands
        numbers = np.ndim(primal_of(target)) < np.ndim(primal_of(x))
        return f"{name}({given[0]}, {given[1]}{'.long()' if numbers else ''}{keywords(value)})"

    return word


def _array(d: Dialect) -> Callable[[np.ndarray], str]:
    return lambda a: d.constant(a)[0]


def _indexed(d: Dialect, value: Symbol, given: list[str]) -> str:
    return f"{_atom(given[0])}[{index_text(value.attributes['index'], _array(d))}]"


def _by_index(name: str) -> Words:
    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        index = d.constant(np.asarray(value.attributes["index"]))[0]
        return f"{name}({given[0]}, {value.attributes['dim']}, {index})"

    return word


def _spread(name: str) -> Words:
    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        unbiased, correction = value.attributes.get("unbiased"), value.attributes.get("correction")
        shown = correction if correction is not None else 1 if unbiased is None else int(unbiased)
        return f"{name}({given[0]}, correction={shown}{keywords(value, leave=('unbiased', 'correction'))})"

    return word


def _condition(d: Dialect, value: Symbol, given: list[str]) -> str:
    """torch.where wants a mask."""
    mask = value.operands[0]
    is_mask = np.asarray(primal_of(mask)).dtype == np.bool_
    return f"torch.where({given[0] if is_mask else f'{given[0]} != 0'}, {given[1]}, {given[2]})"


def _special(name: str) -> Words:
    return {
        "T": lambda d, value, given: f"{_atom(given[0])}.T",
        "index": _indexed,
        "einsum": lambda d, value, given: f"torch.einsum({literal(value.attributes['formula'])}, {', '.join(given)})",
        "polygamma": lambda d, value, given: f"torch.polygamma({value.attributes['n']}, {given[0]})",
        "matrix_norm": lambda d, value, given: f"torch.linalg.matrix_norm({given[0]}{keywords(value, {'p': 'ord'})})",
        "gather": _by_index("torch.gather"),
        "index_select": _by_index("torch.index_select"),
        "floor_divide": lambda d, value, given: f"torch.div({given[0]}, {given[1]}, rounding_mode='floor')",
        "cbrt": lambda d, value, given: f"torch.sign({given[0]}) * torch.abs({given[0]}) ** (1 / 3)",
        "dropout": lambda d, value, given: f"{_atom(given[0])} * {_atom(given[1])} / (1 - {value.attributes.get('p', 0.5)})",
        "entr": lambda d, value, given: f"torch.special.entr({given[0]})",
        "where": _condition,
        "clamp_tensor": lambda d, value, given: f"torch.clamp({', '.join(given)})",
        "var": _spread("torch.var"),
        "std": _spread("torch.std"),
        "norm": lambda d, value, given: f"torch.norm({given[0]}{keywords(value)})",
        "logdet": lambda d, value, given: f"torch.logdet({given[0]})",
        "repeat_interleave": _repeated,
    }[name]


def _repeated(d: Dialect, value: Symbol, given: list[str]) -> str:
    repeats: Any = value.attributes["repeats"]
    times = repeats if isinstance(repeats, int) else d.constant(np.asarray(repeats))[0]
    return f"torch.repeat_interleave({given[0]}, {times}{keywords(value, leave=('repeats',))})"


SPECIAL = (
    "T", "index", "einsum", "polygamma", "matrix_norm", "gather", "index_select", "floor_divide", "cbrt", "dropout", "entr", "where",
    "clamp_tensor", "var", "std", "norm", "logdet", "repeat_interleave",
)  # fmt: skip


def _word(name: str) -> Words:
    """How torch says one operation."""
    op = OPS[name]
    if name in SPECIAL:
        return _special(name)
    if name in JOINS:
        return _join(op.torch)
    if name in LISTS:
        return _list(op.torch, next(p.name for p in op.parameters if p.variadic))
    if name in PAIRS:
        return _pair(op.torch)
    return _classes(op.torch) if name in CLASSES else _usual(op.torch)


WORDS: dict[str, Words] = {name: _word(name) for name in OPS if OPS[name].torch}
