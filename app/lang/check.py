"""From text to checked syntax: everything that can be said about a program before it runs."""

from __future__ import annotations

import ast
import hashlib
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from app.core.limits import Limits
from app.core.span import Span
from app.lang.bounds import bound, too_deep
from app.lang.calling import check_names
from app.lang.complaints.find import complain
from app.lang.literals import Note, bound_names, bound_numbers, settle
from app.lang.passed import pass_operations
from app.lang.places import Places
from app.lang.scope import has_output, names_of, outputs_of
from app.lang.source import Source, opened
from app.lang.tokens import Token, is_balanced, tokens
from app.lang.whitelist import check

UNREADABLE = {"sign", "quote"}
CARET = "^ is read as a power, x**2; Python itself writes **."


@dataclass(frozen=True, slots=True)
class Checked:
    """A program whose syntax is in the language.

    ``tree`` is Python's syntax tree, ^ read as a power; ``span`` tells where a node of it stands in ``source``. ``free`` are the names
    that need a value, ``order`` all names, both by first appearance; ``bound`` are the top-level names that are assigned. ``outputs``
    are the names of the outputs (None for one without a name), or None where the last name assigned at run time is the output.
    ``warnings`` are remarks on places.
    """

    source: str
    tree: ast.Module
    span: Callable[[ast.AST], Span]
    free: tuple[str, ...]
    order: tuple[str, ...]
    bound: frozenset[str]
    outputs: tuple[str | None, ...] | None
    digest: str
    warnings: tuple[Note, ...] = ()


def read(source: str, limits: Limits) -> Checked:
    """The checked syntax of a program; raises ProgramError at the first thing that is not in the language."""
    text = opened(source, limits)
    found = tokens(text.text)
    bound(text, found, limits)
    bound_numbers(text, found)
    bound_names(text, found, limits)
    places = Places(text, found)
    tree = _parsed(text, found, places, limits)
    check(tree, places, limits)
    has_output(tree, places)
    notes = [Note(text.span(c.start, c.start + 1), "note.power", CARET) for c in places.carets]
    notes += settle(tree, places.span)
    pass_operations(tree)
    names = names_of(tree)
    check_names(names, places)
    digest = hashlib.sha256(source.encode()).hexdigest()
    return Checked(source, tree, places.span, names.free, names.order, names.bound, outputs_of(tree), digest, tuple(notes))


def _parsed(text: Source, found: list[Token], places: Places, limits: Limits) -> ast.Module:
    """Python's syntax tree; its complaints become ours."""
    if any(token.kind in UNREADABLE for token in found) or not is_balanced(found):
        raise complain(text, found, places, limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(places.readable)
        except SyntaxError as error:
            raise complain(text, found, places, limits, error) from None
        except (MemoryError, RecursionError):
            raise too_deep(text, 0, text.line_end(0), limits) from None
        except ValueError:
            raise complain(text, found, places, limits) from None
    return tree
