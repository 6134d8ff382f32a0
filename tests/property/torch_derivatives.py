"""Torch's Jacobian by torch.func.vjp and its Hessian by double backward, of its own walk over a program's source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import numpy as np
import torch

from app.lang.program import Run
from app.oracle.run import evaluate, settings
from app.oracle.side import primals
from app.wire.claims import claims
from tests.property.sweeps import LIMITS

Inputs = dict[str, Any]


def outputs(run: Run, given: dict[str, torch.Tensor]) -> tuple[torch.Tensor, ...]:
    """Torch's outputs; the signs of eigenvectors and their like are anybody's choice, and ours are taken."""
    nothing = [None] * len(run.tape)
    evaluation = evaluate(run.checked.tree, given, None, "cpu", LIMITS, primals(claims(run, nothing, nothing)))
    if evaluation.failure:
        raise RuntimeError(evaluation.failure)
    return tuple(y if y.is_floating_point() else y.double() for y in evaluation.outputs)


def jacobian(run: Run, names: list[str], inputs: Inputs) -> np.ndarray | str:
    """A row a cotangent; or why torch has none."""
    fixed = {name: torch.tensor(np.asarray(value)) for name, value in inputs.items()}
    points = tuple(torch.tensor(np.asarray(inputs[name], dtype=float)) for name in names)
    with settings(), patch.object(torch.Tensor, "retain_grad", lambda tensor: None):  # torch.func has none, and none is read here
        try:
            values, back = torch.func.vjp(lambda *xs: outputs(run, {**fixed, **dict(zip(names, xs, strict=True))}), *points)
        except RuntimeError as error:
            return str(error)[:60]
        return np.array([np.concatenate([part.numpy(force=True).ravel() for part in back(bars)]) for bars in _units(values)])


def _units(values: tuple[torch.Tensor, ...]) -> Iterator[tuple[torch.Tensor, ...]]:
    for place, value in enumerate(values):
        for entry in range(value.numel()):
            bars = [torch.zeros(other.shape) for other in values]
            bars[place].view(-1)[entry] = 1.0
            yield tuple(bars)


def hessian(run: Run, names: list[str], inputs: Inputs) -> np.ndarray | None:
    """The gradient's gradients; None where torch has none."""
    given = {name: torch.tensor(np.asarray(value), requires_grad=name in names) for name, value in inputs.items()}
    wanted = [given[name] for name in names]
    with settings():
        try:
            (output,) = outputs(run, given)
            slopes = _gradients(output.sum(), wanted, create_graph=True)
            flat = torch.cat([slope.reshape(-1) for slope in slopes])
            rows = [_gradients(slope, wanted, retain_graph=True) for slope in flat]
        except (RuntimeError, ValueError):
            return None
    return np.array([np.concatenate([part.numpy(force=True).ravel() for part in row]) for row in rows])


def _gradients(output: torch.Tensor, wanted: list[torch.Tensor], **options: bool) -> list[torch.Tensor]:
    """Zeros where nothing flows."""
    found = torch.autograd.grad(output, wanted, allow_unused=True, **options) if output.requires_grad else [None] * len(wanted)
    return [torch.zeros(x.shape) if g is None else g for g, x in zip(found, wanted, strict=True)]
