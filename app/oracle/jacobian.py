"""Torch's Jacobian of a program's one output: a backward pass for every element."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

from app.core.limits import Limits
from app.oracle.run import evaluate, settings


def jacobian(tree: ast.Module, inputs: Mapping[str, Any], wrt: str, limits: Limits) -> np.ndarray | None:
    """Rows are the elements of the output, columns those of the input; None where torch cannot evaluate the program."""
    with settings():
        given = {name: torch.as_tensor(np.asarray(value), dtype=torch.float64).clone() for name, value in inputs.items()}
        x = given[wrt].requires_grad_()
        done = evaluate(tree, given, None, "cpu", limits)
        if done.failure is not None or len(done.outputs) != 1:
            return None
        y = done.outputs[0].reshape(-1)
        rows = [torch.autograd.grad(element, x, retain_graph=True, allow_unused=True)[0] if y.requires_grad else None for element in y]
        return np.array([np.zeros(x.numel()) if row is None else row.detach().numpy().reshape(-1) for row in rows])
