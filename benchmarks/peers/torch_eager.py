"""PyTorch in float64, eager: the reference for results, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def _leaves(inputs: dict[str, Any], wrt: tuple[str, ...]) -> dict[str, torch.Tensor]:
    return {name: torch.tensor(value, requires_grad=name in wrt) for name, value in inputs.items()}


def _gradient(output: torch.Tensor, leaves: dict[str, torch.Tensor], wrt: tuple[str, ...]) -> dict[str, Any]:
    output.backward()
    return {name: leaves[name].grad.numpy() for name in wrt}


def w1(inputs: dict[str, Any], wrt: tuple[str, ...]) -> Callable[[], dict[str, Any]]:
    def run() -> dict[str, Any]:
        leaves = _leaves(inputs, wrt)
        x1, x2 = leaves["x1"], leaves["x2"]
        return _gradient(torch.log(x1) + x1 * x2 - torch.sin(x2), leaves, wrt)

    return run


def w2(inputs: dict[str, Any], wrt: tuple[str, ...], steps: int) -> Callable[[], dict[str, Any]]:
    def run() -> dict[str, Any]:
        leaves = _leaves(inputs, wrt)
        x, a, b = leaves["x"], leaves["a"], leaves["b"]
        for _ in range(steps):
            x = a * torch.sin(x) + b
        return _gradient(x, leaves, wrt)

    return run


def w5(inputs: dict[str, Any], wrt: tuple[str, ...]) -> Callable[[], dict[str, Any]]:
    leaves = _leaves(inputs, wrt)

    def run() -> dict[str, Any]:
        for name in wrt:
            leaves[name].grad = None
        H = torch.tanh(leaves["X"] @ leaves["W1"] + leaves["b1"])
        Z = H @ leaves["W2"] + leaves["b2"]
        return _gradient(-(leaves["T"] * torch.log_softmax(Z, dim=1)).sum() / 32, leaves, wrt)

    return run


def w7(inputs: dict[str, Any], wrt: tuple[str, ...], steps: int) -> Callable[[], dict[str, Any]]:
    leaves = _leaves(inputs, wrt)

    def run() -> dict[str, Any]:
        for name in wrt:
            leaves[name].grad = None
        h = leaves["h"]
        for _ in range(steps):
            h = torch.tanh(leaves["W_h"] @ h + leaves["W_x"] @ leaves["x"])
        return _gradient(h.sum(), leaves, wrt)

    return run


def jacobian(inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    def band(x: torch.Tensor) -> torch.Tensor:
        none = torch.zeros(1)
        return (3 - 2 * x) * x - torch.cat([none, x[:-1]]) - 2 * torch.cat([x[1:], none]) + 1

    matrix, x = torch.func.jacfwd(band), torch.tensor(inputs["x"])
    return lambda: {"jacobian": matrix(x).numpy()}


def hessian(inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    matrix = torch.func.hessian(lambda x: torch.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2))
    x = torch.tensor(inputs["x"])
    return lambda: {"hessian": matrix(x).numpy()}
