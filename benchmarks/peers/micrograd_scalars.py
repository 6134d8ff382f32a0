"""micrograd: one Python object a node. It has no log and no sin, so they are added as its own operations are written."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

from micrograd.engine import Value

# Its topological order is found by recursion.
sys.setrecursionlimit(1_000_000)


def log(x: Value) -> Value:
    out = Value(math.log(x.data), (x,), "log")

    def _backward() -> None:
        x.grad += out.grad / x.data

    out._backward = _backward  # noqa: SLF001  this is how its operations are written
    return out


def sin(x: Value) -> Value:
    out = Value(math.sin(x.data), (x,), "sin")

    def _backward() -> None:
        x.grad += math.cos(x.data) * out.grad

    out._backward = _backward  # noqa: SLF001  this is how its operations are written
    return out


def w1(inputs: dict[str, Any], wrt: tuple[str, ...]) -> Callable[[], dict[str, Any]]:
    def run() -> dict[str, Any]:
        x1, x2 = Value(inputs["x1"]), Value(inputs["x2"])
        (log(x1) + x1 * x2 - sin(x2)).backward()
        return {"x1": x1.grad, "x2": x2.grad}

    return run


def w2(inputs: dict[str, Any], wrt: tuple[str, ...], steps: int) -> Callable[[], dict[str, Any]]:
    def run() -> dict[str, Any]:
        a, start, b = Value(inputs["a"]), Value(inputs["x"]), Value(inputs["b"])
        x = start
        for _ in range(steps):
            x = a * sin(x) + b
        x.backward()
        return {"a": a.grad, "x": start.grad, "b": b.grad}

    return run
