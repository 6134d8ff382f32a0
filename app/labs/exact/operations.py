"""The operations of the language on numbers of many digits: the namespace in which derivatives are evaluated, and rules for the sweeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.labs.exact.arrays import MOVES, PULLS, VALUES
from app.labs.exact.numbers import BeyondReachError, Exact, evaluated, numbered, settled
from app.ops.numeric import bound
from app.ops.op import Op, normal
from app.ops.rule import RESULT, Elementwise
from app.ops.table import OPS, SPELLINGS
from app.ops.text import SEED, Term, read

RESULT_OF_SEVERAL = "result"


def value(op: Op, inputs: Sequence[Exact], attributes: Mapping[str, Any]) -> Exact:
    """The primal without rounding; raises BeyondReachError. What is made of masks and indices alone is what it is anyway."""
    if not any(map(_is_number, inputs)):
        found = op.value(inputs, attributes)
        if not isinstance(found, tuple) and np.asarray(found).dtype.kind in "bi":
            return settled(normal(found))
        inputs = [numbered(x) for x in inputs]
    if isinstance(op, Elementwise):
        rule = op.chosen(attributes)
        return settled(_read(rule, read(rule.value_text), inputs, attributes))
    if op.name in MOVES:
        return settled(normal(op.value(inputs, attributes)))
    if op.name not in VALUES:
        raise BeyondReachError(f"{op.name} has no rule of many digits.")
    own = {name: given for name, given in attributes.items() if name != RESULT_OF_SEVERAL}
    return settled(VALUES[op.name](*inputs, **own))


def _is_number(value: Exact) -> bool:
    return not isinstance(value, (bool, int)) and not (isinstance(value, np.ndarray) and value.dtype.kind in "bi")


def _read(rule: Elementwise, term: Term, inputs: Sequence[Exact], attributes: Mapping[str, Any], **more: Exact) -> Any:
    """A term of an elementwise rule."""
    settings = zip((p.name for p in rule.attributes), rule.settings(attributes), strict=True)
    return evaluated(term, {**dict(zip(rule.operands, inputs, strict=True)), **dict(settings), **more})


class Unrounded:
    """The namespace ``o`` of rules: ``o.mul(a, b)`` without rounding."""

    plain = False

    def __getattr__(self, name: str) -> Callable[..., Exact]:
        """The operation of that name."""
        op = OPS.get(name) or SPELLINGS.get(name)
        if op is None:
            raise AttributeError(name)

        def function(*args: Any, **keywords: Any) -> Exact:
            return value(op, *bound(op, args, keywords))

        return function


@dataclass(frozen=True, slots=True)
class UnroundedRule:
    """An operation of the tape as the sweeps take it."""

    op: Op

    @property
    def differentiable(self) -> bool:
        """Whether anything flows through it."""
        return self.op.differentiable

    def blocks(self, slot: int, shapes: Sequence[tuple[int, ...]], attributes: Mapping[str, Any]) -> bool:
        """Whether nothing flows through ``slot``."""
        return self.op.blocks(slot, shapes, attributes)

    def vjp(self, o: Any, slot: int, bar: Exact, z: Exact, inputs: Sequence[Exact], attributes: Mapping[str, Any]) -> Exact:
        """The contribution of ``bar`` to the adjoint of operand ``slot``."""
        op = self.op
        if not isinstance(op, Elementwise):
            pull = PULLS.get(op.name)
            return settled(op.vjp(o, slot, bar, z, inputs, attributes) if pull is None else pull(o, bar, z, *inputs, **attributes))
        rule = op.chosen(attributes)
        part = _read(rule, rule.pulls[slot], inputs, attributes, **{RESULT: z, SEED: bar})
        whole, shape = np.shape(z), np.shape(inputs[slot])
        part = settled(np.broadcast_to(np.asarray(part, dtype=object), whole) if np.shape(part) != whole else part)
        return part if shape == whole else o.sum_to_size(part, size=shape)

    def jvp(self, o: Any, slot: int, dot: Exact, z: Exact, inputs: Sequence[Exact], attributes: Mapping[str, Any]) -> Exact:
        """Tangents are not asked for here."""
        raise NotImplementedError


NAMESPACE = Unrounded()
