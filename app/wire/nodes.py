"""Nodes as the API shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from app.core.limits import Limits
from app.engine.tape import NO_ATTRIBUTES
from app.lang.program import Run
from app.ops.filled import fill
from app.ops.op import Op, Value, shape_of
from app.wire.labels import Labels, labels
from app.wire.numbers import plain, summary
from app.wire.partials import partials
from app.wire.swept import Swept

WIDEST = 2**53
"""Integers above are no numbers that every reader of JSON understands."""


@dataclass(frozen=True, slots=True)
class View:
    """What of the nodes to show."""

    summary: bool
    partials: bool
    latex: bool
    spans: bool


Notes = Mapping[int, list[str]]
"""Sentences per node."""


def nodes(run: Run, skeleton: Sequence[Bone], swept: Swept, view: View, limits: Limits, remarks: Notes) -> list[dict[str, Any]]:
    """Every node of a run, in order: what its structure says, and its numbers."""
    show: Callable[[Value | None], Any] = partial(summary, above=limits.summary_above) if view.summary else plain
    values, adjoints, tangents = run.tape.values, swept.adjoints, swept.tangents
    listed = []
    for node, (fixed, slots) in enumerate(skeleton):
        row = fixed.copy()
        row["primal"] = show(values[node])
        if adjoints is not None:
            row["adjoint"] = show(adjoints[node])
        if tangents is not None:
            row["tangent"] = show(tangents[node])
        if view.partials:
            row["partials"] = partials(run, node, slots, limits.partial_entries) if slots else []
        row["notes"] = remarks.get(node, NO_NOTES)
        listed.append(row)
    return listed


# ---------------------------------------------------------------- the part that structure decides

Bone = tuple[dict[str, Any], list[str]]
"""A node without its numbers, and the LaTeX of its partials."""

NO_NOTES: list[str] = []


def bones(run: Run, view: View) -> list[Bone]:
    """The nodes of a run without their numbers: the same for every run of the same structure."""
    called = labels(run)
    inside = innermost_groups(run)
    found = []
    for node in range(len(run.tape)):
        row = _node(run, node, called)
        row["group"] = inside[node] if inside else None
        if view.spans:
            site = run.sites[node]
            row["span"] = None if site is None or node < len(run.inputs) else run.checked.span(site)._asdict()
        found.append((row, _formulas(run, node, called, view, row)))
    return found


def _formulas(run: Run, node: int, called: Labels, view: View, row: dict[str, Any]) -> list[str]:
    """Write the node's formula into its row; the formulas of its partials."""
    rule = run.tape.rules[node]
    if not isinstance(rule, Op):
        if view.latex:
            row["latex"] = called.latex[node]
        return []
    names, own = [called.latex[i] for i in run.tape.inputs[node]], called.latex[node]
    attributes = run.tape.attributes.get(node, NO_ATTRIBUTES)
    if view.latex:
        row["latex"] = fill(rule.formula(len(names), attributes), names, own)
    return [fill(rule.partial_latex(slot, attributes), names, own) for slot in range(len(names))] if view.partials else []


def _node(run: Run, node: int, called: Labels) -> dict[str, Any]:
    """What a node is: its names, its operation, its shape."""
    tape = run.tape
    rule, value = tape.rules[node], tape.values[node]
    kind = "op" if rule is not None else "input" if node < len(run.inputs) else "constant"
    row: dict[str, Any] = {
        "id": node,
        "label": called.text[node],
        "v": called.v[node],
        "op": rule.name if isinstance(rule, Op) else kind,
        "kind": kind,
        "inputs": tape.inputs[node],
        "shape": shape_of(value),
        "dtype": dtype(value),
        "requires_grad": tape.live[node],
        "grad_fn": grad_fn(run, node),
    }
    attributes = tape.attributes.get(node)
    if attributes:
        row["attributes"] = {name: described(v) for name, v in attributes.items() if name != "result"}
        if "result" in attributes:
            row["result"] = attributes["result"]
    return row


def dtype(value: Value) -> str:
    """The dtype of a primal, as torch calls it."""
    if isinstance(value, np.ndarray):
        return str(value.dtype)
    return "bool" if isinstance(value, bool) else "float64" if isinstance(value, float) else "int64"


def grad_fn(run: Run, node: int) -> str | None:
    """The name of the node's grad_fn as torch prints it; None where adjoints do not reach it."""
    tape = run.tape
    rule = tape.rules[node]
    if not isinstance(rule, Op) or not tape.live[node]:
        return None
    inputs = tape.inputs[node]
    shapes = [shape_of(tape.values[i]) for i in inputs]
    numbers = tuple(tape.rules[i] is None and i >= len(run.inputs) and not shape_of(tape.values[i]) for i in inputs)
    return rule.grad_fn_for(shapes, numbers, tape.attributes.get(node, NO_ATTRIBUTES))


def described(value: Any) -> Any:
    """An attribute as JSON has it."""
    if isinstance(value, (list, tuple)):
        return [described(v) for v in value]
    if isinstance(value, slice):
        return ":".join("" if v is None else str(v) for v in (value.start, value.stop, value.step)).removesuffix(":") or ":"
    if value is Ellipsis:
        return "..."
    if isinstance(value, int) and abs(value) > WIDEST:
        return str(value)
    return plain(value)


def innermost_groups(run: Run) -> list[int | None] | None:
    """The innermost group of every node, None where there are no groups at all."""
    if not run.groups:
        return None
    inside: list[int | None] = [None] * len(run.tape)
    for number, group in enumerate(run.groups):  # parents come before their children
        first, last = group[4], group[5]
        inside[first : last + 1] = [number] * (last + 1 - first)
    return inside


def groups(run: Run) -> list[dict[str, Any]]:
    """The calls and iterations that made nodes; ids are the positions in the run, so that parents keep theirs."""
    listed = []
    for number, (kind, what, site, parent, first, last) in enumerate(run.groups):
        if last >= first:
            label = f"iteration {what + 1}" if kind == "iteration" else f"{what}(…)" if kind == "call" else what
            span = run.checked.span(site)._asdict()
            listed.append({"id": number, "kind": kind, "label": label, "span": span, "parent": parent, "first": first, "last": last})
    return listed
