"""A namespace of operations on pairs (primal, tangent): a rule that runs on it is written in operations alone.

What it gives is the derivative of a rule: forward over reverse.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.ops.numeric import bound, numeric
from app.ops.op import normal
from app.ops.table import OPS, SPELLINGS


@dataclass(eq=False)
class Dual:
    """A recorded value: no numpy function can look into it."""

    primal: Any
    tangent: Any

    __array_ufunc__ = None

    @property
    def shape(self):
        return np.shape(self.primal)

    def __array__(self, *args, **kwargs):
        raise TypeError("a rule has read a recorded value as a number")

    def __bool__(self):
        raise TypeError("a rule has branched on a recorded value")

    __hash__ = None

    def __add__(self, other):
        return apply("add", self, other)

    def __radd__(self, other):
        return apply("add", other, self)

    def __sub__(self, other):
        return apply("sub", self, other)

    def __rsub__(self, other):
        return apply("sub", other, self)

    def __mul__(self, other):
        return apply("mul", self, other)

    def __rmul__(self, other):
        return apply("mul", other, self)

    def __truediv__(self, other):
        return apply("div", self, other)

    def __neg__(self):
        return apply("neg", self)


class Duals:
    """The namespace ``o``."""

    def __getattr__(self, name):
        return lambda *args, **attributes: apply(name, *args, **attributes)


duals = Duals()


def apply(name, *args, **attributes):
    """One operation: the value, and the tangents that its forward rule adds up."""
    op = OPS.get(name) or SPELLINGS[name]
    inputs, attributes = bound(op, args, attributes)
    primals = [x.primal if isinstance(x, Dual) else x for x in inputs]
    value = op.value(primals, attributes)
    if op.results == 1:
        return Dual(z := normal(value), tangent(op, inputs, primals, z, attributes))
    z = tuple(map(normal, value))
    return tuple(Dual(v, tangent(op, inputs, primals, z, {**attributes, "result": k})) for k, v in enumerate(z))


def tangent(op, inputs, primals, z, attributes):
    total = None
    shapes = [np.shape(p) for p in primals]
    for slot, x in enumerate(inputs):
        if isinstance(x, Dual) and x.tangent is not None and not op.blocks(slot, shapes, attributes):
            part = op.jvp(numeric, slot, x.tangent, z, primals, attributes)
            total = part if total is None else total + part
    return total
