"""CasADi: expressions of scalars, differentiated with colouring and evaluated by its virtual machine, through its buffers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import casadi as ca
import numpy as np


def w7(inputs: dict[str, Any], wrt: tuple[str, ...], steps: int) -> Callable[[], dict[str, Any]]:
    """The cell as a function that is called a thousand times: its virtual machine works on whole matrices."""
    size = len(inputs["h"])
    h, W_h, W_x = ca.MX.sym("h", size), ca.MX.sym("W_h", size, size), ca.MX.sym("W_x", size, size)
    step = ca.Function("step", [h, W_h, W_x], [ca.tanh(W_h @ h + W_x @ ca.DM(inputs["x"]))])
    last = ca.MX(ca.DM(inputs["h"]))
    for _ in range(steps):
        last = step(last, W_h, W_x)
    y = ca.sum1(last)
    slope = ca.Function("slope", [W_h, W_x], [ca.gradient(y, W_h), ca.gradient(y, W_x)])
    return lambda: {name: np.asarray(bar) for name, bar in zip(wrt, slope(*(inputs[name] for name in wrt)), strict=True)}


def jacobian(inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    x = ca.SX.sym("x", 50)
    y = (3 - 2 * x) * x - ca.vertcat(0, x[:-1]) - 2 * ca.vertcat(x[1:], 0) + 1
    return _buffered("jacobian", x, ca.jacobian(y, x), inputs)


def hessian(inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    x = ca.SX.sym("x", 50)
    y = ca.sum1(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)
    return _buffered("hessian", x, ca.hessian(y, x)[0], inputs)


def _buffered(name: str, x: Any, matrix: Any, inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    """Symmetric or transposed as CasADi stores it: columns one after the other."""
    function = ca.Function("f", [x], [ca.densify(matrix)])
    given, made = np.array(inputs["x"]), np.zeros((50, 50), order="F")
    buffer, evaluate = function.buffer()
    buffer.set_arg(0, memoryview(given))
    buffer.set_res(0, memoryview(made.T))

    def run() -> dict[str, Any]:
        evaluate()
        return {name: made}

    run.kept = (buffer, given, function)  # type: ignore[attr-defined]  # they must live as long as it does
    return run
