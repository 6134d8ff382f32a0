"""The evaluation trace as a table for the terminal: the Wengert list, then the reverse sweep, one contribution a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.core.formatting import short

WORDS = {"NaN": "NaN", "Infinity": "∞", "-Infinity": "-∞"}
SUBSCRIPTS = str.maketrans("-0123456789", "₋₀₁₂₃₄₅₆₇₈₉")
WIDE = 36


def table(answer: dict[str, Any]) -> str:
    """An answer of the API (``format`` nodes) as text."""
    blocks = [_list(answer), _reverse(answer), "\n".join(_summary(answer))]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _list(answer: dict[str, Any]) -> str:
    """The Wengert list, with tangents and adjoints where they were asked for."""
    nodes = answer["nodes"]
    swept = [name for name in ("tangent", "adjoint") if nodes and name in nodes[0]]
    shown = [[_v(node), node["label"], _operation(node, nodes), *(_value(node[name]) for name in ("primal", *swept))] for node in nodes]
    return _aligned([["", "name", "operation", "primal", *swept], *shown], left=3)


def _reverse(answer: dict[str, Any]) -> str:
    """The reverse sweep: what each edge adds, and the adjoint after it."""
    nodes, steps = answer["nodes"], answer.get("steps", [])
    rows = [["from", "to", "slot", "adds", "adjoint after"]]
    for step in steps:
        for given in step.get("contributions", ()):
            ends = [nodes[step["node"]]["label"], nodes[given["to"]]["label"], str(given["slot"])]
            rows.append([*ends, _value(given["value"]), _value(given["adjoint_after"])])
    return _aligned(rows, left=3) if len(rows) > 1 else ""


def _summary(answer: dict[str, Any]) -> Iterator[str]:
    """Derivatives by name, and torch's verdict."""
    for name, value in answer.get("output_tangents", {}).items():
        yield f"tangent of {name}: {_value(value)}"
    for name, value in answer.get("gradients", {}).items():
        yield f"adjoint of {name}: {_value(value)}"
    verdict = answer.get("verification")
    if verdict is not None:
        says = "agrees" if verdict["agrees"] else "does not agree"
        yield f"{verdict['backend']} on {verdict['device']} {says}"


def _v(node: dict[str, Any]) -> str:
    """The node's number as Griewank and Walther count, in plain signs: v₋₁, v₀, v₁."""
    number = node.get("v")
    return "" if number is None else "v" + number.removeprefix("v_{").removesuffix("}").translate(SUBSCRIPTS)


def _operation(node: dict[str, Any], nodes: Sequence[dict[str, Any]]) -> str:
    """The operation and its operands by name."""
    if node["kind"] != "op":
        return str(node["kind"])
    operands = [_v(nodes[i]) or nodes[i]["label"] for i in node["inputs"]]
    keywords = [f"{name}={value}" for name, value in node.get("attributes", {}).items()]
    return f"{node['op']}({', '.join(operands + keywords)})"


def _value(value: Any) -> str:
    """A number or a tensor in few signs; where nothing flows, a dash."""
    if value is None:
        return "–"
    if isinstance(value, dict):
        return f"shape {value['shape']}"
    text = _brackets(value)
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


def _brackets(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_brackets, value[:WIDE])) + "]"
    return WORDS[value] if isinstance(value, str) else short(value)


def _aligned(rows: list[list[str]], left: int) -> str:
    """Columns of one width: the first ``left`` begin together, the others end together."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) if i < left else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True))]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines)
