"""What is computed: a few scalars, a long recurrence, a small network, and the program of the load test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Workload:
    """One gradient, in our language; ``unit`` says per what its targets count (nodes, or 1 for the whole)."""

    title: str
    source: str
    inputs: dict[str, Any]
    wrt: tuple[str, ...]
    unit: int = 1


STEPS = 33_000


def recurrence(steps: int) -> str:
    """A loop of three scalar operations a pass, on inputs x, a and b."""
    return f"for i in range({steps}):\n    x = a * sin(x) + b"


def branching(steps: int) -> str:
    """A loop with a condition that reads the tape: no round is known before it runs, so that every one is interpreted."""
    return f"for i in range({steps}):\n    if x > -9:\n        x = a * sin(x) + b"


def perceptron(features: int = 64, hidden: int = 64, classes: int = 10, batch: int = 32) -> dict[str, Any]:
    """Inputs of the two-layer network, from a fixed seed."""
    random = np.random.default_rng(1)
    return {
        "X": random.normal(size=(batch, features)),
        "W1": random.normal(size=(features, hidden)) / features**0.5,
        "b1": random.normal(size=hidden),
        "W2": random.normal(size=(hidden, classes)) / hidden**0.5,
        "b2": random.normal(size=classes),
        "T": np.eye(classes)[random.integers(0, classes, batch)],
    }


W1 = Workload("W1: log(x1) + x1*x2 - sin(x2)", "log(x1) + x1*x2 - sin(x2)", {"x1": 2.0, "x2": 5.0}, ("x1", "x2"))
W2 = Workload("W2: scalar recurrence, 99 000 nodes, cold", recurrence(STEPS), {"a": 0.7, "x": 0.3, "b": 0.2}, ("a", "x", "b"), 3 * STEPS)
W5 = Workload(
    "W5: perceptron 64-64-10, batch 32",
    "H = tanh(X @ W1 + b1)\nZ = H @ W2 + b2\nloss = -(T * log_softmax(Z, dim=1)).sum() / 32",
    perceptron(),
    ("W1", "b1", "W2", "b2"),
)

CELLS = 1_000


def cell(hidden: int = 20) -> dict[str, Any]:
    """Inputs of a recurrent cell, from a fixed seed; the weights neither vanish nor explode at once."""
    random = np.random.default_rng(2)
    return {
        "W_h": random.normal(size=(hidden, hidden)) / hidden**0.5,
        "W_x": random.normal(size=(hidden, hidden)) / hidden**0.5,
        "h": np.zeros(hidden),
        "x": random.normal(size=hidden),
    }


W7 = Workload(
    "W7: a recurrent cell of 20 over 1 000 steps",
    f"for t in range({CELLS}):\n    h = tanh(W_h @ h + W_x @ x)\ny = sum(h)",
    cell(),
    ("W_h", "W_x"),
)

X50 = np.linspace(0.5, 2.0, 50)
W6_JACOBIAN = Workload(
    "W6: Jacobian of a band of 50 equations",
    "y = (3 - 2*x)*x - cat([zeros(1), x[:-1]]) - 2*cat([x[1:], zeros(1)]) + 1",
    {"x": X50},
    ("jacobian",),
)
W6_HESSIAN = Workload(
    "W6: Hessian of Rosenbrock's function of 50 numbers",
    "y = sum(100*(x[1:] - x[:-1]**2)**2 + (1 - x[:-1])**2)",
    {"x": X50},
    ("hessian",),
)
"""Matrices of derivatives: what is compared is the matrix, by its name."""

SERVED = """
a = x * y
b = sin(a)
c = a + b
d = exp(-c * c)
f = d * x
g = tanh(f)
h = g + y * y
k = log(h + 2)
p = k * d
q = p - sin(x)
q * q
""".strip()
SERVED_INPUTS = {"x": 0.5, "y": 0.8}
