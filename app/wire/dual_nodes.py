"""The nodes of a run on dual numbers: coefficients, the rule that made them, and its expansion."""

from __future__ import annotations

from typing import Any

from app.core.formatting import number_latex
from app.core.span import Span
from app.engine.tape import NO_ATTRIBUTES, shape_of
from app.labs.dual.carried import Carried, derivatives
from app.labs.dual.expansion import dual_latex, rule, shown, slopes_latex, terms
from app.labs.dual.written import as_typed, write_dual
from app.lang.program import Run
from app.ops.filled import fill
from app.ops.op import Op
from app.wire.nodes import View, bones
from app.wire.notes import notes
from app.wire.numbers import plain

LETTERS = ("a", "c", "e")
VIEW = View(summary=False, partials=False, latex=True, spans=True)
FIELDS = ("id", "label", "v", "op", "kind", "inputs", "shape", "latex", "span")
Rows = list[dict[str, Any]]


def dual_nodes(run: Run, found: Carried, source: str) -> Rows:
    """Every node in order; spans are those of the text as it was typed."""
    remarks = notes(run, forward=True)
    listed = []
    for node, (fixed, _) in enumerate(bones(run, VIEW)):
        row = {name: fixed[name] for name in FIELDS}
        row["span"] = row["span"] and as_typed(source, Span(**row["span"]))._asdict()
        row["expression"] = _expression(source, row)
        row |= _numbers(run, found, node) | _made(run, found, node)
        row["notes"] = remarks.get(node, [])
        listed.append(row)
    return listed


def _expression(source: str, row: dict[str, Any]) -> str:
    """The piece of the program that made a node; an input or a number by its label."""
    span, lines = row["span"], source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if span is None or span["line"] != span["end_line"] or row["kind"] != "op":
        return str(row["label"])
    wide = lines[span["line"] - 1].encode("utf-16-le")
    return str(wide[2 * span["column"] : 2 * span["end_column"]], "utf-16-le")


def _numbers(run: Run, found: Carried, node: int) -> dict[str, Any]:
    """The coefficients of a node, its derivatives, and both as text where it is a number."""
    coefficients = found.coefficients[node]
    if coefficients is None:
        return {"coefficients": None, "derivatives": None, "text": None, "dual_latex": None}
    number = not shape_of(run.tape.values[node])
    return {
        "coefficients": [plain(c) for c in coefficients],
        "derivatives": [plain(c) for c in derivatives(coefficients)],
        "text": write_dual(coefficients) if number else None,
        "dual_latex": dual_latex(coefficients) if number else None,
    }


def _made(run: Run, found: Carried, node: int) -> dict[str, Any]:
    """The rule of a node's operation on dual numbers, and its expansion with these ones."""
    op = run.tape.rules[node]
    if not isinstance(op, Op):
        return {"rule": None, "expansion": None}
    attributes, inputs = run.tape.attributes.get(node, NO_ATTRIBUTES), run.tape.inputs[node]
    names, own = LETTERS[: len(inputs)], rf"f\left({', '.join(LETTERS[: len(inputs)])}\right)"
    few = op.elementwise and len(inputs) <= len(LETTERS)
    formula = fill(op.formula(len(inputs), attributes), names, own) if few else ""
    partials = [fill(op.partial_latex(slot, attributes), names, own) for slot in range(len(inputs))] if few else []
    latex, sentence = rule(op, found.order, formula, partials)
    return {"rule": {"latex": latex, "sentence": sentence}, "expansion": _expansion(run, found, node, op)}


def _expansion(run: Run, found: Carried, node: int, op: Op) -> dict[str, Any] | None:
    """The operation with dual numbers in it, and its summands; None for tensors and for what is no float."""
    operands = [found.coefficients[i] for i in run.tape.inputs[node]]
    result = found.coefficients[node]
    if not op.elementwise or result is None or shape_of(result[0]) or any(row is None for row in operands):
        return None
    rows = [row for row in operands if row is not None]
    attributes = run.tape.attributes.get(node, NO_ATTRIBUTES)
    written = [rf"\left({dual_latex(row)}\right)" for row in rows]
    listed = terms(op, rows, result, found.dropped[node])
    numbers, own = [number_latex(float(row[0])) for row in rows], number_latex(float(result[0]))
    first = fill(op.formula(len(rows), attributes), numbers, own)
    second = slopes_latex([fill(op.partial_latex(slot, attributes), numbers, own) for slot in range(len(rows))], rows)
    return {
        "latex": fill(op.formula(len(rows), attributes), written, ""),
        "terms": [
            {"coefficient": plain(t.coefficient), "power": t.power, "struck": t.struck, "latex": shown(t, first, second)} for t in listed
        ],
    }
