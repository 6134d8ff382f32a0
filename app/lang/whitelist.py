"""What of Python is in the language: a walk over the syntax tree that refuses the rest."""

from __future__ import annotations

import ast

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.lang.around import Around, Rule
from app.lang.bounds import too_deep
from app.lang.expression_rules import EXPRESSIONS
from app.lang.places import Places
from app.lang.refusals import REFUSED
from app.lang.statement_rules import STATEMENTS

RULES: dict[type[ast.AST], Rule] = {**STATEMENTS, **EXPRESSIONS}


def check(tree: ast.Module, places: Places, limits: Limits) -> None:
    """Raise ProgramError at the first construct that is not in the language, or beyond the limits of size and depth."""
    stack: list[tuple[ast.AST, Around, int]] = [(s, Around.NOWHERE, 1) for s in reversed(tree.body)]
    count = 0
    while stack:
        node, around, depth = stack.pop()
        count += 1
        if depth > limits.nesting:
            raise too_deep(places.source, *places.header(node), limits)
        if count > limits.syntax_nodes:
            message = f"The program has more than {limits.syntax_nodes} parts. Shorten it, or use a loop."
            raise places.error("source.too_long", message, node, limit=limits.syntax_nodes)
        rule = RULES.get(type(node))
        if rule is None:
            raise _refused(places, node)
        stack.extend(reversed([(child, inner, depth + (not _is_link(node, child, around))) for child, inner in rule(places, node, around)]))


def _is_link(node: ast.AST, child: ast.AST, around: Around) -> bool:
    """Whether ``child`` continues a chain to the left, as in a + b + c, which is as deep as its terms.

    In a function it counts as nested: a call of the function within the chain would nest it once more each time.
    """
    chained = isinstance(node, ast.BinOp) and isinstance(child, ast.BinOp) and child is node.left
    return chained and Around.FUNCTION not in around


def _refused(places: Places, node: ast.AST) -> ProgramError:
    """The error of a construct that has its own sentence, or of one that Python may learn some day."""
    message, hint = REFUSED.get(type(node).__name__, ("This is not part of the language.", "Use assignments, def, if, for and while."))
    return places.error("syntax.unsupported", message, node, hint)
