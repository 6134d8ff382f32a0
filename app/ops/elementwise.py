"""The table of elementwise rules, each with its scalar kernel where it has one."""

from __future__ import annotations

from app.ops.elements.activation import ACTIVATIONS
from app.ops.elements.arithmetic import ARITHMETIC
from app.ops.elements.elementary import ELEMENTARY
from app.ops.elements.selection import CHOOSING
from app.ops.kernels import kernels
from app.ops.rule import Elementwise

ELEMENTWISE: tuple[Elementwise, ...] = ARITHMETIC + ELEMENTARY + ACTIVATIONS + CHOOSING

KERNELS = kernels(ELEMENTWISE)
for op in ELEMENTWISE:
    object.__setattr__(op, "kernel", KERNELS.get(op.name))  # once, before anybody looks: rules are frozen from here on
