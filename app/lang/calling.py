"""Calls of names that nobody defined."""

from __future__ import annotations

import ast

from app.core.diagnostic import ProgramError
from app.lang.builtins import closest, known
from app.lang.places import Places
from app.lang.scope import Names
from app.lang.source import Edit


def check_names(names: Names, places: Places) -> None:
    """Raise ProgramError at the first call, in the text, of a function that neither the program nor the language has."""
    unknown = [calls[0] for name, calls in names.called.items() if name not in names.bound and name not in known() - {"no_grad"}]
    if unknown:
        raise _unknown(names, min(unknown, key=lambda node: (node.lineno, node.col_offset)), places)


def _unknown(names: Names, node: ast.Name, places: Places) -> ProgramError:
    """Which name is unknown, and what it may have been meant for."""
    name = node.id
    start, end = places.stretch(node)
    if name == "no_grad":
        return places.error("name.unknown", "no_grad() only opens a block.", node, "Write with no_grad(): and indent the lines.")
    if name in names.values:
        message = f"{name} is a value, not a function."
        return places.error("call.not_callable", message, node, f"For a product write {name}*(…).", Edit(start, end, f"{name}*"))
    like = closest(name)
    hint = f"Closest: {like}." if like else "Define it with def, or look it up in the list of functions."
    return places.error("name.unknown", f"I don't know {name}.", node, hint, Edit(start, end, like) if like else None)
