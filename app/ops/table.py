"""All operations of the language, by name and by every spelling."""

from __future__ import annotations

from app.ops.arrays import ARRAY_OPS
from app.ops.detach import DETACH
from app.ops.elementwise import ELEMENTWISE
from app.ops.op import Op

OPS: dict[str, Op] = {op.name: op for op in (*ELEMENTWISE, *ARRAY_OPS, DETACH)}

PUBLIC: dict[str, Op] = {name: op for name, op in OPS.items() if op.category != "adjoint"}
"""The operations that a program can call; the others are there for the derivatives of these."""

SPELLINGS: dict[str, Op] = {alias: op for op in PUBLIC.values() for alias in op.aliases} | PUBLIC
"""Names and aliases; a name goes before an alias of the same spelling."""
