"""JAX, compiled, in float64."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)


def w7(inputs: dict[str, Any], wrt: tuple[str, ...], steps: int) -> Callable[[], dict[str, Any]]:
    x = inputs["x"]

    def last(W_h: Any, W_x: Any) -> Any:
        h, _ = jax.lax.scan(lambda h, _: (jnp.tanh(W_h @ h + W_x @ x), None), jnp.asarray(inputs["h"]), None, length=steps)
        return jnp.sum(h)

    slope = jax.jit(jax.grad(last, argnums=(0, 1)))
    return lambda: {name: np.asarray(bar) for name, bar in zip(wrt, slope(*(inputs[name] for name in wrt)), strict=True)}


def jacobian(inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    def band(x: Any) -> Any:
        none = jnp.zeros(1)
        return (3 - 2 * x) * x - jnp.concatenate([none, x[:-1]]) - 2 * jnp.concatenate([x[1:], none]) + 1

    return _called("jacobian", jax.jit(jax.jacfwd(band)), inputs)


def hessian(inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    def valley(x: Any) -> Any:
        return jnp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)

    return _called("hessian", jax.jit(jax.hessian(valley)), inputs)


def _called(name: str, compiled: Any, inputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    x = inputs["x"]
    return lambda: {name: np.asarray(compiled(x))}
