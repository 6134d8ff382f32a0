"""Every operation of the language as the API lists it: spellings, signature, rules, conventions."""

from __future__ import annotations

from typing import Any

from app.ops.creation import CREATIONS, Creation
from app.ops.op import REQUIRED, Op, Parameter
from app.ops.rule import Elementwise
from app.ops.table import PUBLIC


def operations() -> list[dict[str, Any]]:
    """All operations that a program can call, in the order of their tables, then the functions that make constants."""
    return [described(op) for op in PUBLIC.values()] + [made(creation) for creation in CREATIONS.values()]


def made(creation: Creation) -> dict[str, Any]:
    """A function that makes a constant, into which nothing flows."""
    return {
        "name": creation.name,
        "aliases": [],
        "signature": creation.name + written(creation.parameters),
        "category": "creation",
        "summary": creation.summary,
        "latex": creation.latex,
        "torch": creation.torch,
        "grad_fn": None,
        "differentiable": False,
        "results": 1,
        "method": False,
        "conventions": [],
        "rule": None,
        "partials": [],
    }


def described(op: Op) -> dict[str, Any]:
    """One operation."""
    return {
        "name": op.name,
        "aliases": list(op.aliases),
        "signature": op.name + written(op.parameters),
        "category": op.category,
        "summary": op.summary,
        "latex": op.latex,
        "torch": op.torch,
        "grad_fn": op.grad_fn,
        "differentiable": op.differentiable,
        "results": op.results,
        "method": op.method,
        "conventions": [convention.sentence for convention in op.conventions],
        "rule": {"value": op.value_text, "partials": list(op.partial_texts), "domain": op.domain} if isinstance(op, Elementwise) else None,
        "partials": partials(op),
    }


def written(parameters: tuple[Parameter, ...]) -> str:
    """A signature as Python writes it: operands, then options by keyword."""
    operands = ["*" * p.variadic + p.name for p in parameters if p.operand]
    options = [p.name if p.default is REQUIRED else f"{p.name}={p.default!r}" for p in parameters if not p.operand]
    return f"({', '.join(operands + options)})"


def partials(op: Op) -> list[str]:
    """The local derivatives as LaTeX templates, one an operand; none where nothing flows."""
    if not op.differentiable:
        return []
    options = [p for p in op.parameters if not p.operand]
    # numbers appear by name; a word decides which formula it is, so that its default stands
    attributes = {p.name: p.default if isinstance(p.default, str) else rf"\text{{{p.name}}}" for p in options}
    return [op.partial_latex(slot, attributes) for slot in range(sum(p.operand for p in op.parameters))]
