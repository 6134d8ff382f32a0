"""The trace as a table: CSV with every digit for spreadsheets and scripts, Markdown for reading."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from app.grading.formats.table import safe
from app.wire.texts.reading import Event, Json, events, is_scalar, name, operation, partial, shown, v

FIELDS = ("step", "kind", "node", "name", "operation", "primal", "tangent", "to", "slot", "partial", "contribution", "adjoint")


def csv_text(answer: Json, digits: int | None) -> str:
    """One row a step, numbers with every digit; texts that a spreadsheet would run begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for event in events(answer):
        row = _row(event, answer["nodes"])
        writer.writerow([_cell(row.get(field)) for field in FIELDS])
    return out.getvalue()


def _row(event: Event, nodes: list[Json]) -> Json:
    """What a step says, by field."""
    node = event.node
    row: Json = {"step": event.number, "kind": event.kind, "node": _Text(v(node)), "name": _Text(name(node))}
    if event.kind == "forward":
        return row | {"operation": _Text(operation(node, nodes)), "primal": node["primal"], "tangent": node.get("tangent")}
    if event.to is None:
        return row | {"adjoint": event.after}
    return row | {
        "to": _Text(v(event.to)),
        "slot": event.slot,
        "partial": partial(node, event.slot or 0),
        "contribution": event.value,
        "adjoint": event.after,
    }


class _Text(str):
    """A name or an operation: text of the user, never a number."""

    __slots__ = ()


def _cell(value: Any) -> Any:
    """A cell: numbers as they are, tensors as JSON, text made safe."""
    if isinstance(value, _Text):
        return safe(value)
    return value if is_scalar(value) else json.dumps(value)


def markdown(answer: Json, digits: int | None) -> str:
    """Two tables: the forward sweep from above, the reverse sweep from below."""
    nodes = answer["nodes"]
    blocks = [_table(_forward(answer, nodes, digits))]
    reverse = [event for event in events(answer) if event.kind != "forward"]
    if reverse:
        blocks.append(_table(_reverse(reverse, digits)))
    return "\n".join(blocks)


def _forward(answer: Json, nodes: list[Json], digits: int | None) -> Iterator[list[str]]:
    has_tangents = answer["mode"] in ("forward", "both")
    yield ["step", "node", "name", "operation", "primal", *(["tangent"] if has_tangents else [])]
    for event in events(answer):
        if event.kind == "forward":
            node = event.node
            tangent = [shown(node.get("tangent"), digits)] if has_tangents else []
            yield [str(event.number), v(node), name(node), operation(node, nodes), shown(node["primal"], digits), *tangent]


def _reverse(reverse: list[Event], digits: int | None) -> Iterator[list[str]]:
    yield ["step", "from", "to", "partial", "contribution", "adjoint"]
    for event in reverse:
        if event.to is None:
            yield [str(event.number), "seed", name(event.node), "", shown(event.value, digits), shown(event.after, digits)]
        else:
            slope = partial(event.node, event.slot or 0)
            said = slope if isinstance(slope, str) and slope.islower() else shown(slope, digits)
            yield [str(event.number), name(event.node), name(event.to), said, shown(event.value, digits), shown(event.after, digits)]


def _table(rows: Iterator[list[str]]) -> str:
    """A table of Markdown: bars and signs of formatting in the cells are escaped."""
    head, *body = [[_escaped(cell) for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _escaped(text: str) -> str:
    for sign in "\\|*_`<>[]#":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", " ")
