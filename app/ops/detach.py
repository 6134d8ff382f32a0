"""detach: the value goes on, the derivative does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.ops.op import Op, Shape, Value, signature


class Detach(Op):
    """The identity on primals that lets neither tangents nor adjoints through."""

    def shape(self, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> Shape:
        return shapes[0]

    def work(self, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> int:
        return 1

    def value(self, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        return inputs[0]

    def partial_latex(self, slot: int, attributes: Mapping[str, Any]) -> str:
        return "0"


DETACH = Detach(
    name="detach",
    parameters=signature("x"),
    category="no gradient",
    summary="The same value, cut off from the graph: nothing flows back or forward through it.",
    latex=r"\operatorname{detach}\left({0}\right)",
    torch="torch.Tensor.detach",
    grad_fn=None,
    differentiable=False,
)
