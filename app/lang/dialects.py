"""The four dialects: torch.sin, np.sin, math.sin, jnp.sin, F.sin and bare sin are one operation; here are the names that differ."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from app.lang.builtins import DIALECTS, ROOMS

if TYPE_CHECKING:
    from app.lang.compiler import Compiler


class Dialect(NamedTuple):
    """Whose function a prefix names (torch's, numpy's, math's), and of which of their submodules."""

    owner: str
    room: str = ""


METHOD = Dialect("torch")
"""x.f() is torch.f(x)."""


def dialect_of(c: Compiler, node: ast.expr) -> Dialect | None:
    """The dialect that an expression names (torch, np.linalg, …), or None where it is a value."""
    room = node.attr if isinstance(node, ast.Attribute) else ""
    while isinstance(node, ast.Attribute) and node.attr in ROOMS:
        node = node.value
    if isinstance(node, ast.Name) and node.id in DIALECTS and c.is_free(node.id):
        owner, _, own = DIALECTS[node.id].partition(".")
        return Dialect(owner, room or own)
    return None


MEANINGS: dict[str, dict[str, str]] = {
    "torch": {"cross": "torch.cross", "svd": "torch.svd"},
    "numpy": {
        "max": "amax",
        "min": "amin",
        "dot": "matmul",
        "repeat": "repeat_interleave",
        "flip": "numpy.flip",
        "cumsum": "numpy.cumsum",
        "cumprod": "numpy.cumprod",
    },
    "math": {"prod": "math.prod"},
    "linalg": {"norm": "linalg.norm", "diagonal": "linalg.diagonal"},
}
"""Where a dialect, or a submodule, means another operation by a name than the name alone does."""

ELSEWHERE: dict[str, dict[str, tuple[str, str]]] = {
    "torch": {
        "equal": ("torch.equal says whether two tensors are the same altogether.", "Write (x == y).all(), or eq(x, y) for each entry."),
        "binary_cross_entropy_with_logits": ("This loss is in torch.nn.functional.", "Write F.binary_cross_entropy_with_logits."),
    },
    "numpy": {
        "median": ("numpy's median is the mean of the two middle entries; here is only torch's, the lower of them.", "Write median(x)."),
    },
    "math": {
        "remainder": ("math.remainder rounds to the nearest quotient; here is only the remainder of //.", "Write x % y."),
    },
}
"""Where a dialect means something by a name that is not in the language: what it would be, and what to write."""


def meant(name: str, dialect: Dialect | None) -> str:
    """The operation, or the overload, that a name stands for in a dialect."""
    if dialect is None:
        return name
    return MEANINGS.get(dialect.room or dialect.owner, {}).get(name, name)


def elsewhere(name: str, dialect: Dialect | None) -> tuple[str, str] | None:
    """Why a dialect's function of this name is not in the language, where it is not."""
    return ELSEWHERE.get(dialect.room or dialect.owner, {}).get(name) if dialect else None
