"""All operations of the language, by name and by every spelling."""

from __future__ import annotations

from app.ops.arrays import ARRAY_OPS
from app.ops.detach import DETACH
from app.ops.elementwise import ELEMENTWISE
from app.ops.op import Op

OPS: dict[str, Op] = {op.name: op for op in (*ELEMENTWISE, *ARRAY_OPS, DETACH)}

SPELLINGS: dict[str, Op] = {alias: op for op in OPS.values() for alias in op.aliases} | OPS
"""Names and aliases; a name goes before an alias of the same spelling."""
