"""What the nodes are called: by the user's names and their versions, and in Griewank and Walther's numbering."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.core.formatting import number_latex, short, version, version_latex
from app.lang.program import Run
from app.ops.op import Value, shape_of


@dataclass(frozen=True, slots=True)
class Labels:
    """Per node: the label, its LaTeX as an operand of others, and the v-number (None for constants)."""

    text: list[str]
    latex: list[str]
    v: list[str | None]


def labels(run: Run) -> Labels:
    """The labels of one run."""
    named = versions(run)
    inputs, tape = len(run.inputs), run.tape
    text: list[str] = []
    latex: list[str] = []
    numbers: list[str | None] = []
    count = 0
    for node, rule in enumerate(tape.rules):
        if node < inputs:
            number: str | None = f"v_{{{node + 1 - inputs}}}"
        elif rule is None:
            number = None
        else:
            count += 1
            number = f"v_{{{count}}}"
        numbers.append(number)
        if node in named:
            text.append(version(*named[node]))
            latex.append(version_latex(*named[node]))
        elif rule is None:
            text.append(constant_text(tape.values[node]))
            latex.append(constant_latex(tape.values[node]))
        else:
            text.append(rule.name)  # type: ignore[attr-defined]  # the rules of this project are Ops
            latex.append(number or "")
    return Labels(text, latex, numbers)


def versions(run: Run) -> dict[int, tuple[str, int]]:
    """Node to name and version: the first name of a node counts, a top-level one before one inside a function."""
    named: dict[int, tuple[str, int]] = {}
    counts: dict[str, int] = {}
    for name, node in run.inputs.items():
        named[node] = (name, 1)
        counts[name] = 1
    for bindings in (run.bound, run.local):
        for node, name in bindings:
            if node not in named:
                counts[name] = number = counts.get(name, 0) + 1
                named[node] = (name, number)
    return named


def constant_text(value: Value) -> str:
    """A constant as its own label."""
    if not isinstance(value, np.ndarray):
        return short(value)
    return "[" + ", ".join(short(v) for v in value) + "]" if value.ndim == 1 and value.size <= 4 else "×".join(map(str, shape_of(value)))


def constant_latex(value: Value) -> str:
    """A constant as LaTeX: numbers, small vectors and matrices in full, larger ones by their shape."""
    if not isinstance(value, np.ndarray):
        return number_latex(value)
    if value.ndim in (1, 2) and 0 < value.size <= 9:
        rows = np.atleast_2d(value) if value.ndim == 2 else value.reshape(-1, 1)
        body = r" \\ ".join(" & ".join(number_latex(v.item()) for v in row) for row in rows)
        return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"
    shape = r" \times ".join(map(str, shape_of(value)))
    return f"C_{{{shape}}}"
