"""Reverse mode on thirty lines: programs of elementwise operations, recorded, so that sweeps can be recorded in turn."""

import itertools

import numpy as np

from app.ops.numeric import bound
from app.ops.op import normal, shape_of
from app.ops.table import SPELLINGS

clock = itertools.count()


class Var:
    """A recorded value: what rules see when their own operations are recorded."""

    def __init__(self, primal, op=None, inputs=(), attributes=None):
        self.primal, self.op, self.inputs, self.attributes, self.time = normal(primal), op, inputs, attributes or {}, next(clock)

    @property
    def shape(self):
        return shape_of(self.primal)


class Names:
    """Every operation by name, on recorded values."""

    plain = False

    def __getattr__(self, name):
        op = SPELLINGS[name]

        def function(*args, **keywords):
            inputs, attributes = bound(op, args, keywords)
            nodes = tuple(x if isinstance(x, Var) else Var(x) for x in inputs)
            attributes = {k: v.primal if isinstance(v, Var) else v for k, v in attributes.items()}
            return Var(op.value([v.primal for v in nodes], attributes), op, nodes, attributes)

        return function

    def if_(self, condition, yes, no):
        """Python's if: only one side is evaluated."""
        return yes() if condition.primal else no()


o = Names()
OPERATORS = {"add": "add", "sub": "sub", "mul": "mul", "truediv": "div", "pow": "pow", "mod": "remainder", "floordiv": "floor_divide"}
for python, name in OPERATORS.items():
    setattr(Var, f"__{python}__", lambda x, y, name=name: getattr(o, name)(x, y))
    setattr(Var, f"__r{python}__", lambda x, y, name=name: getattr(o, name)(y, x))
for python in ("lt", "le", "gt", "ge", "ne"):
    setattr(Var, f"__{python}__", lambda x, y, name=python: getattr(o, name)(x, y))
Var.__neg__ = o.neg


def ancestors(root):
    """Every node below ``root``, latest first."""
    found, left = {}, [root]
    while left:
        node = left.pop()
        if id(node) not in found:
            found[id(node)] = node
            left += node.inputs
    return sorted(found.values(), key=lambda node: -node.time)


def gradient(out, leaves, namespace, seed=1.0):
    """Adjoints of the leaves, as recorded values or, with the namespace of numbers, as numbers; None where nothing flows."""
    recording = not getattr(namespace, "plain", False)
    view = (lambda node: node) if recording else (lambda node: node.primal)
    bars = {id(out): Var(seed) if recording else seed}
    live = {id(leaf) for leaf in leaves}
    for node in reversed(ancestors(out)):
        if node.op and node.op.differentiable and any(id(x) in live for x in node.inputs):
            live.add(id(node))
    for node in ancestors(out):
        bar = bars.get(id(node))
        if bar is None or node.op is None:
            continue
        shapes = [x.shape for x in node.inputs]
        for slot, x in enumerate(node.inputs):
            if id(x) in live and not node.op.blocks(slot, shapes, node.attributes):
                part = node.op.vjp(namespace, slot, bar, view(node), [view(v) for v in node.inputs], node.attributes)
                bars[id(x)] = bars[id(x)] + part if id(x) in bars else part
    return [bars.get(id(leaf)) for leaf in leaves]


def tangent(out, dots, namespace):
    """The tangent of ``out`` for tangents of leaves, ``{leaf: number}``; None where nothing flows."""
    found = {id(leaf): dot for leaf, dot in dots.items()}
    for node in reversed(ancestors(out)):
        for slot, x in enumerate(node.inputs):
            if id(x) in found and node.op.differentiable and not node.op.blocks(slot, [v.shape for v in node.inputs], node.attributes):
                part = node.op.jvp(namespace, slot, found[id(x)], node.primal, [v.primal for v in node.inputs], node.attributes)
                found[id(node)] = found[id(node)] + part if id(node) in found else part
    return found.get(id(out))


def number(value):
    """A recorded value, a number or nothing, as an array."""
    return None if value is None else np.asarray(getattr(value, "primal", value), dtype=float)
