"""Constructs of Python that are not in the language, each with its sentence and a hint of what to write."""

from __future__ import annotations

import ast
import re

from app.core.diagnostic import ProgramError
from app.lang.places import Places
from app.lang.source import Edit, shown

ALLOWED = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
"""The operators of two numbers."""

_LOOP = "Write a for loop, or an operation on the whole tensor."
_SCOPE = "Give the value to the function as an argument, and return the result."

REFUSED: dict[str, tuple[str, str]] = {
    "ClassDef": ("Classes are not part of the language.", "Write functions with def."),
    "AsyncFunctionDef": ("async functions are not part of the language.", "Write def without async."),
    "AsyncFor": ("async for is not part of the language.", "Write for without async."),
    "AsyncWith": ("async with is not part of the language.", "Write with no_grad(): without async."),
    "Await": ("await is not part of the language.", "Call the function without it."),
    "Delete": ("del is not part of the language: values are never deleted.", "Leave the line out."),
    "Raise": ("raise is not part of the language.", "Leave it out; a program always gives numbers."),
    "Try": ("try is not part of the language.", "Check the values with if instead."),
    "TryStar": ("try is not part of the language.", "Check the values with if instead."),
    "Assert": ("assert is not part of the language.", "Leave it out."),
    "Match": ("match is not part of the language.", "Write if and elif."),
    "Global": ("global is not part of the language.", _SCOPE),
    "Nonlocal": ("nonlocal is not part of the language.", _SCOPE),
    "TypeAlias": ("type is not part of the language.", "Leave the line out."),
    "ListComp": ("A comprehension is not part of the language.", _LOOP),
    "SetComp": ("A comprehension is not part of the language.", _LOOP),
    "DictComp": ("A comprehension is not part of the language.", _LOOP),
    "GeneratorExp": ("A generator is not part of the language.", _LOOP),
    "Yield": ("yield is not part of the language.", "End the function with return."),
    "YieldFrom": ("yield is not part of the language.", "End the function with return."),
    "Dict": ("Dictionaries are not part of the language.", "Use names, or a list such as [1, 2]."),
    "Set": ("Sets are not part of the language.", "Use a list such as [1, 2]."),
    "Starred": ("The star does not take values apart here.", "Write each value out."),
    "TemplateStr": ("Strings are not part of the language here.", "Leave the string out."),
}
"""By the name of the syntax node, since some exist only in later versions of Python."""

OPERATORS: dict[str, tuple[str, str]] = {
    "BitOr": ("|", "For an absolute value write abs(x), for two conditions write or."),
    "BitAnd": ("&", "For two conditions write and."),
    "BitXor": ("^", "For a power write **."),
    "LShift": ("<<", "To double a number write 2*x."),
    "RShift": (">>", "To halve a number write x/2."),
    "In": ("in", "Compare with ==."),
    "NotIn": ("not in", "Compare with !=."),
    "Is": ("is", "Compare with ==."),
    "IsNot": ("is not", "Compare with !=."),
}
"""Operators that are refused: how they are written, and what to write."""


BARS = re.compile(r"\|([^|\s]|[^|\s][^|\n]*[^|\s])\|")
"""Bars as in 2|x| + 1, which Python reads as 2 | x | (+1)."""


def _absolute(places: Places, node: ast.AST, bars: re.Match[str]) -> ProgramError:
    """The error of bars that are meant as an absolute value."""
    offset = places.stretch(node)[0]
    start, end = offset + bars.start(), offset + bars.end()
    meant = f"abs({bars[1]})"
    message = f"Bars are a sign of print: {shown(bars[0])} is written {shown(meant)}."
    edit = Edit(start, end, f"*{meant}")
    return places.source.error("source.typography", message, start, end, f"Write {shown(meant)}.", edit)


def operator_error(places: Places, node: ast.AST, op: ast.AST, edit: Edit | None = None) -> ProgramError:
    """The error of an operator of Python that the language does not have."""
    bars = BARS.search(places.text(node)) if isinstance(op, ast.BitOr) else None
    if bars is not None:
        return _absolute(places, node, bars)
    sign, hint = OPERATORS[type(op).__name__]
    return places.error("syntax.unsupported", f"{sign} is no operator of the language.", node, hint, edit)
