"""HIPS autograd: tracing over numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
from autograd import grad
from autograd import hessian as second
from autograd import jacobian as first
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


def w7(inputs: dict[str, Any], wrt: tuple[str, ...], steps: int) -> Callable[[], dict[str, Any]]:
    def last(W_h: Any, W_x: Any) -> Any:
        h = inputs["h"]
        for _ in range(steps):
            h = anp.tanh(W_h @ h + W_x @ inputs["x"])
        return anp.sum(h)

    slope = grad(last, argnum=(0, 1))
    return lambda: dict(zip(wrt, slope(*(inputs[name] for name in wrt)), strict=True))


def jacobian(inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    def band(x: Any) -> Any:
        none = anp.zeros(1)
        return (3 - 2 * x) * x - anp.concatenate([none, x[:-1]]) - 2 * anp.concatenate([x[1:], none]) + 1

    matrix = first(band)
    return lambda: {"jacobian": matrix(inputs["x"])}


def hessian(inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    matrix = second(lambda x: anp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2))
    return lambda: {"hessian": matrix(inputs["x"])}
