"""Activations of neural networks: value; ∂/∂x. In the texts z is the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

from app.core.diagnostic import OpError
from app.ops.line import line
from app.ops.op import Value
from app.ops.rule import Elementwise

rule = partial(line, category="activation")
named = partial(line, category="activation", method=False)
"""An activation that torch has as a function only."""

SCALE, ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717
"""The constants of selu."""


def bend(name: str, at: str, choice: str) -> tuple[tuple[str, str], ...]:
    """The note on a kink."""
    places = " and ".join(at.split())
    condition = " or ".join(f"x == {place}" for place in at.split())
    return ((condition, f"{name} is not differentiable at {places}; torch's choice is {choice}."),)


INNER = "sqrt(2 / pi) * (x + 0.044715 * x ** 3)"
GELU_TANH = line(
    "gelu", f"0.5 * x * (1 + tanh({INNER}))",
    f"0.5 * (1 + tanh({INNER})) + 0.5 * x * (1 - tanh({INNER}) ** 2) * (sqrt(2 / pi) * (1 + 3 * 0.044715 * x ** 2))",
    attributes="approximate='none'", summary="",
)  # fmt: skip
GELU_EXACT = named(
    "gelu", "0.5 * x * (1 + erf(x / sqrt(2)))",
    "0.5 * (1 + erf(x / sqrt(2))) + x * (exp(-(0.5 * x ** 2)) / sqrt(2 * pi))",
    attributes="approximate='none'", torch="torch.nn.functional.gelu", examples=({"approximate": "tanh"},),
    summary="x times the normal distribution function; approximate='tanh' takes a cheaper form of it.",
)  # fmt: skip


class Gelu(Elementwise):
    """x times the normal distribution function, exactly or by way of tanh: two rules, one operation."""

    def chosen(self, attributes: Mapping[str, Any]) -> Elementwise:
        asked = attributes.get("approximate", "none")
        if asked not in ("none", "tanh"):
            raise OpError("call.arguments", f"approximate is 'none' or 'tanh', not {asked!r}.")
        return GELU_TANH if asked == "tanh" else GELU_EXACT

    def value(self, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        return self.chosen(attributes).value(inputs, attributes)

    def vjp(self, o: Any, slot: int, bar: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        return self.chosen(attributes).vjp(o, slot, bar, z, inputs, attributes)

    def jvp(self, o: Any, slot: int, dot: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        return self.chosen(attributes).jvp(o, slot, dot, z, inputs, attributes)

    def partial(self, slot: int, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        return self.chosen(attributes).partial(slot, z, inputs, attributes)

    def partial_latex(self, slot: int, attributes: Mapping[str, Any]) -> str:
        return self.chosen(attributes).partial_latex(slot, attributes)


ACTIVATIONS: tuple[Elementwise, ...] = (
    rule("sigmoid", "1 / (1 + exp(-x))", "(1 - z) * z", aliases="expit", latex=r"\sigma\left({0}\right)", summary="The logistic function."),
    named("logsigmoid", "where(x < 0, x, 0) - log1p(exp(-abs(x)))",
          "where(x < 0, 1 - exp(x) / (1 + exp(x)), exp(-x) / (1 + exp(-x)))", aliases="log_sigmoid", grad_fn="LogSigmoidBackward0",
          torch="torch.nn.functional.logsigmoid", latex=r"\ln\sigma\left({0}\right)",
          summary="The logarithm of the sigmoid, without overflow."),
    rule("relu", "where(x < 0, 0, x)", "where(x <= 0, 0, 1)", integers=True, summary="x where it is positive, otherwise 0.",
         notes=bend("relu", "0", "0")),
    named("relu6", "where(x < 0, 0, where(x > 6, 6, x))", "where(x <= 0 or x >= 6, 0, 1)", grad_fn="HardtanhBackward0",
          torch="torch.nn.functional.relu6", sampling=((-3.0, 9.0),), summary="x, held between 0 and 6.", notes=bend("relu6", "0 6", "0")),
    named("leaky_relu", "where(x > 0, x, x * negative_slope)", "where(x > 0, 1, negative_slope)", attributes="negative_slope=0.01",
          torch="torch.nn.functional.leaky_relu", examples=({"negative_slope": 0.2},),
          summary="x where it is positive, otherwise a small part of it.",
          notes=bend("leaky_relu", "0", "the slope of the negative side")),
    named("elu", "where(x > 0, x, alpha * expm1(x))", "where(x <= 0, alpha * exp(x), 1)", attributes="alpha=1.0",
          torch="torch.nn.functional.elu", examples=({"alpha": 0.7},), summary="x where it is positive, otherwise alpha (exp(x) - 1).",
          notes=(("x == 0 and alpha != 1", "elu is not differentiable at 0; torch's choice is alpha, the slope of the negative side."),)),
    named("selu", f"where(x > 0, {SCALE} * x, {SCALE * ALPHA} * expm1(x))", f"where(x <= 0, {SCALE * ALPHA} * exp(x), {SCALE})",
          torch="torch.nn.functional.selu", grad_fn="EluBackward0", summary="elu, scaled so that a deep network keeps its variance.",
          notes=bend("selu", "0", "1.7581, the slope of the negative side")),
    named("silu", "x / (1 + exp(-x))", "sigmoid(x) * (1 + x * (1 - sigmoid(x)))", aliases="swish", torch="torch.nn.functional.silu",
          summary="x times its sigmoid."),
    named("mish", "x * tanh(log1p(exp(x)))", "tanh(log1p(exp(x))) + x * sigmoid(x) * (1 - tanh(log1p(exp(x))) ** 2)",
          torch="torch.nn.functional.mish", summary="x times the tanh of its softplus."),
    named("softplus", "where(x * beta > threshold, x, log1p(exp(x * beta)) / beta)",
          "where(x * beta > threshold, 1, exp(x * beta) / (exp(x * beta) + 1))", attributes="beta=1.0, threshold=20.0",
          torch="torch.nn.functional.softplus", examples=({"beta": 2.0},), summary="log(1 + exp(x)): a smooth relu.",
          notes=(("x * beta > threshold", "Above the threshold torch takes softplus to be x, with slope 1."),)),
    named("hardtanh", "where(x < min_val, min_val, where(x > max_val, max_val, x))", "where(x <= min_val or x >= max_val, 0, 1)",
          attributes="min_val=-1.0, max_val=1.0", torch="torch.nn.functional.hardtanh", examples=({"min_val": -2.0, "max_val": 0.5},),
          summary="x, held between two numbers.",
          notes=(("x == min_val or x == max_val", "hardtanh is not differentiable at its ends; torch's choice is 0."),)),
    named("dropout", "x * mask / (1 - p)", "mask / (1 - p)", "x / (1 - p)", operands="x, mask", attributes="p=0.5", grad_fn="DivBackward0",
          torch="x * mask / (1 - p)", examples=({"p": 0.25},),
          summary="x where the given mask is 1, scaled up to keep its mean, and 0 elsewhere."),
    Gelu(**{field.name: getattr(GELU_EXACT, field.name) for field in fields(GELU_EXACT)}),
)  # fmt: skip
