"""HIPS autograd: tracing over numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
from autograd import grad
from autograd.scipy.special import logsumexp


def w1(inputs: dict[str, Any], wrt: tuple[str, ...]) -> Callable[[], dict[str, Any]]:
    slope = grad(lambda x1, x2: anp.log(x1) + x1 * x2 - anp.sin(x2), argnum=(0, 1))
    return lambda: dict(zip(wrt, slope(inputs["x1"], inputs["x2"]), strict=True))


def w2(inputs: dict[str, Any], wrt: tuple[str, ...], steps: int) -> Callable[[], dict[str, Any]]:
    def last(a: Any, x: Any, b: Any) -> Any:
        for _ in range(steps):
            x = a * anp.sin(x) + b
        return x

    slope = grad(last, argnum=(0, 1, 2))
    return lambda: dict(zip(wrt, slope(inputs["a"], inputs["x"], inputs["b"]), strict=True))


def w5(inputs: dict[str, Any], wrt: tuple[str, ...]) -> Callable[[], dict[str, Any]]:
    X, T = inputs["X"], inputs["T"]

    def loss(W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
        Z = anp.tanh(X @ W1 + b1) @ W2 + b2
        return -anp.sum(T * (Z - logsumexp(Z, axis=1, keepdims=True))) / 32

    slope = grad(loss, argnum=(0, 1, 2, 3))
    return lambda: dict(zip(wrt, slope(*(inputs[name] for name in wrt)), strict=True))
