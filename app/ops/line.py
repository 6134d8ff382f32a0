"""One line of the table of elementwise operations: its texts in, the operation out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.ops.formula import latex as formula
from app.ops.op import Convention, Parameter, signature
from app.ops.rule import Elementwise
from app.ops.text import Call, Term, read


def line(
    name: str,
    value: str,
    *partials: str | None,
    summary: str,
    category: str = "",
    operands: str | None = None,
    attributes: str = "",
    parameters: tuple[Parameter, ...] = (),
    torch: str | None = None,
    grad_fn: str | None = None,
    latex: str | None = None,
    aliases: str = "",
    notes: tuple[tuple[str, str], ...] = (),
    **rest: Any,
) -> Elementwise:
    """One operation from its line: value and partials as text; ``notes`` pair a condition with the sentence that it calls for."""
    made = Elementwise(
        name=name,
        parameters=parameters or signature(f"{operands or ('x', 'x, y')[len(partials) > 1]}; {attributes}"),
        category=category,
        summary=summary,
        latex="",
        torch=torch or f"torch.{name}",
        grad_fn=grad_fn or (name.title().replace("_", "") + "Backward0" if partials else None),
        aliases=tuple(aliases.split()),
        differentiable=bool(partials),
        value_text=value,
        partial_texts=partials,
        **rest,
    )
    conventions = tuple(Convention(made.predicate(condition), sentence) for condition, sentence in notes)
    return replace(made, latex=latex or _own_form(made), conventions=conventions)


def _own_form(op: Elementwise) -> str:
    """The operation's LaTeX: its text where that names it, otherwise its name before its operands."""
    term = read(op.value_text)
    shown_as = term if _is_plain(term) and not op.attributes else Call(op.name, op.operands)
    return formula(shown_as, {name: f"{{{i}}}" for i, name in enumerate(op.operands)})


def _is_plain(term: Term) -> bool:
    """Whether a term is one operation on variables and numbers."""
    return isinstance(term, Call) and not any(isinstance(a, Call) for a in term.args)
