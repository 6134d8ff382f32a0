"""Constants: tensors that are made from sizes and numbers alone. Nothing flows into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.op import REQUIRED, Parameter, Shape, shape_of, signature

Attributes = Mapping[str, Any]

INFINITY = float("inf")
LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Creation:
    """One function that makes a constant.

    ``shape`` is known before anything is allocated; ``fill`` makes the values. ``{name}`` in ``latex`` is an attribute.
    """

    name: str
    parameters: tuple[Parameter, ...]
    summary: str
    latex: str
    shape: Callable[[Attributes], Shape]
    fill: Callable[[Shape, Attributes], Any]
    torch: str

    def elements(self, attributes: Attributes) -> int:
        """How many elements there will be."""
        total = 1
        for side in self.shape(attributes):
            total *= side
        return total

    def value(self, attributes: Attributes) -> Any:
        """The constant: an array of float64, or a float where the shape is ``()``."""
        made = np.asarray(self.fill(self.shape(attributes), attributes), dtype=np.float64)
        return made if made.ndim else float(made)


def _number(value: Any, what: str) -> float:
    """A plain number among the attributes."""
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.item()
    if isinstance(value, (tuple, np.ndarray)) or not isinstance(value, (int, float)):
        raise OpError("type.mismatch", f"{what} must be a number.")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise OpError("value.too_large", f"{what} is too large.")
    return value


def _side(value: Any, what: str = "A size") -> int:
    """One size."""
    number = _number(value, what)
    if isinstance(number, bool) or not -INFINITY < number < INFINITY or int(number) != number:
        raise OpError("shape.invalid", f"{what} must be a whole number, not {value}.")
    if number < 0:
        raise OpError("shape.invalid", f"{what} cannot be negative: {int(number)}.")
    return int(number)


def _sized(attributes: Attributes, key: str = "size") -> Shape:
    """The shape given as one number, several, or a list."""
    size = attributes.get(key, ())
    if isinstance(size, np.ndarray):
        size = tuple(np.atleast_1d(size).tolist())
    if isinstance(size, tuple) and len(size) == 1 and isinstance(size[0], (tuple, np.ndarray)):
        size = tuple(size[0])
    return tuple(_side(side) for side in (size if isinstance(size, tuple) else (size,)))


def _like(attributes: Attributes) -> Shape:
    """The shape of another tensor."""
    return shape_of(np.asarray(attributes["x"]))


def _eye_shape(attributes: Attributes) -> Shape:
    rows = _side(attributes["n"])
    return (rows, rows if attributes.get("m") is None else _side(attributes["m"]))


def _range_ends(attributes: Attributes) -> tuple[float, float, float]:
    """Start, end and step of arange, which has one, two or three arguments."""
    start, end = attributes["start"], attributes.get("end")
    if end is None:
        start, end = 0, start
    ends = _number(start, "The start"), _number(end, "The end"), _number(attributes.get("step", 1), "The step")
    if not all(np.isfinite(ends)):
        raise OpError("shape.invalid", "A range needs finite numbers.")
    if ends[2] == 0:
        raise OpError("shape.invalid", "The step of a range must not be 0.")
    if (ends[1] - ends[0]) * ends[2] < 0:
        raise OpError("shape.invalid", f"A range from {ends[0]} to {ends[1]} does not go in steps of {ends[2]}.")
    return ends


def _range_shape(attributes: Attributes) -> Shape:
    start, end, step = _range_ends(attributes)
    steps = (end - start) / step
    if steps > 1e15:
        return (10**15,)
    return (max(0, int(np.ceil(steps))),)


def _range_fill(shape: Shape, attributes: Attributes) -> Any:
    start, _, step = _range_ends(attributes)
    return start + step * np.arange(shape[0], dtype=np.float64)


def _linspace(shape: Shape, attributes: Attributes) -> Any:
    """Equal steps, counted from both ends as torch does: the two halves mirror each other exactly."""
    start, end = (float(_number(attributes[key], f"The {key}")) for key in ("start", "end"))
    n = shape[0]
    if n < 2:
        return np.full(n, start)
    step = (end - start) / (n - 1)
    place = np.arange(n)
    return np.where(place < n // 2, start + step * place, end - step * (n - 1 - place))


def draw(kind: str, shape: Shape, seed: Any = 0) -> Any:
    """Random numbers that are the same for everybody who asks with the same seed: ``rand`` or ``randn``."""
    number = _number(0 if seed is None else seed, "The seed")
    if not -INFINITY < number < INFINITY:
        raise OpError("type.mismatch", f"The seed must be a whole number, not {number}.")
    generator = np.random.default_rng(int(number) % 2**63)
    return generator.random(shape) if kind == "rand" else generator.standard_normal(shape)


_SIZE = Parameter("size", operand=False, variadic=True)
_SEED = Parameter("seed", operand=False, default=0)


def _make(
    name: str,
    parameters: tuple[Parameter, ...],
    summary: str,
    latex: str,
    shape: Callable[[Attributes], Shape],
    fill: Callable[[Shape, Attributes], Any],
) -> Creation:
    return Creation(name, parameters, summary, latex, shape, fill, f"torch.{name}")


_ZEROS, _ONES = (lambda shape, _: np.zeros(shape)), (lambda shape, _: np.ones(shape))

_TABLE = (
    _make("zeros", (_SIZE,), "All zeros.", r"\mathbf{0}", _sized, _ZEROS),
    _make("empty", (_SIZE,), "All zeros (torch leaves the numbers open).", r"\mathbf{0}", _sized, _ZEROS),
    _make("ones", (_SIZE,), "All ones.", r"\mathbf{1}", _sized, _ONES),
    _make(
        "full", signature("; size, fill_value"), "One number everywhere.", r"\operatorname{full}({fill_value})", _sized,
        lambda shape, a: np.full(shape, float(_number(a["fill_value"], "The value"))),
    ),
    _make("eye", signature("; n, m=None"), "The identity matrix.", "I", _eye_shape, lambda shape, _: np.eye(shape[0], shape[1])),
    _make("arange", signature("; start, end=None, step=1"), "Numbers in equal steps, without the end.",
          r"({start}, \ldots, {end})", _range_shape, _range_fill),
    _make("linspace", signature("; start, end, steps=50"), "Numbers in equal steps, with both ends.",
          r"({start}, \ldots, {end})", lambda a: (_side(a["steps"], "The number of steps"),), _linspace),
    _make("rand", (_SIZE, _SEED), "Random numbers between 0 and 1, the same for the same seed.", r"\operatorname{rand}",
          _sized, lambda shape, a: draw("rand", shape, a.get("seed"))),
    _make("randn", (_SIZE, _SEED), "Normally distributed random numbers, the same for the same seed.", r"\operatorname{randn}",
          _sized, lambda shape, a: draw("randn", shape, a.get("seed"))),
    _make("zeros_like", signature("; x"), "Zeros in the shape of another tensor.", r"\mathbf{0}", _like, _ZEROS),
    _make("empty_like", signature("; x"), "Zeros in the shape of another tensor.", r"\mathbf{0}", _like, _ZEROS),
    _make("ones_like", signature("; x"), "Ones in the shape of another tensor.", r"\mathbf{1}", _like, _ONES),
    _make("full_like", signature("; x, fill_value"), "One number in the shape of another tensor.", r"\operatorname{full}({fill_value})",
          _like, lambda shape, a: np.full(shape, float(_number(a["fill_value"], "The value")))),
    _make("rand_like", signature("; x, seed=0"), "Random numbers between 0 and 1 in the shape of another tensor.", r"\operatorname{rand}",
          _like, lambda shape, a: draw("rand", shape, a.get("seed"))),
    _make("randn_like", signature("; x, seed=0"), "Normally distributed random numbers in the shape of another tensor.",
          r"\operatorname{randn}", _like, lambda shape, a: draw("randn", shape, a.get("seed"))),
)  # fmt: skip

CREATIONS: dict[str, Creation] = {creation.name: creation for creation in _TABLE}
assert all(p.default is REQUIRED or not p.operand for c in _TABLE for p in c.parameters)
