"""What every text reads of an answer: numbers, names and the steps in the order in which a cursor walks over them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.core.formatting import SMALLEST_NORMAL, rounded

Json = dict[str, Any]
WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
SUBSCRIPTS = str.maketrans("-0123456789", "₋₀₁₂₃₄₅₆₇₈₉")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
MOST = 36
"""Entries of a tensor that a table writes out."""


@dataclass(frozen=True, slots=True)
class Event:
    """One step of the cursor: a node evaluated, an output seeded, or a contribution along an edge."""

    number: int
    kind: str
    node: Json
    to: Json | None = None
    slot: int | None = None
    value: Any = None
    after: Any = None


def events(answer: Json) -> Iterator[Event]:
    """The steps of an answer, from 1; one per node forward, one per seeded output, one per contribution."""
    nodes, number = answer["nodes"], 0
    for node in nodes:
        if node["kind"] != "constant":
            number += 1
            yield Event(number, "forward", node)
    for node, seed in seeds(answer):
        number += 1
        yield Event(number, "seed", node, value=seed, after=seed)
    for step in answer.get("steps", []):
        for given in step.get("contributions", ()):
            number += 1
            yield Event(
                number, "contribution", nodes[step["node"]], nodes[given["to"]], given["slot"], given["value"], given["adjoint_after"]
            )


def seeds(answer: Json) -> Iterator[tuple[Json, Any]]:
    """The outputs that have a cotangent, with it."""
    if answer["mode"] not in ("reverse", "both"):
        return
    given = answer["seed"] or {}
    for name, node in zip(answer["output_names"], answer["outputs"], strict=True):
        if name in given:
            yield answer["nodes"][node], given[name]


def is_scalar(value: Any) -> bool:
    """Whether a value of an answer is one number, or none."""
    return not isinstance(value, (list, dict))


def number(value: Any) -> float | None:
    """A scalar of an answer as a float; None for what is none."""
    return WORDS[value] if isinstance(value, str) else None if value is None else float(value)


def shown(value: Any, digits: int | None) -> str:
    """A value as the pages show it: – for nothing, true minus, powers of ten raised; tensors in brackets."""
    if value is None:
        return "–"
    if isinstance(value, dict):
        return f"shape {'×'.join(map(str, value['shape']))}"
    if isinstance(value, list):
        return "[" + ", ".join(shown(v, digits) for v in value[:MOST]) + (", …" if len(value) > MOST else "") + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(number(value) or 0.0, digits)


def _number(value: float, digits: int | None) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if 0 < abs(value) < SMALLEST_NORMAL:
        return "≈0"
    mantissa, exponent = rounded(value, digits)
    text = mantissa if exponent is None else f"{mantissa} × 10{str(exponent).translate(RAISED)}"
    return text.replace("-", "−", 1) if text.startswith("-") else text


def latex(value: Any, digits: int | None) -> str:
    """A value as LaTeX, with the same digits."""
    if value is None:
        return r"\text{–}"
    if not is_scalar(value):
        return _matrix(value, digits) if isinstance(value, list) else r"\text{" + shown(value, digits) + "}"
    if isinstance(value, bool):
        return r"\text{true}" if value else r"\text{false}"
    found = number(value) or 0.0
    if math.isnan(found):
        return r"\text{NaN}"
    if math.isinf(found):
        return r"\infty" if found > 0 else r"-\infty"
    mantissa, exponent = rounded(found, digits)
    return mantissa if exponent is None else rf"{mantissa} \times 10^{{{exponent}}}"


def _matrix(value: list[Any], digits: int | None) -> str:
    """A vector as a column, a small matrix as it is; everything else by its entries in brackets."""
    rows = value if value and isinstance(value[0], list) else [[entry] for entry in value]
    flat = all(is_scalar(entry) for row in rows for entry in row)
    if not flat or sum(map(len, rows)) > MOST:
        return r"\text{" + shown(value, 3) + "}"
    body = r" \\ ".join(" & ".join(latex(entry, digits) for entry in row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def v(node: Json) -> str:
    """The node's number as Griewank and Walther count: v₋₁, v₀, v₁; a constant's value."""
    given = node.get("v")
    return str(node["label"]) if given is None else "v" + given.removeprefix("v_{").removesuffix("}").translate(SUBSCRIPTS)


def name(node: Json) -> str:
    """What the user calls a node; the v-number of one without a name."""
    return v(node) if node["kind"] == "op" and node["label"] == node["op"] else str(node["label"])


def operation(node: Json, nodes: list[Json]) -> str:
    """The operation and its operands by name."""
    if node["kind"] != "op":
        return str(node["kind"])
    keywords = [f"{key}={given}" for key, given in node.get("attributes", {}).items() if given not in (None, False)]
    return f"{node['op']}({', '.join([name(nodes[i]) for i in node['inputs']] + keywords)})"


def partial(node: Json, slot: int) -> Any:
    """The local derivative along an edge: its value, or its structure."""
    found = node["partials"][slot]
    return found["value"] if found.get("value") is not None else found.get("structure")
