"""The noun of this folder: an operation on whole arrays, with its value, its shape rule and its two derivatives."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from app.ops.arrays.axes import flag, number, whole
from app.ops.op import NO_ATTRIBUTES, Convention, Op, Shape, Value, signature

Function = Callable[..., Any]
LINEAR = "linear"
"""The forward rule of an operation that is linear in a slot: itself, with the tangent in that slot."""


CHECKS: Mapping[str, Callable[[Any, str], Any]] = {
    **dict.fromkeys(("keepdim", "descending", "upper", "left", "unitriangular", "unbiased"), flag),
    **dict.fromkeys(("correction", "delta", "beta", "label_smoothing"), number),
    **dict.fromkeys(("ignore_index", "groups", "diagonal", "offset"), whole),
}
"""Attributes that mean the same in every operation, and what they have to be."""
OPTIONAL = frozenset({"correction", "unbiased"})
"""Those that may be None."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Operands and attributes on which an operation is to be tried.

    ``symmetric`` says that the operation reads its matrix as a symmetric one: so are the directions that test it.
    ``smooth`` is false where the derivative does not exist and torch's choice stands for it. ``unlike`` says why torch's tangent
    differs here from ours, where it does: torch has two formulas, and they disagree.
    """

    inputs: tuple[Any, ...]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    symmetric: bool = False
    smooth: bool = True
    unlike: str = ""


def count(shape: Shape) -> int:
    """The number of elements; no overflow."""
    total = 1
    for side in shape:
        total *= side
    return total


def primal(value: Value) -> Value:
    """The number behind a value: itself, or the primal of a recorded node. Only for masks and positions, which are constants."""
    return getattr(value, "primal", value)


def plain(o: Any) -> bool:
    """Whether a rule is evaluated on numbers: then it may take a short cut past the namespace."""
    return getattr(o, "plain", False) is True


@dataclass(frozen=True, eq=False, kw_only=True)
class ArrayOp(Op):
    """An operation on arrays.

    The functions take operands (``evaluate``) or their shapes (``measure``, ``cost``) by place and the attributes by name.
    ``pull`` and ``push`` hold one function a slot, ``(o, bar | dot, z, *inputs, **attributes)``; the functions of a variadic
    operation get ``slot`` too, and those of one with several results ``result``. ``reads`` are the places that ``pull`` reads the
    values of (-1: the result); without it, none if the operation is linear in its one operand, otherwise all operands.
    ``affine`` says that it is a product of operands with a summand beside it.
    """

    evaluate: Function
    measure: Function
    pull: tuple[Function, ...]
    push: tuple[Function | str, ...]
    cost: Function | None = None
    form: str | Function = "dense"
    partials: tuple[str, ...] = ()
    backward: str | Function | None = None
    closed: Function | None = None
    reads: tuple[int, ...] | None = None
    affine: bool = False
    samples: tuple[Sample, ...] = ()

    @cached_property
    def variadic(self) -> bool:
        """Whether the operands are any number of tensors."""
        return any(p.operand and p.variadic for p in self.parameters)

    def shape(self, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> Shape | tuple[Shape, ...]:
        for name, value in attributes.items():
            if name in CHECKS and not (value is None and name in OPTIONAL):
                CHECKS[name](value, name)
        return self.measure(*shapes, **self._own(attributes))  # type: ignore[no-any-return]  # rules are functions of Any

    def work(self, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> int:
        if self.cost is not None:
            return self.cost(*shapes, **self._own(attributes))  # type: ignore[no-any-return]  # see above
        made = self.shape(shapes, attributes)
        return 1 + sum(map(count, shapes)) + (sum(map(count, made)) if self.results > 1 else count(made))  # type: ignore[arg-type]  # see above

    def value(self, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        return self.evaluate(*inputs, **self._own(attributes)) if attributes else self.evaluate(*inputs)

    def blocks(self, slot: int, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> bool:
        if not self.differentiable:
            return True
        return self.closed is not None and bool(self.closed(slot, *shapes, **attributes))

    def vjp(self, o: Any, slot: int, bar: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        if self.variadic:
            return self.pull[0](o, bar, z, *inputs, slot=slot, **attributes)
        return self.pull[slot](o, bar, z, *inputs, **attributes)

    def jvp(self, o: Any, slot: int, dot: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        rule = self.push[0 if self.variadic else slot]
        if isinstance(rule, str):
            return getattr(o, self.name)(*inputs[:slot], dot, *inputs[slot + 1 :], **self._own(attributes))
        if self.variadic:
            return rule(o, dot, z, *inputs, slot=slot, **attributes)
        return rule(o, dot, z, *inputs, **attributes)

    def structure(self, slot: int, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> str:
        if all(count(s) == 1 for s in shapes):
            return "scalar"
        return self.form if isinstance(self.form, str) else str(self.form(slot, *shapes, **attributes))

    def multilinear(self) -> bool:
        return self.affine or set(self.push) == {LINEAR}

    def partial_latex(self, slot: int, attributes: Mapping[str, Any]) -> str:
        if not self.differentiable:
            return "0"
        return self.partials[min(slot, len(self.partials) - 1)]

    def formula(self, count: int, attributes: Mapping[str, Any]) -> str:
        """``{*}`` spelled out as ``{0}, {1}, …``; ``<name>`` is an attribute, ``<_name>`` the same as a subscript where it is given."""
        text = self.latex.replace("{*}", r",\, ".join(f"{{{i}}}" for i in range(count)))
        if "<" in text:
            for name, value in attributes.items():
                shown = _shown(value)
                text = text.replace(f"<{name}>", shown).replace(f"<_{name}>", f"_{{[{shown}]}}" if shown else "")
            text = UNFILLED.sub("", text)
        return text

    def grad_fn_for(self, shapes: Sequence[Shape], constants: Sequence[bool], attributes: Mapping[str, Any]) -> str | None:
        if not self.differentiable or self.backward is None or isinstance(self.backward, str):
            return self.grad_fn
        name = self.backward(*shapes, **self._own(attributes))
        return None if name is None else str(name)

    def keeps(self, count: int) -> Sequence[int]:
        if not self.differentiable:
            return ()
        if self.reads is None:
            linear = count == 1 and self.push == (LINEAR,)
            return () if linear else range(count)
        return [count if place < 0 else place for place in self.reads]

    def needs(self, slot: int, count: int) -> Sequence[int]:
        """Of an operation that is linear in every operand, a slot reads the others."""
        if self.reads is None and set(self.push) == {LINEAR}:
            return [place for place in range(count) if place != slot]
        return self.keeps(count)

    def _own(self, attributes: Mapping[str, Any]) -> Mapping[str, Any]:
        """The attributes without ``result``, which is the recorder's."""
        if self.results > 1 and "result" in attributes:
            return {name: value for name, value in attributes.items() if name != "result"}
        return attributes


UNFILLED = re.compile(r"<_?[a-z]\w*>")


def _shown(value: Any) -> str:
    """An attribute in a formula."""
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        return ",".join(r"\mathrm{new}" if v is None else _shown(v) for v in value)
    if isinstance(value, np.ndarray):
        return r"\cdot" if value.size > MANY or value.ndim > 1 else f"[{_shown(value.tolist())}]"
    if isinstance(value, slice):
        ends = "" if value.step is None else f":{value.step}"
        return f"{'' if value.start is None else value.start}:{'' if value.stop is None else value.stop}{ends}"
    if value is Ellipsis:
        return r"\ldots"
    if isinstance(value, float) and np.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    return WORDS.get(value, value.replace("_", r"\_")) if isinstance(value, str) else str(value)


MANY = 6
"""More positions than this are not written out in a formula."""
WORDS = {"fro": r"\mathrm{F}", "nuc": "*"}


def array_rule(
    name: str,
    parameters: str,
    *,
    category: str,
    summary: str,
    latex: str,
    evaluate: Function,
    measure: Function,
    pull: Function | tuple[Function, ...] = (),
    push: Function | str | tuple[Function | str, ...] = (),
    partials: str | tuple[str, ...] = (),
    torch: str | None = None,
    backward: str | Function | None = None,
    conventions: tuple[Convention, ...] = (),
    **rest: Any,
) -> ArrayOp:
    """An array operation from its parts; a single rule or template stands for one slot."""
    return ArrayOp(
        name=name,
        parameters=signature(parameters),
        category=category,
        summary=summary,
        latex=latex,
        torch=f"torch.{name}" if torch is None else torch,
        grad_fn=backward if isinstance(backward, str) else None,
        backward=backward,
        evaluate=evaluate,
        measure=measure,
        pull=pull if isinstance(pull, tuple) else (pull,),
        push=push if isinstance(push, tuple) else (push,),
        partials=(partials,) if isinstance(partials, str) else partials,
        conventions=conventions,
        differentiable=bool(pull),
        **rest,
    )


def sample(*inputs: Any, symmetric: bool = False, smooth: bool = True, unlike: str = "", **attributes: Any) -> Sample:
    """A sample in one line; nested lists become arrays."""
    return Sample(tuple(_array(x) for x in inputs), attributes or NO_ATTRIBUTES, symmetric, smooth, unlike)


def _array(value: Any) -> Any:
    """A nested list as a float64 array (boolean if all entries are); numbers and arrays as they are."""
    if not isinstance(value, (list, tuple)):
        return value
    raw = np.array(value)
    return raw if raw.dtype == np.bool_ else raw.astype(np.float64)
