"""Arrays out of nothing: torch's own, except for random draws, which must be the very ones that the program drew."""

from __future__ import annotations

import ast
from typing import Any

import torch

from app.oracle.arguments import Arguments, Operation, operation, placed, spread, static
from app.oracle.walker import Walker

FLOAT = torch.float64


def _full(size: Any, fill_value: Any) -> torch.Tensor:
    return torch.full(size if isinstance(size, tuple) else (size,), fill_value, dtype=None if isinstance(fill_value, bool) else FLOAT)


def _arange(*ends: Any) -> torch.Tensor:
    return torch.arange(*ends, dtype=FLOAT)


CREATED: dict[str, Operation] = {
    "zeros": operation(lambda size: torch.zeros(size, dtype=FLOAT), "; *size"),
    "ones": operation(lambda size: torch.ones(size, dtype=FLOAT), "; *size"),
    "empty": operation(lambda size: torch.zeros(size, dtype=FLOAT), "; *size"),
    "full": operation(_full, "; size, fill_value"),
    "eye": operation(lambda n, m=None: torch.eye(n, n if m is None else m, dtype=FLOAT), "; n, m"),
    "arange": operation(lambda ends: _arange(*ends), "; *ends"),
    "linspace": operation(lambda start, end, steps: torch.linspace(start, end, steps, dtype=FLOAT), "; start, end, steps"),
}


def create(walker: Walker, node: ast.Call, name: str, given: Arguments) -> torch.Tensor:
    """A constant array; no operation, since nothing flows into it."""
    wanted = CREATED[name]
    taken = placed(wanted, given)
    attributes = {p.lstrip("*"): spread(v) if p.startswith("*") else static(v) for p, v in taken.items()}
    made: torch.Tensor = wanted.function(**attributes).to(walker.device)
    walker.constants.append((node, made))
    return made
