"""The four dialects: torch.sin, np.sin, math.sin, jnp.sin, F.sin and bare sin are one operation."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.lang.compiler import Compiler

TORCH, NUMPY = "torch", "numpy"

DIALECTS = {"torch": TORCH, "F": TORCH, "np": NUMPY, "numpy": NUMPY, "jnp": NUMPY, "math": NUMPY}
"""The prefix of a name, and whose defaults it has."""

ROOMS = frozenset({"linalg", "nn", "functional", "special", "fft", "numpy"})
"""Submodules: torch.linalg.inv is inv."""


def dialect_of(c: Compiler, node: ast.expr) -> str | None:
    """The dialect that an expression names (torch, np.linalg, …), or None where it is a value."""
    while isinstance(node, ast.Attribute) and node.attr in ROOMS:
        node = node.value
    if isinstance(node, ast.Name) and node.id in DIALECTS and c.is_free(node.id):
        return DIALECTS[node.id]
    return None
