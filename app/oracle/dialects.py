"""torch.sin, np.sin, math.sin, jnp.sin, F.sin and sin: which prefix of a name is no value."""

from __future__ import annotations

import ast

from app.oracle.values import MISSING, Frame
from app.oracle.walker import Walker

DIALECTS = {"torch": "torch", "F": "torch", "np": "numpy", "numpy": "numpy", "jnp": "numpy", "math": "numpy"}
SUBMODULES = frozenset({"linalg", "nn", "functional", "special", "fft", "numpy"})


def dialect_of(walker: Walker, node: ast.expr, frame: Frame) -> str | None:
    """The dialect that an expression names, or None where it is a value."""
    while isinstance(node, ast.Attribute) and node.attr in SUBMODULES:
        node = node.value
    if isinstance(node, ast.Name) and node.id in DIALECTS and walker.load(frame, node.id) is MISSING:
        return DIALECTS[node.id]
    return None
