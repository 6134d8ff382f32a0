"""torch.sin, np.sin, math.sin, jnp.sin, F.sin and sin: which prefix of a name is no value, and whose function it names."""

from __future__ import annotations

import ast
from typing import NamedTuple

from app.oracle.values import MISSING, Frame
from app.oracle.walker import Walker


class Prefix(NamedTuple):
    """A library and one of its submodules."""

    library: str
    submodule: str = ""

    def __str__(self) -> str:
        return self.submodule or self.library


PREFIXES = {
    "torch": Prefix("torch"),
    "F": Prefix("torch", "functional"),
    "np": Prefix("numpy"),
    "numpy": Prefix("numpy"),
    "jnp": Prefix("numpy"),
    "math": Prefix("math"),
}
TENSOR = Prefix("torch")
"""The methods of a tensor do what torch's functions of the same name do."""
SUBMODULES = frozenset({"linalg", "func", "nn", "functional", "special", "fft", "numpy"})


def dialect_of(walker: Walker, node: ast.expr, frame: Frame) -> Prefix | None:
    """The library that an expression names, or None where it is a value."""
    submodule = node.attr if isinstance(node, ast.Attribute) else ""
    while isinstance(node, ast.Attribute) and node.attr in SUBMODULES:
        node = node.value
    if isinstance(node, ast.Name) and node.id in PREFIXES and walker.load(frame, node.id) is MISSING:
        prefix = PREFIXES[node.id]
        return Prefix(prefix.library, submodule or prefix.submodule)
    return None
