"""Arrays out of nothing: torch's own, except for random draws, which must be the very ones that the program drew."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from app.ops.creation import CREATIONS
from app.oracle.arguments import Arguments, Operation, operation, placed, spread, static
from app.oracle.walker import Walker

FLOAT = torch.float64


def _full(size: Any, fill_value: Any) -> torch.Tensor:
    return torch.full(size if isinstance(size, tuple) else (size,), fill_value, dtype=FLOAT)


def _arange(start: Any, end: Any = None, step: Any = 1) -> torch.Tensor:
    return torch.arange(0 if end is None else start, start if end is None else end, step, dtype=FLOAT)


def _linspace(start: Any, end: Any, steps: int = 50) -> torch.Tensor:
    return torch.linspace(start, end, steps, dtype=FLOAT)


def _drawn(name: str) -> Callable[..., torch.Tensor]:
    """The very draw that the program made: torch has another generator."""

    def draw(size: Any = (), seed: Any = 0) -> torch.Tensor:
        shape = size if isinstance(size, tuple) else (size,)
        return torch.tensor(CREATIONS[name].value({"size": shape, "seed": seed}), dtype=FLOAT)

    return draw


def _like(fill: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """A function of torch in the shape of another tensor."""
    return lambda x, **rest: fill(torch.as_tensor(np.asarray(plain(x), dtype=np.float64)), **rest)


def plain(value: Any) -> Any:
    """Nested tuples of numbers and tensors as nested lists."""
    if isinstance(value, torch.Tensor):
        return value.detach().cpu().numpy()
    return [plain(v) for v in value] if isinstance(value, tuple) else value


CREATED: dict[str, Operation] = {
    "zeros": operation(lambda size: torch.zeros(size, dtype=FLOAT), "; *size"),
    "ones": operation(lambda size: torch.ones(size, dtype=FLOAT), "; *size"),
    "empty": operation(lambda size: torch.zeros(size, dtype=FLOAT), "; *size"),
    "full": operation(_full, "; size, fill_value"),
    "eye": operation(lambda n, m=None: torch.eye(n, n if m is None else m, dtype=FLOAT), "; n, m"),
    "arange": operation(_arange, "; start, end, step"),
    "linspace": operation(_linspace, "; start, end, steps"),
    "zeros_like": operation(_like(torch.zeros_like), "; x"),
    "empty_like": operation(_like(torch.zeros_like), "; x"),
    "ones_like": operation(_like(torch.ones_like), "; x"),
    "full_like": operation(_like(torch.full_like), "; x, fill_value"),
    "rand": operation(_drawn("rand"), "; *size, seed"),
    "randn": operation(_drawn("randn"), "; *size, seed"),
    "rand_like": operation(lambda x, seed=0: _drawn("rand")(np.shape(plain(x)), seed), "; x, seed"),
    "randn_like": operation(lambda x, seed=0: _drawn("randn")(np.shape(plain(x)), seed), "; x, seed"),
}


def create(walker: Walker, node: ast.Call, name: str, given: Arguments) -> torch.Tensor:
    """A constant array; no operation, since nothing flows into it."""
    wanted = CREATED[name]
    taken = {p: v for p, v in placed(wanted, given).items() if not (isinstance(v, list) and not v)}
    attributes = {p.lstrip("*"): spread(v) if p.startswith("*") else static(v) for p, v in taken.items()}
    made: torch.Tensor = wanted.function(**attributes).to(walker.device)
    walker.constants.append((node, made))
    return made
