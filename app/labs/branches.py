"""What a run decided: which side of every condition was taken, how often loops went round, which lines ran."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.span import Span
from app.lang.check import Checked
from app.lang.program import Run
from app.lang.witness import Account, Decision, Visit


@dataclass(frozen=True, slots=True)
class Branch:
    """One decision of a run. ``kind`` is if, elif, conditional, and, or, while or for.

    ``node`` is the node of the condition's value, None where that is a plain number; ``skipped`` is what this decision left out.
    A loop has its ``rounds`` and how it ``ended``; a for has no condition, its text is what it goes over.
    """

    kind: str
    span: Span
    text: str
    node: int | None
    truth: bool | None
    taken: Span | None
    skipped: Span | None
    group: int | None
    after: int
    rounds: int | None = None
    ended: str | None = None


def branches(run: Run, account: Account) -> list[Branch]:
    """Every decision in order; one entry a visit of a loop."""
    return [_loop(run, event) if isinstance(event, Visit) else _branch(run.checked, event) for event in account.events]


def _branch(checked: Checked, event: Decision) -> Branch:
    """A condition that was not a loop's."""
    kind, yes, no = _sides(checked, event)
    taken, skipped = (yes, no) if event.truth else (no, yes)
    span = checked.span(event.test)
    return Branch(kind, span, text_at(checked.source, span), event.node, event.truth, taken, skipped, event.group, event.after)


def _sides(checked: Checked, event: Decision) -> tuple[str, Span | None, Span | None]:
    """The kind of a condition, what runs where it holds, and what where it does not."""
    owner = event.owner
    if isinstance(owner, ast.IfExp):
        return "conditional", checked.span(owner.body), checked.span(owner.orelse)
    if isinstance(owner, ast.BoolOp):
        rest = owner.values[owner.values.index(event.test) + 1 :]
        behind = joined([checked.span(value) for value in rest])
        return ("and", behind, None) if isinstance(owner.op, ast.And) else ("or", None, behind)
    assert isinstance(owner, ast.If)
    is_elif = text_at(checked.source, checked.span(owner)).startswith("elif")
    return "elif" if is_elif else "if", suite(checked, owner.body), suite(checked, owner.orelse)


def _loop(run: Run, visit: Visit) -> Branch:
    """A loop that was entered."""
    checked, loop = run.checked, visit.loop
    test = loop.test if isinstance(loop, ast.While) else loop.iter
    inside, span = suite(checked, loop.body), checked.span(test)
    rounds = len(rounds_of(run, visit))
    last = visit.last
    return Branch(
        "while" if isinstance(loop, ast.While) else "for", span, text_at(checked.source, span),
        last.node if last else None, last.truth if last else None,
        inside if rounds else None, None if rounds else inside, visit.group, visit.after, rounds, visit.ended,
    )  # fmt: skip


def rounds_of(run: Run, visit: Visit) -> list[int]:
    """The groups of a visit's rounds."""
    groups = run.groups
    return [g for g in range(visit.groups, visit.groups_end) if groups[g][2] is visit.loop and groups[g][3] == visit.group]


# ---------------------------------------------------------------- lines


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the program that holds statements: how often the first of them ran, and whether some of them never did."""

    line: int
    times: int
    partly: bool


def lines(checked: Checked, account: Account) -> list[Line]:
    """Every line with a statement, or with the else of one."""
    counts: dict[int, list[int]] = {}
    for node in ast.walk(checked.tree):
        if isinstance(node, ast.stmt):
            times = account.ran[node]
            for line in _header(checked, node):
                counts.setdefault(line, []).append(times)
            for line in _else(checked, node):
                counts.setdefault(line, []).append(account.ran[node.orelse[0]])  # type: ignore[attr-defined]  # it has an else
    return [Line(line, max(times), max(times) > 0 and min(times) == 0) for line, times in sorted(counts.items())]


def _header(checked: Checked, node: ast.stmt) -> range:
    """The lines of a statement; of one with a body, those before it."""
    span = checked.span(node)
    inside: Sequence[ast.stmt] = getattr(node, "body", ())
    if not inside:
        return range(span.line, span.end_line + 1)
    return range(span.line, max(span.line, checked.span(inside[0]).line - 1) + 1)


def _else(checked: Checked, node: ast.stmt) -> range:
    """The lines of an else: between one body and the other; an elif is a statement of its own."""
    body: Sequence[ast.stmt] = getattr(node, "body", ())
    orelse: Sequence[ast.stmt] = getattr(node, "orelse", ())
    if not orelse:
        return range(0)
    first, last = checked.span(body[-1]).end_line + 1, checked.span(orelse[0]).line
    rows = checked.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return next((range(line, line + 1) for line in range(first, last) if rows[line - 1].lstrip().startswith("else")), range(0))


def skipped(checked: Checked, account: Account) -> list[Span]:
    """What never ran: whole suites, and sides of expressions whose statement did run."""
    return [*_never(checked, account, checked.tree.body)]


def _never(checked: Checked, account: Account, statements: Sequence[ast.stmt]) -> Iterator[Span]:
    """In a suite: the statements from the first that never ran on, or what is left out inside those that did."""
    for place, node in enumerate(statements):
        if not account.ran[node]:
            yield joined([checked.span(one) for one in statements[place:]])
            return
        for part in ("body", "orelse"):
            yield from _never(checked, account, getattr(node, part, ()))
        yield from _sides_never(checked, account, node)


def _sides_never(checked: Checked, account: Account, statement: ast.stmt) -> Iterator[Span]:
    """The sides of conditional expressions that a statement never evaluated."""
    stack: list[ast.AST] = [child for child in ast.iter_child_nodes(statement) if not isinstance(child, ast.stmt)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.IfExp) and any(account.decided[node.test, truth] for truth in (True, False)):
            arms = ((node.body, True), (node.orelse, False))
            yield from (checked.span(arm) for arm, truth in arms if not account.decided[node.test, truth])
            stack += [node.test, *(arm for arm, truth in arms if account.decided[node.test, truth])]
        else:
            stack.extend(ast.iter_child_nodes(node))


def suite(checked: Checked, statements: Sequence[ast.stmt]) -> Span | None:
    """The span of statements in a row; None where there are none."""
    return joined([checked.span(node) for node in statements]) if statements else None


def joined(spans: Sequence[Span]) -> Span:
    """From the start of the first to the end of the last."""
    first, last = spans[0], spans[-1]
    return Span(first.line, first.column, last.end_line, last.end_column)


@lru_cache(maxsize=256)
def text_at(source: str, span: Span) -> str:
    """The text of a span: its columns are UTF-16 units."""
    rows = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")[span.line - 1 : span.end_line]
    units = [row.encode("utf-16-le") for row in rows]
    units[-1] = units[-1][: 2 * span.end_column]
    units[0] = units[0][2 * span.column :]
    return "\n".join(row.decode("utf-16-le") for row in units)


# ---------------------------------------------------------------- calls


@dataclass(frozen=True, slots=True)
class Called:
    """A function of the program in one run: how often it was called, and how deep within itself (1: never)."""

    name: str
    times: int
    depth: int


def calls(run: Run) -> list[Called]:
    """By function, in order of the first call."""
    times: dict[str, int] = {}
    deepest: dict[str, int] = {}
    within: list[dict[str, int]] = []
    for kind, what, _, parent, _, _ in run.groups:
        around = within[parent] if parent is not None else {}
        if kind == "call":
            around = {**around, what: around.get(what, 0) + 1}
            times[what] = times.get(what, 0) + 1
            deepest[what] = max(deepest.get(what, 0), around[what])
        within.append(around)
    return [Called(name, count, deepest[name]) for name, count in times.items()]
