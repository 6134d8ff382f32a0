"""Elementwise operations: one line of rule text each, from which everything else follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.formula import latex as formula
from app.ops.formula import number
from app.ops.functions import NUMPY, PYTHON
from app.ops.op import FLOAT, NO_ATTRIBUTES, REQUIRED, Op, Parameter, Shape, Value, normal, shape_of
from app.ops.stretch import broadcast, reduced, reduced_on, spread
from app.ops.text import SEED, Closure, Term, closure, names, read, recorded, seeded, seedless

RESULT = "z"
"""The variable of the result in rule text."""

Sampling = tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Elementwise(Op):
    """An operation that acts on each element: its value and its partials are text in the operands, ``z`` and the attributes.

    A partial of None blocks its slot. ``forward`` are texts of the tangent's part, in the tangent ``g``, where torch's forward
    formula is not its backward one. ``integers`` keeps integers and booleans as they are; otherwise they become floats.
    """

    value_text: str
    partial_texts: tuple[str | None, ...] = ()
    forward_texts: tuple[str, ...] = ()
    domain: str | None = None
    sampling: Sampling = ()
    examples: tuple[Mapping[str, Any], ...] = ()
    integers: bool = False
    open_ends: Mapping[str, float] = field(default_factory=dict)
    """What an attribute of None stands for."""
    grad_fns: Mapping[str, str] = field(default_factory=dict)
    """Torch's other names: by the place that holds a plain number (``"0"``, ``"1"``), or by an attribute that is not the default."""

    # ------------------------------------------------------------ the rule as terms

    @property
    def elementwise(self) -> bool:
        return True

    @cached_property
    def operands(self) -> tuple[str, ...]:
        """The variables of the operands, in slot order."""
        return tuple(p.name for p in self.parameters if p.operand)

    @cached_property
    def attributes(self) -> tuple[Parameter, ...]:
        """The parameters that are no operands."""
        return tuple(p for p in self.parameters if not p.operand)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each variable of the rule text stands in the list of values."""
        return {name: i for i, name in enumerate((*self.operands, RESULT, SEED, *(p.name for p in self.attributes)))}

    @cached_property
    def partials(self) -> tuple[Term | None, ...]:
        """The partials as terms, one a slot."""
        return tuple(None if text is None else seedless(read(text)) for text in self.partial_texts)

    @cached_property
    def pulls(self) -> tuple[Term, ...]:
        """Adjoint times partial, one term a slot."""
        return tuple(0 if text is None else seeded(read(text)) for text in self.partial_texts)

    @cached_property
    def pushes(self) -> tuple[Term, ...]:
        """The tangent's parts, one term a slot."""
        return tuple(map(read, self.forward_texts)) or self.pulls

    def compiled(self, term: Term) -> Closure:
        """A term over numpy, its variables at ``places``."""
        return closure(term, self.places, NUMPY)

    @cached_property
    def _evaluate(self) -> Closure:
        return self.compiled(read(self.value_text))

    @cached_property
    def _pulled(self) -> tuple[Closure, ...]:
        return tuple(map(self.compiled, self.pulls))

    @cached_property
    def _pushed(self) -> tuple[Closure, ...]:
        return tuple(map(self.compiled, self.pushes))

    @cached_property
    def _slopes(self) -> tuple[Closure, ...]:
        return tuple(self.compiled(0 if p is None else p) for p in self.partials)

    def scalar(self, *inputs: float) -> tuple[float, tuple[float, ...]]:
        """What the kernel computes, by way of numpy: IEEE where Python raises."""
        z = float(self._evaluate(inputs))
        values = (*inputs, z)
        return z, tuple([float(slope(values)) for slope in self._slopes])

    def _values(self, inputs: Sequence[Value], z: Value, g: Value, attributes: Mapping[str, Any]) -> list[Any]:
        """The values of all variables, operands as floats, in the order of ``places``."""
        values = [x if type(x) is float else as_float(x) for x in inputs]
        values += (z, g)
        if self.attributes:
            values += self.settings(attributes)
        return values

    def settings(self, attributes: Mapping[str, Any]) -> list[Any]:
        """The values of the attributes in their order."""
        found = []
        for parameter in self.attributes:
            value = attributes.get(parameter.name, parameter.default)
            if value is REQUIRED:
                raise OpError("call.arguments", f"{self.name} needs a value for {parameter.name}.")
            found.append(self.open_ends[parameter.name] if value is None and parameter.name in self.open_ends else value)
        return found

    def chosen(self, attributes: Mapping[str, Any]) -> Elementwise:
        """The rule that counts for these attributes."""
        return self

    def predicate(self, text: str) -> Callable[[Value, Sequence[Value], Mapping[str, Any]], bool]:
        """A condition in the operands, ``z`` and the attributes: whether it holds for any element."""
        of_arrays: list[Closure] = []  # both are compiled at the first use
        of_floats: list[Closure] = []

        def holds(z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> bool:
            values = self._values(inputs, z, None, attributes)
            if not any(isinstance(x, np.ndarray) for x in inputs):
                if not of_floats:
                    of_floats.append(closure(read(text), self.places, PYTHON))
                return bool(of_floats[0](values))
            if not of_arrays:
                of_arrays.append(self.compiled(read(text)))
            return bool(np.any(of_arrays[0](values)))

        return holds

    # ------------------------------------------------------------ what every operation says

    def shape(self, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> Shape:
        result = shapes[0]
        for shape in shapes[1:]:
            if shape != result:
                result = broadcast(result, shape)
        return result

    def work(self, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> int:
        total = 1
        for side in self.shape(shapes, attributes):
            total *= side
        return total

    def value(self, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        if not self.integers:
            inputs = [x if type(x) is float else as_float(x) for x in inputs]
        values = [*inputs, None, None, *self.settings(attributes)] if self.attributes else inputs
        try:
            return normal(self._evaluate(values))
        except (TypeError, ValueError, ZeroDivisionError) as error:
            raise self._refusal(inputs, error) from None

    def _refusal(self, inputs: Sequence[Value], error: Exception) -> OpError:
        """Why numpy would not do it: mismatched shapes, arithmetic on booleans, an integer to a negative power."""
        self.shape([shape_of(x) for x in inputs], NO_ATTRIBUTES)
        if isinstance(error, ZeroDivisionError):
            return OpError("value.domain", "An integer cannot be divided by 0.", "Multiply by 1.0 to divide as floats.")
        if "negative integer powers" in str(error):
            return OpError("value.domain", "An integer has no negative integer power; make the base a float.")
        kinds = " and ".join(sorted({_kind(x) for x in inputs}))
        return OpError("type.mismatch", f"{self.name} does not take {kinds}, as torch rules.", "Multiply by 1.0 to make numbers of them.")

    def blocks(self, slot: int, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> bool:
        return not self.differentiable or self.partial_texts[slot] is None

    def vjp(self, o: Any, slot: int, bar: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        if getattr(o, "plain", False):
            return reduced(self._pulled[slot](self._values(inputs, z, bar, attributes)), shape_of(inputs[slot]), shape_of(z))
        return reduced_on(o, self._record(o, self.pulls[slot], bar, z, inputs, attributes), np.shape(inputs[slot]), np.shape(z))

    def jvp(self, o: Any, slot: int, dot: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        if getattr(o, "plain", False):
            return spread(self._pushed[slot](self._values(inputs, z, dot, attributes)), shape_of(z))
        part = self._record(o, self.pushes[slot], dot, z, inputs, attributes)
        return part if np.shape(part) == np.shape(z) else o.broadcast_to(part, np.shape(z))

    def _record(self, o: Any, term: Term, g: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Any:
        """A term evaluated with the operations of ``o``."""
        variables = dict(zip(self.operands, inputs, strict=True)) | {RESULT: z, SEED: g}
        if self.attributes:
            variables |= zip((p.name for p in self.attributes), self.settings(attributes), strict=True)
        return recorded(o, term, variables)

    def partial(self, slot: int, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        return spread(self._slopes[slot](self._values(inputs, z, 1.0, attributes)), shape_of(z))

    def structure(self, slot: int, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> str:
        if not any(shapes):
            return "scalar"
        return "diagonal" if shapes[slot] == self.shape(shapes, attributes) else "broadcast"

    def keeps(self, count: int) -> Sequence[int]:
        read_by = frozenset[str]().union(*(names(p) for p in self.partials if p is not None))
        return [i for i, name in enumerate(self.operands) if name in read_by] + [count] * (RESULT in read_by)

    def needs(self, slot: int, count: int) -> Sequence[int]:
        partial = self.partials[slot]
        found = frozenset[str]() if partial is None else names(partial)
        return [i for i, name in enumerate(self.operands) if name in found] + [count] * (RESULT in found)

    def partial_latex(self, slot: int, attributes: Mapping[str, Any]) -> str:
        term = self.partials[slot] if self.differentiable else None
        return "0" if term is None else formula(term, self._symbols(attributes))

    def formula(self, count: int, attributes: Mapping[str, Any]) -> str:
        """The operation with the attributes that are not the defaults: clamp(x; min = 0)."""
        given = [(p.name, attributes[p.name]) for p in self.attributes if attributes.get(p.name, p.default) != p.default]
        if not given or not self.latex.endswith(r"\right)"):
            return self.latex
        listed = ",\\, ".join(rf"\text{{{name}}} = {_shown(value)}".replace("_", r"\_") for name, value in given)
        return self.latex.removesuffix(r"\right)") + rf";\, {listed}\right)"

    def _symbols(self, attributes: Mapping[str, Any]) -> dict[str, str]:
        """What stands for each variable in a template: places for operands and result, numbers for attributes."""
        symbols = {name: f"{{{i}}}" for i, name in enumerate(self.operands)} | {RESULT: "{z}", SEED: r"\bar{z}"}
        for parameter, value in zip(self.attributes, self.settings(attributes), strict=True):
            symbols[parameter.name] = _shown(value)
        return symbols

    def grad_fn_for(self, shapes: Sequence[Shape], constants: Sequence[bool], attributes: Mapping[str, Any]) -> str | None:
        if not self.differentiable:
            return None
        defaults = {p.name: p.default for p in self.attributes}
        for reason, name in self.grad_fns.items():
            if constants[int(reason)] if reason.isdigit() else attributes.get(reason, defaults[reason]) != defaults[reason]:
                return name
        return self.grad_fn


def _shown(value: Any) -> str:
    """An attribute in a formula."""
    return number(value) if isinstance(value, (int, float)) else rf"\text{{{value}}}"


def as_float(x: Value) -> Any:
    """An operand as float64."""
    if isinstance(x, np.ndarray):
        return x if x.dtype is FLOAT or x.dtype == FLOAT else x.astype(FLOAT)
    return float(x) if isinstance(x, (bool, int)) else x


def _kind(x: Value) -> str:
    """The kind of an operand in a sentence."""
    dtype = np.asarray(x).dtype
    return "booleans" if dtype == np.bool_ else "integers" if dtype == np.int64 else "floats"


# ---------------------------------------------------------------- one line of the table
