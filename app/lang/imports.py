"""Imports: the dialects are there already; importing them does nothing, anything else is refused."""

from __future__ import annotations

import ast

from app.core.diagnostic import ProgramError
from app.lang.builtins import CONSTANTS, known
from app.lang.dialects import Dialect, elsewhere, meant
from app.lang.places import Places
from app.lang.source import Edit, shown

MODULES: dict[str, str] = {
    "torch": "torch",
    "numpy": "np",
    "math": "math",
    "jax.numpy": "jnp",
    "torch.nn.functional": "F",
    "torch.linalg": "",
    "torch.func": "",
    "numpy.linalg": "",
}
"""The modules that can be imported, and the name each is known by besides its own."""

ROOMS = {("torch.nn", "functional"): "F", ("jax", "numpy"): "jnp"}
"""Modules that are imported from a package, and the names they must have."""

NUMPY_OWN = frozenset({"var", "std", "sort"})
"""Names whose defaults, or results, are others in numpy than alone."""

HINT = "Known are torch, np, math, jnp and F, without any import."


def check_import(places: Places, node: ast.Import | ast.ImportFrom) -> None:
    """Raise ProgramError unless the import does nothing that the language does not do anyway."""
    fine = all(_module(a) for a in node.names) if isinstance(node, ast.Import) else all(_member(node, a) for a in node.names)
    if not fine:
        raise _refused(places, node)


def _module(alias: ast.alias) -> bool:
    """import numpy as np and its like."""
    if alias.name not in MODULES:
        return False
    return alias.asname == MODULES[alias.name] if alias.asname else alias.name != "jax.numpy"


def _member(node: ast.ImportFrom, alias: ast.alias) -> bool:
    """from math import sin and its like: the name means the same without the import."""
    module = node.module or ""
    if node.level:
        return False
    if (module, alias.name) in ROOMS:
        return (alias.asname or alias.name) == ROOMS[module, alias.name]
    if module not in MODULES or alias.asname not in {None, alias.name}:
        return False
    dialect = _dialect(module)
    if alias.name == "*":
        return dialect.owner != "numpy" and dialect.room != "linalg"
    return (alias.name in known() or alias.name in CONSTANTS) and not _has_own(dialect, alias.name)


def _dialect(module: str) -> Dialect:
    """The dialect of a module's functions."""
    owner, _, room = module.removeprefix("jax.").partition(".")
    return Dialect(owner, room.removeprefix("nn."))


def _has_own(dialect: Dialect, name: str) -> bool:
    """Whether a module means something else by a name than the name alone does."""
    different = meant(name, dialect) != name or elsewhere(name, dialect) is not None
    return different or (dialect.owner == "numpy" and name in NUMPY_OWN)


def _refused(places: Places, node: ast.Import | ast.ImportFrom) -> ProgramError:
    """Which import is refused, and what to write."""
    text = shown(" ".join(places.text(node).split()))
    start, end = places.stretch(node)
    package = (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
    if package in MODULES or package.split(".")[0] in {"torch", "jax", "numpy"}:
        alias = MODULES.get(package, "") if isinstance(node, ast.Import) else ""
        message = f"This classroom language cannot follow {text}: every name has one meaning here."
        instead = f"import {package} as {alias}" if alias not in {"", package} else ""
        return places.error("syntax.import", message, node, HINT, Edit(start, end, instead))
    message = f"This classroom language has no {text}: only torch, numpy, math and jax.numpy, and those are already here."
    return places.error("syntax.import", message, node, "Delete the line.", Edit(start, end, ""))
