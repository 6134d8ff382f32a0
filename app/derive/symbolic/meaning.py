"""What has no derivative at all, and why: told of programs that are no formulas to begin with."""

from __future__ import annotations

import ast

from app.core.diagnostic import ProgramError, problem
from app.core.span import Span

DRAWING = frozenset(
    {"plt", "pyplot", "matplotlib", "turtle", "ax", "fig", "canvas", "draw", "plot", "scatter", "circle", "line", "show", "imshow"}
)
HOLDERS = frozenset({"append", "extend", "insert", "pop", "remove", "items", "keys", "values", "update", "add", "sort"})
STRUCTURES = (ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.ClassDef)


def meaningless(source: str) -> ProgramError | None:
    """The refusal of a data structure or a drawing, at its place; None where there is none."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, STRUCTURES) or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in HOLDERS
        ):
            return problem(
                "symbolic.data_structure", "A data structure holds values; it is no function of them, so it has no derivative.",
                _span(node, source),
                "Differentiate the numbers that are taken out of it.",
            )  # fmt: skip
        if isinstance(node, ast.Call) and _root(node.func) in DRAWING:
            return problem(
                "symbolic.drawing", "A drawing is an effect, no value: there is nothing that could change with the input.",
                _span(node, source),
                "Differentiate what is drawn.",
            )  # fmt: skip
    return None


def _root(function: ast.expr) -> str:
    """The first name of plt.plot or plot."""
    while isinstance(function, ast.Attribute):
        function = function.value
    return function.id if isinstance(function, ast.Name) else ""


def _span(node: ast.AST, source: str) -> Span | None:
    line, column = getattr(node, "lineno", None), getattr(node, "col_offset", None)
    if line is None or column is None:
        return None
    end = getattr(node, "end_col_offset", column + 1)
    first = source.splitlines()[line - 1].encode()
    start = len(first[:column].decode("utf-8", "replace"))
    last = node.end_lineno if hasattr(node, "end_lineno") else line
    final = source.splitlines()[(last or line) - 1].encode()
    return Span(line, start, last or line, len(final[:end].decode("utf-8", "replace")))
