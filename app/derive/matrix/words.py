"""How each library spells what a closed form needs: our language, NumPy, PyTorch, JAX."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.derive.code.numpy_words import NAMED, OTHERWISE, SPECIAL


@dataclass(frozen=True, slots=True)
class Spelling:
    """Templates of calls: ``{0}`` and so on stand for arguments, written as arguments."""

    inverse: str
    determinant: str
    norm: str
    power: str
    sums: str
    """The sum of everything."""
    rows: str
    """The sum along each row: a matrix times the vector of ones."""
    columns: str
    ones: str
    like: str
    eye: str
    table: str
    """All ones, of two sides."""
    trace: str
    kron: str
    outer: str
    diag: str
    diagonal: str
    module: str
    functions: Mapping[str, str]
    row: str = "{0}.reshape(1, -1)"


_MATH = ("sigmoid", "relu", "softmax", "logsumexp", "log_softmax", "softplus", "logsigmoid", "silu")

_NUMPY = {
    **{name: f"np.{name}({{0}})" for name in NAMED},
    **{name: f"np.{other}({{0}})" for name, other in OTHERWISE.items()},
    **{name: f"special.{other}({{0}})" for name, other in SPECIAL.items()},
    "where": "np.where({0}, {1}, {2})", "maximum": "np.maximum({0}, {1})", "minimum": "np.minimum({0}, {1})",
    "sigmoid": "(1 / (1 + np.exp(-({0}))))", "relu": "np.maximum({0}, 0)", "softplus": "np.logaddexp({0}, 0)",
    "logsigmoid": "(-np.logaddexp(-({0}), 0))", "silu": "(({0}) / (1 + np.exp(-({0}))))",
    "softmax": "(np.exp({0}) / np.sum(np.exp({0})))", "logsumexp": "np.log(np.sum(np.exp({0})))",
    "log_softmax": "({0} - np.log(np.sum(np.exp({0}))))",
}  # fmt: skip
_JAX = {name: text.replace("np.", "jnp.").replace("special.", "jax.scipy.special.") for name, text in _NUMPY.items()} | {
    "sigmoid": "jax.nn.sigmoid({0})", "relu": "jax.nn.relu({0})", "softplus": "jax.nn.softplus({0})", "silu": "jax.nn.silu({0})",
    "logsigmoid": "jax.nn.log_sigmoid({0})", "softmax": "jax.nn.softmax({0})", "logsumexp": "jax.nn.logsumexp({0})",
    "log_softmax": "jax.nn.log_softmax({0})",
}  # fmt: skip
_SOFT = {"softmax": "softmax({0}, dim=0)", "logsumexp": "logsumexp({0}, dim=0)", "log_softmax": "log_softmax({0}, dim=0)"}
_TORCH = {name: f"torch.{text}" for name, text in _SOFT.items()} | {
    "where": "torch.where({0}, {1}, {2})", "softplus": "torch.nn.functional.softplus({0})", "silu": "torch.nn.functional.silu({0})",
    "logsigmoid": "torch.nn.functional.logsigmoid({0})", "sigmoid": "torch.sigmoid({0})", "relu": "torch.relu({0})",
}  # fmt: skip

OURS = Spelling(
    inverse="inv({0})", determinant="det({0})", norm="norm({0})", power="matrix_power({0}, {1})", sums="sum({0})",
    rows="sum({0}, dim=1)", columns="sum({0}, dim=0)", ones="ones({0})", like="ones_like({0})", eye="eye({0})", table="ones({0}, {1})",
    trace="trace({0})", kron="kron({0}, {1})", outer="outer({0}, {1})", diag="diag({0})", diagonal="diagonal({0})", module="",
    functions=_SOFT | {"where": "where({0}, {1}, {2})"},
)  # fmt: skip
NUMPY = Spelling(
    inverse="np.linalg.inv({0})", determinant="np.linalg.det({0})", norm="np.linalg.norm({0})",
    power="np.linalg.matrix_power({0}, {1})", sums="np.sum({0})", rows="np.sum({0}, axis=1)", columns="np.sum({0}, axis=0)",
    ones="np.ones({0})", like="np.ones_like({0})", eye="np.eye({0})", table="np.ones(({0}, {1}))", trace="np.trace({0})",
    kron="np.kron({0}, {1})", outer="np.outer({0}, {1})", diag="np.diag({0})", diagonal="np.diagonal({0})", module="np.",
    functions=_NUMPY,
)  # fmt: skip
JAX = Spelling(
    inverse="jnp.linalg.inv({0})", determinant="jnp.linalg.det({0})", norm="jnp.linalg.norm({0})",
    power="jnp.linalg.matrix_power({0}, {1})", sums="jnp.sum({0})", rows="jnp.sum({0}, axis=1)", columns="jnp.sum({0}, axis=0)",
    ones="jnp.ones({0})", like="jnp.ones_like({0})", eye="jnp.eye({0})", table="jnp.ones(({0}, {1}))", trace="jnp.trace({0})",
    kron="jnp.kron({0}, {1})", outer="jnp.outer({0}, {1})", diag="jnp.diag({0})", diagonal="jnp.diagonal({0})", module="jnp.",
    functions=_JAX,
)  # fmt: skip
TORCH = Spelling(
    inverse="torch.linalg.inv({0})", determinant="torch.linalg.det({0})", norm="torch.linalg.norm({0})",
    power="torch.linalg.matrix_power({0}, {1})", sums="torch.sum({0})", rows="torch.sum({0}, dim=1)", columns="torch.sum({0}, dim=0)",
    ones="torch.ones({0}, dtype=torch.float64)", like="torch.ones_like({0})", eye="torch.eye({0}, dtype=torch.float64)",
    table="torch.ones({0}, {1}, dtype=torch.float64)", trace="torch.trace({0})", kron="torch.kron({0}, {1})",
    outer="torch.outer({0}, {1})", diag="torch.diag({0})", diagonal="torch.diagonal({0})", module="torch.", functions=_TORCH,
)  # fmt: skip
